"""Fee and interest of a letter, and the fine of a quarter, booked at an accountant's desk."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from erp_desktop.core.commands import uuid7
from modules.accounting.reminders import Letter, send_reminders
from modules.accounting.widgets.reminders import charges
from modules.accounting.widgets.reminders.charges import LateChargesPage
from modules.accounting.widgets.reminders.sent import SentRemindersPage
from modules.accounting.widgets.third_parties.late import LatePaymentsPage
from tests.accounting.books import books_of
from tests.accounting.third_parties.test_late_payments import LAWS, bill
from tests.accounting.third_parties.test_third_parties import move
from tests.houses import ALGIERS, YEAR, Ask, House
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database
LETTER = date(YEAR, 2, 18)


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


def party(house: House, name: str) -> UUID:
    known = uuid7()
    house.run(f"insert into accounting.party_names values ('{known}', '{name}', '')")
    return known


def said_yes(desk: Desk, page: Any, words: str) -> None:
    desk.until(lambda: any(each.isVisible() for each in page.findChildren(QMessageBox)))
    box = next(each for each in page.findChildren(QMessageBox) if each.isVisible())
    next(each for each in box.buttons() if each.text() == words).click()


def test_a_letter_becomes_a_debit_note_on_paper(
    salim: Desk, house: House, ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """1,000.00 are 8 days late at 12 %: 2.63; the fee of the letter is 200.00."""
    benali = party(house, "Benali")
    house.run("update accounting.reminder_levels set fee = 200 where level = 1")
    with books_of(house) as books:
        move(books, benali, (1, 10), "1000", due=date(YEAR, 2, 10))
    ask(send_reminders, LETTER, [Letter(uuid7(), ALGIERS.id, benali)])
    page = salim.open(SentRemindersPage)
    salim.until(lambda: page.model.rowCount() == 1)

    page.start_once(page.charge, page.model.rows[0])
    salim.confirm_dialog(page, on=LETTER, percent=Decimal(12))
    salim.until(lambda: page.model.rows and page.model.rows[0].note)
    assert "202.63" in page.notices.bar.text

    listed = salim.open(LateChargesPage)
    salim.until(lambda: listed.model.rowCount() == 1)
    path = tmp_path / "note.pdf"

    async def chosen(*_about: Any) -> Path:
        return path

    monkeypatch.setattr(charges, "choose_target", chosen)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    listed.on_open(listed.model.rows[0])
    salim.until(path.exists)
    salim.until(lambda: path.stat().st_size > 0)
    assert "Benali" in PdfReader(BytesIO(path.read_bytes())).pages[0].extract_text()

    listed.start_once(listed.undo, listed.model.rows[0])
    said_yes(salim, listed, "Undo the charge")
    salim.until(lambda: listed.model.rows[0].is_undone)


def test_the_fine_that_is_shown_is_booked(salim: Desk, house: House) -> None:
    """Zahra's 10,000.00 of 10 January are due on 11 March; on 31 March that costs 225.00."""
    zahra = party(house, "Zahra")
    for code, value in LAWS.items():
        house.run(
            "insert into accounting.law_values (id, kind, code, valid_from, value, legal_ref)"
            f" values (gen_random_uuid(), 'payment_delay', '{code}', '2023-07-01', '{value}', 'x')"
        )
    with books_of(house) as books:
        bill(books, zahra, date(YEAR, 1, 10), "10000")
    page = salim.open(LatePaymentsPage)
    page.parameters["first"].show_value(date(YEAR, 1, 1))
    page.parameters["last"].show_value(date(YEAR, 3, 31))
    page.refresh()
    salim.until(lambda: page.model.rowCount() == 1 and page.report.totals.fine == 225)

    page._on_fine()
    salim.confirm_dialog(page)
    salim.until(lambda: salim.opened == [("accounting.late_charges", None)])

    assert "AM-" in page.notices.bar.text
    booked = "select interest from accounting.late_charges where kind = 'fine'"
    assert house.value(booked) == 225
    page._on_fine()
    salim.confirm_dialog(page)
    salim.until(lambda: "booked already" in page.notices.bar.text)


def test_a_quarter_without_a_fine_books_none(salim: Desk) -> None:
    page = salim.open(LatePaymentsPage)
    salim.until(lambda: "get_late_payments" in salim.backend.asked)

    page._on_fine()

    salim.until(lambda: "no fine" in page.notices.bar.text)
