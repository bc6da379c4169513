"""What we write ourselves, until the bank pays it or does not; worked out by hand, in DZD.

A cheque of 300.00 for Moulins. By the pack the bank (512) falls as it is written. Where the law
value says `paid`, 403 holds it until the bank pays; Moulins is paid (401) either way.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.commands import uuid7
from modules.accounting.bank_files import Statement
from modules.accounting.instruments import DEBIT_INSTRUMENT, UNDO_INSTRUMENT
from modules.accounting.reconciling import import_statements, reconcile, undo_reconciliation
from modules.accounting.selectors.reconciling import get_bank_desk
from tests.accounting.bank.bankbook import BANK, bankbook, line
from tests.accounting.books import Books, books_of, code_of, details_of, invariants
from tests.accounting.instruments.portfolio import BALANCE, day, register, step
from tests.houses import ORAN, YEAR, Ask, House

pytestmark = pytest.mark.database

WRONG = "select count(*) from accounting.check_instruments()"


@pytest.fixture
def asker() -> str:
    """The accountant reads."""
    return "salim"


@pytest.fixture
def books(house: House, ask: Ask) -> Iterator[Books]:
    """Salim's books, with the bank account BADR on 512; it has 1,080.00."""
    with bankbook(house, ask) as opened:
        yield opened


@pytest.fixture
def moulins(house: House) -> str:
    party = str(uuid7())
    house.run(f"insert into accounting.party_names values ('{party}', 'Moulins', 'مطاحن')")
    return party


def pays_late(house: House) -> None:
    """Let the bank fall when it pays."""
    house.run(
        'update accounting.law_values set value = \'{"debit": "paid"}\''
        " where kind = 'cheque_issue'"
    )


def write(books: Books, party: str, **more: Any) -> str:
    """Write a cheque of 300.00 on 5 April."""
    paper = {"direction": "issued", "kind": "cheque", "number": "N9", "amount": "300.00"}
    days = {"on": day(4, 5), "due_on": day(4, 5)}
    answer = register(books, party, **{**paper, **days, **more})
    assert answer.state == "applied", answer
    return str(answer.result["instrument_id"])


def balances(house: House, *codes: str) -> list[Decimal]:
    return [house.value(BALANCE.format(code)) for code in codes]


def test_the_bank_falls_as_a_cheque_is_written(books: Books, house: House, moulins: str) -> None:
    cheque = write(books, moulins)

    assert balances(house, "512", "403", "401") == [780, 0, 300]
    assert step(books, cheque, "hand", day(4, 6)).result["entry_id"] is None
    assert step(books, cheque, "pay", day(4, 9)).result["entry_id"] is None
    assert balances(house, "512", "403", "401") == [780, 0, 300]


def test_the_bank_falls_when_it_pays_where_the_law_value_says_so(
    books: Books, house: House, moulins: str
) -> None:
    pays_late(house)

    cheque = write(books, moulins)
    assert balances(house, "512", "403", "401") == [1080, -300, 300]
    assert house.value(WRONG) == 0
    step(books, cheque, "hand", day(4, 6))
    paid = step(books, cheque, "pay", day(4, 9))

    assert books.lines(paid.result["entry_id"]) == [("512", 0, 300), ("403", 300, 0)]
    assert balances(house, "512", "403", "401") == [780, 0, 300]
    assert house.value(WRONG) == 0
    books.send(UNDO_INSTRUMENT, {"instrument_id": cheque})
    assert balances(house, "512", "403", "401") == [1080, -300, 300]
    invariants(house)


def test_one_written_before_the_law_changed_stays_where_it_was(
    books: Books, house: House, moulins: str
) -> None:
    before = write(books, moulins)
    pays_late(house)
    after = write(books, moulins, number="N10", amount="200.00")

    for each in (before, after):
        assert step(books, each, "pay", day(4, 9)).state == "applied"

    assert balances(house, "512", "403", "401") == [580, 0, 500]


def test_one_that_is_refused_stopped_or_void_is_owed_again(
    books: Books, house: House, moulins: str
) -> None:
    pays_late(house)
    refused, stopped, void = (write(books, moulins, number=number) for number in ("N1", "N2", "N3"))
    step(books, refused, "hand", day(4, 6))
    fees = {"fees": "20.00", "fee_tax": "3.80"}
    step(books, refused, "reject", day(4, 9), **fees)
    step(books, stopped, "stop", day(4, 9))
    step(books, void, "cancel", day(4, 9))

    # Nine hundred were paid to Moulins and came back; the bank took its fees of the first.
    assert balances(house, "401", "403", "627", "44566") == [0, 0, 20, Decimal("3.80")]
    assert balances(house, "512") == [Decimal("1056.20")]
    assert code_of(step(books, void, "pay", day(4, 9))) == "accounting.instrument_step"
    step(books, refused, "represent", day(4, 10))
    step(books, refused, "pay", day(4, 12))
    step(books, stopped, "release", day(4, 10))
    step(books, stopped, "cancel", day(4, 12))
    assert balances(house, "512", "403", "401") == [Decimal("756.20"), 0, 300]
    # What came back is owed no more, line by line: the cheque took it away again.
    owed = "select count(*) from accounting.open_lines where amount < 0 and party_id = '{}'"
    assert house.value(owed.format(moulins)) == 2  # of the stopped and the void one
    assert house.value(WRONG) == 0
    invariants(house)


