"""Who owes how much since when, and the account of one customer.

Benali, in 2026, at Algiers:

    10 January   sold 1,000.00, due 10 February      paid 400.00 on 20 March, matched
    1 March      sold   500.00, due 31 March         open
    20 April     paid   100.00, not matched          settles nothing yet

On 30 April 1,000 − 400 = 600.00 are 79 days late, 500.00 are 30 days late, 100.00 settle nothing:
1,000.00 in all. On 28 February the 1,000.00 were 18 days late and nothing else was there.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, NotFoundError
from modules.accounting.entries import LineDraft
from modules.accounting.selectors import (
    AgedRow,
    AuxiliaryRow,
    get_party_account,
    get_trial_balance,
    list_aged,
    list_auxiliary,
    total_of_aged,
    total_of_auxiliary,
)
from tests.accounting.books import Books, books_of, draft, new_id
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House, SignIn

pytestmark = pytest.mark.database

APRIL = date(YEAR, 4, 30)


@pytest.fixture
def asker() -> str:
    """The accountant reads."""
    return "salim"


@pytest.fixture
def benali(house: House) -> UUID:
    party = uuid7()
    house.run(f"insert into accounting.party_names values ('{party}', 'Benali', 'بن علي')")
    return party


@pytest.fixture
def books(house: House, benali: UUID) -> Iterator[Books]:
    """Salim's books with the story in them."""
    with books_of(house) as opened:
        first = move(opened, benali, (1, 10), "1000", due=date(YEAR, 2, 10))
        move(opened, benali, (3, 1), "500", due=date(YEAR, 3, 31))
        paid = move(opened, benali, (3, 20), "-400")
        lines = [{"entry_id": each, "line_no": 1} for each in (first, paid)]
        answer = opened.send("accounting.match_v1", {"lines": lines})
        assert answer.state == "applied", answer
        move(opened, benali, (4, 20), "-100")
        yield opened


def move(
    books: Books, party: UUID, day: tuple[int, int], amount: str, *, due: date | None = None
) -> str:
    """Post a sale, or a payment below zero; return its entry."""
    entry, value = new_id(), Decimal(amount)
    debit, credit = (value, None) if value > 0 else (None, -value)
    claim = LineDraft("411", party_id=party, due_on=due, debit=debit, credit=credit)
    against = LineDraft("700" if value > 0 else "512", debit=credit, credit=debit)
    answer = books.post(draft(claim, against, on=date(YEAR, *day), label="Vente"), id=entry)
    assert answer.state == "applied", answer
    return entry


def figures(row: AgedRow) -> dict[str, Any]:
    names = ("not_due", "days_30", "days_60", "days_90", "older", "unsettled", "bills", "balance")
    return {name: getattr(row, name) for name in names if getattr(row, name)}


@pytest.mark.usefixtures("books")
def test_what_is_owed_is_as_old_as_its_due_date(ask: Ask) -> None:
    (april,) = ask(list_aged, "customer", APRIL)
    (february,) = ask(list_aged, "customer", date(YEAR, 2, 28))

    assert (april.name, april.oldest) == ("Benali", date(YEAR, 2, 10))
    assert figures(april) == {"days_30": 500, "days_90": 600, "unsettled": -100, "balance": 1000}
    assert figures(february) == {"days_30": 1000, "balance": 1000}
    total = total_of_aged([april, february])
    assert total is not None
    assert total.balance == 2000
    assert ask(list_aged, "supplier", APRIL) == []
    assert ask(list_aged, "customer", APRIL, branch_id=ORAN.id) == []
    assert len(ask(list_aged, "customer", APRIL, branch_id=ALGIERS.id)) == 1


@pytest.mark.usefixtures("books")
def test_a_statement_ends_with_what_the_ledger_says(ask: Ask, house: House, benali: UUID) -> None:
    days = {"first_day": date(YEAR, 3, 1), "last_day": APRIL}

    account = ask(get_party_account, benali, "customer", **days)

    assert (account.opening, account.overdue) == (1000, 1100)
    assert [(line.amount, line.balance, line.open) for line in account.lines] == [
        (500, 1500, 500),
        (-400, 1100, 0),
        (-100, 1000, -100),
    ]
    owed = "select balance from accounting.party_balances where role = 'receivable'"
    assert account.closing == house.value(owed) == 1000
    assert account.lines[1].letter != ""
    assert [line.counterparts for line in account.lines] == ["700", "512", "512"]
    with pytest.raises(NotFoundError):
        ask(get_party_account, uuid7(), "customer", **days)


def six(row: AuxiliaryRow) -> list[int]:
    names = ("opening_debit", "opening_credit", "debit", "credit", "closing_debit")
    return [int(getattr(row, name)) for name in (*names, "closing_credit")]


@pytest.mark.usefixtures("benali")
def test_the_auxiliary_balance_agrees_with_the_trial_balance(ask: Ask, books: Books) -> None:
    """In March 1,000 opened, 500 were sold and 400 paid; 70 stand on 411 without a partner."""
    days: Any = {"first_day": date(YEAR, 3, 1), "last_day": date(YEAR, 3, 31)}
    lines = (LineDraft("411", debit=Decimal(70)), LineDraft("700", credit=Decimal(70)))
    assert books.post(draft(*lines, on=date(YEAR, 3, 5))).state == "applied"

    benali, nobody = ask(list_auxiliary, "customer", **days)
    alone = ask(list_auxiliary, "supplier", "411", **days, branch_id=ALGIERS.id)

    assert (benali.name, six(benali)) == ("Benali", [1000, 0, 500, 400, 1100, 0])
    assert (nobody.party_id, six(nobody)) == (None, [0, 0, 70, 0, 70, 0])
    assert alone == [benali, nobody]
    total = total_of_auxiliary(alone)
    assert total is not None
    ledger = next(r for r in ask(get_trial_balance, **days).rows if r.code == "411")
    assert six(total) == [1000, 0, 570, 400, 1170, 0]
    assert (ledger.opening_debit, ledger.debit, ledger.credit) == (1000, 570, 400)
    assert ask(list_auxiliary, "doubtful", **days) == []
    assert ask(list_auxiliary, "customer", **days, branch_id=ORAN.id) == []


@pytest.mark.usefixtures("books")
def test_other_branches_and_other_people_see_nothing_of_it(
    ask: Ask, house: House, signed_in: SignIn, benali: UUID
) -> None:
    house.run(
        "update core.users set sees_all_branches = false where login = 'salim';"
        "update core.user_branches b set branch_id ="
        f" '{ORAN.id}' from core.users u where u.id = b.user_id and u.login = 'salim'"
    )
    assert ask(list_aged, "customer", APRIL) == []
    days = {"first_day": date(YEAR, 1, 1), "last_day": APRIL}
    assert ask(list_auxiliary, "customer", **days) == []
    assert ask(get_party_account, benali, "customer", **days).lines == ()
    amina = signed_in("amina")
    with pytest.raises(NotAllowedError), amina.database.begin(amina.user, "accounting") as ctx:
        list_aged(ctx, "customer", APRIL)
    with pytest.raises(NotAllowedError), amina.database.begin(amina.user, "accounting") as ctx:
        list_auxiliary(ctx, "customer", first_day=days["first_day"], last_day=APRIL)
