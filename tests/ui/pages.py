"""Small pages of each kind, as a module would write them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from erp_desktop.core.errors import InvalidValueError
from erp_desktop.core.i18n import N_, current
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.form_page import FormPage
from erp_desktop.ui.forms import AmountField, ChoiceField, CodeField, DateField, Form
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import label
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.station_page import StationPage
from erp_desktop.ui.tables import RIGHT, Column
from erp_desktop.workstation.errors import NotEnrolledError

PAGE_SIZE = 3


@dataclass(frozen=True)
class Order:
    """A row of the list."""

    number: str
    total: Decimal


ORDERS = [Order(f"A-{n}", Decimal(n) * 100) for n in range(1, 8)]

COLUMNS: tuple[Column[Order], ...] = (
    Column(N_("Number"), lambda order: order.number, width=140, order="number"),
    Column(N_("Customer"), lambda order: f"Customer of {order.number}"),
    Column(
        N_("Total"),
        lambda order: current().amount(order.total, "DZD"),
        RIGHT,
        width=120,
        value=lambda order: order.total,
    ),
)


class OrderList(ListPage[Order]):
    """Orders, three at a time."""

    title = N_("Orders")
    columns = COLUMNS
    chips = (Chip("big", N_("Big")),)
    page_size = PAGE_SIZE

    def __init__(self, backend: Any) -> None:
        super().__init__(backend)
        self.asked: list[Query] = []
        self.opened: list[Order] = []
        self.previewed = label()
        self.set_preview(self.previewed)
        self.set_primary(N_("New order"), lambda: self.opens.emit("sample.form", None))
        self.add_row_action(N_("Open"), self.on_open)

    async def load(self, query: Query, after: Order | None) -> Sequence[Order]:
        """Return a page of orders."""
        await asyncio.sleep(0)
        self.asked.append(query)
        fitting = [o for o in ORDERS if query.text in o.number]
        if query.has("big"):
            fitting = [o for o in fitting if o.total > 300]
        start = fitting.index(after) + 1 if after else 0
        return fitting[start : start + PAGE_SIZE]

    def on_open(self, row: Order) -> None:
        """Note what was opened."""
        self.opened.append(row)

    def preview(self, row: Order) -> None:
        """Show the number at the side."""
        self.previewed.setText(row.number)


@dataclass(frozen=True)
class Draft:
    """What the form edits."""

    code: str = ""
    price: Decimal | None = None


class OrderForm(FormPage[Draft]):
    """One order."""

    title = N_("New order")

    def __init__(self, backend: Any) -> None:
        super().__init__(
            backend,
            Form(
                (
                    CodeField("code", N_("Code"), required=True),
                    AmountField("price", N_("Price"), currency="DZD"),
                )
            ),
        )
        self.saved: list[Draft] = []
        self.show_draft(Draft(), key="sample.form/new")

    def open(self, argument: Any) -> None:
        """Show an order."""
        self.show_draft(Draft(str(argument)), key=f"sample.form/{argument}", name=str(argument))

    async def save(self, draft: Draft) -> str:
        """Save an order, unless its code is taken."""
        if draft.code == "taken":
            raise InvalidValueError(field="code", cure="Choose another.")
        self.saved.append(draft)
        self.show_draft(draft, key="sample.form/saved", name=draft.code)
        return "Saved."


class Balance(ReportPage[Order]):
    """A report with totals."""

    title = N_("Trial balance")
    columns = COLUMNS

    def __init__(self, backend: Any) -> None:
        super().__init__(
            backend,
            (
                DateField("until", N_("Until")),
                ChoiceField("branch", N_("Branch"), [(None, N_("All")), ("ALG", N_("Algiers"))]),
            ),
        )
        self.asked: list[Mapping[str, Any]] = []

    async def load(self, parameters: Mapping[str, Any]) -> Report[Order]:
        """Return the orders and their total."""
        self.asked.append(parameters)
        total = Order("", sum((o.total for o in ORDERS), Decimal(0)))
        return Report(ORDERS, total, datetime(2026, 11, 20, 10, 32, tzinfo=UTC), N_("Waiting"))


class Counter(StationPage[Order]):
    """A till without money."""

    columns = COLUMNS

    def __init__(self, backend: Any) -> None:
        super().__init__(backend)
        self.entries: list[str] = []
        self.searches: list[str] = []
        self.paid: list[bool] = []
        self.pay = self.pay_button(
            N_("Pay"), lambda: self.paid.append(True), "printer", "page.primary"
        )
        self.side.addWidget(self.pay)

    def on_entry(self, text: str) -> None:
        """Note what was entered."""
        self.entries.append(text)

    def on_search(self, text: str) -> None:
        """Note what was searched."""
        self.searches.append(text)


class Refused(OrderList):
    """Needs a workstation, and there is none."""

    def __init__(self, backend: Any) -> None:
        super().__init__(backend)
        raise NotEnrolledError


class Broken(OrderList):
    """Raises when it is made."""

    def __init__(self, backend: Any) -> None:
        super().__init__(backend)
        raise ZeroDivisionError


def explode(_shell: Any) -> None:
    """Raise, as a command of a bad module does."""
    raise ZeroDivisionError


async def find_orders(_backend: Any, text: str) -> Sequence[Any]:
    """Find orders for the palette."""
    from erp_desktop.ui.palette import Found  # noqa: PLC0415 - as modules do

    return [
        Found(order.number, "Order", "receipt", page="sample.form", argument=order.number)
        for order in ORDERS
        if text.upper() in order.number
    ]
