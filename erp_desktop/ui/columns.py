"""The columns of a table as one user likes them: which, in which order, how wide."""

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from erp_desktop.core.i18n import _
from erp_desktop.ui import memory
from erp_desktop.ui.tables import Column

_NARROWEST = 130


class Columns(QObject):
    """Looks after the header of one table.

    Signals:
        changed: The user has moved, sized or hidden a column.
    """

    changed = Signal()

    def __init__(self, table: QTableView, columns: tuple[Column[Any], ...]) -> None:
        super().__init__(table)
        self._table = table
        self._columns = columns
        self._header = table.horizontalHeader()
        self._sized = {number for number, column in enumerate(columns) if column.width}
        self._own: set[int] = set()
        self._is_sharing = False
        self._set_up()
        self._size()

    def show_columns(self, columns: tuple[Column[Any], ...]) -> None:
        """Look after other columns, once the table's model shows them."""
        self._columns = columns
        self._sized = {number for number, column in enumerate(columns) if column.width}
        self._own = set()
        self._is_sharing = True
        for place in range(len(columns)):
            self._header.moveSection(self._header.visualIndex(place), place)
        self._size()
        self._is_sharing = False
        self.fit_headings()

    def state(self) -> dict[str, Any]:
        """Return which columns the user wants, in which order and how wide."""
        titles = [column.title for column in self._columns]
        places = range(len(titles))
        return {
            "order": [titles[self._header.logicalIndex(place)] for place in places],
            "hidden": [titles[number] for number in places if self._table.isColumnHidden(number)],
            "widths": {titles[n]: self._header.sectionSize(n) for n in sorted(self._own)},
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Show the columns as `state` said; unknown ones are left where they are."""
        titles = [column.title for column in self._columns]
        known = [titles.index(title) for title in state.get("order", ()) if title in titles]
        for place, logical in enumerate(known):
            self._header.moveSection(self._header.visualIndex(logical), place)
        for number, title in enumerate(titles):
            if "hidden" in state:
                self._table.setColumnHidden(number, title in state["hidden"])
            width = state.get("widths", {}).get(title)
            if width:
                self._sized.add(number)
                self._own.add(number)
                self._header.resizeSection(number, int(width))
        self.share_room()

    def remember(self, key: str) -> None:
        """Show the columns as they were left under `key`, and keep every change there."""
        self.restore(memory.current().get(key, {}))
        self.changed.connect(lambda: memory.current().set(key, self.state()))

    def fill_menu(self, menu: QMenu) -> None:
        """Let the user choose columns."""
        for number, column in enumerate(self._columns):
            action = QAction(_(column.title), menu, checkable=True)
            action.setChecked(not self._table.isColumnHidden(number))
            action.toggled.connect(lambda shown, n=number: self._on_chosen(n, shown=shown))
            menu.addAction(action)

    def show_order(self, section: int, *, descending: bool) -> None:
        """Show by which column the rows are ordered."""
        order = Qt.SortOrder
        self._header.setSortIndicatorShown(True)
        self._header.setSortIndicator(
            section, order.DescendingOrder if descending else order.AscendingOrder
        )

    def shown(self) -> list[int]:
        """Return the columns that are shown, in the user's order."""
        order = [self._header.logicalIndex(place) for place in range(self._header.count())]
        return [number for number in order if not self._table.isColumnHidden(number)]

    def fit_headings(self) -> None:
        """Let every heading be read in the language of now, where the user has chosen no width."""
        sharing, self._is_sharing = self._is_sharing, True
        for number, column in enumerate(self._columns):
            if column.width and number not in self._own:
                self._header.resizeSection(number, max(column.width, self._heading(number)))
        self._is_sharing = sharing
        self.share_room()

    def share_room(self) -> None:
        """Give columns without a width what the others leave, but never less than is readable."""
        shown = self.shown()
        sharing = [number for number in shown if number not in self._sized]
        if not sharing:
            return
        taken = sum(self._header.sectionSize(n) for n in shown if n in self._sized)
        room = max(self._table.viewport().width() - taken, 0)
        share, rest = divmod(room, len(sharing))
        self._is_sharing = True
        for place, number in enumerate(sharing):
            least = max(_NARROWEST, self._heading(number))
            self._header.resizeSection(number, max(least, share + (0 if place else rest)))
        self._is_sharing = False

    def _set_up(self) -> None:
        header = self._header
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionMoved.connect(self.changed)
        header.sectionResized.connect(self._on_resized)

    def _size(self) -> None:
        sharing, self._is_sharing = self._is_sharing, True
        for number, column in enumerate(self._columns):
            if column.width:
                self._header.resizeSection(number, column.width)
            self._table.setColumnHidden(number, column.hidden)
        self._is_sharing = sharing

    def _heading(self, number: int) -> int:
        self._header.ensurePolished()
        return self._header.sectionSizeHint(number)

    def _on_chosen(self, number: int, *, shown: bool) -> None:
        self._table.setColumnHidden(number, not shown)
        self.share_room()
        self.changed.emit()

    def _on_resized(self, number: int, *_sizes: int) -> None:
        if not self._is_sharing:
            self._sized.add(number)
            self._own.add(number)
            self.changed.emit()
