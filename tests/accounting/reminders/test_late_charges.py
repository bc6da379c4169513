"""Debit notes of reminders and the fine of a quarter, worked out by hand, at 12 % a year, in DZD.

The letters are those of `test_reminders`: 1,000.00 due on 10 February, 500.00 due on 31 March.

    18 February   level 1, fee 200.00   1,000.00 × 12 % ×  8 / 365 =  2.63
    5 March       level 2               1,000.00 × 12 % × 15 / 365 =  4.93  (23 days: 7.56)
    8 April       level 3               1,000.00 × 12 % × 34 / 365 = 11.18
                                          500.00 × 12 % ×  8 / 365 =  1.32
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import psycopg
import pytest
from pypdf import PdfReader

from erp_desktop.core.commands import Answer, uuid7
from erp_desktop.core.i18n import words
from modules.accounting.late_charges import charge_customer, charge_fine, undo_late_charge
from modules.accounting.late_paper import note_pdf
from modules.accounting.reminders import Letter, send_reminders
from modules.accounting.selectors import list_reminders
from modules.accounting.selectors.late_charges import get_late_paper, list_late_charges
from tests.accounting.books import Books, books_of, code_of, invariants
from tests.accounting.instruments.portfolio import BALANCE
from tests.accounting.third_parties.test_third_parties import move
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House

pytestmark = pytest.mark.database

FEBRUARY, MARCH, APRIL = date(YEAR, 2, 18), date(YEAR, 3, 5), date(YEAR, 4, 8)
QUARTER = date(YEAR, 1, 1), date(YEAR, 3, 31)
TWELVE, ZERO = Decimal("0.12"), Decimal(0)


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


@pytest.fixture
def benali(house: House) -> UUID:
    party = uuid7()
    house.run(f"insert into accounting.party_names values ('{party}', 'Benali', 'بن علي')")
    house.run("update accounting.reminder_levels set fee = 200 where level = 1")
    return party


@pytest.fixture
def books(house: House, benali: UUID) -> Iterator[Books]:
    """Salim's books with the two invoices."""
    with books_of(house) as opened:
        move(opened, benali, (1, 10), "1000", due=date(YEAR, 2, 10))
        move(opened, benali, (3, 1), "500", due=date(YEAR, 3, 31))
        yield opened


def letter(ask: Ask, party: UUID, day: date) -> UUID:
    """Send the letter of a day."""
    sent = uuid7()
    assert ask(send_reminders, day, [Letter(sent, ALGIERS.id, party)]) == 1
    return sent


def charge(
    books: Books, sent: UUID, day: date, *, fee: str = "0", rate: Decimal = TWELVE
) -> Answer:
    return books.send(*charge_customer(sent, on=day, fee=Decimal(fee), rate=rate))


def fine(books: Books, amount: str = "225.00", **more: Any) -> Answer:
    name, payload = charge_fine(*QUARTER, Decimal(amount), on=QUARTER[1])
    return books.send(name, {**payload, "branch_id": str(ALGIERS.id), **more})


def test_each_note_goes_on_where_the_one_before_ended(
    ask: Ask, books: Books, house: House, benali: UUID
) -> None:
    first = charge(books, letter(ask, benali, FEBRUARY), FEBRUARY, fee="200.00").result
    assert (first["number"], first["fee"], first["interest"]) == (
        f"ND-ALG-{YEAR}-000001", "200.00", "2.63",
    )  # fmt: skip
    assert books.lines(first["entry_id"]) == [
        ("411", Decimal("202.63"), 0), ("768", 0, Decimal("2.63")), ("758", 0, 200),
    ]  # fmt: skip
    assert charge(books, letter(ask, benali, MARCH), MARCH).result["interest"] == "4.93"
    # The first note is 41 days due on 8 April, and reminded of: it bears no interest itself.
    third = charge(books, letter(ask, benali, APRIL), APRIL).result
    assert third["interest"] == "12.50"

    rows = ask(list_late_charges)
    assert [(row.number[-1], row.amount) for row in rows] == [
        ("3", Decimal("12.50")), ("2", Decimal("4.93")), ("1", Decimal("202.63")),
    ]  # fmt: skip
    assert [each["interest"] for each in rows[0].lines] == ["11.18", "1.32"]
    assert ask(list_reminders)[0].note == third["number"]
    assert house.value(BALANCE.format("411")) == Decimal("1720.06")
    invariants(house)


