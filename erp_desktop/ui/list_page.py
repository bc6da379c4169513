"""The list: find, look, act. Loaded as it scrolls, with a preview at the side."""

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QTimer
from typing_extensions import override

from erp_desktop.core.i18n import _, count
from erp_desktop.ui import keys
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.exports import Table
from erp_desktop.ui.filters import Query
from erp_desktop.ui.follow import follow
from erp_desktop.ui.list_frame import ListFrame
from erp_desktop.ui.list_presenter import ListPresenter
from erp_desktop.ui.work import Work

R = TypeVar("R")
_TYPING_PAUSE = 150


class ListPage(ListFrame[R]):
    """The base of all lists: a subclass names its columns and says how to `load`.

    Attributes:
        page_size: Rows that `load` returns at once; fewer mean that the list ends.
    """

    page_size: ClassVar[int] = 200

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._list: ListPresenter[R] = ListPresenter(self, self.load, self.page_size)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE)
        self._connect()

    async def load(self, query: Query, after: R | None) -> Sequence[R]:
        """Return `page_size` rows of `query` that come after the row `after`."""
        raise NotImplementedError

    async def count(self, query: Query) -> int | None:
        """Return how many rows a chip would find, if that is cheap to say; None if it is not.

        Asked after the first rows are there, never on the way to them.
        """
        del query
        return None

    async def total(self, query: Query) -> R | None:
        """Return one row with the sums of `query`, to stand below the columns; None for none."""
        del query
        return None

    @override
    def on_first_show(self) -> None:
        self.filter.entry.setFocus()
        self.refresh()

    @override
    def open(self, argument: Any) -> None:
        """Show what a filter line finds; `is:low` in it presses the chip `low`."""
        self.filter.ask(str(argument))

    def on_open(self, row: R) -> None:
        """Open a row: double click or Enter."""

    @override
    def on_return(self) -> None:
        """Show what is true now, unless the user has scrolled to something."""
        if self.table.verticalScrollBar().value() == 0:
            self.refresh()

    @override
    def stop(self) -> None:
        self._typing.stop()
        super().stop()

    def refresh(self) -> None:
        """Ask afresh, from the first row."""
        self.start_latest(self._find, self.filter.query())

    async def _find(self, query: Query) -> None:
        await self._list.find(query)
        self.totals.show_totals(await self.total(query))
        await self._count()

    async def _count(self) -> None:
        """Show how many rows each chip would find, one after the other."""
        found: dict[str, int] = {}
        for name, query in self.filter.choices():
            number = await self.count(query)
            if number is None:
                return
            found[name] = number
        self.filter.show_counts(found)

    @override
    async def whole(self, work: Work) -> Table[R]:
        shown = [self.columns[number] for number in self.table.columns.shown()]
        query, rows = self._list.query, await self.everything(work)
        return Table(
            _(self.title), shown, rows, await self.total(query), (self.filter.entry.text(),)
        )

    async def everything(self, work: Work | None = None) -> list[R]:
        """Return every row as the list is filtered now, also those not loaded yet."""
        return await self._list.everything(work)

    def show_rows(self, rows: Sequence[R], *, has_more: bool) -> None:
        """Show these rows instead of the ones before."""
        self.model.show_rows(rows, has_more=has_more)
        self._on_count()

    def add_rows(self, rows: Sequence[R], *, has_more: bool) -> None:
        """Show these rows below."""
        self.model.add_rows(rows, has_more=has_more)
        self._on_count()

    def summary(self) -> str:
        """Return what stands beside the title: how many rows are loaded, and if there are more."""
        number = self.model.rowCount()
        if self.model.canFetchMore(self.table.rootIndex()):
            return _("first {n}").format(n=number)
        return count("{n} line", "{n} lines", number)

    def _connect(self) -> None:
        self.model.wants_more.connect(lambda: self.start_once(self._list.more))
        self.filter.changed.connect(self._typing.start)
        self._typing.timeout.connect(self.refresh)
        self.table.opened.connect(self.on_open)
        self.table.horizontalHeader().sectionClicked.connect(self._on_header)
        self.filter.entry.returnPressed.connect(self.table.setFocus)
        keys.bind(self, "page.refresh", self.refresh)
        keys.bind(self, "page.filter", self.filter.focus)
        keys.bind(self, "page.back", self.filter.clear)
        follow(self, self._on_count)

    def _on_header(self, section: int) -> None:
        order = self.columns[section].order
        if order:
            self.filter.order_by(order)
            self.table.columns.show_order(section, descending=self.filter.query().descending)

    def _on_count(self) -> None:
        self.header.show_summary(self.summary())

    @override
    def state(self) -> dict[str, Any]:
        return {"filter": self.filter.entry.text(), "chips": sorted(self.filter.query().chips)}

    @override
    def restore(self, state: Any) -> None:
        self.filter.press(state.get("chips", ()))
        self.filter.entry.setText(state.get("filter", ""))
