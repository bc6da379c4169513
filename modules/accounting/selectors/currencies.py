"""Rates, open lines in other currencies, and what they are worth at the end of a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.permissions import Permission
from modules.accounting.selectors.partners import OfPartner

_RATE = text(
    "select r.currency, r.rate, r.rated_on, r.age, r.source"
    " from accounting.rates_at_v1(:currency, :day) r"
)
# With the rate before each, so that a page shows how far it moved.
_RATES = text("""
    select r.currency, r.rated_on, r.rate, r.source, r.version,
           (select b.rate from accounting.rates b
             where b.currency = r.currency and b.rated_on < r.rated_on
             order by b.rated_on desc limit 1) as before,
           (select c.currency from core.company c) as home
      from accounting.rates r
     where (:words = '' or upper(r.currency || ' ' || r.source) like '%' || upper(:words) || '%')
       and (not :more or (r.rated_on, r.currency) < (cast(:day_then as date), :currency_then))
     order by r.rated_on desc, r.currency desc
     limit :most
""")
_KNOWN = text(
    "select r.currency || ' ' || r.rated_on from accounting.rates r"
    " where r.currency || ' ' || r.rated_on = any (:codes)"
)
_JUMP = text("select s.most_jump, s.version from accounting.rate_settings s")
_LAST = text(
    "select distinct on (r.currency) r.currency, r.rate from accounting.rates r"
    " order by r.currency, r.rated_on desc"
)
_HOME = text("select c.currency from core.company c")
_OPEN = text("""
    select o.entry_id, o.line_no, o.account, o.party_id, o.party, o.party_ar, o.dated_on, o.due_on,
           o.number, o.label, o.branch, o.currency, o.rate, o.open, o.value, o.home
      from accounting.open_currency_v1(null) o
     where (:words = ''
            or strpos(core.fold(concat_ws(' ', o.party, o.party_ar, o.number, o.label,
                                          o.currency)), core.fold(:words)) > 0)
     order by o.account collate "C", o.party, o.currency, o.due_on, o.number, o.line_no
""")


@dataclass(frozen=True, slots=True)
class RateAt:
    """What a currency is worth on a day.

    Attributes:
        rate: Units of the company's currency for one.
        age: Days since it was set.
    """

    currency: str
    rate: Decimal
    rated_on: date
    age: int
    source: str


@dataclass(frozen=True, slots=True)
class RateRow:
    """The rate of a day, with the one `before` it."""

    currency: str
    rated_on: date
    rate: Decimal
    source: str
    version: int
    before: Decimal | None
    home: str

    @property
    def moved(self) -> Decimal | None:
        """By how many per cent it moved; None for the first."""
        return (self.rate / self.before - 1) * 100 if self.before else None


@dataclass(frozen=True, slots=True)
class OpenCurrencyRow(OfPartner):
    """An open line in another currency.

    Attributes:
        open: In `currency`, debits positive.
        value: What that is worth in the books, in `home`.
    """

    entry_id: UUID
    line_no: int
    account: str
    party_id: UUID | None
    party: str
    party_ar: str
    dated_on: date
    due_on: date
    number: str
    label: str
    branch: str
    currency: str
    rate: Decimal
    open: Decimal
    value: Decimal
    home: str


@dataclass(frozen=True, slots=True)
class WorthRow(Bilingual):
    """A document or an account of money in another currency.

    Attributes:
        amount: In `currency`, debits positive.
        value: In the books, in the company's currency.
        difference: What it is worth more at `rate`; less is negative.
    """

    branch: str
    account: str
    name: str
    name_ar: str
    party: str
    party_ar: str
    number: str
    label: str
    currency: str
    amount: Decimal
    value: Decimal
    rate: Decimal
    rated_on: date
    difference: Decimal
    is_money: bool
    home: str


@dataclass(frozen=True, slots=True)
class ShownRevaluation:
    """A month as it is, or was, revalued.

    Attributes:
        posted: Branch, author, moment and entries of each branch that is revalued.
        is_last: Whether no later month is.
    """

    rows: tuple[WorthRow, ...]
    posted: tuple[tuple[str, str, datetime, tuple[str, ...]], ...]
    currency: str
    is_last: bool


def rate_at(ctx: Context, currency: str, day: date) -> RateAt:
    """Return the last rate of a currency that is known on a day, with its age.

    Raises:
        RateMissingError: None is known on that day or before it.
    """
    return ctx.rows(RateAt, _RATE.bindparams(currency=currency, day=day))[0]


def list_rates(
    ctx: Context, words: str = "", *, after: RateRow | None = None, most: int = 200
) -> list[RateRow]:
    """Return rates, the newest first.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(
        RateRow,
        _RATES.bindparams(
            words=words,
            more=after is not None,
            day_then=after.rated_on if after else None,
            currency_then=after.currency if after else "",
            most=most,
        ),
    )


def known_rates(
    ctx: Context, codes: Sequence[str], _marks: Sequence[str]
) -> tuple[frozenset[str], dict[str, str]]:
    """Return which of some currencies and days have a rate, as imports ask."""
    found = ctx.connection.execute(_KNOWN.bindparams(codes=list(codes))).scalars()
    return frozenset(found), {}


def get_rate_jump(ctx: Context) -> tuple[Decimal, int]:
    """Return by how many per cent a rate may jump, and the version."""
    ctx.require(Permission.VIEW_LEDGER)
    most, version = ctx.connection.execute(_JUMP).one()
    return most, version


def company_currency(ctx: Context) -> str:
    """Return the company's own currency."""
    return str(ctx.connection.execute(_HOME).scalar_one())


def last_rates(ctx: Context) -> dict[str, Decimal]:
    """Return the rate of each currency that is known last."""
    return {row[0]: row[1] for row in ctx.connection.execute(_LAST)}


def list_open_currency(ctx: Context, words: str = "") -> list[OpenCurrencyRow]:
    """Return what is open in other currencies, by account, partner and currency.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(OpenCurrencyRow, _OPEN.bindparams(words=words))


def get_revaluation(ctx: Context, day: date) -> ShownRevaluation:
    """Return what is in other currencies at the end of a month, and what it is worth then.

    Raises:
        NotAllowedError: The user may not see the ledger.
        RateMissingError: A currency has no rate.
    """
    ctx.require(Permission.VIEW_LEDGER)
    told: dict[str, Any] = ctx.call("accounting.revaluation_v1", day)
    home = told["currency"]
    figures = ("amount", "value", "rate", "difference")
    rows = tuple(
        WorthRow(
            **{
                **row,
                **{name: Decimal(row[name]) for name in figures},
                "rated_on": date.fromisoformat(row["rated_on"]),
            },
            home=home,
        )
        for row in told["rows"]
    )
    posted = tuple(
        (each["branch"], each["by"], datetime.fromisoformat(each["at"]), tuple(each["entries"]))
        for each in told["posted"]
    )
    return ShownRevaluation(rows, posted, home, told["is_last"])
