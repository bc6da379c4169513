"""Cheques paid in parts, worked out by hand, in DZD.

1 March    Benali gives a cheque of 1,000.00
5 March    it goes to the bank, which has 400.00 of it for us on 9 March and gives 600.00 back
12 March   Benali pays 150.00 in cash, on 20 March 250.00 by transfer; 200.00 are left
2 April    those are settled in cash
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from erp_desktop.core.commands import uuid7
from modules.accounting.instruments import UNDO_INSTRUMENT
from modules.accounting.selectors import list_aged
from modules.accounting.selectors.instruments import (
    InstrumentFilter,
    list_instruments,
    list_of_slip,
    list_slips,
)
from tests.accounting.books import Books, books_of, code_of, details_of, invariants
from tests.accounting.instruments.portfolio import BALANCE, day, deposit, register, step
from tests.houses import YEAR, Ask, House, SignIn

pytestmark = pytest.mark.database


@pytest.fixture
def asker() -> str:
    """The accountant reads."""
    return "salim"


@pytest.fixture
def books(house: House) -> Iterator[Books]:
    """Salim's books."""
    with books_of(house) as opened:
        yield opened


@pytest.fixture
def benali(house: House) -> str:
    party = str(uuid7())
    house.run(f"insert into accounting.party_names values ('{party}', 'Benali', 'بن علي')")
    return party


@pytest.fixture
def cheque(books: Books, benali: str) -> str:
    """The cheque, at the bank."""
    taken = register(books, benali, kind="cheque", number="CH-1", due_on=day(3, 1))
    found = str(taken.result["instrument_id"])
    deposit(books, found, on=day(3, 5))
    return found


def balances(house: House, *codes: str) -> list[Decimal]:
    return [house.value(BALANCE.format(code)) for code in codes]


def came_back(books: Books, cheque: str, **more: Any) -> None:
    answer = step(books, cheque, "reject", day(3, 9), **{"paid": "400.00", **more})
    assert answer.state == "applied", answer


def test_a_cheque_is_paid_in_parts_to_the_last_centime(
    ask: Ask, books: Books, house: House, cheque: str
) -> None:
    came_back(books, cheque, fees="20.00", fee_tax="3.80", is_rebilled=True)
    assert balances(house, "5112", "512") == [0, Decimal("376.20")]
    # Paid with 1,000.00; 600.00 came back, and the fees of the bank.
    assert balances(house, "411") == [Decimal("-376.20")]

    first = step(books, cheque, "settle", day(3, 12), paid="150.00").result
    assert (first["state"], first["rest"]) == ("unpaid", "450.00")
    step(books, cheque, "recover", day(3, 20), paid="250.00")
    (row,) = ask(list_instruments, InstrumentFilter(rest=Decimal(200)))
    assert (row.state, row.amount, row.paid, row.rest) == ("unpaid", 1000, 800, 200)

    assert step(books, cheque, "settle", day(4, 2)).result["state"] == "settled"
    assert balances(house, "530", "512", "5112") == [350, Decimal("626.20"), 0]
    assert balances(house, "411") == [Decimal("-976.20")]
    # Of the debt that came back nothing is open; the fees are.
    debts = "select string_agg(open::text, ' ') from accounting.open_lines where amount > 0"
    assert house.value(debts) == "23.80"
    assert house.value("select count(*) from accounting.check_instruments()") == 0
    assert house.value("select count(*) from accounting.check_open_lines()") == 0
    invariants(house)


def test_the_rest_is_the_risk(
    ask: Ask, books: Books, benali: str, cheque: str, signed_in: SignIn
) -> None:
    seller = signed_in("nadia")

    def risk() -> str:
        asked = "select portfolio || ' of ' || total from accounting.exposure_v1(:party)"
        with seller.database.begin(seller.user, "accounting") as ctx:
            return str(ctx.connection.execute(text(asked), {"party": benali}).scalar_one())

    def aged(*on: int) -> list[Decimal]:
        (row,) = ask(list_aged, "customer", date(YEAR, *on))
        return [row.days_30, row.unsettled, row.balance, row.cheques]

    assert risk() == "1000.00 of 0.00"
    came_back(books, cheque)
    assert risk() == "0 of -400.00"
    step(books, cheque, "settle", day(3, 12), paid="150.00")
    assert aged(3, 8) == [0, -1000, -1000, 1000]
    assert aged(3, 11) == [600, -1000, -400, 0]
    assert aged(3, 12) == [450, -1000, -550, 0]
    # Presented again, it is a cheque at the bank of what is left.
    step(books, cheque, "represent", day(3, 14))
    assert aged(3, 14) == [0, -1000, -1000, 450]
    assert risk() == "450.00 of -550.00"
    step(books, cheque, "cash", day(3, 16))
    assert risk() == "0 of -1000.00"


def test_the_slip_says_what_went_to_the_bank(ask: Ask, books: Books, benali: str) -> None:
    bill = str(register(books, benali).result["instrument_id"])
    step(books, bill, "settle", day(4, 1), paid="300.00")
    slip = deposit(books, bill, on=day(4, 28)).result["number"]
    step(books, bill, "reject", day(5, 2), paid="100.00")

    (listed,) = ask(list_slips)
    (paper,) = ask(list_of_slip, slip)
    assert (listed.total, paper.on_slip, paper.rest) == (700, 700, 600)


def test_each_part_is_taken_back_in_turn(books: Books, house: House, cheque: str) -> None:
    came_back(books, cheque)
    step(books, cheque, "settle", day(3, 12), paid="150.00")
    was = "select state || ' ' || paid from accounting.instruments"

    books.send(UNDO_INSTRUMENT, {"instrument_id": cheque})
    assert house.value(was) == "unpaid 400.00"
    assert balances(house, "530", "411") == [0, -400]
    books.send(UNDO_INSTRUMENT, {"instrument_id": cheque})
    assert house.value(was) == "deposited 0.00"
    assert balances(house, "5112", "512", "411") == [1000, 0, -1000]
    assert step(books, cheque, "withdraw", day(3, 12)).result["state"] == "received"
    invariants(house)


def test_what_is_no_part_is_refused(books: Books, house: House, cheque: str) -> None:
    for wrong in ("1000.00", "-5", "0.001", "1000.01"):
        answer = step(books, cheque, "reject", day(3, 9), paid=wrong)
        assert code_of(answer) == "accounting.instrument_part"
    assert details_of(answer) == {"number": "CH-1", "rest": "1000.00"}
    assert code_of(step(books, cheque, "cash", day(3, 9), paid="5.00")) == (
        "accounting.instrument_part"
    )
    with house.connect("salim") as connection:
        connection.execute("set role accounting_app")
        for theft in (
            "update accounting.instruments set paid = 1",
            "select accounting.settle_standing(null, null, null, 5)",
            "select accounting.book_step(null, null, null, false)",
        ):
            with pytest.raises(Exception, match="permission denied"):
                connection.execute(theft)


def test_a_payload_names_no_state_and_no_part(books: Books, house: House, benali: str) -> None:
    more = {"paid": "999.00", "state": "cashed", "account_id": str(uuid7())}

    assert register(books, benali, **more).state == "applied"

    assert house.value("select state || ' ' || paid from accounting.instruments") == "received 0"
