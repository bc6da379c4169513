"""The lines of a document while they are being edited: frozen values, and every step undone."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor
from typing_extensions import override

from erp_desktop.core.i18n import _
from erp_desktop.ui import theme
from erp_desktop.ui.cells import LineColumn
from erp_desktop.ui.tables import ROOT, Index, Role, TableModel

L = TypeVar("L")
_STEPS_KEPT = 100


class Steps(Generic[L]):
    """What the lines were before each step of the user, and after each that was taken back."""

    def __init__(self) -> None:
        self._done: list[tuple[L, ...]] = []
        self._undone: list[tuple[L, ...]] = []

    def forget(self) -> None:
        """Know no step any more."""
        self._done, self._undone = [], []

    def note(self, lines: Sequence[L]) -> None:
        """A new step begins from these lines."""
        self._done = [*self._done, tuple(lines)][-_STEPS_KEPT:]
        self._undone.clear()

    def back(self, lines: Sequence[L]) -> tuple[L, ...] | None:
        """Return the lines before the last step, none before the first; they are `lines` now."""
        return self._moved(self._done, self._undone, lines)

    def again(self, lines: Sequence[L]) -> tuple[L, ...] | None:
        """Return the lines after the step that was taken back last."""
        return self._moved(self._undone, self._done, lines)

    def _moved(
        self, source: list[tuple[L, ...]], target: list[tuple[L, ...]], lines: Sequence[L]
    ) -> tuple[L, ...] | None:
        if not source:
            return None
        target.append(tuple(lines))
        return source.pop()


class GridModel(TableModel[L], Generic[L]):
    """Lines, and below them, while they can be edited, an empty one that becomes a line.

    Without `grows` there is no empty one: lines that are given can only be changed.

    Signals:
        edited: The user has changed the lines.
    """

    edited = Signal()

    def __init__(
        self,
        columns: Sequence[LineColumn[L]],
        new_line: Callable[[], L],
        placeholder: str,
        parent: QObject | None = None,
    ) -> None:
        """Edit lines in `columns`; the empty one says `placeholder`, marked `N_`."""
        super().__init__(columns, parent)
        self.line_columns = tuple(columns)
        self.is_open = False
        self.grows = True
        self._new_line = new_line
        self._placeholder = placeholder
        self._fresh: list[L] = []
        self._steps: Steps[L] = Steps()

    @property
    def lines(self) -> tuple[L, ...]:
        """The lines, without those that were added and left empty."""
        return tuple(line for line in self._rows if not self._is_fresh(line))

    def show_lines(self, lines: Sequence[L], *, is_open: bool) -> None:
        """Show other lines; nothing of before can be undone."""
        self._fresh = []
        self._steps.forget()
        self.is_open = is_open
        self.show_rows(lines)

    def show_reckoned(self, lines: Sequence[L]) -> None:
        """Show the same lines with what was reckoned on them."""
        reckoned = iter(lines)
        self._rows = [line if self._is_fresh(line) else next(reckoned) for line in self._rows]
        self.reword()

    def change(self, lines: Sequence[L]) -> None:
        """Take these lines as the user's: one step that can be undone."""
        self._steps.note(self._rows)
        self._replace(lines)

    @override
    def add_rows(self, rows: Sequence[L], *, has_more: bool = False) -> None:
        """Show these below; steps before cannot be undone, or they would vanish with them."""
        self._steps.forget()
        super().add_rows(rows, has_more=has_more)

    def insert_line(self, place: int) -> None:
        """Add an empty line at `place`, where lines can be added."""
        if self.grows:
            self._fresh.append(self._new_line())
            self.change([*self._rows[:place], self._fresh[-1], *self._rows[place:]])

    def remove_lines(self, places: Sequence[int]) -> None:
        """Remove lines."""
        kept = [line for place, line in enumerate(self._rows) if place not in places]
        if len(kept) < len(self._rows):
            self.change(kept)

    def undo(self) -> None:
        """Take the last step back."""
        self._replace(self._steps.back(self._rows))

    def redo(self) -> None:
        """Take the last step again."""
        self._replace(self._steps.again(self._rows))

    def line_at(self, place: int) -> L:
        """Return a line, or what the empty one would become."""
        return self._rows[place] if place < len(self._rows) else self._new_line()

    def is_editable(self, index: Index) -> bool:
        """Whether something can be typed into a cell."""
        return self.is_open and index.isValid() and self.line_columns[index.column()].is_editable

    def start_of(self, index: Index) -> Any:
        """Return what the editor of a cell begins with."""
        return self.line_columns[index.column()].start(self.line_at(index.row()))

    def _replace(self, lines: Sequence[L] | None) -> None:
        if lines is None:
            return
        # The empty line becomes a line, and an empty one follows: so the current cell stays.
        empty = int(self.is_open and self.grows)
        before, after = len(self._rows) + empty, len(lines) + empty
        if after > before:
            self.beginInsertRows(ROOT, before, after - 1)
        elif after < before:
            self.beginRemoveRows(ROOT, after, before - 1)
        self._rows = list(lines)
        if after > before:
            self.endInsertRows()
        elif after < before:
            self.endRemoveRows()
        self.reword()
        self.edited.emit()

    def _is_fresh(self, line: L) -> bool:
        return any(line is fresh for fresh in self._fresh)

    @override
    def row(self, index: Index) -> Any:
        return super().row(index) if index.row() < len(self._rows) else None

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        has_empty = self.is_open and self.grows and not parent.isValid()
        return super().rowCount(parent) + int(has_empty)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_editable(index) else flags

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        column = self.line_columns[index.column()]
        if column.is_number and role == Role.DisplayRole:
            return str(index.row() + 1)
        if index.row() < len(self._rows) and not self._is_fresh(self._rows[index.row()]):
            return super().data(index, role)
        if role == Role.TextAlignmentRole:
            return column.align
        if role == Role.ForegroundRole:
            return QColor(theme.color("muted"))
        is_place = index.column() == _roomy(self.columns)
        return _(self._placeholder) if role == Role.DisplayRole and is_place else None

    @override
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or not self.is_editable(index):
            return False
        place, column = index.row(), self.line_columns[index.column()]
        before = self.line_at(place)
        after = column.put(before, value)
        if after == before:
            return False
        self.change([*self._rows[:place], after, *self._rows[place + 1 :]])
        return True


def _roomy(columns: Sequence[Any]) -> int:
    """Return the column that has room for the words of the empty line."""
    return next((number for number, column in enumerate(columns) if not column.width), 0)
