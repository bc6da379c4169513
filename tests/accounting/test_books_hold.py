"""Whatever an accountant does in whatever order, the books hold."""

from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from tests.accounting.books import Books, books_of, code_of, draft, invariants, pair
from tests.houses import YEAR, House

pytestmark = pytest.mark.database

LABELS = {"result": "r", "closing": "c", "opening": "o"}
MONTHS = st.integers(1, 4)
AMOUNTS = st.decimals("0.01", "99999.99", places=2)
STEPS = st.one_of(
    st.tuples(st.just("post"), MONTHS, AMOUNTS),
    st.tuples(st.just("post"), MONTHS, AMOUNTS),
    st.tuples(st.just("askew"), MONTHS, AMOUNTS),
    st.tuples(st.just("reverse"), st.integers(0, 9), st.one_of(st.none(), MONTHS)),
    st.tuples(st.just("close"), MONTHS, st.none()),
    st.tuples(st.just("reopen"), MONTHS, st.none()),
    st.tuples(st.just("lock"), MONTHS, st.none()),
    st.tuples(st.just("year"), st.just(YEAR), st.none()),
)


class Model:
    """What the steps must lead to: which months are open, which entries stand where."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.closed: set[int] = set()
        self.locked = 0
        self.entries: list[tuple[str, int, bool]] = []

    def is_open(self, month: int) -> bool:
        """Whether a month takes entries of the accountant."""
        return month not in self.closed and month >= self.locked

    def take(self, step: tuple[str, int, Any]) -> None:
        """Do one step and compare its answer with what it must be."""
        kind, number, more = step
        if kind in {"post", "askew"}:
            self._post(number, more, is_askew=kind == "askew")
        elif kind == "reverse":
            self._reverse(number, more)
        elif kind == "lock":
            self.locked = number
            day = date(YEAR, number, 1)
            self.books.call("accounting.lock_role_v1", "accountant", day)
        elif kind == "year":
            self.books.call("accounting.close_year_v1", number, Jsonb(LABELS))
            self._compare_opening()
        else:
            self._close(number, kind)

    def _post(self, month: int, amount: Decimal, *, is_askew: bool) -> None:
        debit, credit = pair("6132", "512", str(amount))
        if is_askew:
            credit = pair("6132", "512", str(amount + 1))[1]
        answer = self.books.post(draft(debit, credit, on=date(YEAR, month, 5)))
        if is_askew:
            assert code_of(answer) == "accounting.entry_unbalanced"
        elif self.is_open(month):
            self.entries.append((answer.result["entry_id"], month, False))
        else:
            assert code_of(answer) in {"accounting.period_closed", "accounting.period_locked"}

    def _reverse(self, place: int, month: int | None) -> None:
        if place >= len(self.entries):
            return
        entry, own, is_reversed = self.entries[place]
        wanted = date(YEAR, month, 28) if month else None
        answer = self.books.reverse(entry, on=wanted)
        first_open = next((m for m in range(max(own, self.locked), 13) if self.is_open(m)), 0)
        landed = month or first_open
        fits = not is_reversed and landed >= own and self.is_open(landed)
        assert (code_of(answer) == "") == fits, (answer, own, landed)
        if fits:
            self.entries[place] = (entry, own, True)
            self.entries.append((answer.result["entry_id"], landed, False))

    def _compare_opening(self) -> None:
        """What the next year begins with is what this one ends with, but for its result."""
        found = self.books.house.value(
            "select count(*) from (select l.account_id from accounting.entry_lines l"
            " join accounting.periods p on p.id = l.period_id"
            " join accounting.accounts a on a.id = l.account_id and a.code !~ '^(6|7|12)'"
            " group by l.account_id having"
            " sum(l.debit - l.credit) filter (where p.kind = 'month')"
            " <> coalesce(sum(l.debit - l.credit) filter (where p.kind = 'opening'), 0)) x"
        )
        assert found == 0

    def _close(self, month: int, kind: str) -> None:
        period = self.books.period(month)
        if kind == "close":
            self.closed.add(month)
            self.books.call("accounting.close_period_v1", period, "closed")
        elif month in self.closed:
            self.closed.remove(month)
            self.books.call("accounting.reopen_period_v1", period, "a bill came late")

    def months(self) -> list[int]:
        """Return the month of every entry that must be there, in order."""
        return sorted(month for _entry, month, _reversed in self.entries)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, min_size=3, max_size=14))
def test_any_order_of_posting_reversing_and_closing_keeps_the_books(
    house: House, steps: list[tuple[str, int, Any]]
) -> None:
    clean(house)
    with books_of(house) as books:
        model = Model(books)
        for step in steps:
            model.take(step)
        assert books.months() == model.months()
    invariants(house)


def clean(house: House) -> None:
    """Begin afresh, as nobody but a test can."""
    with house.connect() as connection:
        connection.execute("set session_replication_role = replica")
        for table in ("entry_lines", "entries", "series", "balances", "role_locks"):
            connection.execute(f"delete from accounting.{table}")
        connection.execute("update accounting.periods set state = 'open' where kind = 'month'")


POST = (
    "insert into accounting.entries (id, journal, branch_id, period_id, number, dated_on, label,"
    " posted_by) select gen_random_uuid(), 'OD', b.id, p.id, 'x', p.starts_on, 'x', 'x'"
    " from accounting.periods p, core.branches b where p.state = '{state}' limit 1"
)
ATTACKS = (
    POST,
    POST.replace("p.starts_on, 'x'", "date '2026-11-25', 'x'"),
    (
        "insert into accounting.periods (id, starts_on, ends_on) values"
        " (gen_random_uuid(), '2026-02-02', '2026-02-27')"
    ),
    "update accounting.periods set state = 'open' where state = 'final'",
    "update accounting.periods set starts_on = starts_on + 1 where state = 'final'",
    "update accounting.periods set kind = 'closing' where state = 'final'",
    "delete from accounting.periods where state = 'final'",
    "truncate accounting.periods cascade",
    (
        "update accounting.periods set starts_on = '2026-02-03', ends_on = '2026-02-05'"
        " where starts_on = '2026-06-01'"
    ),
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_closed_for_good_takes_nothing_even_from_the_owner(
    house: House, attack: str
) -> None:
    house.run("update accounting.periods set state = 'final' where starts_on < '2026-04-01'")
    house.run("grant accounting_owner to salim")
    try:
        with house.connect("salim") as connection:
            connection.execute("set role accounting_owner")
            with pytest.raises(psycopg.DatabaseError, match=r"period_closed|period_final|append"):
                connection.execute(attack.format(state="final"))
    finally:
        house.run("revoke accounting_owner from salim")

    assert house.value("select count(*) from accounting.periods where state = 'final'") == 3
    assert house.value("select count(*) from accounting.entries") == 0
