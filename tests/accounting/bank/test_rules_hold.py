"""Whatever is proposed, accepted, refused and taken back: money is neither made nor lost.

Booking moves what only the bank has into the ledger: ledger + outstanding movements stays. Pairs,
refusals and what is taken back change no balance. Ledger + outstanding movements is always
statement + outstanding lines.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modules.accounting.bank_files import Statement
from modules.accounting.bank_rules import accept_rules, book_known, refuse_rules
from modules.accounting.reconciling import (
    MovementPart,
    accept_proposals,
    book_movements,
    import_statements,
    undo_reconciliation,
)
from modules.accounting.selectors.bank_rules import list_bank_rules
from modules.accounting.selectors.reconciling import (
    BankState,
    get_bank_desk,
    get_bank_state,
    list_reconciliations,
)
from tests.accounting.bank.bankbook import BANK, MARCH, bankbook, line
from tests.accounting.bank.test_bank_rules import pairs_of, proposed
from tests.accounting.books import Books, invariants
from tests.houses import YEAR, Ask, House

pytestmark = pytest.mark.database
DAY = date(YEAR, 4, 30)
LABELS = ("FRAIS DE TENUE", "FRAIS TENUE CARTE", "AGIOS T1", "VIREMENT SARL ATLAS", "VIREMENT")
places = st.integers(0, 8)
movements = st.lists(
    st.tuples(st.integers(-90_000, 90_000).filter(bool), st.sampled_from(LABELS)),
    min_size=4,
    max_size=12,
)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("teach"), places, st.sampled_from(("", "TVA19"))),
        st.tuples(st.sampled_from(("accept", "refuse", "undo")), places),
        st.tuples(st.sampled_from(("all", "pairs", "known"))),
    ),
    min_size=6,
    max_size=14,
)


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


@pytest.fixture
def books(house: House, ask: Ask) -> Iterator[Books]:
    """Salim's books, with the statement of March."""
    with bankbook(house, ask) as opened:
        ask(import_statements, BANK, [MARCH], source="file")
        yield opened


def next_day(ask: Ask, drawn: list[tuple[int, str]]) -> Statement:
    """Return the statement of the day after the last one, with what was drawn."""
    head = ask(get_bank_desk, "BADR").head
    day = head.read_until + timedelta(days=1)
    lines = tuple(
        line((day.month, day.day), f"{Decimal(amount) / 100:.2f}", label) for amount, label in drawn
    )
    return replace(
        MARCH, opened_on=head.read_until, opening=head.statement, closed_on=day, lines=lines,
        closing=head.statement + sum((each.amount for each in lines), Decimal(0)),
    )  # fmt: skip


def requests(ask: Ask, deed: tuple[Any, ...]) -> list[Any]:
    """Return what a deed sends; nothing where there is nothing to do it to."""
    name = deed[0]
    if name in {"pairs", "known"}:
        return [accept_proposals(BANK) if name == "pairs" else book_known(BANK)]
    if name == "undo":
        kept = [row for row in ask(list_reconciliations, "BADR") if row.undone_at is None]
        return [undo_reconciliation(row.id) for row in kept[deed[1] : deed[1] + 1]]
    if name == "teach":
        found = [row for row in ask(get_bank_desk, "BADR").bank if not row.is_opening]
        part = MovementPart("627", tax=deed[2])
        return [
            book_movements(BANK, [row.movement_id], part, on=DAY, label=row.label)
            for row in found[deed[1] : deed[1] + 1]
        ]
    rows = proposed(ask)
    rows = rows if name == "all" else rows[deed[1] : deed[1] + 1]
    return [(refuse_rules if name == "refuse" else accept_rules)(BANK, pairs_of(rows))]


def state(ask: Ask) -> BankState:
    """Return the reconciliation of the last day."""
    found: BankState = ask(get_bank_state, "BADR", DAY)
    return found


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=movements, story=deeds)
def test_accepting_never_changes_the_sum_of_movements_and_entries(
    ask: Ask, books: Books, drawn: list[tuple[int, str]], story: list[tuple[Any, ...]]
) -> None:
    ask(import_statements, BANK, [next_day(ask, drawn)], source="file")
    for deed in story:
        before = state(ask)
        for request in requests(ask, deed):
            assert books.send(*request).state == "applied"
        after = state(ask)
        assert after.corrected_ledger == after.corrected_statement
        assert after.head.statement == before.head.statement
        if deed[0] in {"pairs", "refuse", "undo"}:
            assert after.head.ledger == before.head.ledger
        else:
            assert after.corrected_ledger == before.corrected_ledger
    stand = [row for row in ask(list_reconciliations, "BADR") if row.undone_at is None]
    of_rules = [row for row in stand if row.words_of_rule]
    counted = sum(rule.taught + rule.accepted for rule in ask(list_bank_rules))
    assert counted == len(of_rules)
    invariants(books.house)
