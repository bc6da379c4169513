"""The view of every table: density, remembered columns, copying, an empty state that helps."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import _
from erp_desktop.ui import theme
from erp_desktop.ui.empty import EmptyState
from erp_desktop.ui.follow import follow
from erp_desktop.ui.painting import CellPainter
from erp_desktop.ui.spreadsheet import plain
from erp_desktop.ui.tables import TableModel

_NARROWEST = 140


class TableView(QTableView):
    """Shows a `TableModel`.

    Signals:
        opened: A row was double-clicked or Enter was pressed on it.
        chosen: Another row is current, or none (None).
        columns_changed: The user has moved, sized or hidden a column.
    """

    opened = Signal(object)
    chosen = Signal(object)
    columns_changed = Signal()

    def __init__(self, model: TableModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = model
        self._sized = {n for n, column in enumerate(model.columns) if column.width}
        self._is_sharing = False
        self.extra_actions: Callable[[QMenu], object] | None = None
        self.empty = EmptyState(self.viewport())
        self.setModel(model)
        self._set_up()
        self._set_up_header()
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
            self.setCurrentIndex(self.rows_model.index(number, self._first_shown()))

    def column_state(self) -> dict[str, Any]:
        """Return which columns the user wants, in which order and how wide."""
        header = self.horizontalHeader()
        titles = [column.title for column in self.rows_model.columns]
        return {
            "order": [titles[header.logicalIndex(place)] for place in range(len(titles))],
            "hidden": [t for n, t in enumerate(titles) if self.isColumnHidden(n)],
            "widths": {titles[n]: header.sectionSize(n) for n in sorted(self._sized)},
        }

    def restore_columns(self, state: dict[str, Any]) -> None:
        """Show the columns as `column_state` said; unknown ones are left where they are."""
        header = self.horizontalHeader()
        titles = [column.title for column in self.rows_model.columns]
        known = [titles.index(title) for title in state.get("order", ()) if title in titles]
        for place, logical in enumerate(known):
            header.moveSection(header.visualIndex(logical), place)
        for number, title in enumerate(titles):
            if "hidden" in state:
                self.setColumnHidden(number, title in state["hidden"])
            width = state.get("widths", {}).get(title)
            if width:
                self._sized.add(number)
                header.resizeSection(number, int(width))
        self._share_room()

    def show_order(self, section: int, *, descending: bool) -> None:
        """Show by which column the rows are ordered."""
        order = Qt.SortOrder
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(
            section, order.DescendingOrder if descending else order.AscendingOrder
        )

    def column_menu(self, menu: QMenu) -> None:
        """Let the user choose columns."""
        for number, column in enumerate(self.rows_model.columns):
            action = QAction(_(column.title), menu, checkable=True)
            action.setChecked(not self.isColumnHidden(number))
            action.toggled.connect(lambda shown, n=number: self._on_column(n, shown=shown))
            menu.addAction(action)

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard, for a spreadsheet."""
        model, columns = self.rows_model, self._shown_columns()
        lines = [
            "\t".join(plain(model.columns[n].text(row)) for n in columns)
            for row in self.selected_rows()
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

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

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(40)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for number, column in enumerate(self.rows_model.columns):
            if column.width:
                header.resizeSection(number, column.width)
            self.setColumnHidden(number, column.hidden)

    def _connect(self) -> None:
        self.activated.connect(lambda index: self.opened.emit(self.rows_model.row(index)))
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.customContextMenuRequested.connect(self._on_menu)
        header = self.horizontalHeader()
        header.customContextMenuRequested.connect(self._on_header_menu)
        header.sectionMoved.connect(self.columns_changed)
        header.sectionResized.connect(self._on_resized)
        for signal in (self.rows_model.modelReset, self.rows_model.rowsInserted):
            signal.connect(self._on_rows)
        self.rows_model.modelReset.connect(lambda: self.chosen.emit(None))

    def _share_room(self) -> None:
        """Give columns without a width what the others leave, but never less than is readable."""
        shown = self._shown_columns()
        sharing = [n for n in shown if n not in self._sized]
        if not sharing:
            return
        header = self.horizontalHeader()
        taken = sum(header.sectionSize(n) for n in shown if n in self._sized)
        share, rest = divmod(max(self.viewport().width() - taken, 0), len(sharing))
        self._is_sharing = True
        for place, number in enumerate(sharing):
            header.resizeSection(number, max(_NARROWEST, share + (rest if place == 0 else 0)))
        self._is_sharing = False

    def _on_resized(self, number: int, *_sizes: int) -> None:
        if not self._is_sharing:
            self._sized.add(number)
            self.columns_changed.emit()

    def _shown_columns(self) -> list[int]:
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [number for number in order if not self.isColumnHidden(number)]

    def _first_shown(self) -> int:
        return next(iter(self._shown_columns()), 0)

    def _on_look(self) -> None:
        height = theme.look().row_height
        vertical = self.verticalHeader()
        vertical.setMinimumSectionSize(height)
        vertical.setDefaultSectionSize(height)
        self.rows_model.reword()

    def _on_column(self, number: int, *, shown: bool) -> None:
        self.setColumnHidden(number, not shown)
        self._share_room()
        self.columns_changed.emit()

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
            menu.addAction(_("Copy rows"), self.copy_rows)
        self.column_menu(menu.addMenu(_("Columns")))
        menu.exec(self.viewport().mapToGlobal(place))

    def _on_header_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        self.column_menu(menu)
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
        self._share_room()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.empty.setGeometry(self.viewport().rect())
