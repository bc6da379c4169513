"""Checks of the books: an honest house passes, and each kind of damage is found and named."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.session import sign_in
from modules.accounting.chart import save_account_role
from modules.accounting.checking import DIFFERS, tell_of_differences
from modules.accounting.instruments import DEPOSIT_INSTRUMENTS, REGISTER_INSTRUMENT
from modules.accounting.selectors import BookCheck, check_books
from modules.accounting.years import close_year
from modules.inventory.services import OPEN_STOCK
from tests.accounting.books import MARCH, Books, books_of, code_of, draft, pair
from tests.accounting.packages import behind_everybody
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House, MakeProduct, Till
from tests.sales.office import Office, line

pytestmark = pytest.mark.database

EVENING = date(YEAR, 12, 31)
CHECKS = ("balances", "parties", "open_lines", "stock", "numbers", "entries", "instruments")
SALE = "(select id from accounting.entries where number = 'VE-ALG-2026-000001')"
LAST = "(select e.id from accounting.entries e order by e.xid desc limit 1)"
CUSTOMERS = "(select id from accounting.accounts where code = '411')"


@pytest.fixture
def asker() -> str:
    """The manager of Algiers trades."""
    return "nadia"


@pytest.fixture
def books(house: House) -> Iterator[Books]:
    """Salim's books."""
    with books_of(house) as opened:
        yield opened


@pytest.fixture
def benali(house: House, ask: Ask) -> UUID:
    """A customer."""
    return Office(house, ask).customer("BENALI")


@pytest.fixture
def traded(
    house: House, ask: Ask, books: Books, benali: UUID, product: MakeProduct, till: Till
) -> Books:
    """A few days of honest trade.

    Ten pieces come in at 70.00 each. Two are invoiced to Benali for 238.00, who pays 119.00 with a
    cheque; one is sold over the counter. A bill of 1,000.00 is taken and goes to the bank; half of
    what Benali then still owes is written by hand.
    """
    office = Office(house, ask)
    coffee = product("COF-1")
    opening = {
        "branch_id": str(ALGIERS.id),
        "lines": [{"product_id": str(coffee), "quantity": "10", "unit_cost": "70.00"}],
    }
    assert office.send(OPEN_STOCK, opening, as_user="karim").state == "applied"
    sold = office.sold(benali, line(coffee, "2"))
    office.pay(benali, "119.00", (sold, "119.00"), method="cheque", reference="0042117")
    assert [answer.state for answer in till.send(till.sale(coffee, number=1))] == ["applied"]
    bill(books, benali)
    posted = books.post(draft(*pair("6132", "401", "80.00"), branch=ORAN.id))
    assert code_of(posted) == ""
    assert code_of(books.reverse(posted.result["entry_id"])) == ""
    named = pair("411", "758", "25.00", party_id=benali)
    assert code_of(books.post(draft(*named))) == ""
    roll(house)
    assert code_of(books.post(draft())) == ""
    return books


def bill(books: Books, party: UUID) -> None:
    """Take a bill of 1,000.00 and bring it to the bank."""
    taken = {
        "branch_id": str(ALGIERS.id), "on": MARCH.isoformat(), "direction": "received",
        "kind": "bill", "number": "LC-7", "amount": "1000.00", "due_on": f"{YEAR}-04-30",
        "party_id": str(party),
    }  # fmt: skip
    made = books.send(REGISTER_INSTRUMENT, taken)
    assert code_of(made) == ""
    slip = {
        "branch_id": str(ALGIERS.id), "on": MARCH.isoformat(), "purpose": "collection",
        "instruments": [made.result["instrument_id"]],
    }  # fmt: skip
    assert code_of(books.send(DEPOSIT_INSTRUMENTS, slip)) == ""


def roll(house: House) -> int:
    """Do what the worker does every half minute."""
    with house.connect() as connection:
        connection.execute("set session authorization erp_worker")
        rolled: int = connection.execute("select accounting.roll_balances_v1()").fetchone()[0]
        return rolled


def found(ask: Ask, as_user: str = "salim") -> list[tuple[Any, ...]]:
    """Return what differs."""
    rows: list[BookCheck] = ask(check_books, EVENING, as_user=as_user)
    assert tuple(dict.fromkeys(row.check_id for row in rows)) == CHECKS
    return [
        (r.check_id, r.branch, r.account, r.name, r.subject, r.ledger, r.other, r.difference)
        for r in rows
        if r.found
    ]


@pytest.mark.usefixtures("traded")
def test_honest_books_pass(ask: Ask) -> None:
    assert found(ask) == []


def test_honest_books_pass_when_a_year_ends_and_accounts_change(
    ask: Ask, traded: Books, benali: UUID
) -> None:
    by_hand = traded.post(draft(*pair("411", "700", "40.00", party_id=benali)))
    ask(save_account_role, "receivable", "", "4111", as_user="salim")
    ask(save_account_role, "inventory", "", "310", as_user="salim")
    assert code_of(traded.reverse(by_hand.result["entry_id"])) == ""
    assert code_of(traded.post(draft(*pair("4111", "700", "9.00", party_id=benali)))) == ""
    labels = {"result": "R", "closing": "C", "opening": "O"}
    ask(close_year, YEAR, labels, as_user="salim")
    roll(traded.house)

    assert found(ask) == []


# In March 411 has 238.00 of the invoice and 25.00 by hand to the debit, 119.00 and 1,000.00 to the
# credit: 856.00 are left of the bill. The goods are worth 700.00 less 140.00 less 70.00.
LEFT = Decimal("-856.00")


def row(check: str, account: str, subject: str, *figures: str, party: str = "") -> tuple[Any, ...]:
    """Return what a check of Algiers says; of partners, what all branches share."""
    branch = "" if check in {"parties", "open_lines"} else "ALG"
    return (check, branch, account, party, subject, *map(Decimal, figures))


