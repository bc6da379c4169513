"""Internal transfers: the list, what is on its way, and what the windows over it offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select, text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual, in_language
from erp_desktop.core.models import view
from modules.accounting.permissions import Permission
from modules.accounting.selectors.chart import AccountRow, list_chart
from modules.accounting.selectors.pages import newest_page

_CHOICES = text("select accounting.transfer_choices_v1()")
_TILLS = text("""
    select r.id, r.number, r.dated_on from accounting.till_receipts r
      join accounting.internal_transfers t
        on t.id = :wanted and r.branch_id = t.to_branch_id and r.transit_id = t.transit_id
           and r.amount = t.amount and r.account_id <> t.account_id
     order by r.dated_on, r.number
""")
_HOME = text("select c.currency from core.company c")


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A transfer, as the branches of the user see it.

    Attributes:
        state: `waiting`, `received` or `returned`.
        to_account: Where it shall arrive or did; empty while the other branch has not said.
        received: The amount that arrived.
        ended_on: The day on which it was received or taken back.
        days: How long it was, or is, on the way.
        is_ours: Whether a branch of the user sent it.
        is_to_us: Whether a branch of the user receives it.
        is_of_till: A till sent it, by a cash movement.
        entry: The number of the entry that the user may see.
    """

    id: UUID
    number: str
    state: str
    branch_id: UUID
    branch: str
    branch_name: str
    branch_name_ar: str
    to_branch_id: UUID
    to_branch: str
    to_branch_name: str
    to_branch_name_ar: str
    account: str
    to_account: str
    dated_on: date
    amount: Decimal
    reference: str
    reason: str
    sent_by: str
    received_on: date | None
    received: Decimal | None
    received_by: str
    difference_account: str
    note: str
    ended_on: date | None
    days: int
    is_ours: bool
    is_to_us: bool
    is_of_till: bool
    entry: str
    currency: str

    @property
    def difference(self) -> Decimal:
        """What arrived too much; too little is negative."""
        return Decimal(0) if self.received is None else self.received - self.amount

    def sender(self, language: str) -> str:
        """Return the name of the branch that sent it."""
        return in_language(language, self.branch_name, self.branch_name_ar)

    def receiver(self, language: str) -> str:
        """Return the name of the branch that receives it."""
        return in_language(language, self.to_branch_name, self.to_branch_name_ar)


@dataclass(frozen=True, slots=True)
class TransferFilter:
    """Which transfers a list shows.

    Attributes:
        text: Part of number, reference, reason or branch.
        states: None is all.
        ways: `in`, `out`, or both if empty.
        days: First and last day of sending, both included.
    """

    text: str = ""
    states: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    days: tuple[date | None, date | None] = (None, None)


@dataclass(frozen=True, slots=True)
class TransferSum:
    """How many transfers of a filter are on their way, what they amount to, and for how long."""

    count: int
    amount: Decimal
    days: int
    currency: str


@dataclass(frozen=True, slots=True)
class ChosenBranch(Bilingual):
    """A branch that money can go to; `is_ours` if the user works in its books."""

    id: UUID
    name: str
    name_ar: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class MoneyPlace(Bilingual):
    """An account where a branch keeps money; `kind` is `cash`, `box` or `bank`."""

    branch_id: UUID
    code: str
    name: str
    name_ar: str
    kind: str


@dataclass(frozen=True, slots=True)
class TransferChoices:
    """What the windows offer; `difference` is the account of what does not arrive."""

    currency: str
    difference: str
    branches: tuple[ChosenBranch, ...]
    places: tuple[MoneyPlace, ...]

    def of(self, branch_id: UUID) -> list[MoneyPlace]:
        """Return the places of a branch."""
        return [place for place in self.places if place.branch_id == branch_id]


@dataclass(frozen=True, slots=True)
class TillReceipt:
    """Cash from the bank, as a till has typed it; `id` is that of its entry."""

    id: UUID
    number: str
    dated_on: date


@dataclass(frozen=True, slots=True)
class ReceivingChoices:
    """What the window of receiving offers; tills may have typed the money already."""

    known: TransferChoices
    chart: tuple[AccountRow, ...]
    tills: tuple[TillReceipt, ...]


TRANSFER_LIST: Any = view("accounting.internal_transfer_list", TransferRow).c


def list_transfers(
    ctx: Context, wanted: TransferFilter, *, after: TransferRow | None = None
) -> list[TransferRow]:
    """Return one page of transfers, the newest first.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    place = (TRANSFER_LIST.dated_on, TRANSFER_LIST.id)
    return newest_page(ctx, TransferRow, _matching(select(*TRANSFER_LIST), wanted), place, after)


def sum_in_transit(ctx: Context, wanted: TransferFilter) -> TransferSum:
    """Return what of a filter is on its way.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    columns = TRANSFER_LIST
    query = select(
        func.count(), func.coalesce(func.sum(columns.amount), 0), func.max(columns.days)
    ).where(columns.state == "waiting")
    number, amount, days = ctx.connection.execute(_matching(query, wanted)).one()
    currency = str(ctx.connection.execute(_HOME).scalar_one())
    return TransferSum(number, Decimal(amount), days or 0, currency)


def get_transfer_choices(ctx: Context) -> TransferChoices:
    """Return what can be chosen to send and to receive.

    Raises:
        NotAllowedError: The user may not move money.
    """
    ctx.require(Permission.MOVE_MONEY)
    found: Mapping[str, Any] = ctx.connection.execute(_CHOICES).scalar_one()
    branches = tuple(
        ChosenBranch(UUID(b["id"]), b["name"], b["name_ar"], b["is_ours"])
        for b in found["branches"]
    )
    places = tuple(
        MoneyPlace(UUID(p["branch_id"]), p["code"], p["name"], p["name_ar"], p["kind"])
        for p in found["places"]
    )
    return TransferChoices(found["currency"], found["difference"], branches, places)


def get_receiving_choices(ctx: Context, transfer_id: UUID) -> ReceivingChoices:
    """Return what can be chosen to receive a transfer.

    Raises:
        NotAllowedError: The user may not move money.
    """
    tills = ctx.rows(TillReceipt, _TILLS.bindparams(wanted=transfer_id))
    return ReceivingChoices(get_transfer_choices(ctx), tuple(list_chart(ctx)), tuple(tills))


def _matching(query: Select[Any], wanted: TransferFilter) -> Select[Any]:
    columns = TRANSFER_LIST
    if wanted.states:
        query = query.where(columns.state.in_(wanted.states))
    if wanted.ways:
        sides = {"out": columns.is_ours, "in": columns.is_to_us}
        query = query.where(or_(*(sides[way] for way in wanted.ways)))
    first, last = wanted.days
    if first is not None:
        query = query.where(columns.dated_on >= first)
    if last is not None:
        query = query.where(columns.dated_on <= last)
    words = wanted.text.strip()
    if words:
        texts = (columns.number, columns.reference, columns.reason, columns.branch_name)
        more = (columns.branch_name_ar, columns.to_branch_name, columns.to_branch_name_ar)
        query = query.where(or_(*(t.icontains(words, autoescape=True) for t in (*texts, *more))))
    return query
