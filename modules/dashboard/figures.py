"""What the dashboard shows, as `dashboard.figures_v1` answers: what a user may not see is None."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.i18n import Bilingual

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures are asked for.

    Attributes:
        last_day: The day that the days end with.
        days: How many.
        branch_id: Of one branch only; None for all that the user sees.
        branch: Its code, as filter lines name it.
    """

    last_day: date
    days: int
    branch_id: UUID | None = None
    branch: str = ""

    @property
    def name(self) -> str:
        """What tells these figures from others of the same user, whatever the day."""
        return f"{self.days}/{self.branch_id or 'all'}"


@dataclass(frozen=True, slots=True)
class Named(Bilingual):
    """An amount under a name: a product, a branch, a cashier."""

    name: str
    name_ar: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Margin:
    """What goods brought, without taxes, and had cost."""

    net: Decimal
    cost: Decimal

    @property
    def amount(self) -> Decimal:
        """What is left."""
        return self.net - self.cost

    @property
    def rate(self) -> Decimal | None:
        """Per cent of what they brought; None where that is nothing."""
        return self.amount / self.net * 100 if self.net else None


@dataclass(frozen=True, slots=True)
class Sales:
    """What was sold, taxes included, refunds taken off.

    Attributes:
        before: The same for the days before; for one day that of the week before, up to this time.
        places: By hour of a day, by day, or by week: where there is no place, nothing was sold.
    """

    total: Decimal
    before: Decimal
    tickets: int
    places: Mapping[int, Decimal]
    places_before: Mapping[int, Decimal]
    branches: Sequence[Named]
    cashiers: Sequence[Named]


@dataclass(frozen=True, slots=True)
class Invoices:
    """What was invoiced, taxes included, and what customers owe on invoices.

    Attributes:
        total: Credit notes are taken off.
        late: How many invoices should have been paid by now.
    """

    total: Decimal
    invoices: int
    open: Decimal
    overdue: Decimal
    late: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that somebody has to look at.

    Attributes:
        facts: What it is, by the owning module's own words.
    """

    since: datetime | None
    branch: str
    facts: Json


@dataclass(frozen=True, slots=True)
class Drawers:
    """Cash sessions that are open, and the cash that they should hold."""

    sessions: int
    cash: Decimal
    left_open: Sequence[Waiting]


@dataclass(frozen=True, slots=True)
class CashAccount:
    """The account of cash in the ledger."""

    account: str
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Stock:
    """How many products are out of stock, low, or less than nothing; and what all are worth."""

    value: Decimal
    out: int
    low: int
    short: int
    first: Sequence[Waiting]


@dataclass(frozen=True, slots=True)
class Reviews:
    """Facts that wait for somebody to look; those that are parked are not even booked."""

    waiting: int
    parked: int
    first: Sequence[Waiting]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything at once, with its age.

    Attributes:
        source: As it came, to be kept.
    """

    read_at: datetime
    last_day: date
    days: int
    currency: str
    sales: Sales | None
    margin: Margin | None
    month: Margin | None
    products: Sequence[Named]
    payments: Mapping[str, Decimal]
    invoices: Invoices | None
    drawers: Drawers | None
    cash: CashAccount | None
    stock: Stock | None
    reviews: Reviews | None
    source: Json

    @staticmethod
    def from_json(found: Json) -> "Figures":
        """Read the answer of `dashboard.figures_v1`."""
        till = found["till"]
        sales = till.get("sales")
        return Figures(
            read_at=datetime.fromisoformat(found["read_at"]),
            last_day=date.fromisoformat(found["last_day"]),
            days=found["days"],
            currency=found["currency"],
            sales=_sales(sales) if sales else None,
            margin=_margin(sales),
            month=_margin(till.get("month")),
            products=_named(till.get("products", ()), "total"),
            payments={way: Decimal(sum_) for way, sum_ in till.get("payments", {}).items()},
            invoices=_invoices(found.get("sales")),
            drawers=_drawers(till.get("drawers")),
            cash=_cash(found["accounting"]),
            stock=_stock(found["inventory"]),
            reviews=_reviews(found["reviews"]),
            source=found,
        )


def _sales(found: Json) -> Sales:
    return Sales(
        total=Decimal(found["total"]),
        before=Decimal(found["before"]),
        tickets=found["tickets"],
        places=_places(found["places"]),
        places_before=_places(found["places_before"]),
        branches=_named(found["branches"], "total"),
        cashiers=_named(found["cashiers"], "total"),
    )


def _places(found: Json) -> Mapping[int, Decimal]:
    return {int(place): Decimal(total) for place, total in found.items()}


def _margin(found: Json | None) -> Margin | None:
    if not found or "cost" not in found:
        return None
    return Margin(Decimal(found["net"]), Decimal(found["cost"]))


def _named(found: Sequence[Json], amount: str) -> list[Named]:
    return [Named(each["name"], each.get("name_ar", ""), Decimal(each[amount])) for each in found]


def _waiting(found: Sequence[Json]) -> list[Waiting]:
    return [
        Waiting(
            datetime.fromisoformat(each["since"]) if each.get("since") else None,
            each["branch"],
            each,
        )
        for each in found
    ]


def _invoices(found: Json | None) -> Invoices | None:
    if not found:
        return None
    return Invoices(
        Decimal(found["invoiced"]),
        found["invoices"],
        Decimal(found["open"]),
        Decimal(found["overdue"]),
        found["late"],
    )


def _drawers(found: Json | None) -> Drawers | None:
    if not found:
        return None
    return Drawers(found["sessions"], Decimal(found["cash"]), _waiting(found["left_open"]))


def _cash(found: Json | None) -> CashAccount | None:
    return CashAccount(found["account"], Decimal(found["balance"])) if found else None


def _stock(found: Json | None) -> Stock | None:
    if not found:
        return None
    return Stock(
        Decimal(found["value"]),
        found["out"],
        found["low"],
        found["short"],
        _waiting(found["first"]),
    )


def _reviews(found: Json | None) -> Reviews | None:
    if not found:
        return None
    return Reviews(found["waiting"], found["parked"], _waiting(found["first"]))
