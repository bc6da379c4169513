"""Late payments of suppliers by loi 69-21, worked out by hand.

Rates as in the pack: 2.25 % for the first month, 0.85 % for each month begun after it. In 2026:

    10 January   Zahra bills 10,000.00, nothing agreed   due 11 March
    1 February   Zahra bills  2,000.00, due 1 September  due 1 June, after 120 days
    20 March     4,000.00 of the first paid: 9 days late, one month begun: 90.00

On 31 March 6,000.00 are 20 days late: 135.00; 225.00 for the first quarter. On 30 June the 6,000.00
are in their fourth month: 2.25 + 3 × 0.85 = 4.80 %: 288.00, less 135.00: 153.00; the 2,000.00 are
29 days late: 45.00.
"""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.core.commands import uuid7
from modules.accounting.entries import LineDraft
from modules.accounting.late_payments import DelayRules, months_begun
from modules.accounting.selectors import get_late_payments, total_of_late
from tests.accounting.books import Books, books_of, draft, new_id
from tests.houses import ORAN, YEAR, Ask, House

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
RULES = DelayRules(60, 120, Decimal("0.0085"), ((date(2025, 3, 20), Decimal("0.0225")),))
LAWS = {
    "default": '{"days": 60}',
    "most": '{"days": 120}',
    "month": '{"rate": "0.0085"}',
    "policy_rate": '{"rate": "0.0225"}',
}


@pytest.fixture
def asker() -> str:
    """The accountant reads."""
    return "salim"


def bill(books: Books, party: UUID, on: date, amount: str, *, due: date | None = None) -> str:
    """Post an invoice of a supplier, or a payment below zero; return its entry."""
    entry, value = new_id(), Decimal(amount)
    credit, debit = (value, None) if value > 0 else (None, -value)
    owed = LineDraft("401", party_id=party, due_on=due, debit=debit, credit=credit)
    against = LineDraft("6132" if value > 0 else "512", debit=credit, credit=debit)
    answer = books.post(draft(owed, against, on=on, label="F-1"), id=entry)
    assert answer.state == "applied", answer
    return entry


@pytest.mark.database
def test_a_quarter_costs_what_was_late_in_it(house: House, ask: Ask) -> None:
    zahra = uuid7()
    house.run(f"insert into accounting.party_names values ('{zahra}', 'Zahra', 'زهرة')")
    days = {"first_day": date(YEAR, 1, 1), "last_day": date(YEAR, 3, 31)}
    assert not ask(get_late_payments, **days).has_law
    for code, value in LAWS.items():
        house.run(
            "insert into accounting.law_values (id, kind, code, valid_from, value, legal_ref)"
            f" values (gen_random_uuid(), 'payment_delay', '{code}', '2025-03-20', '{value}', 'x')"
        )
    with books_of(house) as books:
        first = bill(books, zahra, date(YEAR, 1, 10), "10000")
        bill(books, zahra, date(YEAR, 2, 1), "2000", due=date(YEAR, 9, 1))
        paid = bill(books, zahra, date(YEAR, 3, 20), "-4000")
        lines = [{"entry_id": each, "line_no": 1} for each in (first, paid)]
        assert books.send("accounting.match_v1", {"lines": lines}).state == "applied"

    (row,) = ask(get_late_payments, **days).rows
    assert (row.due_on, row.paid_late, row.unpaid) == (date(YEAR, 3, 11), 4000, 6000)
    assert (row.days, row.fine) == (20, 225)
    second = {"first_day": date(YEAR, 4, 1), "last_day": date(YEAR, 6, 30)}
    rows = ask(get_late_payments, **second).rows
    assert [(each.paid_late, each.unpaid, each.fine) for each in rows] == [
        (0, 6000, 153),
        (0, 2000, 45),
    ]
    total = total_of_late(rows)
    assert total is not None
    assert total.fine == 198
    house.run(
        "update core.users set sees_all_branches = false where login = 'salim';"
        "update core.user_branches b set branch_id ="
        f" '{ORAN.id}' from core.users u where u.id = b.user_id and u.login = 'salim'"
    )
    assert ask(get_late_payments, **second).rows == ()


@given(DAYS, st.integers(0, 900), st.integers(1, 900), st.decimals("0.01", "999999", places=2))
def test_quarters_add_up_to_the_whole_fine(
    due_on: date, late: int, cut: int, amount: Decimal
) -> None:
    until, middle = due_on + timedelta(late), due_on + timedelta(cut)
    whole = RULES.fine(amount, due_on, until, "MAD")
    early = RULES.fine(amount, due_on, min(until, middle - timedelta(1)), "MAD")
    assert early + RULES.fine_within(amount, due_on, until, middle, "MAD") == whole
    assert 0 <= early <= whole


@pytest.mark.parametrize(
    ("due_on", "until", "months"),
    [
        (date(2026, 1, 31), date(2026, 1, 31), 0),
        (date(2026, 1, 31), date(2026, 2, 1), 1),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 3, 1), 2),
        (date(2025, 12, 15), date(2026, 1, 16), 2),
    ],
)
def test_months_count_once_they_begin(due_on: date, until: date, months: int) -> None:
    assert months_begun(due_on, until) == months
