"""What an asset has used up at the end of a day. Pure; exact; the plan adds up to its base.

Days are counted as accountants do: months of thirty, years of 360. PostgreSQL posts by the twin of
this in `sql/accounting/objects/90_depreciation.sql`: a test asks both the same.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from erp_desktop.core.money import Currency, round_money

Method = Literal["none", "linear", "declining", "two_shifts", "three_shifts"]
_ZERO = Decimal(0)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the plan of an asset follows from.

    Attributes:
        base: Cost less what is left at the end, in `currency`.
        coefficient: By how much it goes faster than straight.
        starts_on: The day from which it counts; by months it is the first of one.
        taken_over: What another program had used up at the end of `taken_over_on`.
    """

    base: Decimal
    method: Method
    life_months: int
    starts_on: date
    currency: Currency
    coefficient: Decimal = Decimal(1)
    taken_over: Decimal = _ZERO
    taken_over_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanYear:
    """A year of a plan: what it uses up, and what is used up and left at its end."""

    year: int
    amount: Decimal
    used: Decimal
    left: Decimal


def days_of_months(since: date, until: date) -> int:
    """Return the days between two days, in months of thirty; `until` is not counted."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months * 30 + min(until.day, 30) - min(since.day, 30)


def used_up(terms: Terms, day: date) -> Decimal:
    """Return what is used up at the end of a day, in the currency of the terms.

    What was taken over counts as it was; the rest is spread as the plan spreads it.
    """
    planned = _planned(terms, day)
    since = terms.taken_over_on
    if since is None:
        return planned
    if day <= since:
        return terms.taken_over
    before, base = _planned(terms, since), terms.base if terms.method != "none" else _ZERO
    if base == before:
        return base
    rest = (base - terms.taken_over) * (planned - before) / (base - before)
    return terms.taken_over + round_money(rest, terms.currency)


def plan(terms: Terms) -> tuple[PlanYear, ...]:
    """Return the years of an asset, the first being that in which it begins or was taken over."""
    if terms.method == "none":
        return ()
    before = terms.taken_over
    year = (terms.taken_over_on + _DAY if terms.taken_over_on else terms.starts_on).year
    years: list[PlanYear] = []
    while before < terms.base:
        used = used_up(terms, date(year, 12, 31))
        years.append(PlanYear(year, used - before, used, terms.base - used))
        before, year = used, year + 1
    return tuple(years)


def _planned(terms: Terms, day: date) -> Decimal:
    if terms.method == "none":
        return _ZERO
    if terms.method == "declining":
        return _declining(terms, day)
    gone, whole = days_of_months(terms.starts_on, day + _DAY), terms.life_months * 30
    if gone <= 0:
        return _ZERO
    if gone * terms.coefficient >= whole:
        return terms.base
    return round_money(terms.base * gone * terms.coefficient / whole, terms.currency)


def _declining(terms: Terms, day: date) -> Decimal:
    """A share of what is left at the beginning of each year, until straight would be as much."""
    gone, used, since = 0, _ZERO, terms.starts_on
    while gone < terms.life_months and since <= day:
        rest = terms.life_months - gone
        months = min(13 - since.month, rest)
        amount = _year(terms, terms.base - used, months, rest)
        days = min(days_of_months(since, day + _DAY), months * 30)
        whole = days == months * 30
        used += amount if whole else round_money(amount * days / (months * 30), terms.currency)
        gone += months
        since = date(since.year + 1, 1, 1)
    return used


def _year(terms: Terms, left: Decimal, months: int, rest: int) -> Decimal:
    if months == rest:
        return left
    top, bottom = Decimal(1), rest
    if terms.coefficient * rest >= terms.life_months:
        top, bottom = terms.coefficient, terms.life_months
    return min(left, round_money(left * months * top / bottom, terms.currency))
