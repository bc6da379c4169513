"""The stock list: what each branch has, what is low, where figures and goods differ."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.tables import RIGHT, Column
from modules.inventory.permissions import Permission
from modules.inventory.selectors import PAGE_SIZE, Order, StockFilter, StockRow, list_stock

_BRANCH = ("branch", "agence", "succursale", "فرع", "الفرع")


class StockListPresenter:
    """What the stock list does, told without a widget."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def load(self, query: Query, after: StockRow | None) -> list[StockRow]:
        """Return the stock that `query` asks for, below the row `after`."""
        return await self._backend.ask(list_stock, filter_of(query), after=after)


def filter_of(query: Query) -> StockFilter:
    """Return what a filter line and its chips ask for."""
    return StockFilter(
        text=query.text,
        branch=query.value(*_BRANCH),
        is_low=query.has("low"),
        is_short=query.has("short"),
        is_there=query.has("there"),
        is_out=query.has("out"),
        order=cast("Order", query.order or "code"),
        descending=query.descending,
    )


def state_of(row: StockRow) -> tuple[str, Tone]:
    """Return how stock stands, in words and tone."""
    if row.is_short:
        return _("To count"), "bad"
    if row.is_low:
        return _("Low"), "warn"
    return (_("In stock"), "ok") if row.on_hand > 0 else (_("None"), "")


class StockListPage(ListPage[StockRow]):
    """The presenter's hands and face."""

    title = N_("Stock")
    hint = N_("Name, code, branch:ALG")
    page_size = PAGE_SIZE
    chips = (
        Chip("there", N_("In stock")),
        Chip("out", N_("Out of stock")),
        Chip("low", N_("Low")),
        Chip("short", N_("To count")),
    )
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("Branch"), lambda s: current().isolate(s.branch), width=84),
        Column(N_("Code"), lambda s: current().isolate(s.code), width=132, order="code"),
        Column(N_("Product"), lambda s: s.named(current().language), order="name"),
        Column(
            N_("On hand"),
            lambda s: current().number(s.on_hand),
            RIGHT,
            width=110,
            value=lambda s: s.on_hand,
            order="on_hand",
            strong=True,
        ),
        Column(N_("Unit"), lambda s: s.unit, width=64),
        Column(
            N_("Reorder point"),
            lambda s: "" if s.reorder_point is None else current().number(s.reorder_point),
            RIGHT,
            width=150,
            value=lambda s: s.reorder_point,
            hidden=True,
        ),
        Column(
            N_("Value"),
            lambda s: current().amount(s.value, s.currency),
            RIGHT,
            width=132,
            value=lambda s: s.value,
            order="value",
        ),
        Column(N_("State"), lambda s: state_of(s)[0], width=116, tone=lambda s: state_of(s)[1]),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._presenter = StockListPresenter(backend)
        self.add_row_action(N_("Movements"), self.on_open)
        nothing = N_("Nothing here. Change the filter, or enter what the branch has to begin with.")
        if backend.user.may(Permission.OPEN_STOCK):
            self.add_action(N_("Opening stock"), self._on_opening, "clipboard-list-outline")
            first_step = N_("Opening stock")
            self.table.empty.tell(nothing, first_step, self._on_opening, icon="warehouse")
        else:
            self.table.empty.tell(nothing, icon="warehouse")

    @override
    async def load(self, query: Query, after: StockRow | None) -> Sequence[StockRow]:
        return await self._presenter.load(query, after)

    @override
    def on_open(self, row: StockRow) -> None:
        name = f"{row.code} {row.named(current().language)}"
        self.opens.emit("inventory.movements", {"product": str(row.product_id), "name": name})

    @override
    def on_scan(self, text: str) -> bool:
        self.filter.entry.setText(text)
        return True

    def _on_opening(self) -> None:
        self.opens.emit("inventory.opening", None)
