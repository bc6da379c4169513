"""How one walks through the cells of a grid: where typing goes on, and Tab, and the arrows."""

from typing import Any

from typing_extensions import override

from erp_desktop.ui.grid_model import GridModel
from erp_desktop.ui.table_view import TableView


class GridWalk(TableView):
    """A table of lines whose current cell moves as in a spreadsheet."""

    def __init__(self, lines: GridModel[Any]) -> None:
        """Walk through `lines`."""
        self.lines = lines
        super().__init__(lines)
        lines.setParent(self)

    def start(self) -> None:
        """Go to the first cell that wants something: the empty line, or the first line."""
        first = self.stops()[:1]
        if first:
            self.setCurrentIndex(self.lines.index(self.lines.rowCount() - 1, first[0]))

    def advance(self, step: int) -> bool:
        """Go to the next cell that can be typed into, or the one before; whether there is one."""
        stops, current = self.stops(), self.currentIndex()
        header = self.horizontalHeader()
        here = (current.row(), header.visualIndex(current.column()))
        places = [
            (row, header.visualIndex(column), column)
            for row in (current.row() - 1, current.row(), current.row() + 1)
            for column in stops
            if 0 <= row < self.lines.rowCount()
        ]
        beyond = [place for place in places if (place[:2] > here if step > 0 else place[:2] < here)]
        if not beyond:
            return False
        row, _place, column = min(beyond) if step > 0 else max(beyond)
        self.setCurrentIndex(self.lines.index(row, column))
        return True

    def step_rows(self, step: int) -> None:
        """Go up or down in the same column."""
        row = max(0, min(self.currentIndex().row() + step, self.lines.rowCount() - 1))
        self.setCurrentIndex(self.lines.index(row, self.currentIndex().column()))

    def stops(self) -> list[int]:
        """Return the columns that are typed into, as they are shown."""
        columns = self.lines.line_columns
        return [
            number
            for number in self.columns.shown()
            if self.lines.is_open and columns[number].is_editable and not columns[number].is_passed
        ]

    @override
    def focusNextPrevChild(self, forth: bool) -> bool:
        """Let Tab walk through the cells first."""
        return self.advance(1 if forth else -1) or super().focusNextPrevChild(forth)
