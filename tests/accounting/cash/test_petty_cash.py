"""Petty cash: what is spent, counted and put in; never below zero, never above its ceiling."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from erp_desktop.server.packs import read_pack
from modules.accounting.internal_transfers import (
    RECEIVE_TRANSFER,
    SEND_TRANSFER,
    TAKE_TRANSFER_BACK,
    UNDO_RECEIPT,
)
from modules.accounting.petty_cash import UNDO_VOUCHER, save_cash_box
from modules.accounting.selectors.petty_cash import (
    CashBoxRow,
    VoucherFilter,
    get_cash_book,
    get_petty_cash,
    list_vouchers,
)
from modules.accounting.years import close_year
from tests.accounting.books import Books, books_of, code_of, draft, invariants, new_id, pair
from tests.accounting.cash.boxes import box_draft, count, fill, spend, the_box
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House

pytestmark = pytest.mark.database

FIRST = f"PC-DEP-{YEAR}-000001"


def test_an_expense_is_posted_with_its_tax_and_leaves_the_box(
    books: Books, house: House, box: CashBoxRow, ask: Ask, party: str
) -> None:
    assert fill(books, "1000.00").state == "applied"
    made = spend(books, box, party_id=party)

    assert made.state == "applied", made
    assert made.result["number"] == FIRST
    # 119.00 with 19 %: 100.00 and 19.00; 1,000.00 less 119.00 is 881.00.
    assert books.lines(made.result["entry_id"]) == [
        ("607", 100, 0),
        ("44566", 19, 0),
        ("541", 0, 119),
    ]
    assert Decimal(made.result["balance"]) == 881
    bare = spend(books, box, amount="81.00", tax_code=None, label="Timbres", receipt="")
    assert books.lines(bare.result["entry_id"]) == [("607", 81, 0), ("541", 0, 81)]
    assert the_box(ask).balance == 800
    assert the_box(ask).room == 200
    rows = ask(list_vouchers, VoucherFilter("ben ali"))
    assert [(row.number, row.party, row.receipt) for row in rows] == [(FIRST, "Ben Ali", "T-12")]
    found = ask(get_petty_cash, VoucherFilter())
    assert (found.amount, found.tax) == (Decimal(200), Decimal(19))
    # A name on an account of charges would wait for a match for ever.
    assert (
        house.value("select count(*) from accounting.entry_lines where party_id is not null") == 0
    )
    invariants(house)


def test_it_never_goes_below_zero_on_any_day_by_whatever_way(
    books: Books, box: CashBoxRow, house: House, ask: Ask
) -> None:
    fill(books, "200.00", on=f"{YEAR}-03-05")
    assert code_of(spend(books, box, amount="200.01")) == "accounting.cash_box_empty"
    # On 4 March there was nothing in it yet.
    assert code_of(spend(books, box, on=f"{YEAR}-03-04")) == "accounting.cash_box_empty"
    assert spend(books, box, on=f"{YEAR}-03-20", amount="150.00").state == "applied"
    # 150.00 will be gone on the 20th: on the 10th only 50.00 can be spent.
    assert code_of(spend(books, box, amount="50.01")) == "accounting.cash_box_empty"
    assert spend(books, box, amount="50.00").state == "applied"
    by_hand = books.post(draft(*pair("607", "541", "0.01")))
    assert code_of(by_hand) == "accounting.cash_box_empty"
    other = books.post(draft(*pair("541", "512", "10.00"), branch=ORAN.id))
    assert code_of(other) == "accounting.cash_box_of_other"
    # The transfer that filled it cannot be undone either.
    transfer = house.value("select id from accounting.internal_transfers")
    assert code_of(books.send(UNDO_RECEIPT, {"id": str(transfer)})) == "accounting.cash_box_empty"
    assert the_box(ask).balance == 0
    invariants(house)


def test_two_who_spend_the_last_note_at_once_do_not_both_get_it(
    books: Books, box: CashBoxRow, house: House, ask: Ask
) -> None:
    fill(books, "100.00")

    def at_once(_number: int) -> str:
        with books_of(house) as others:
            return code_of(spend(others, box, amount="60.00"))

    with ThreadPoolExecutor(4) as threads:
        answers = sorted(threads.map(at_once, range(4)))
    assert answers == ["", *["accounting.cash_box_empty"] * 3]
    assert the_box(ask).balance == 40
    same = new_id()
    assert spend(books, box, id=same, amount="10.00").state == "applied"
    assert code_of(spend(books, box, id=same, amount="10.00")) == "accounting.voucher_known"
    invariants(house)


@pytest.mark.usefixtures("box")
def test_it_is_filled_up_to_its_ceiling(books: Books, ask: Ask) -> None:
    assert code_of(fill(books, "1000.01")) == "accounting.cash_box_full"
    # 900.00 are on their way, so 100.00 are proposed next; after 200.00 they are too much.
    told = {"branch_id": str(ALGIERS.id), "account": "530", "to_account": "541", "amount": "900"}
    late = books.send(SEND_TRANSFER, {**told, "on": f"{YEAR}-03-01"}).result["id"]
    assert (the_box(ask).waiting, the_box(ask).room) == (Decimal(900), Decimal(100))
    assert fill(books, "200.00").state == "applied"
    got = {"id": late, "on": f"{YEAR}-03-02", "amount": "900.00"}
    assert code_of(books.send(RECEIVE_TRANSFER, got)) == "accounting.cash_box_full"
    assert books.send(TAKE_TRANSFER_BACK, {"id": late}).state == "applied"
    assert fill(books, "400.00").state == "applied"
    assert code_of(fill(books, "400.01")) == "accounting.cash_box_full"
    assert fill(books, "400.00").state == "applied"
    assert the_box(ask).balance == 1000


def test_a_count_books_what_differs(books: Books, box: CashBoxRow, house: House, ask: Ask) -> None:
    fill(books, "500.00")
    right = count(books, box, n200=2, n100=1)
    assert (right.state, right.result["entry"]) == ("applied", None)
    # 200 + 200 + 50 + 20 + 5 = 475.00: 25.00 are missing.
    short = count(books, box, n200=2, n50=1, n20=1, n5=1)
    assert short.state == "flagged"
    assert Decimal(short.result["difference"]) == -25
    entry = house.value("select entry_id from accounting.cash_counts where entry_id is not null")
    assert books.lines(entry) == [("541", 0, 25), ("6571", 25, 0)]
    # 480.00: five more than the book has now.
    more = count(books, box, n200=2, n50=1, n20=1, n10=1)
    assert Decimal(more.result["difference"]) == 5
    assert the_box(ask).balance == 480
    assert the_box(ask).counted_on == date(YEAR, 3, 31)
    assert code_of(count(books, box, n200=-1)) == "accounting.cash_count_pieces"
    assert code_of(books.reverse(entry)) == "accounting.journal_reserved"
    invariants(house)


def test_an_expense_is_undone_with_its_entry_only(
    books: Books, box: CashBoxRow, house: House, ask: Ask
) -> None:
    fill(books, "500.00")
    made = spend(books, box).result
    assert code_of(books.reverse(made["entry_id"])) == "accounting.journal_reserved"
    assert books.send(UNDO_VOUCHER, {"id": made["id"]}).state == "applied"
    assert code_of(books.send(UNDO_VOUCHER, {"id": made["id"]})) == "accounting.voucher_undone"
    assert the_box(ask).balance == 500
    assert ask(get_petty_cash, VoucherFilter()).amount == 0
    assert spend(books, box).result["number"] == f"PC-DEP-{YEAR}-000002"
    invariants(house)


def test_the_book_shows_receipts_of_a_day_before_expenses(
    books: Books, box: CashBoxRow, ask: Ask
) -> None:
    fill(books, "300.00", on=f"{YEAR}-02-27")
    spend(books, box, on=f"{YEAR}-02-28", amount="40.00", tax_code=None)
    spend(books, box, on=f"{YEAR}-03-02", amount="60.00", tax_code=None)
    fill(books, "100.00", on=f"{YEAR}-03-02")

    book = ask(get_cash_book, box.id, (date(YEAR, 3, 1), date(YEAR, 3, 31)))
    # 300.00 - 40.00 = 260.00, and 100.00 in, 60.00 out: 300.00.
    assert (book.opening, book.closing) == (Decimal(260), Decimal(300))
    assert [(line.received, line.spent, line.balance) for line in book.lines] == [
        (Decimal(100), Decimal(0), Decimal(360)),
        (Decimal(0), Decimal(60), Decimal(300)),
    ]
    assert book.lines[1].piece == f"PC-DEP-{YEAR}-000002"
    assert book.lines[1].counterparts == "607"
    april = ask(get_cash_book, box.id, (date(YEAR, 4, 1), date(YEAR, 4, 30)))
    assert (april.opening, april.closing, april.lines) == (Decimal(300), Decimal(300), ())


def test_the_years_end_leaves_the_box_as_it_is(books: Books, box: CashBoxRow, ask: Ask) -> None:
    fill(books, "300.00")
    ask(close_year, YEAR, {"result": "R", "closing": "C", "opening": "O"})
    assert the_box(ask).balance == 300
    # After a provisional run something is spent in the old year: the closing entry is no expense.
    assert spend(books, box).state == "applied"
    assert the_box(ask).balance == 181


@pytest.mark.parametrize(
    ("field", "value"),
    [("on", None), ("amount", "0"), ("amount", "1.001"), ("account", "99999"), ("label", " "),
     ("party_id", new_id()), ("account", "401")],
)  # fmt: skip
def test_what_is_missing_or_impossible_is_refused(
    books: Books, box: CashBoxRow, field: str, value: Any
) -> None:
    fill(books, "500.00")
    assert code_of(spend(books, box, **{field: value})) == "accounting.voucher_incomplete"


def test_a_supplier_is_paid_on_his_account_and_more_than_the_law_lets_is_flagged(
    books: Books, house: House, ask: Ask, party: str
) -> None:
    house.run("update core.company set currency = 'MAD', country = 'MA'")
    house.run("delete from accounting.law_values; delete from accounting.account_roles")
    with house.connect() as connection:
        connection.execute("select accounting.load_pack(%s)", [Jsonb(read_pack("MA"))])
    ask(save_cash_box, box_draft(account="5165", ceiling=Decimal(90000)))
    box = the_box(ask)
    sent = {"branch_id": str(ALGIERS.id), "on": f"{YEAR}-03-01", "account": "5161"}
    told = books.send(SEND_TRANSFER, {**sent, "to_account": "5165", "amount": "80000"})
    got = {"id": told.result["id"], "on": f"{YEAR}-03-01", "amount": "80000"}
    assert books.send(RECEIVE_TRANSFER, got).state == "applied"

    paid = {"account": "4411", "party_id": party, "tax_code": None}
    # 3,000.00 and 2,000.00 on one day are the limit; one dirham more is above it.
    assert spend(books, box, amount="3000.00", **paid).state == "applied"
    at = spend(books, box, amount="2000.00", **paid)
    assert at.state == "applied"
    assert books.lines(at.result["entry_id"]) == [("4411", 2000, 0), ("5165", 0, 2000)]
    owed = f"select balance from accounting.party_balances where party_id = '{party}'"
    assert house.value(owed) == 5000
    above = spend(books, box, amount="1.00", **paid)
    assert (above.state, above.flags[0].code) == ("flagged", "accounting.cash_above_day")
    assert Decimal(above.flags[0].details["amount"]) == 5001
    # 45,000.00 on the next day: 50,001.00 in the month.
    more = spend(books, box, amount="45000.00", on=f"{YEAR}-03-11", **paid)
    assert [flag.code for flag in more.flags] == [
        "accounting.cash_above_day",
        "accounting.cash_above_month",
    ]
    # Without a partner each expense stands for itself.
    alone = {"account": "6125", "tax_code": None}
    assert spend(books, box, amount="4000.00", **alone).state == "applied"
    assert spend(books, box, amount="4000.00", **alone).state == "applied"
    invariants(house)