def test_a_bill_of_ours_is_paid_in_part_and_the_rest_in_cash(
    books: Books, house: House, moulins: str
) -> None:
    bill = write(books, moulins, kind="bill")
    assert balances(house, "512", "403", "401") == [1080, -300, 300]

    # The bank pays 100.00; 200.00 are owed to Moulins again, who gets 50.00 and then the rest.
    step(books, bill, "reject", day(4, 9), paid="100.00")
    assert balances(house, "512", "403", "401") == [980, 0, 100]
    assert step(books, bill, "settle", day(4, 10), paid="50.00").result["state"] == "rejected"
    last = step(books, bill, "settle", day(4, 11))

    assert last.result == {**last.result, "state": "settled"}
    assert balances(house, "530", "512", "403", "401") == [-200, 980, 0, 300]
    invariants(house)


def movement(ask: Ask, amount: str) -> str:
    """Let the statement of April have one movement; return its id."""
    closing = Decimal("1000.00") + Decimal(amount)
    april = Statement(
        "00300060000201930048", "DZD", date(YEAR, 2, 28), Decimal("1000.00"), date(YEAR, 4, 30),
        closing, (line((4, 12), amount, "CHEQUE N9"),),
    )  # fmt: skip
    ask(import_statements, BANK, [april], source="file")
    (found,) = [row for row in get_rows(ask) if row.amount == Decimal(amount)]
    return str(found.movement_id)


def get_rows(ask: Ask) -> list[Any]:
    rows: list[Any] = ask(get_bank_desk, "BADR").bank
    return rows


def test_a_movement_of_another_amount_is_not_the_cheque(
    books: Books, ask: Ask, moulins: str
) -> None:
    cheque = write(books, moulins, bank_account=str(BANK))
    wanted = {"bank_account_id": str(BANK), "instrument_id": cheque}
    wrong = books.send(DEBIT_INSTRUMENT, {**wanted, "movement_id": movement(ask, "-250.00")})
    assert code_of(wrong) == "accounting.bank_sums_differ"
    assert details_of(wrong)["difference"] == "50.00"


@pytest.mark.parametrize("debit", ["written", "paid"])
def test_a_movement_of_the_bank_is_the_cheque(
    books: Books, house: House, ask: Ask, moulins: str, debit: str
) -> None:
    if debit == "paid":
        pays_late(house)
    cheque = write(books, moulins, bank_account=str(BANK))
    wanted = {"bank_account_id": str(BANK), "instrument_id": cheque}
    with books_of(house, "nadia") as others:
        found = {**wanted, "movement_id": str(uuid7())}
        assert code_of(others.send(DEBIT_INSTRUMENT, found)) == "core.not_permitted"

    found = {**wanted, "movement_id": movement(ask, "-300.00")}
    assert books.send(DEBIT_INSTRUMENT, found).result["state"] == "paid"

    assert balances(house, "512", "403", "401") == [780, 0, 300]
    assert [row.amount for row in get_rows(ask)] == [1000]
    assert code_of(books.send(DEBIT_INSTRUMENT, found)) == "accounting.instrument_step"
    assert house.value(
        "select dated_on::text from accounting.instrument_moves where verb = 'pay'"
    ) == day(4, 12)


def test_reconciling_its_line_pays_it_too(
    books: Books, house: House, ask: Ask, moulins: str
) -> None:
    write(books, moulins)
    found = movement(ask, "-300.00")
    (written,) = [row for row in ask(get_bank_desk, "BADR").books if row.label == "N9"]
    request = reconcile(BANK, [UUID(found)], [(written.entry_id, written.line_no)])

    answer = books.send(*request)

    assert answer.state == "applied", answer
    state = "select state from accounting.instruments"
    assert house.value(state) == "paid"
    made = house.value("select id from accounting.bank_reconciliations")
    assert books.send(*undo_reconciliation(made)).state == "applied"
    assert house.value(state) == "issued"
    assert books.send(*request).state == "applied"
    assert house.value(state) == "paid"


def test_a_bank_account_of_others_is_refused(books: Books, house: House, moulins: str) -> None:
    house.run(f"update accounting.bank_accounts set branch_id = '{ORAN.id}'")
    house.run("update core.users set sees_all_branches = false where login = 'salim'")
    paper = {"direction": "issued", "kind": "cheque", "number": "N1", "due_on": day(4, 5)}

    answer = register(books, moulins, **paper, bank_account=str(BANK))

    assert code_of(answer) == "accounting.instrument_bank"
