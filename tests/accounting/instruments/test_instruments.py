"""Cheques and bills from hand to bank, and back unpaid: every step with its entry, none skipped."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import text

from erp_desktop.core.commands import uuid7
from modules.accounting.instruments import UNDO_INSTRUMENT
from modules.accounting.selectors import list_aged
from modules.accounting.selectors.instruments import (
    InstrumentFilter,
    InstrumentRow,
    list_instruments,
    list_moves,
    list_of_slip,
    list_slips,
)
from tests.accounting.books import Books, books_of, code_of, invariants
from tests.accounting.instruments.portfolio import BALANCE, day, deposit, register, step
from tests.houses import ORAN, YEAR, Ask, House, SignIn

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


def shown(ask: Ask, *states: str) -> list[InstrumentRow]:
    found: list[InstrumentRow] = ask(list_instruments, InstrumentFilter(states=states))
    return found


def test_a_bill_goes_to_the_bank_and_comes_back_unpaid_with_fees(
    ask: Ask, books: Books, house: House, benali: str
) -> None:
    bill = register(books, benali).result["instrument_id"]
    assert house.value(BALANCE.format("411")) == -1000
    assert house.value(BALANCE.format("413")) == 1000

    slip = deposit(books, bill, on=day(4, 28)).result
    assert slip["number"] == f"BR-ALG-{YEAR}-000001"
    assert house.value(BALANCE.format("5113")) == 1000
    step(books, bill, "cash", day(5, 2), value_on=day(5, 3))
    assert house.value(BALANCE.format("512")) == 1000
    fees = {"fees": "20.00", "fee_tax": "3.80", "is_rebilled": True}
    assert step(books, bill, "reject", day(5, 10), **fees).state == "applied"

    assert house.value(BALANCE.format("512")) == Decimal("-23.80")
    assert house.value(BALANCE.format("411")) == Decimal("23.80")
    due = (
        "select max(due_on) from accounting.entry_lines where debit = 1000 and party_id is not null"
    )
    assert house.value(due) == date(YEAR, 5, 10)
    assert [move.verb for move in ask(list_moves, UUID(bill))] == [
        "register",
        "deposit",
        "cash",
        "reject",
    ]
    (row,) = shown(ask, "unpaid")
    assert (row.party, row.number, row.slip) == ("Benali", "LC-7", slip["number"])
    (listed,) = ask(list_slips)
    assert (listed.pieces, listed.total, listed.open) == (1, 1000, 0)
    assert [each.id for each in ask(list_of_slip, slip["number"])] == [row.id]
    invariants(house)


def test_a_bill_stays_a_risk_until_it_is_cashed_in_whatever_branch(
    books: Books, benali: str, signed_in: SignIn
) -> None:
    bill = register(books, benali).result["instrument_id"]
    register(books, benali, number="LC-8", amount="50.00", branch_id=str(ORAN.id))
    asked = "select portfolio || ' of ' || total from accounting.exposure_v1(:party)"
    seller = signed_in("nadia")

    def risk() -> str:
        with seller.database.begin(seller.user, "accounting") as ctx:
            return str(ctx.connection.execute(text(asked), {"party": benali}).scalar_one())

    assert risk() == "1050.00 of 0.00"
    deposit(books, bill, on=day(4, 28))
    assert risk() == "1050.00 of 0.00"
    step(books, bill, "cash", day(5, 2))
    assert risk() == "50.00 of -1000.00"


def test_the_last_step_is_taken_back_and_the_debt_with_it(
    books: Books, house: House, benali: str
) -> None:
    bill = register(books, benali).result["instrument_id"]
    deposit(books, bill, on=day(4, 28))
    step(books, bill, "reject", day(5, 2), fees="20.00", fee_tax="3.80")
    assert house.value(BALANCE.format("627")) == 20
    assert house.value(BALANCE.format("44566")) == Decimal("3.80")

    assert books.send(UNDO_INSTRUMENT, {"instrument_id": bill}).result["state"] == "deposited"

    assert house.value(BALANCE.format("411")) == -1000
    assert house.value(BALANCE.format("627")) == 0
    assert step(books, bill, "cash", day(5, 3)).state == "applied"
    assert house.value("select count(*) from accounting.instruments_at_risk") == 0
    invariants(house)


def test_a_cheque_may_be_endorsed_kept_as_a_guarantee_or_settled(
    books: Books, house: House, benali: str
) -> None:
    supplier = str(uuid7())
    house.run(f"insert into accounting.party_names values ('{supplier}', 'Moulins', '')")
    cheque = {"kind": "cheque", "due_on": day(3, 1)}
    endorsed = register(books, benali, number="C1", **cheque).result["instrument_id"]
    kept = register(books, benali, number="C2", is_guarantee=True, **cheque).result["instrument_id"]
    ours = {"direction": "issued", "party_id": supplier, "number": "N9", **cheque}
    issued = register(books, None, **{**ours, "amount": "300.00"}).result["instrument_id"]

    assert step(books, endorsed, "endorse", day(3, 5), party_id=supplier).state == "applied"
    assert house.value(BALANCE.format("401")) == 1300
    assert house.value(BALANCE.format("5112")) == 0
    assert step(books, kept, "activate", day(3, 6)).result["state"] == "received"
    assert step(books, kept, "settle", day(3, 7)).result["state"] == "settled"
    assert house.value(BALANCE.format("530")) == 1000
    assert step(books, issued, "pay", day(3, 8)).result["state"] == "paid"
    invariants(house)


def test_what_no_paper_can_do_is_refused(books: Books, house: House, benali: str) -> None:
    bill = register(books, benali).result["instrument_id"]

    assert code_of(step(books, bill, "cash", day(3, 2))) == "accounting.instrument_step"
    assert code_of(step(books, bill, "deposit", day(3, 2))) == "accounting.slip_missing"
    assert code_of(step(books, bill, "return", day(2, 1))) == "accounting.instrument_too_early"
    assert code_of(deposit(books, on=day(3, 2))) == "accounting.slip_empty"
    assert code_of(register(books, None)) == "accounting.instrument_party_missing"
    for wrong in ({"amount": "0"}, {"number": " "}, {"rib": "123"}, {"kind": "coin"}):
        assert code_of(register(books, benali, **wrong)) == "accounting.instrument_incomplete"
    assert deposit(books, bill, on=day(3, 2)).state == "applied"
    assert code_of(deposit(books, bill, on=day(3, 3))) == "accounting.instrument_step"
    assert step(books, bill, "cash", day(3, 4)).state == "applied"
    assert code_of(step(books, bill, "cash", day(3, 5))) == "accounting.instrument_step"
    books.close(3)
    assert code_of(step(books, bill, "reject", day(3, 30))) == "accounting.period_closed"
    with books_of(house, "nadia") as others:
        assert code_of(step(others, bill, "reject", day(4, 2))) == "core.not_permitted"


def test_other_branches_see_and_move_nothing(
    ask: Ask, books: Books, house: House, benali: str
) -> None:
    bill = register(books, benali).result["instrument_id"]
    house.run(
        "update core.users set sees_all_branches = false where login = 'salim';"
        "update core.user_branches b set branch_id ="
        f" '{ORAN.id}' from core.users u where u.id = b.user_id and u.login = 'salim'"
    )

    assert shown(ask) == []
    assert code_of(step(books, bill, "return", day(3, 2))) == "core.not_found"
    assert code_of(deposit(books, bill, on=day(3, 2))) == "core.other_branch"
    for theft in (
        "update accounting.instruments set state = 'cashed'",
        "delete from accounting.instrument_moves",
    ):
        with house.connect("salim") as connection:
            connection.execute("set role accounting_app")
            with pytest.raises(Exception, match="permission denied"):
                connection.execute(theft)


def test_cheques_stand_beside_the_aged_balance_until_they_are_cashed(
    books: Books, benali: str, ask: Ask
) -> None:
    register(books, benali, kind="cheque", number="CH-1", amount="700.00")
    register(books, benali)
    (cheque,) = ask(list_instruments, InstrumentFilter(text="CH-1"))
    deposit(books, str(cheque.id), on=day(3, 5))
    step(books, str(cheque.id), "cash", day(3, 9))

    def aged(*on: int) -> list[Decimal]:
        (row,) = ask(list_aged, "customer", date(YEAR, *on))
        assert ask(list_aged, "supplier", date(YEAR, *on)) == []
        return [row.unsettled, row.bills, row.balance, row.cheques]

    # Nothing was sold to Benali: what he paid stands against him, the bill besides in bills.
    assert aged(3, 4) == [-1700, 1000, -700, 700]
    assert aged(3, 8) == [-1700, 1000, -700, 700]
    assert aged(3, 9) == [-1700, 1000, -700, 0]


def test_the_entry_of_a_step_is_taken_back_only_with_the_step(books: Books, benali: str) -> None:
    bill = register(books, benali).result["instrument_id"]
    cashed = step(books, bill, "settle", day(4, 2)).result

    assert code_of(books.reverse(cashed["entry_id"])) == "accounting.entry_of_register"

    assert books.send(UNDO_INSTRUMENT, {"instrument_id": bill}).state == "applied"
    invariants(books.house)
