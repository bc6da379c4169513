"""A kind of import: what a module takes, and how a row becomes a draft."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from erp_desktop.imports.fields import EXTRA, ImportField
from erp_desktop.imports.problems import CODE_REPEATED, What
from erp_desktop.imports.rows import ReadRow

D = TypeVar("D")

Progress = Callable[[int, int, str], None]
# Which codes exist already, and for each mark that exists the code that has it.
Known = Callable[[Sequence[str], Sequence[str]], tuple[frozenset[str], Mapping[str, str]]]


class RowNote(Protocol):
    """Notes what is wrong with one value of a row."""

    def __call__(self, about: str, value: str, what: What, /, **details: Any) -> None:
        """Note it."""


class Kind(ABC, Generic[D]):
    """What can be imported; made for one file, knowing what can be chosen.

    Attributes:
        fields: What a column can hold.
        repeating: Those that several columns can hold.
        code_repeated: What is wrong with a code that comes again in the file; `{row}`.
        code_taken: What is wrong with one that exists already.
        mark_repeated: What is wrong with a mark that comes again in the file; `{row}`.
        mark_taken: What is wrong with one that another record has; `{code}`.
        makes_codes: What has no code gets its first mark as code.
    """

    code_repeated: ClassVar[What] = CODE_REPEATED
    code_taken: ClassVar[What]
    mark_repeated: ClassVar[What]
    mark_taken: ClassVar[What]
    makes_codes: ClassVar[bool] = False

    def __init__(self, fields: Sequence[ImportField]) -> None:
        self.fields = tuple(fields)
        self.repeating = {field.id for field in self.fields if field.repeats}

    def usual(self) -> dict[str, str]:
        """Return what rows mean that say nothing, by field, unless the user decides otherwise."""
        return {}

    def finish(self, row: ReadRow, note: RowNote) -> None:
        """Note what only a whole row shows."""

    @abstractmethod
    def draft(self, row: ReadRow) -> D:
        """Return what a row without mistakes means."""

    def merged(self, first: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
        """Return one record of two rows: what the first says, and what only the other says."""
        values = {**more, **first}
        for about in self.repeating & first.keys() & more.keys():
            values[about] = tuple(dict.fromkeys((*first[about], *more[about])))
        if EXTRA in first and EXTRA in more:
            values[EXTRA] = {**more[EXTRA], **first[EXTRA]}
        return values
