"""What can be done with a price list, told without a widget."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from erp_desktop.core.i18n import _, count
from erp_desktop.ui.backend import Backend
from modules.catalog.selectors import (
    PriceFilter,
    PriceListRow,
    PriceRow,
    list_price_lists,
    list_prices,
)
from modules.catalog.selectors.prices import PAGE_SIZE
from modules.catalog.services import (
    CopyDraft,
    PriceListDraft,
    PricesReport,
    copy_prices,
    save_price_list,
    save_prices,
)
from modules.catalog.widgets.price_changes import PriceChanges, row_of


class PriceListView(Protocol):
    """All the presenter needs of whoever shows a list."""

    def show_list(self, price_list: PriceListRow | None, others: Sequence[PriceListRow]) -> None:
        """Show a list, none for a new one, and those that can be copied."""

    def show_prices(self, rows: Sequence[PriceRow], *, has_more: bool) -> None:
        """Show these prices instead of the ones before."""

    def add_prices(self, rows: Sequence[PriceRow], *, has_more: bool) -> None:
        """Show these below."""

    def forget_changes(self) -> None:
        """Keep nothing of what was typed into the grid: it is saved."""

    def forget_name(self) -> None:
        """Keep nothing of what was typed beside it: it is saved."""

    def say(self, message: str) -> None:
        """Tell the user something."""


class PriceListPresenter:
    """What can be done with a price list, told without a widget."""

    def __init__(self, view: PriceListView, backend: Backend) -> None:
        self._view = view
        self._backend = backend
        self.shown: PriceListRow | None = None
        self._wanted = PriceFilter("")
        self._last: PriceRow | None = None

    async def show(self, code: str | None) -> None:
        """Show a list and its first prices; no code is a new one."""
        await self._show_list(code)
        if self.shown is not None:
            await self.find(self._wanted.text, self._wanted.day)

    async def _show_list(self, code: str | None) -> None:
        lists = await self._backend.ask(list_price_lists)
        self.shown = next((each for each in lists if each.code == code), None)
        self._view.show_list(self.shown, [each for each in lists if each.code != code])

    async def find(self, text: str, day: date | None) -> None:
        """Show the first prices of products that a text means, valid on a day or at any time."""
        if self.shown is None:
            return
        self._wanted = wanted = PriceFilter(self.shown.code, text, day)
        rows = await self._backend.ask(list_prices, wanted)
        self._last = rows[-1] if rows else None
        self._view.show_prices(rows, has_more=len(rows) >= PAGE_SIZE)

    async def more(self) -> None:
        """Show the prices below the last."""
        wanted = self._wanted
        rows = await self._backend.ask(list_prices, wanted, after=self._last)
        if wanted is self._wanted:
            self._last = rows[-1] if rows else self._last
            self._view.add_prices(rows, has_more=len(rows) >= PAGE_SIZE)

    async def save_list(self, draft: PriceListDraft) -> None:
        """Keep what the list is called, or a new list."""
        version = None if self.shown is None else self.shown.version
        await self._backend.do(save_price_list, draft, version=version)
        self._view.forget_name()
        self._view.say(_("{list} is saved.").format(list=draft.name))
        await self._show_list(draft.code)

    async def save_prices(self, changes: PriceChanges) -> None:
        """Keep what was typed into the grid."""
        assert self.shown is not None  # noqa: S101 - without a list there is no grid
        rows = [row_of(line, place) for place, line in enumerate(changes.lines(), start=1)]
        report = await self._backend.do(
            save_prices, self.shown.code, rows, removed=sorted(changes.removed)
        )
        self._view.forget_changes()
        self._view.say(_report(report, len(changes.removed)))
        await self.find(self._wanted.text, self._wanted.day)

    async def copy(self, draft: CopyDraft) -> None:
        """Copy other prices into the list."""
        assert self.shown is not None  # noqa: S101 - a new list has nothing to copy into
        report = await self._backend.do(copy_prices, self.shown.code, draft)
        self._view.say(_report(report, 0))
        await self.find(self._wanted.text, self._wanted.day)


def _report(report: PricesReport, removed: int) -> str:
    told = [count("{n} price saved.", "{n} prices saved.", report.saved)]
    if report.ended:
        told.append(
            count(
                "{n} former price ends the day before.",
                "{n} former prices end the day before.",
                report.ended,
            )
        )
    if removed:
        told.append(count("{n} price removed.", "{n} prices removed.", removed))
    return " ".join(told)
