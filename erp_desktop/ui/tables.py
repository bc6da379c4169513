"""Tables: a list is a tuple of columns; one model and one view serve every list of the house."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont
from typing_extensions import override

from erp_desktop.core.i18n import _, current
from erp_desktop.ui.parts import Tone

R = TypeVar("R")
Index: TypeAlias = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Flag = Qt.AlignmentFlag
ROOT = QModelIndex()

# Leading, so it mirrors; money stays on the right in both directions so that decimals line up.
LEFT = Flag.AlignLeading | Flag.AlignVCenter
RIGHT = Flag.AlignRight | Flag.AlignAbsolute | Flag.AlignVCenter
CENTER = Flag.AlignCenter

# A cell that is too narrow says the rest when the mouse rests on it.
_WORDS = (Role.DisplayRole, Role.ToolTipRole)
ToneRole = int(Role.UserRole) + 1


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """How one fact about a row is headed, worded and aligned.

    Attributes:
        title: Heading, marked `N_`; also the name under which the user's choice is kept.
        text: What the cell says.
        align: LEFT mirrors with the language, RIGHT never does: for amounts and quantities.
        width: Pixels at 100 %; 0 takes a share of the room that is left.
        tone: Shows the text as a state chip of this tone; None shows it as it is.
        value: What is exported, where `text` is not exact: a Decimal, a date.
        order: Name by which the list can be ordered; empty if it cannot.
        hidden: The user must ask for it.
        strong: Bold; a function tells it of each row, such as those that sum up.
    """

    title: str
    text: Callable[[R], str]
    align: Qt.AlignmentFlag = LEFT
    width: int = 0
    tone: Callable[[R], Tone | None] | None = None
    value: Callable[[R], Any] | None = None
    order: str = ""
    hidden: bool = False
    strong: bool | Callable[[R], bool] = False


class TableModel(QAbstractTableModel, Generic[R]):
    """Shows a list of rows through a list of columns; asks for more as the user scrolls."""

    wants_more = Signal()

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[R] = []
        self._has_more = False

    @property
    def rows(self) -> Sequence[R]:
        """What is shown, in order."""
        return self._rows

    def show_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show other columns, and no rows yet."""
        self.beginResetModel()
        self.columns, self._rows, self._has_more = tuple(columns), [], False
        self.endResetModel()

    def show_rows(self, rows: Sequence[R], *, has_more: bool = False) -> None:
        """Replace everything shown; with `has_more`, scrolling to the end asks for the rest."""
        self.beginResetModel()
        self._rows = list(rows)
        self._has_more = has_more
        self.endResetModel()

    def add_rows(self, rows: Sequence[R], *, has_more: bool = False) -> None:
        """Show these below."""
        self._has_more = has_more
        if rows:
            self.beginInsertRows(ROOT, len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def row(self, index: Index) -> R:
        """Return the value behind `index`."""
        return self._rows[index.row()]

    def reword(self) -> None:
        """Word headings and cells afresh, in the language of now."""
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._rows:
            end = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), end)

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return self._has_more and not parent.isValid()

    @override
    def fetchMore(self, parent: Index) -> None:
        self._has_more = False  # once is enough until the answer is there
        self.wants_more.emit()

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        column = self.columns[index.column()]
        return cell(column, self._rows[index.row()], role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical or section >= len(self.columns):
            return None
        return heading(self.columns[section], role)


def cell(column: Column[R], row: R, role: int) -> Any:
    """Return what Qt asks about one cell, in tables as in trees."""
    if role in _WORDS:
        text = column.text(row)
        return isolated(text) if column.align == RIGHT else text
    if role == Role.TextAlignmentRole:
        return column.align
    if role == Role.FontRole:
        is_bold = column.strong(row) if callable(column.strong) else column.strong
        return bold() if is_bold else None
    if role == ToneRole and column.tone is not None:
        return column.tone(row)
    return None


def isolated(text: str) -> str:
    """Keep a number's minus sign before it in Arabic, unless it is isolated already."""
    return text if "\u2066" in text else current().isolate(text)


def heading(column: Column[Any], role: int) -> Any:
    """Return what Qt asks about one heading."""
    if role == Role.DisplayRole:
        return _(column.title)
    if role == Role.TextAlignmentRole:
        return column.align
    return None


def bold() -> QFont:
    """Return the interface font, bold."""
    font = QFont()
    font.setBold(True)
    return font