def owed(check: str, *figures: str) -> tuple[Any, ...]:
    return row(check, "411", "receivable", *figures, party="Benali")


DAMAGES = {
    "a balance that was changed": (
        f"update accounting.balances set debit = debit + 5 where account_id = {CUSTOMERS}",
        [row("balances", "411", "03/2026", "-856", "-851", "-5")],
    ),
    "both sides of a balance": (
        "update accounting.balances set debit = debit + 5, credit = credit + 5 where account_id ="
        + CUSTOMERS,
        [row("balances", "411", "03/2026", "263", "268", "-5")],
    ),
    "a balance that is gone": (
        f"delete from accounting.balances where account_id = {CUSTOMERS}",
        [row("balances", "411", "03/2026", "-856", "0", "-856")],
    ),
    "what a customer owes": (
        "update accounting.party_balances set balance = balance + 7 where role = 'receivable'",
        [owed("parties", "-856", "-849", "-7"), owed("open_lines", "-849", "-856", "7")],
    ),
    "what a customer owes is gone": (
        "delete from accounting.party_balances where role = 'receivable'",
        [owed("parties", "-856", "0", "-856"), owed("open_lines", "0", "-856", "856")],
    ),
    "a line that is said to be matched": (
        f"update accounting.matched_lines set matched = matched + 19 where entry_id = {SALE}",
        [owed("open_lines", "-856", "-875", "19")],
    ),
    "the value of the stock": (
        "update inventory.stock set value = value + 10",
        [row("stock", "301", "", "490", "500", "-10")],
    ),
    "a number that nobody has": (
        "update accounting.series set last_number = last_number + 1 where journal = 'VE'",
        [row("numbers", "", "VE-ALG-2026-000002", "1", "2", "-1")],
    ),
    "a counter that is gone": (
        "delete from accounting.series where journal = 'VE'",
        [row("numbers", "", "VE-ALG-2026-000002", "1", "0", "1")],
    ),
    "an entry with another number": (
        "update accounting.entries set number = 'VE-ALG-2026-000009' where journal = 'VE'",
        [row("numbers", "", "VE-ALG-2026-000001", "1", "1", "0")],
    ),
    "a line with another amount": (
        f"update accounting.entry_lines set debit = 50001 where debit > 0 and entry_id = {LAST}",
        [row("entries", "6132", "OD-ALG-2026-000004", "50001", "50000", "1")],
    ),
    "a line that is gone": (
        f"delete from accounting.entry_lines where credit > 0 and entry_id = {LAST}",
        [row("entries", "6132", "OD-ALG-2026-000004", "50000", "0", "50000")],
    ),
    "a line of another branch": (
        f"update accounting.entry_lines set branch_id = '{ORAN.id}' where credit > 0 and entry_id ="
        + LAST,
        [row("entries", "512", "OD-ALG-2026-000004", "50000", "50000", "0")],
    ),
    "the amount of a cheque": (
        "update accounting.instruments set amount = amount + 100 where kind = 'cheque'",
        [row("instruments", "5112", "cheque", "119", "219", "-100")],
    ),
    "a bill that the bank is said to have paid": (
        "update accounting.instruments set state = 'cashed' where kind = 'bill'",
        [row("instruments", "413", "bill", "1000", "0", "1000")],
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_is_found_and_named(ask: Ask, traded: Books, name: str) -> None:
    statement, expected = DAMAGES[name]
    behind_everybody(traded.house, statement)

    assert found(ask) == expected


def test_an_entry_that_is_gone_leaves_its_lines_and_its_number(ask: Ask, traded: Books) -> None:
    last = traded.house.value(LAST)
    behind_everybody(traded.house, f"delete from accounting.entries where id = '{last}'")

    assert found(ask) == [
        row("numbers", "", "OD-ALG-2026-000004", "3", "4", "-1"),
        row("entries", "6132", str(last), "50000", "50000", "0"),
    ]
    behind_everybody(traded.house, f"delete from accounting.entry_lines where entry_id = '{last}'")
    assert [check for check, *_rest in found(ask)] == ["numbers"]


@pytest.mark.usefixtures("traded")
def test_who_sees_one_branch_checks_that_one(ask: Ask, house: House) -> None:
    behind_everybody(house, f"update inventory.stock set value = 1 where branch_id = '{ORAN.id}'")
    behind_everybody(house, "update accounting.party_balances set balance = 0")

    checks = {each.check_id: each.found for each in ask(check_books, EVENING)}
    assert checks["parties"] is None
    assert checks["open_lines"] is None
    assert found(ask, as_user="nadia") == []


def told(house: House) -> int:
    """Run the nightly check as the worker does."""
    session = sign_in(house.dsn("erp_worker", house.founded.worker_password))
    try:
        with session.database.begin(session.user, "accounting") as ctx:
            return tell_of_differences(ctx)
    finally:
        session.database.close()


def notices(house: House, login: str) -> list[tuple[str, str]]:
    """Return what somebody was told of the books."""
    with house.connect(login) as connection:
        connection.execute("set role core_app")
        rows = connection.execute(
            "select message, details ->> 'found' from core.notification_list_v1()"
        )
        return [(message, number) for message, number in rows if message == DIFFERS]


@pytest.mark.usefixtures("traded")
def test_accountants_hear_at_night_of_what_differs_once(house: House) -> None:
    assert told(house) == 0
    assert notices(house, "salim") == []

    behind_everybody(house, DAMAGES["what a customer owes"][0])
    assert told(house) == 1
    told(house)

    assert notices(house, "salim") == [(DIFFERS, "2")]
    assert notices(house, "nadia") == []
