"""Whatever is paid in parts, in whatever order, revalued between or not: nothing stays behind."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.accounting.books import invariants
from tests.accounting.currencies.exchange import Exchange, Line, exchange
from tests.accounting.matching.matchbook import true_to_lines
from tests.houses import House

pytestmark = pytest.mark.database
ENDS = ("02-28", "03-31", "04-30")
MONTHS = ("02", "03", "04")

cents = st.integers(1, 90_000)
rates = st.integers(100_000, 900_000).map(lambda n: str(Decimal(n) / 10_000))
# In each month: what is paid of the invoices, at which rates, and how often it is revalued.
months = st.tuples(
    st.lists(st.tuples(cents, rates), max_size=2), rates, st.integers(0, 2), st.booleans()
)


@pytest.fixture
def desk_of(house: House) -> Iterator[Exchange]:
    """Salim's books."""
    with exchange(house) as opened:
        yield opened


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    invoices=st.lists(st.tuples(cents, rates), min_size=1, max_size=2),
    lived=st.tuples(months, months, months),
    last_rate=rates,
)
def test_exchange_balances(
    desk_of: Exchange, invoices: list[tuple[int, str]], lived: tuple[Any, ...], last_rate: str
) -> None:
    before = {code: desk_of.balance(code) for code in ("411", "706", "5124", "766", "666")}
    sold = [
        desk_of.post("02-01", "411", euros(amount), rate, against="706")
        for amount, rate in invoices
    ]
    left = sum(amount for amount, _rate in invoices)
    for month, end, deeds in zip(MONTHS, ENDS, lived, strict=True):
        left = live(desk_of, month, end, deeds, sold, left)
    if left:
        pay(desk_of, "05-02", left, last_rate, sold)

    assert desk_of.open() == []
    moved = {code: desk_of.balance(code) - amount for code, amount in before.items()}
    assert moved["411"] == 0
    assert sum(moved.values()) == 0
    true_to_lines(desk_of.house)
    invariants(desk_of.house)
    for end in reversed(ENDS):
        desk_of.undo(end)
    assert desk_of.open() == []
    assert desk_of.balance("411") == before["411"]


def live(
    desk_of: Exchange, month: str, end: str, deeds: tuple[Any, ...], sold: list[Line], left: int
) -> int:
    """Pay and revalue as a month says; return what is left to pay."""
    payments, rate, times, is_backwards = deeds
    for amount, paid_rate in payments:
        part = min(amount, left)
        if part:
            left -= part
            pay(desk_of, f"{month}-15", part, paid_rate, sold, backwards=is_backwards)
    desk_of.rate(end, rate)
    for _time in range(times):
        desk_of.revalue(end)
    return left


def euros(amount: int) -> str:
    return str(Decimal(amount) / 100)


def pay(
    desk_of: Exchange,
    day: str,
    amount: int,
    rate: str,
    sold: list[Line],
    *,
    backwards: bool = False,
) -> None:
    """Receive euros and settle what is open with them."""
    payment = desk_of.post(day, "411", f"-{euros(amount)}", rate, against="5124")
    still = [line for line in sold if line_is_open(desk_of, line)]
    lines = [payment, *(reversed(still) if backwards else still)]
    answer = desk_of.settle(*lines)
    assert answer.state == "applied", answer


def line_is_open(desk_of: Exchange, line: Line) -> bool:
    found = desk_of.house.value(
        "select coalesce((select matched = whole from accounting.matched_lines"
        f" where entry_id = '{line[0]}' and line_no = {line[1]}), false)"
    )
    return not found
