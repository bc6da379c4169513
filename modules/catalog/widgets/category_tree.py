"""The tree of categories as it is seen: opened, chosen from, moved in by the mouse."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QDropEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import theme
from erp_desktop.ui.empty import EmptyState
from erp_desktop.ui.follow import follow
from erp_desktop.ui.painting import CellPainter
from erp_desktop.ui.parts import kind
from erp_desktop.ui.tables import RIGHT, Column
from erp_desktop.ui.trees import TreeModel
from modules.catalog.selectors import CategoryRow

_COLUMNS: tuple[Column[CategoryRow], ...] = (
    Column(N_("Category"), lambda c: c.named(current().language)),
    Column(N_("Code"), lambda c: current().isolate(c.code), width=140),
    Column(
        N_("Products"),
        lambda c: current().number(c.products),
        RIGHT,
        width=110,
        value=lambda c: c.products,
    ),
    Column(
        N_("State"),
        lambda c: _("Used") if c.is_active else _("No longer used"),
        width=170,
        tone=lambda c: "ok" if c.is_active else "",
    ),
)


class _Model(TreeModel[CategoryRow]):
    """Categories that can be picked up and dropped."""

    @override
    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        drops = Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled | drops

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction


class CategoryTree(QTreeView):
    """Shows categories.

    Signals:
        chosen: Another one is current, or none.
        moved: One was dropped onto another; its row and the other's id, None at the top.
    """

    chosen = Signal(object)
    moved = Signal(object, object)

    def __init__(self, *, may_move: bool) -> None:
        super().__init__()
        self.wanted: UUID | None = None
        self._categories: Sequence[CategoryRow] = ()
        self._closed: set[UUID] = set()
        self._model = _Model(_COLUMNS, self._below, self)
        self.setModel(self._model)
        self.empty = EmptyState(self.viewport())
        self._set_up(may_move=may_move)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.collapsed.connect(lambda index: self._closed.add(self._model.row(index).id))
        self.expanded.connect(lambda index: self._closed.discard(self._model.row(index).id))
        follow(self, self._on_look)

    def show_categories(self, categories: Sequence[CategoryRow]) -> None:
        """Show these; what was closed stays closed."""
        self._categories = categories
        self._model.show_rows(self._below(None))
        self.empty.setVisible(not categories)
        self._open()

    def current(self) -> CategoryRow | None:
        """Return the current one."""
        index = self.currentIndex()
        return self._model.row(index) if index.isValid() else None

    def choose(self, category_id: UUID | None) -> None:
        """Make a category current, and show it."""
        wanted, self.wanted = category_id or self.wanted, None
        index = self._index(wanted, QModelIndex())
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _below(self, above: CategoryRow | None) -> list[CategoryRow]:
        found = [c for c in self._categories if c.parent_id == (above.id if above else None)]
        language = current().language
        return sorted(found, key=lambda c: (not c.is_active, c.named(language).casefold()))

    def _index(self, wanted: UUID | None, parent: QModelIndex) -> QModelIndex:
        for place in range(self._model.rowCount(parent)):
            index = self._model.index(place, 0, parent)
            if self._model.row(index).id == wanted:
                return index
            inner = self._index(wanted, index)
            if inner.isValid():
                return inner
        return QModelIndex()

    def _open(self) -> None:
        closed = set(self._closed)
        self.expandAll()
        for category_id in closed:
            self.collapse(self._index(category_id, QModelIndex()))

    def _set_up(self, *, may_move: bool) -> None:
        self.setItemDelegate(CellPainter(self))
        self.setUniformRowHeights(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAllColumnsShowFocus(True)
        if may_move:
            self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
            self.setDropIndicatorShown(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place, each in enumerate(_COLUMNS):
            if each.width:
                header.resizeSection(place, each.width)

    def _on_look(self) -> None:
        kind(self, "tree", mirrored="true" if current().is_right_to_left else "false")
        theme.restyle(self)
        current_one = self.current()
        self.show_categories(self._categories)
        self.choose(current_one.id if current_one else None)

    def _on_current(self, index: QModelIndex, *_before: Any) -> None:
        self.chosen.emit(self._model.row(index) if index.isValid() else None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.empty.setGeometry(self.viewport().rect())

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Moving is a deed of head office: the tree changes when it is done."""
        self.move_to(self.indexAt(event.position().toPoint()))
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

    def move_to(self, target: QModelIndex) -> None:
        """Ask for the current category to be moved below another, or to the top."""
        carried = self.current()
        above = self._model.row(target).id if target.isValid() else None
        if carried is not None and above != carried.id:
            self.moved.emit(carried, above)
