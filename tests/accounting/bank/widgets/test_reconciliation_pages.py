"""The desk that reconciles a bank account: files in, both sides marked, the paper of the month.

The figures are those of `bankbook`; the table below has the same March, as e-banking writes it.
"""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from erp_desktop.core.commands import uuid7
from modules.accounting.permissions import Permission
from modules.accounting.reconciling import import_statements
from modules.accounting.selectors.reconciling import get_bank_desk, list_bank_proposals
from modules.accounting.widgets.bank.file_page import BankFilePage
from modules.accounting.widgets.bank.lists import ReconciledPage
from modules.accounting.widgets.bank.proposals import BankProposalsPage
from modules.accounting.widgets.bank.reconciliation import BankReconciliationPage
from modules.accounting.widgets.bank.state import BankStatePage
from modules.accounting.widgets.bank.table_import import BankTableImportPage
from tests.accounting.bank.bankbook import BANK, END, MARCH, bankbook
from tests.accounting.bank.test_cfonb import record
from tests.accounting.books import Books
from tests.accounting.instruments.portfolio import register
from tests.fakes import FakeBackend, make_user
from tests.houses import YEAR, Ask, House
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database
Key = Qt.Key
TABLE = (
    "Date;Date valeur;Référence;Libellé;Débit;Crédit\n"
    f"12/03/{YEAR};12/03/{YEAR};F-77;CHEQUE 77;300,00;\n"
    f"22/03/{YEAR};23/03/{YEAR};;VIREMENT RECU;;500,00\n"
    f"31/03/{YEAR};31/03/{YEAR};;FRAIS DE TENUE;15,50;\n"
)
FILE = (
    record("01", f"2802{YEAR % 100}", "0000000010000{"),
    record("04", f"1203{YEAR % 100}", "0000000003000}", "CHEQUE 77", "F-77"),
    record("07", f"3103{YEAR % 100}", "0000000007000{"),
)


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


@pytest.fixture
def books(house: House, ask: Ask) -> Iterator[Books]:
    """Salim's books."""
    with bankbook(house, ask) as opened:
        yield opened


def mark(side: Any, *places: int) -> None:
    """Mark rows with the space bar."""
    side.table.setFocus()
    for place in places:
        side.table.select_row(place)
        QTest.keyClick(side.table, Key.Key_Space)


def said_yes(desk: Desk, page: Any) -> None:
    """Say yes to a question."""
    desk.until(lambda: any(each.isVisible() for each in page.findChildren(QMessageBox)))
    box = next(each for each in page.findChildren(QMessageBox) if each.isVisible())
    next(each for each in box.buttons() if each.text() == "Take back").click()


@pytest.mark.usefixtures("books")
def test_a_bank_file_is_looked_at_taken_and_taken_once(
    salim: Desk, ask: Ask, tmp_path: Path
) -> None:
    page = salim.open(BankFilePage, "BADR")
    wrong, sound = tmp_path / "faux.txt", tmp_path / "mars.txt"
    wrong.write_text("\n".join((FILE[0], FILE[1].replace("F-77", "    "), FILE[1][:95], FILE[2])))
    sound.write_text("\n".join(FILE))
    page.start_once(page.read, wrong)
    salim.until(lambda: page.model.rowCount() == 1)
    assert "no amount" in page.model.rows[0].remark
    page._on_take()
    salim.until(lambda: "without mistakes" in page.notices.bar.text)
    assert ask(get_bank_desk, "BADR").bank == []

    page.start_once(page.read, sound)
    salim.until(lambda: page.model.rows and page.model.rows[0].amount == -300)
    page._on_take()
    salim.until(lambda: salim.opened == [("accounting.bank_reconciliation", "BADR")])
    page.start_once(page.read, sound)
    salim.until(lambda: page.model.rowCount() == 1)
    page._on_take()
    salim.until(lambda: "1 known already" in page.notices.bar.text)
    assert [row.amount for row in ask(get_bank_desk, "BADR").bank] == [1000, -300]


