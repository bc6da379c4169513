"""The totals of a table, which stand under their columns however these are moved and sized."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.painting import CellPainter
from erp_desktop.ui.parts import kind
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import Column, TableModel

R = TypeVar("R")


class TotalsRow(QTableView, Generic[R]):
    """One bold row beneath a `TableView`, with the same columns."""

    def __init__(self, table: TableView, columns: Sequence[Column[Any]]) -> None:
        super().__init__()
        self._table = table
        self._totals: TableModel[R] = TableModel(_bold(columns), self)
        self.setModel(self._totals)
        self._set_up()
        self._follow_columns()
        self.hide()
        follow(self, self._on_look)

    def show_totals(self, totals: R | None) -> None:
        """Show the totals, or nothing."""
        self._totals.show_rows([] if totals is None else [totals])
        self.setVisible(totals is not None)

    def show_columns(self, columns: Sequence[Column[Any]]) -> None:
        """Follow a table that shows other columns."""
        self._totals.show_columns(_bold(columns))
        self._follow_sizes()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        kind(self, "totals")
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(CellPainter(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _follow_columns(self) -> None:
        header = self._table.horizontalHeader()
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._on_moved)
        scroll = self._table.horizontalScrollBar()
        scroll.valueChanged.connect(self.horizontalScrollBar().setValue)
        self._follow_sizes()

    def _follow_sizes(self) -> None:
        header = self._table.horizontalHeader()
        for number in range(header.count()):
            self._on_resized(number, 0, header.sectionSize(number))

    def _on_resized(self, number: int, _before: int, size: int) -> None:
        self.setColumnHidden(number, size == 0)
        if size:
            self.setColumnWidth(number, size)

    def _on_moved(self, _number: int, before: int, place: int) -> None:
        self.horizontalHeader().moveSection(before, place)

    def _on_look(self) -> None:
        height = theme.look().row_height
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setFixedHeight(height + 2)
        self._totals.reword()


def _bold(columns: Sequence[Column[Any]]) -> tuple[Column[Any], ...]:
    return tuple(replace(column, strong=True, tone=None) for column in columns)
