"""Choosing one of several by keys alone."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import _
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import column, kind
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import Column, TableModel


class PickerDialog(QDialog):
    """Chooses one of several: arrows and Enter; with a `search`, as one types.

    Signals:
        chosen: The row.
    """

    chosen = Signal(object)

    def __init__(
        self,
        title: str,
        columns: tuple[Column[Any], ...],
        parent: QWidget,
        *,
        search: Callable[[str], object] | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(parent)
        kind(self, "ground")
        follow(self, lambda: self.setWindowTitle(_(title)))
        self.model: TableModel[Any] = TableModel(columns, self)
        self.table = TableView(self.model)
        self.field = QLineEdit()
        follow(self, lambda: self.field.setPlaceholderText(_(hint) if hint else ""))
        self.field.setVisible(search is not None)
        self.setLayout(column(self.field, self.table, margins=theme.SPACE_L))
        if search is not None:
            self.field.textEdited.connect(search)
        self.table.opened.connect(self._on_chosen)
        self.resize(620, 420)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Let one of these be chosen."""
        self.model.show_rows(rows)
        if rows:
            self.table.select_row(0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), self.model.rowCount() - 1
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and last >= 0:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.table.select_row(max(0, min(self.table.currentIndex().row() + step, last)))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            row_now = self.table.current_row()
            if row_now is not None:
                self._on_chosen(row_now)
        else:
            super().keyPressEvent(event)

    def _on_chosen(self, row_now: Any) -> None:
        self.chosen.emit(row_now)
        self.accept()