def test_a_note_is_taken_back_and_made_anew(
    ask: Ask, books: Books, house: House, benali: UUID
) -> None:
    sent = letter(ask, benali, FEBRUARY)
    made = charge(books, sent, FEBRUARY, fee="200.00").result
    assert code_of(charge(books, sent, FEBRUARY)) == "accounting.late_booked"
    assert code_of(books.reverse(made["entry_id"])) == "accounting.entry_of_register"

    assert books.send(*undo_late_charge(UUID(made["id"]))).state == "applied"

    assert code_of(books.send(*undo_late_charge(UUID(made["id"])))) == "accounting.late_undone"
    assert house.value(BALANCE.format("411")) == 1500
    # Nothing was booked until now: the 23 days are all in the second.
    second = charge(books, letter(ask, benali, MARCH), MARCH).result
    assert (second["interest"], second["number"]) == ("7.56", f"ND-ALG-{YEAR}-000002")
    invariants(house)


def test_what_a_letter_did_not_ask_is_refused(ask: Ask, books: Books, benali: UUID) -> None:
    sent = letter(ask, benali, FEBRUARY)

    assert code_of(charge(books, sent, FEBRUARY, fee="200.01")) == "accounting.late_fee"
    assert code_of(charge(books, sent, FEBRUARY, fee="-1")) == "accounting.late_fee"
    too_much = charge(books, sent, FEBRUARY, rate=Decimal("1.01"))
    assert code_of(too_much) == "accounting.late_rate"
    assert code_of(charge(books, sent, FEBRUARY, rate=ZERO)) == "accounting.late_nothing"
    assert code_of(charge(books, sent, date(YEAR, 2, 17))) == "accounting.late_too_early"
    assert code_of(charge(books, uuid7(), FEBRUARY)) == "core.not_found"
    books.close(2)
    assert code_of(charge(books, sent, FEBRUARY)) == "accounting.period_closed"
    assert charge(books, sent, MARCH).state == "applied"


def test_the_fine_of_a_quarter_is_booked_once(books: Books, house: House, ask: Ask) -> None:
    assert code_of(fine(books, first=date(YEAR, 2, 1).isoformat())) == "accounting.late_quarter"
    running = {"first": "2999-01-01", "last": "2999-03-31", "on": "2999-03-31"}
    assert code_of(fine(books, **running)) == "accounting.late_quarter_running"
    assert code_of(fine(books, "0")) == "accounting.late_nothing"

    made = fine(books).result

    assert books.lines(made["entry_id"]) == [("656", 225, 0), ("4478", 0, 225)]
    assert made["number"] == f"AM-{YEAR}-T1"
    assert code_of(fine(books)) == "accounting.late_booked"
    assert books.send(*undo_late_charge(UUID(made["id"]))).state == "applied"
    assert house.value(BALANCE.format("656")) == 0
    assert fine(books, "230.00").state == "applied"
    assert [(row.amount, row.is_undone) for row in ask(list_late_charges, words="AM-")] in (
        [(230, False), (225, True)], [(225, True), (230, False)],
    )  # fmt: skip
    invariants(house)


def test_others_book_nothing_and_see_nothing(
    ask: Ask, books: Books, house: House, benali: UUID
) -> None:
    sent = letter(ask, benali, FEBRUARY)
    with books_of(house, "nadia") as others:
        assert code_of(charge(others, sent, FEBRUARY)) == "core.not_permitted"
        assert code_of(fine(others)) == "core.not_permitted"
    made = charge(books, sent, FEBRUARY).result
    tampering = "update accounting.late_charges set interest = 1"
    for theft, role in (
        (tampering, "accounting_app"),
        ("select accounting.keep_late_charge(null, null, null)", "accounting_app"),
        (tampering, "none"),
        ("delete from accounting.late_charges", "none"),
    ):
        with house.connect() as connection:
            connection.execute(f"set role {role}")
            with pytest.raises(psycopg.Error, match=r"permission denied|append_only"):
                connection.execute(theft)
    house.run(
        "update core.users set sees_all_branches = false where login = 'salim';"
        "update core.user_branches b set branch_id ="
        f" '{ORAN.id}' from core.users u where u.id = b.user_id and u.login = 'salim'"
    )
    assert ask(list_late_charges) == []
    assert ask(get_late_paper, UUID(made["id"])) is None
    assert code_of(books.send(*undo_late_charge(UUID(made["id"])))) == "core.not_found"
    assert code_of(fine(books)) == "core.other_branch"


def test_a_note_on_paper_says_how_it_was_counted(ask: Ask, books: Books, benali: UUID) -> None:
    made = charge(books, letter(ask, benali, FEBRUARY), FEBRUARY, fee="200.00").result
    paper = ask(get_late_paper, UUID(made["id"]))

    text = PdfReader(BytesIO(note_pdf(paper, words("fr", "DZ")))).pages[0].extract_text()

    for said in (made["number"], "Benali", "12", "2,63", "200,00", "202,63"):
        assert said in text.replace("\u202f", " "), said
    assert note_pdf(paper, words("ar", "DZ"))[:4] == b"%PDF"
