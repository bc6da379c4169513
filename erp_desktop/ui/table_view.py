"""The view of every table: density, remembered columns, copying, an empty state that helps."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import _
from erp_desktop.ui import theme
from erp_desktop.ui.columns import Columns
from erp_desktop.ui.empty import EmptyState
from erp_desktop.ui.follow import follow
from erp_desktop.ui.painting import CellPainter
from erp_desktop.ui.spreadsheet import as_tsv, plain
from erp_desktop.ui.tables import TableModel


class TableView(QTableView):
    """Shows a `TableModel`.

    Signals:
        opened: A row was double-clicked or Enter was pressed on it.
        chosen: Another row is current, or none (None).
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, model: TableModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = model
        self.extra_actions: Callable[[QMenu], object] | None = None
        # Whether the current cell is framed: where Enter on one leads elsewhere than on another.
        self.marks_cell = False
        self.empty = EmptyState(self.viewport())
        self.setModel(model)
        self.columns = Columns(self, model.columns)
        self._set_up()
        self._connect()
        follow(self, self._on_look)

    def current_row(self) -> Any:
        """Return the current row, or None."""
        index = self.currentIndex()
        return self.rows_model.row(index) if index.isValid() else None

    def selected_rows(self) -> list[Any]:
        """Return the selected rows, from top to bottom."""
        indexes = sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)
        return [self.rows_model.row(index) for index in indexes]

    def select_row(self, number: int) -> None:
        """Make a row current and show it."""
        if 0 <= number < self.rows_model.rowCount():
            self.setCurrentIndex(self.rows_model.index(number, next(iter(self.columns.shown()), 0)))

    def copy_rows(self, *, headings: bool = False) -> None:
        """Put the selected rows on the clipboard, for a spreadsheet."""
        columns = [self.rows_model.columns[number] for number in self.columns.shown()]
        text = as_tsv(columns, self.selected_rows(), headings=headings)
        QGuiApplication.clipboard().setText(text)

    def copy_cell(self) -> None:
        """Put the current cell on the clipboard."""
        text = self.currentIndex().data()
        QGuiApplication.clipboard().setText(plain(str(text or "")))

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(CellPainter(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()

    def _connect(self) -> None:
        self.activated.connect(lambda index: self.opened.emit(self.rows_model.row(index)))
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.customContextMenuRequested.connect(self._on_menu)
        header = self.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        for signal in (self.rows_model.modelReset, self.rows_model.rowsInserted):
            signal.connect(self._on_rows)
        self.rows_model.modelReset.connect(lambda: self.chosen.emit(None))

    def _on_look(self) -> None:
        height = theme.look().row_height
        vertical = self.verticalHeader()
        vertical.setMinimumSectionSize(height)
        vertical.setDefaultSectionSize(height)
        self.rows_model.reword()
        self.columns.fit_headings()

    def _on_current(self, current: QModelIndex | QPersistentModelIndex, *_before: Any) -> None:
        self.chosen.emit(self.rows_model.row(current) if current.isValid() else None)

    def _on_rows(self) -> None:
        self.empty.setVisible(self.empty.is_wanted and not self.rows_model.rowCount())

    def _on_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        if self.extra_actions is not None:
            self.extra_actions(menu)
            menu.addSeparator()
        if self.currentIndex().isValid():
            menu.addAction(_("Copy cell"), self.copy_cell)
            copy = QKeySequence(QKeySequence.StandardKey.Copy)
            shown = copy.toString(QKeySequence.SequenceFormat.NativeText)
            menu.addAction(f"{_('Copy rows')}\t{shown}", self.copy_rows)
            menu.addAction(_("Copy rows with headings"), lambda: self.copy_rows(headings=True))
        self.columns.fill_menu(menu.addMenu(_("Columns")))
        menu.exec(self.viewport().mapToGlobal(place))

    def _on_header_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        self.columns.fill_menu(menu)
        menu.exec(self.horizontalHeader().mapToGlobal(place))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.current_row())
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.empty.setGeometry(self.viewport().rect())
        self.columns.share_room()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.empty.setGeometry(self.viewport().rect())
