"""Purchase invoices: what they come to, what is owed, and what is due."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors import PAGE_SIZE
from modules.accounting.selectors.purchases import (
    PurchaseFilter,
    PurchaseRow,
    PurchaseSum,
    list_purchases,
    sum_purchases,
)
from modules.accounting.widgets import asking
from modules.accounting.widgets.months import month_of
from modules.accounting.widgets.purchases.head import KINDS

_NOBODY = UUID(int=0)


def _state(row: PurchaseRow) -> str:
    if not row.kind:
        return ""
    if row.is_undone:
        return _("Taken back")
    if not row.open:
        return _("Settled")
    return _("Overdue") if row.due_on < wall_clock.today() else _("Unpaid")


def _tone(row: PurchaseRow) -> Tone:
    is_late = row.kind and not row.is_undone and row.open > 0
    return "bad" if is_late and row.due_on < wall_clock.today() else ""


def _day(of: Callable[[PurchaseRow], date]) -> Callable[[PurchaseRow], str]:
    return lambda row: current().date(of(row)) if row.kind else ""


def _figure(title: str, name: str, *, strong: bool = False) -> Column[PurchaseRow]:
    def value(row: PurchaseRow) -> Decimal:
        amount: Decimal = getattr(row, name)
        return amount if name == "open" else row.sign * amount

    def text(row: PurchaseRow) -> str:
        return current().amount(value(row), row.currency)

    return Column(title, text, RIGHT, width=102, value=value, strong=strong)


_COLUMNS: tuple[Column[PurchaseRow], ...] = (
    Column(
        N_("Number"),
        lambda r: current().isolate(r.number) if r.kind else _("Total"),
        width=120,
        strong=True,
    ),
    Column(N_("Date"), _day(lambda r: r.dated_on), width=92, value=lambda r: r.dated_on),
    Column(N_("Supplier"), lambda r: r.named(current().language)),
    Column(N_("Kind"), lambda r: _(KINDS[r.kind]) if r.kind else "", width=95),
    Column(N_("Label"), lambda r: current().isolate(r.label), hidden=True),
    Column(N_("Due date"), _day(lambda r: r.due_on), width=92, value=lambda r: r.due_on),
    _figure(N_("Net"), "net"),
    _figure(N_("VAT to deduct"), "deductible"),
    _figure(N_("Total"), "total", strong=True),
    _figure(N_("Left open"), "open"),
    Column(N_("State"), _state, width=90, tone=_tone),
    Column(N_("Entry"), lambda r: current().isolate(r.entry), width=160, hidden=True),
    Column(N_("Booked on"), _day(lambda r: r.booked_on), width=96, hidden=True),
    Column(N_("Posted by"), lambda r: r.made_by, width=100, hidden=True),
    Column(N_("Branch"), lambda r: r.branch, width=70, hidden=True),
)


def filter_of(query: Query, today: date) -> PurchaseFilter:
    """Return what a filter line and its chips ask for; both kinds pressed are all."""
    kinds = [kind for kind in KINDS if query.has(kind)]
    days = month_of(today) if query.has("month") else asking.days_of(query, today)
    return PurchaseFilter(
        query.text,
        kinds[0] if len(kinds) == 1 else "",
        days,
        is_open=query.has("open"),
        due_until=today if query.has("due") else None,
    )


def total_row(found: PurchaseSum) -> PurchaseRow:
    """Return the sums as a row."""
    day, zero = date.min, Decimal(0)
    return PurchaseRow(
        *(_NOBODY, _NOBODY, "", "", _NOBODY, "", "", "", day, day, day, "", []),
        *(found.net, found.deductible, zero, zero, found.total, _NOBODY, "", ""),
        *(datetime.min, False, found.open, found.currency),  # noqa: DTZ901 - shown nowhere
    )


class PurchaseListPage(ListPage[PurchaseRow]):
    """The list, the newest at the top."""

    title: ClassVar[str] = N_("Purchase invoices")
    hint: ClassVar[str] = N_("Number, supplier, label, date:1/3..31/3")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE
    chips: ClassVar[tuple[Chip, ...]] = (
        Chip("open", N_("Unpaid")),
        Chip("due", N_("Due")),
        *(Chip(kind, title) for kind, title in KINDS.items()),
        Chip("month", N_("This month")),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        nothing = N_(
            "No purchase invoices here. Type one, and its tax is deducted in the right month."
        )
        self.table.empty.tell(nothing, icon="file-document-outline")
        if backend.user.may(Permission.POST_PURCHASES):
            self.set_primary(
                N_("New purchase invoice"), lambda: self.opens.emit("accounting.purchase", "")
            )

    @override
    async def load(self, query: Query, after: PurchaseRow | None) -> Sequence[PurchaseRow]:
        wanted = filter_of(query, wall_clock.today())
        return await self.backend.ask(list_purchases, wanted, after=after)

    @override
    async def total(self, query: Query) -> PurchaseRow | None:
        wanted = filter_of(query, wall_clock.today())
        return total_row(await self.backend.ask(sum_purchases, wanted))

    @override
    def on_open(self, row: PurchaseRow) -> None:
        self.opens.emit("accounting.purchase", str(row.id))
