"""How a cell of a grid is edited: text, amounts with arithmetic, days, one of a few, links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.links import ExactLinks, LinkChoice, LinkProvider, meant
from erp_desktop.core.search import fold
from erp_desktop.ui.entry import parse_amount, parse_day
from erp_desktop.ui.link_field import NOT_CHOSEN, LinkEdit
from erp_desktop.ui.parts import kind
from erp_desktop.ui.tables import Column

L = TypeVar("L")
NOT_OFFERED = N_("This is none of the choices.")


class Cell:
    """One line of text; the base of all cells.

    `make` returns an editor, `show` fills it, `typed` reads it; `read` reads a pasted text.
    """

    def make(self) -> QWidget:
        """Return an editor."""
        return QLineEdit()

    def show(self, editor: QWidget, value: Any) -> None:
        """Let the editor begin with `value`."""
        if isinstance(editor, QLineEdit):
            editor.setText(self.text(value))

    def text(self, value: Any) -> str:
        """Return `value` as somebody would type it."""
        return "" if value is None else str(value)

    def typed(self, editor: QWidget) -> Any:
        """Return the value of what was typed.

        Raises:
            ValueError: It cannot be taken, in the user's words.
        """
        return self.read(editor.text() if isinstance(editor, QLineEdit) else "")

    def read(self, text: str) -> Any:
        """Return the value of a text.

        Raises:
            ValueError: It cannot be taken, in the user's words.
        """
        return text.strip()

    async def find(self, backend: Any, text: str) -> Any:
        """Return the value of a text that was pasted; a link asks its provider.

        Raises:
            ValueError: It cannot be taken, in the user's words.
        """
        del backend
        return self.read(text)

    async def find_all(self, backend: Any, texts: Sequence[str]) -> Mapping[str, Any]:
        """Return the values of those pasted texts that can be told at once, by text."""
        del backend, texts
        return {}


@dataclass(frozen=True)
class TextCell(Cell):
    """Text in a language, or a code, which runs from left to right in Arabic too."""

    is_code: bool = False

    @override
    def make(self) -> QWidget:
        line = QLineEdit()
        if self.is_code:
            line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        return line


@dataclass(frozen=True)
class AmountCell(Cell):
    """An amount, a quantity or a rate: sums such as `12*3,5` count.

    Attributes:
        decimals: How many it is rounded to; None keeps those typed.
        least: What is less is refused.
        most: What is more is refused.
    """

    decimals: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None

    @override
    def make(self) -> QWidget:
        line = QLineEdit()
        line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        return line

    @override
    def text(self, value: Any) -> str:
        if value is None:
            return ""
        shown = current().number(Decimal(value))
        return shown.replace("," if current().language == "en" else "\u00a0", "")

    @override
    def read(self, text: str) -> Any:
        plain = text.strip().rstrip("%").strip()
        if not plain:
            return None
        value = parse_amount(plain)
        if self.least is not None and value < self.least:
            raise ValueError(_("Type {least} or more.").format(least=current().number(self.least)))
        if self.most is not None and value > self.most:
            raise ValueError(_("Type {most} or less.").format(most=current().number(self.most)))
        return value if self.decimals is None else round(value, self.decimals)


@dataclass(frozen=True)
class DateCell(Cell):
    """A day, as in date fields: `0`, `+3`, `15`, `15/3`."""

    @override
    def text(self, value: Any) -> str:
        return f"{value:%d/%m/%Y}" if value else ""

    @override
    def read(self, text: str) -> Any:
        today = wall_clock.today()
        return parse_day(text, today) if text.strip() else None


@dataclass(frozen=True)
class ChoiceCell(Cell):
    """One of a few: pairs of value and words, marked `N_`; or plain ones with `translate=False`."""

    choices: Sequence[tuple[Any, str]]
    translate: bool = True

    @override
    def make(self) -> QWidget:
        box: QComboBox = kind(QComboBox(), "cell")
        box.addItems([self._words(words) for _value, words in self.choices])
        return box

    @override
    def show(self, editor: QWidget, value: Any) -> None:
        values = [each for each, _words in self.choices]
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(values.index(value) if value in values else -1)

    @override
    def typed(self, editor: QWidget) -> Any:
        place = editor.currentIndex() if isinstance(editor, QComboBox) else -1
        if place < 0:
            raise ValueError(_(NOT_OFFERED))
        return self.choices[place][0]

    @override
    def read(self, text: str) -> Any:
        wanted = fold(text.strip())
        for value, words in self.choices:
            if wanted in {fold(self._words(words)), fold(str(value))}:
                return value
        raise ValueError(_(NOT_OFFERED))

    def _words(self, words: str) -> str:
        return _(words) if self.translate else words


@dataclass(frozen=True)
class LinkCell(Cell):
    """A record of another module; the value is a `LinkChoice` or None.

    Attributes:
        provider: Finds the records.
        create: Id of the page that makes a new one.
        shows: What stands in the editor once one is chosen.
        exact: Finds what is pasted, all of it at once.
    """

    provider: LinkProvider
    create: str = ""
    shows: Literal["name", "code"] = "code"
    exact: ExactLinks | None = None

    @override
    def make(self) -> QWidget:
        return LinkEdit(self.provider, create=self.create, shows=self.shows)

    @override
    def show(self, editor: QWidget, value: Any) -> None:
        if isinstance(editor, LinkEdit):
            editor.show_choice(value)

    @override
    def typed(self, editor: QWidget) -> Any:
        if not isinstance(editor, LinkEdit) or not editor.is_settled:
            raise ValueError(_(NOT_CHOSEN))
        return editor.choice

    @override
    async def find(self, backend: Any, text: str) -> LinkChoice | None:
        if not text.strip():
            return None
        found = meant(await self.provider(backend, text.strip()), text)
        if found is None:
            raise ValueError(_(NOT_CHOSEN))
        return found

    @override
    async def find_all(self, backend: Any, texts: Sequence[str]) -> Mapping[str, Any]:
        return await self.exact(backend, texts) if self.exact is not None and texts else {}


@dataclass(frozen=True, slots=True)
class LineColumn(Column[L], Generic[L]):
    """A column of a grid; without `cell` and `put` it is only read.

    `Column.value` says what the editor begins with; without it, what the cell says.

    Attributes:
        cell: How it is edited.
        put: Returns the line with what was typed; the lines are frozen values.
        is_passed: Enter and Tab pass over it; arrows and the mouse do not.
        is_number: Shows the number of the line.
    """

    cell: Cell | None = None
    put: Any = field(default=None)
    is_passed: bool = False
    is_number: bool = False

    @property
    def is_editable(self) -> bool:
        """Whether something can be typed into it."""
        return self.cell is not None and self.put is not None

    def start(self, line: L) -> Any:
        """Return what its editor begins with."""
        return self.value(line) if self.value is not None else self.text(line)


NUMBER: LineColumn[Any] = LineColumn("#", lambda _line: "", width=44, is_number=True)
