"""The ledger of an account: what it had, each line, the balance after it, page by page."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, UserError
from modules.accounting import selectors
from modules.accounting.errors import AccountUnknownError, DayRangeEmptyError
from modules.accounting.selectors import LedgerRow, ledger
from tests.accounting.conftest import MARCH, TICKET, Post, document, sale
from tests.houses import ORAN, YEAR, Ask, House

pytestmark = pytest.mark.database

FEBRUARY = date(YEAR, 2, 3)
SPRING = (date(YEAR, 3, 1), date(YEAR, 5, 31))


@pytest.fixture
def asker() -> str:
    """Salim keeps the books."""
    return "salim"


def roll(house: House) -> None:
    with house.connect() as connection:
        connection.execute("set session authorization erp_worker")
        connection.execute("select accounting.roll_balances_v1()")


def pages(ask: Ask, account: str, days: tuple[date, date], **more: Any) -> Iterator[LedgerRow]:
    """Read an account from its first line to its last, as the page does."""
    head = ask(selectors.get_ledger, account, days=days, **more)
    rows = head.rows
    while rows:
        yield from rows
        rows = ask(selectors.list_ledger, head.account_id, last_day=days[1], after=rows[-1], **more)


def test_a_line_says_its_counterparts_its_document_and_the_balance_after_it(
    post: Post, ask: Ask
) -> None:
    post("till.sale", sale(2), on=FEBRUARY)
    post("till.sale", sale(), source=TICKET)
    post("till.sale", {name: f"-{value}" for name, value in sale().items()})

    cash = ask(selectors.get_ledger, "530", days=SPRING)

    assert (cash.named("ar"), cash.currency) == ("الصندوق", "DZD")
    assert (cash.opening, cash.debit, cash.credit, cash.closing) == (238, 119, 119, 238)
    first, second = cash.rows
    assert (first.number, first.document, first.counterparts) == (
        f"VC-ALG-{YEAR}-000002",
        TICKET,
        "700 301 44571",
    )
    assert [(r.debit, r.credit, r.balance) for r in (first, second)] == [
        (119, 0, 357),
        (0, 119, 238),
    ]


@pytest.mark.parametrize("is_rolled", [False, True])
def test_a_ledger_may_begin_in_the_middle_of_a_month(
    house: House, post: Post, ask: Ask, *, is_rolled: bool
) -> None:
    for days in range(0, 60, 5):
        post("till.sale", sale(), on=FEBRUARY + timedelta(days=days))
    if is_rolled:
        roll(house)

    since = FEBRUARY + timedelta(days=33)
    until = since + timedelta(days=10)
    cash = ask(selectors.get_ledger, "530", days=(since, until))

    before = len(range(0, 33, 5))
    assert (cash.opening, cash.debit) == (119 * before, 119 * 2)
    assert [row.balance for row in cash.rows] == [119 * (before + 1), 119 * (before + 2)]
    assert cash.closing == cash.rows[-1].balance


def test_pages_follow_each_other_without_a_gap_in_the_order_of_posting(
    post: Post, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "PAGE_SIZE", 3)
    for number in range(11):
        post("till.sale", sale(number + 1), on=MARCH if number % 3 else MARCH + timedelta(days=1))

    rows = list(pages(ask, "530", SPRING))

    assert [row.dated_on for row in rows] == sorted(row.dated_on for row in rows)
    same_day = [row.number for row in rows if row.dated_on == MARCH]
    assert same_day == sorted(same_day)
    assert len({row.number for row in rows}) == 11
    assert rows[-1].balance == 119 * sum(range(1, 12))


@pytest.mark.usefixtures("post")
def test_lines_of_one_transaction_come_in_the_order_of_their_numbers(
    house: House, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sales that were made offline arrive together; their entries have ids in no order."""
    monkeypatch.setattr(ledger, "PAGE_SIZE", 4)
    with house.connect("salim") as connection, connection.transaction():
        connection.execute("set local role accounting_owner")
        for _count in range(9):
            asked = {**document("inventory.opening", {"value": "5.00"}), "id": str(uuid4())}
            connection.execute("select accounting.post_v1(%s)", [Jsonb(asked)])

    rows = list(pages(ask, "301", SPRING))

    assert [row.number for row in rows] == [f"ST-ALG-{YEAR}-{n:06d}" for n in range(1, 10)]
    assert [row.balance for row in rows] == [5 * n for n in range(1, 10)]


def test_a_customers_lines_bear_the_name_of_today_in_both_languages(
    house: House, post: Post, ask: Ask
) -> None:
    party = customer(house, "Benali", "بن علي")
    amounts = {"total": "119.00", "net TVA19": "100.00", "tax TVA19": "19.00"}
    post("sales.invoice", amounts, party=party)
    house.run(f"update parties.parties set name = 'Benali SARL' where id = '{party}'")

    (row,) = ask(selectors.get_ledger, "411", days=SPRING).rows

    assert (row.party_named("fr"), row.party_named("ar")) == ("Benali SARL", "بن علي")
    (sold,) = ask(selectors.get_ledger, "700", days=SPRING).rows
    assert sold.party == ""


def test_what_a_customer_owes_is_kept_with_each_entry(house: House, post: Post, ask: Ask) -> None:
    party = customer(house, "Benali", "")
    amounts = {"total": "119.00", "net TVA19": "100.00", "tax TVA19": "19.00"}
    post("sales.invoice", amounts, party=party)
    post("sales.payment", {"cash": "50.00", "paid": "50.00"}, party=party)
    post("sales.invoice", {name: f"-{value}" for name, value in amounts.items()}, party=party)

    assert ask(selectors.balance_of, party) == Decimal("-50.00")
    assert ask(selectors.balance_of, uuid7()) == 0
    assert ask(selectors.get_ledger, "411", days=SPRING).closing == Decimal("-50.00")


def test_one_branch_may_be_looked_at_alone(post: Post, ask: Ask) -> None:
    post("till.sale", sale())
    post("till.sale", sale(3), branch=ORAN.id)

    oran = ask(selectors.get_ledger, "530", days=SPRING, branch_id=ORAN.id)

    assert (oran.closing, [row.branch for row in oran.rows]) == (357, ["ORN"])


@pytest.mark.parametrize(
    ("login", "account", "days", "refusal"),
    [
        ("amina", "530", SPRING, NotAllowedError),
        ("salim", "53", SPRING, AccountUnknownError),
        ("salim", "530", SPRING[::-1], DayRangeEmptyError),
    ],
)
def test_what_cannot_be_read_is_refused(
    ask: Ask, login: str, account: str, days: Any, refusal: type[UserError]
) -> None:
    with pytest.raises(refusal):
        ask(selectors.get_ledger, account, days=days, as_user=login)


def customer(house: House, name: str, name_ar: str) -> UUID:
    """Put a customer into the list, as the superuser."""
    made = uuid7()
    with house.connect() as connection:
        connection.execute(
            "insert into parties.parties (id, code, name, name_ar, country)"
            " values (%s, %s, %s, %s, 'DZ')",
            [made, f"C-{made.hex[-6:]}", name, name_ar],
        )
    return made
