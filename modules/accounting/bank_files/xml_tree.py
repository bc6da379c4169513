"""A small tree of an XML file that declares nothing: no DOCTYPE, so no entities, so no bombs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from erp_desktop.imports.problems import Problem, What
from modules.accounting.bank_files import problems

_DEEPEST = 64


@dataclass(slots=True)
class Node:
    """An element: its name without namespace, and in which row of the file it begins."""

    name: str
    row: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands in it, without the blanks around it."""
        return "".join(self.pieces).strip()

    def each(self, path: str) -> Iterator["Node"]:
        """Yield all elements at a path such as `Acct/Id/IBAN`."""
        first, _slash, rest = path.partition("/")
        for child in self.children:
            if child.name == first:
                if rest:
                    yield from child.each(rest)
                else:
                    yield child

    def find(self, *paths: str) -> str:
        """Return the first text that is not empty at one of these paths."""
        found = (node.text for path in paths for node in self.each(path))
        return next(filter(None, found), "")


class _RefusedError(Exception):
    """The file declares something, or is deeper than any bank's.

    Attributes:
        what: Which of the two, as users read it.
    """

    def __init__(self, what: What) -> None:
        super().__init__()
        self.what = what


def read_xml(content: bytes) -> Node | Problem:
    """Return the root of a file, or why it is none."""
    parser = expat.ParserCreate(namespace_separator=" ")
    top = Node("", 0)
    open_nodes = [top]

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        if len(open_nodes) > _DEEPEST:
            raise _RefusedError(problems.XML_BROKEN)
        node = Node(name.rpartition(" ")[2], parser.CurrentLineNumber, attributes)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def write(text: str) -> None:
        open_nodes[-1].pieces.append(text)

    def refuse(*_declared: object) -> None:
        raise _RefusedError(problems.XML_DOCTYPE)

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _name: open_nodes.pop()
    parser.CharacterDataHandler = write
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the name of the flag changes with Python
    except _RefusedError as error:
        return Problem(parser.CurrentLineNumber, 0, "camt", "", error.what)
    except expat.ExpatError as error:
        return Problem(error.lineno, 0, "camt", "", problems.XML_BROKEN)
    return top
