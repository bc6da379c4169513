"""Whatever is matched and taken back, in any order: totals stay, and nothing is matched twice."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from tests.accounting.books import invariants
from tests.accounting.matching.matchbook import BENALI, ZAHRA, MatchBook, matchbook, true_to_lines
from tests.houses import House

pytestmark = pytest.mark.database
TOTALS = """
    select jsonb_agg(x order by x.account_id, x.party_id) from (
        select l.account_id, l.party_id, sum(l.debit) as debit, sum(l.credit) as credit, count(*)
          from accounting.entry_lines l group by l.account_id, l.party_id) x
"""
OPEN = "select coalesce(sum(open), 0) from accounting.open_lines"
OWED = "select sum(debit - credit) from accounting.entry_lines where party_id is not null"
_ITEMS = """
    select array_agg(row(u.id, 1, null, %(account)s, case when u.party then %(one)s end,
                         u.day, u.day, u.open, '')::accounting.match_item)
      from jsonb_to_recordset(%(items)s::jsonb)
           as u (id uuid, party boolean, day date, open numeric)
"""
_PAIRS = f"""
    select p.debit_entry::text, p.credit_entry::text, p.party_id is not null, p.amount, p.run
      from unnest(accounting.pair_items(({_ITEMS}), 'hand')) p
"""

places = st.integers(0, 12)
deeds = st.one_of(
    st.tuples(
        st.just("post"), st.integers(-400, 400).filter(bool), st.sampled_from((BENALI, ZAHRA))
    ),
    st.tuples(st.just("match"), st.sets(places, min_size=2, max_size=5), st.booleans()),
    st.tuples(st.just("unmatch"), places),
    st.tuples(st.just("reverse"), places),
    st.tuples(st.just("all"), st.permutations(("reference", "amount", "oldest"))),
)


@pytest.fixture
def book(house: House) -> Iterator[MatchBook]:
    """Salim's books; a remainder of 1.00 may be written off."""
    house.run("update accounting.matching_settings set tolerance = 1")
    with matchbook(house) as opened:
        yield opened


def act(book: MatchBook, lines: list[Any], deed: tuple[Any, ...]) -> None:
    """Do one deed; a refusal is as good as an answer."""
    wanted = deed[1] if deed[0] == "match" else [deed[1]]
    chosen = [lines[n] for n in wanted if isinstance(n, int) and 0 <= n < len(lines)]
    if deed[0] == "post":
        amount = f"{Decimal(deed[1]) / 100:.2f}"
        lines.append(book.debt(amount, party=deed[2], label=f"FA-{abs(deed[1]) % 7:05d}"))
    elif deed[0] == "match":
        book.match(*chosen, write_off=deed[2], on="2026-03-31", label="Écart")
    elif deed[0] == "all":
        book.match_all(*deed[1])
    elif chosen and deed[0] == "unmatch":
        book.unmatch(chosen[0])
    elif chosen:
        book.books.reverse(chosen[0][0])


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(story=st.lists(deeds, min_size=8, max_size=30))
def test_matching_never_changes_totals(book: MatchBook, story: list[tuple[Any, ...]]) -> None:
    lines: list[Any] = []
    for deed in story:
        before = book.house.value(TOTALS)
        act(book, lines, deed)
        if deed[0] in {"unmatch", "all"}:
            assert book.house.value(TOTALS) == before
    true_to_lines(book.house)
    invariants(book.house)
    assert book.house.value(OPEN) == (book.house.value(OWED) or 0)


items = st.lists(
    st.tuples(st.booleans(), st.integers(1, 28), st.integers(-9_999, 9_999).filter(bool)),
    max_size=30,
)


def test_pairs_use_up_one_side_and_never_more_than_an_item_has(shared_house: House) -> None:
    with shared_house.connect() as connection:
        account = connection.execute("select id from accounting.accounts limit 1").fetchone()[0]

        @settings(max_examples=60, deadline=None)
        @given(drawn=items)
        def check(drawn: list[tuple[bool, int, int]]) -> None:
            found = pairs_of(connection, account, drawn)
            for party in (True, False):
                opens = {key(n): v for n, (p, _day, v) in enumerate(drawn) if p == party}
                mine = [row for row in found if row[2] == party]
                debits = sum(value for value in opens.values() if value > 0)
                credits_ = -sum(value for value in opens.values() if value < 0)
                assert sum(row[3] for row in mine) == min(debits, credits_)
                for item, value in opens.items():
                    used = sum(row[3] for row in mine if item in row[:2])
                    assert used <= abs(value)
                    assert all(row[3] > 0 for row in mine)

        check()


def key(number: int) -> str:
    """Return the id of the n-th item."""
    return f"00000000-0000-7000-8000-{number:012d}"


def pairs_of(connection: Any, account: Any, drawn: list[tuple[bool, int, int]]) -> list[Any]:
    """Return the pairs of items as PostgreSQL makes them."""
    given_items = [
        {"id": key(n), "party": party, "day": f"2026-03-{day:02d}", "open": value}
        for n, (party, day, value) in enumerate(drawn)
    ]
    asked = {"account": account, "one": BENALI, "items": Jsonb(given_items)}
    rows: list[Any] = connection.execute(_PAIRS, asked).fetchall()
    return rows
