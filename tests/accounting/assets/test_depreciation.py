"""The plan of an asset: figures worked out by hand, and what holds for every plan.

Straight by months (ma): 60,000 over 5 years from April: 1,000 a month, nine of them in the first
year, three in the last. By days (tn): 9,000 over 3 years from 16 October: 3,000 a year; of the
first 75 days of 360 (15 of October, 30 of November, 30 of December) = 625.

Declining (ma, 5 years, coefficient 2: 40 %) of 100,000 from July: 6/12 of 40,000 = 20,000; 40 % of
80,000 = 32,000; of 48,000 = 19,200; of 28,800 = 11,520, with 30 months left where straight would
be as much; of 17,280 with 18 months left straight is more: 11,520; the last six months 5,760.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.core.money import DZD, MAD, TND
from modules.accounting.depreciation import Terms, days_of_months, plan, used_up

Years = list[tuple[int, str]]


def years_of(terms: Terms) -> Years:
    return [(year.year, str(year.amount)) for year in plan(terms)]


@pytest.mark.parametrize(
    ("terms", "years"),
    [
        (
            Terms(Decimal(60000), "linear", 60, date(2026, 4, 1), MAD),
            [(2026, "9000.00"), *((n, "12000.00") for n in (2027, 2028, 2029, 2030)),
             (2031, "3000.00")],
        ),
        (
            Terms(Decimal(9000), "linear", 36, date(2026, 10, 16), TND),
            [(2026, "625.000"), (2027, "3000.000"), (2028, "3000.000"), (2029, "2375.000")],
        ),
        (
            Terms(Decimal(9000), "two_shifts", 36, date(2026, 1, 1), TND, Decimal("1.5")),
            [(2026, "4500.000"), (2027, "4500.000")],
        ),
        (
            Terms(Decimal(100000), "declining", 60, date(2026, 7, 1), MAD, Decimal(2)),
            [(2026, "20000.00"), (2027, "32000.00"), (2028, "19200.00"), (2029, "11520.00"),
             (2030, "11520.00"), (2031, "5760.00")],
        ),
        (
            Terms(Decimal(100000), "declining", 60, date(2026, 1, 1), DZD, Decimal(2)),
            [(2026, "40000.00"), (2027, "24000.00"), (2028, "14400.00"), (2029, "10800.00"),
             (2030, "10800.00")],
        ),
        (Terms(Decimal(5000), "none", 0, date(2026, 1, 1), DZD), []),
    ],
)  # fmt: skip
def test_plans_are_as_worked_out_by_hand(terms: Terms, years: Years) -> None:
    assert [(y, Decimal(a)) for y, a in years_of(terms)] == [(y, Decimal(a)) for y, a in years]


def test_what_was_taken_over_counts_as_it_was() -> None:
    """50,000 of 60,000 are gone where the plan has 21,000: the rest takes its 39 months."""
    terms = Terms(
        Decimal(60000), "linear", 60, date(2026, 4, 1), MAD, Decimal(1), Decimal(50000),
        date(2027, 12, 31),
    )  # fmt: skip

    assert used_up(terms, date(2027, 6, 30)) == 50000
    assert [(y.year, y.amount) for y in plan(terms)] == [
        (2028, Decimal("3076.92")), (2029, Decimal("3076.93")), (2030, Decimal("3076.92")),
        (2031, Decimal("769.23")),
    ]  # fmt: skip


days = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@st.composite
def terms_of_any_asset(draw: Any) -> Terms:
    method = draw(st.sampled_from(("linear", "declining", "two_shifts")))
    currency = draw(st.sampled_from((MAD, TND)))
    base = draw(st.integers(1, 10**9)) * currency.unit
    starts_on = draw(days)
    if method == "declining":
        starts_on = starts_on.replace(day=1)
    coefficient = Decimal(1)
    if method != "linear":
        coefficient = draw(st.sampled_from((Decimal("1.5"), Decimal(2), Decimal(3))))
    life = draw(st.integers(1, 240))
    taken: dict[str, Any] = {}
    if draw(st.booleans()):
        taken = {
            "taken_over": min(base, draw(st.integers(0, 10**9)) * currency.unit),
            "taken_over_on": starts_on + timedelta(days=draw(st.integers(0, 2000))),
        }
    return Terms(base, method, life, starts_on, currency, coefficient, **taken)


@given(terms_of_any_asset(), st.lists(st.integers(-100, 9000), min_size=2, max_size=6))
def test_every_plan_adds_up_and_never_goes_back(terms: Terms, steps: list[int]) -> None:
    used = [used_up(terms, terms.starts_on + timedelta(days=step)) for step in sorted(steps)]

    assert used == sorted(used)
    assert all(0 <= amount <= terms.base for amount in used)
    assert all(amount == amount.quantize(terms.currency.unit) for amount in used)
    years = plan(terms)
    assert sum((year.amount for year in years), terms.taken_over) == terms.base
    assert all(year.amount >= 0 for year in years)
    assert used_up(terms, terms.starts_on + timedelta(days=40000)) == terms.base


def test_months_have_thirty_days() -> None:
    assert days_of_months(date(2026, 1, 1), date(2027, 1, 1)) == 360
    assert days_of_months(date(2028, 1, 31), date(2028, 3, 1)) == 31
    assert days_of_months(date(2026, 10, 16), date(2027, 1, 1)) == 75
