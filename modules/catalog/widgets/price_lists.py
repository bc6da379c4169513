"""The price lists: find one, see how much is in it, make another."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.search import has_words
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.catalog.permissions import Permission
from modules.catalog.selectors import PriceListRow, list_price_lists


def matching(rows: Sequence[PriceListRow], query: Query) -> list[PriceListRow]:
    """Return the lists that a filter line means; those no longer used only if asked for."""
    shown = (row for row in rows if row.is_active != query.has("inactive"))
    return [row for row in shown if has_words(f"{row.code} {row.name} {row.name_ar}", query.text)]


class PriceListsPage(ListPage[PriceListRow]):
    """All lists at once: a company has a handful."""

    title: ClassVar[str] = N_("Price lists")
    hint: ClassVar[str] = N_("Code or name")
    page_size: ClassVar[int] = 10_000
    chips: ClassVar[tuple[Chip, ...]] = (Chip("inactive", N_("No longer used")),)
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("Code"), lambda p: current().isolate(p.code), width=150, strong=True),
        Column(N_("Name"), lambda p: p.named(current().language)),
        Column(
            N_("Its prices"),
            lambda p: _("include taxes") if p.includes_tax else _("without taxes"),
            width=150,
        ),
        Column(
            N_("Prices today"),
            lambda p: current().number(p.prices),
            RIGHT,
            width=140,
            value=lambda p: p.prices,
        ),
        Column(
            N_("State"),
            lambda p: _("Used") if p.is_active else _("No longer used"),
            width=150,
            tone=lambda p: "ok" if p.is_active else "",
        ),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.add_row_action(N_("Open"), self.on_open)
        nothing = N_("No price list yet. One says what some customers pay, or how much of it.")
        if backend.user.may(Permission.EDIT_PRODUCTS):
            self.set_primary(N_("New price list"), self._on_new)
            self.table.empty.tell(nothing, N_("New price list"), self._on_new, icon="tag-multiple")
        else:
            self.table.empty.tell(nothing, icon="tag-multiple")

    @override
    async def load(self, query: Query, after: PriceListRow | None) -> Sequence[PriceListRow]:
        return matching(await self.backend.ask(list_price_lists), query)

    @override
    def on_open(self, row: PriceListRow) -> None:
        self.opens.emit("catalog.price_list", row.code)

    def _on_new(self) -> None:
        self.opens.emit("catalog.price_list", None)