@pytest.mark.usefixtures("books")
def test_a_table_is_taken_whole_or_not_at_all(salim: Desk, ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "mars.csv"
    path.write_text(TABLE)
    page = salim.open(BankTableImportPage, "BADR")

    def checked(closing: str) -> None:
        page.board.options._defaults["opening"].show_value(Decimal(1000))
        page.board.options._defaults["closing"].show_value(Decimal(closing))
        page.go_on()
        salim.until(lambda: page._plan is not None)

    page.open_file(path)
    salim.until(lambda: page._is_read)
    assert page.board.options._defaults["bank"].read() == "BADR"
    checked("1184.51")
    assert [each.code for each in page._plan.problems] == ["balance_wrong"]
    assert page._plan.drafts == ()
    page._on_change()
    checked("1184.50")
    page.go_on()
    salim.until(lambda: page._report)
    assert [row.amount for row in ask(get_bank_desk, "BADR").bank] == [
        *(1000, -300, 500),
        Decimal("-15.50"),
    ]
    page.open_file(path)
    salim.until(lambda: page._is_read)
    checked("1184.50")
    page.go_on()
    salim.until(lambda: "0 new movements" in page._report)


@pytest.mark.usefixtures("books")
def test_a_row_that_cannot_be_read_keeps_the_whole_table_out(salim: Desk, tmp_path: Path) -> None:
    path = tmp_path / "mars.csv"
    path.write_text(TABLE + f"bientôt;;;A;1,00;\n30/03/{YEAR};;;B;1,00;2,00\n30/03/{YEAR};;;C;;\n")
    page = salim.open(BankTableImportPage, "BADR")
    page.open_file(path)
    salim.until(lambda: page._is_read)
    for name in ("opening", "closing"):
        page.board.options._defaults[name].show_value(Decimal(1))
    page.go_on()
    salim.until(lambda: page._plan is not None)
    codes = [each.code for each in page._plan.problems]
    assert codes == ["day_unreadable", "amount_twice", "amount_missing"]
    assert page._plan.drafts == ()


@pytest.mark.usefixtures("books")
def test_both_sides_are_marked_booked_proposed_and_opened_again(salim: Desk, ask: Ask) -> None:
    ask(import_statements, BANK, [MARCH], source="file")
    page = salim.open(BankReconciliationPage, "BADR")
    salim.until(lambda: page.desk is not None)
    assert salim.backend.asked == ["get_bank_desk"]
    mark(page.bank, 0)
    mark(page.books, 1)
    assert not page.bar.make.isEnabled()
    mark(page.books, 1, 0)
    assert page.bar.make.isEnabled()
    page.bar.make.click()
    salim.until(lambda: page.bank.model.rowCount() == 3)

    mark(page.bank, 2)
    page.bar.book.click()
    salim.confirm_dialog(page, account="627")
    salim.until(lambda: page.bank.model.rowCount() == 2)

    proposals = salim.open(BankProposalsPage, "BADR")
    salim.until(lambda: proposals.model.rowCount() == 2)
    proposals._on_some([proposals.model.rows[0]])
    salim.until(lambda: proposals.model.rowCount() == 1)
    proposals._on_all()
    salim.until(lambda: proposals.model.rowCount() == 0)

    kept = salim.open(ReconciledPage, "BADR")
    salim.until(lambda: kept.model.rowCount() == 4)
    reasons = sorted(row.reason for row in kept.model.rows)
    assert reasons == ["booked", "date", "hand", "reference"]
    kept._on_undo(next(row for row in kept.model.rows if row.reason == "date"))
    said_yes(salim, kept)
    salim.until(lambda: kept.model.rowCount() == 3)
    kept.filter.press(["undone"])
    salim.until(lambda: kept.model.rowCount() == 4)
    assert len(ask(list_bank_proposals, "BADR")) == 1


def test_the_statement_of_a_day_agrees_on_screen_and_on_paper(
    salim: Desk, ask: Ask, books: Books
) -> None:
    ask(import_statements, BANK, [MARCH], source="file")
    page = salim.open(BankStatePage, "BADR")
    page.parameters["day"].show_value(END)
    page.refresh()
    salim.until(lambda: page.report.totals is not None)
    assert page.report.totals.ledger == page.report.totals.bank
    pages = PdfReader(BytesIO(page.exporter.paper(None))).pages
    told = " ".join(each.extract_text() for each in pages)
    for words in ("1,080.00", "1,184.50", "FRAIS DE TENUE", "Chèque 9"):
        assert words in told, words
    # 1,080.00 + 1,000.00 - 300.00 + 500.00 - 15.50, nothing being reconciled yet.
    assert told.count("2,264.50") == 2
    del books


def test_who_may_not_reconcile_only_looks(qtbot: QtBot, desk: Any) -> None:
    del desk
    backend: Any = FakeBackend({}, make_user(Permission.VIEW_LEDGER))
    page = BankReconciliationPage(backend)
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    assert page.bar.make.isHidden()
    assert page.bar.book.isHidden()


def test_a_movement_is_the_cheque_that_it_pays(
    salim: Desk, books: Books, house: House, ask: Ask
) -> None:
    party = str(uuid7())
    house.run(f"insert into accounting.party_names values ('{party}', 'Moulins', 'مطاحن')")
    paper = {"direction": "issued", "kind": "cheque", "amount": "15.50"}
    bank = {"bank_account": str(BANK)}
    assert register(books, party, number="N9", **paper, **bank).state == "applied"
    ask(import_statements, BANK, [MARCH], source="file")
    page = salim.open(BankReconciliationPage, "BADR")
    salim.until(lambda: page.bank.model.rowCount() == 4)
    mark(page.bank, 1)
    page.start_once(page.take_paper)
    salim.until(lambda: "waits for the bank" in page.notices.bar.text)
    mark(page.bank, 1, 3)

    page.start_once(page.take_paper)
    salim.confirm_dialog(page)
    salim.until(lambda: page.bank.model.rowCount() == 3)

    assert house.value("select state from accounting.instruments") == "paid"
