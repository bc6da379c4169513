"""Transfer orders at the accountant's desk: taken from what is due, given, printed, cancelled."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.core.links import LinkChoice
from erp_desktop.ui import language
from erp_desktop.ui.form_dialog import FormDialog
from modules.accounting.permissions import Permission
from modules.accounting.selectors.transfer_orders import TransferForm, get_transfer_form
from modules.accounting.transfer_orders import TransferDraft
from modules.accounting.widgets.transfer_orders import papers
from modules.accounting.widgets.transfer_orders.lines import Line
from modules.accounting.widgets.transfer_orders.list_page import TransferListPage
from modules.accounting.widgets.transfer_orders.page import TransferOrderPage
from modules.accounting.widgets.transfer_orders.payees import PayeeListPage
from tests.accounting.transfer_orders.orders import DAY, ZAHRA_RIB, Debts, supplier
from tests.fakes import FakeBackend, make_user
from tests.houses import YEAR, House
from tests.sales.widgets.desks import Desk, lines_of, said, totals_of

pytestmark = pytest.mark.database
FIRST = f"OV-ALG-{YEAR}-000001"
END = date(YEAR, 3, 31)


def fresh(desk: Desk) -> TransferOrderPage:
    """Open a new order of the day that the tests pay on."""
    page: TransferOrderPage = desk.open(TransferOrderPage)
    page.body.form.fields["dated"].show_value(DAY)
    return page


def take_due(desk: Desk, page: TransferOrderPage, **asked: Any) -> None:
    """Press "What is due…" and answer the window."""
    before = len(lines_of(page))
    desk.button(page, "What is due…").click()
    desk.confirm_dialog(page, **{"until": END, **asked})
    desk.until(lambda: len(lines_of(page)) > before)


def give(desk: Desk, page: TransferOrderPage) -> None:
    """Give the order to the bank, and wait until it has a number."""
    desk.button(page, "Give to the bank").click()
    desk.until(lambda: page.document is not None and page.document.number)


@pytest.fixture
def given(salim: Desk, owed: Debts) -> TransferOrderPage:
    """An order that was given: all that is due until the end of March."""
    del owed
    page = fresh(salim)
    take_due(salim, page)
    give(salim, page)
    return page


def test_what_is_due_is_taken_lowered_and_given_in_two_questions(salim: Desk, owed: Debts) -> None:
    page = fresh(salim)
    assert salim.backend.asked == ["get_transfer_form"]
    take_due(salim, page)
    names = [line.party.name for line in lines_of(page) if line.party]
    assert names == ["Amel SARL", "Zahra Négoce"]
    assert "14,000.00" in " ".join(totals_of(page))
    # A second time nothing is taken twice.
    salim.button(page, "What is due…").click()
    salim.confirm_dialog(page, until=END)
    salim.until(lambda: "Nothing more is due" in said(page))

    amel, zahra = lines_of(page)
    page.change_lines([replace(amel, amount=Decimal(1500)), zahra])
    salim.backend.asked.clear()
    give(salim, page)
    assert salim.backend.asked == ["execute_directly", "get_transfer_form"]
    assert page.document is not None
    assert (page.document.number, page.document.is_editable) == (FIRST, False)
    assert "given and posted" in said(page)
    assert [owed.open_of("F-9"), owed.open_of("F-1")] == [2500, 0]


def test_only_the_suppliers_asked_for_are_taken(salim: Desk, owed: Debts) -> None:
    del owed
    page = fresh(salim)
    take_due(salim, page, supplier="زهرة")
    (line,) = lines_of(page)
    assert (line.document[:3], line.reason, line.amount) == ("OD-", "F-1", 10000)
    assert line.account == ZAHRA_RIB


def test_who_holds_an_advance_is_named_before_he_is_paid_in_full(salim: Desk, owed: Debts) -> None:
    owed.given(TransferDraft(owed.zahra, Decimal(700), "Avance"))
    page = fresh(salim)
    take_due(salim, page)
    salim.until(lambda: "Zahra Négoce" in said(page) and "700.00" in said(page))
    assert "Amel" not in said(page)


def test_an_advance_is_typed_and_a_draft_is_kept_and_opened_again(salim: Desk, owed: Debts) -> None:
    page = fresh(salim)
    zahra = LinkChoice(owed.zahra, "", "Zahra Négoce", "زهرة")
    page.change_lines([Line(zahra, amount=Decimal(700), reason="")])
    page.save_now()
    salim.until(lambda: "Each line needs" in said(page))
    salim.until(lambda: not page.is_busy(page.save_typed))
    page.change_lines([Line(zahra, amount=Decimal(700), reason="Avance 12")])
    salim.backend.asked.clear()
    page.save_now()
    salim.until(lambda: "draft is saved" in said(page))
    assert salim.backend.asked == ["save_transfer_order", "get_transfer_form"]
    (line,) = lines_of(page)
    assert (line.account, line.entry) == (ZAHRA_RIB, "")

    listed = salim.open(TransferListPage)
    salim.until(lambda: bool(listed.model.rows))
    assert (listed.model.rows[0].state, listed.model.rows[0].total) == ("draft", 700)
    listed.on_open(listed.model.rows[0])
    name, about = salim.opened[-1]
    again = salim.open(TransferOrderPage, about)
    salim.until(lambda: bool(lines_of(again)))
    assert name == "accounting.transfer_order"
    salim.button(again, "Discard").click()
    salim.answer(again, "Discard")
    salim.until(lambda: "discarded" in said(again))
    assert lines_of(again) == ()


def test_the_list_opens_with_one_question_and_a_new_order_with_a_key(
    salim: Desk, given: TransferOrderPage
) -> None:
    del given
    salim.backend.asked.clear()
    page = salim.open(TransferListPage)
    salim.until(lambda: bool(page.model.rows))
    assert salim.backend.asked == ["list_transfer_orders"]
    assert page.model.rows[0].number == FIRST
    page.filter.ask("is:cancelled")
    salim.until(lambda: not page.model.rows)
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    salim.until(lambda: ("accounting.transfer_order", None) in salim.opened)


def test_a_refusal_names_its_cure_and_keeps_what_was_typed(
    salim: Desk, owed: Debts, house: House
) -> None:
    nour = LinkChoice(supplier(house, "Nour", "نور"), "", "Nour", "نور")
    page = fresh(salim)
    page.change_lines([Line(nour, amount=Decimal(80), reason="Avance")])
    salim.button(page, "Give to the bank").click()
    salim.until(lambda: "Nour has no bank account" in said(page))
    assert len(lines_of(page)) == 1
    assert house.value("select count(*) from accounting.transfer_orders") == 0

    payees = salim.open(PayeeListPage)
    salim.until(lambda: bool(payees.model.rows))
    payees.start_once(payees.change, None)
    salim.until(lambda: bool(payees.findChildren(FormDialog)))
    first = payees.findChildren(FormDialog)[-1]
    first.form.fields["party"].show_value(nour)
    first.form.fields["rib"].show_value("00300060000014720243")
    first.main.click()
    # What was typed is proposed again, with the reason above it.
    salim.until(lambda: [d for d in payees.findChildren(FormDialog) if d is not first])
    again = next(d for d in payees.findChildren(FormDialog) if d is not first)
    assert again.form.fields["party"].read() == nour
    assert any("mistyped" in each.text() for each in again.findChildren(QLabel))
    again.form.fields["rib"].show_value("00300060000014720242")
    again.main.click()
    salim.until(lambda: "is saved" in said(payees))
    salim.come_back(page)
    give(salim, page)
    assert owed.books.house.value("select rib from accounting.transfer_order_lines")[-2:] == "42"


def test_how_a_supplier_is_paid_is_changed_in_its_window(salim: Desk, owed: Debts) -> None:
    page = salim.open(PayeeListPage)
    salim.until(lambda: len(page.model.rows) == 2)
    assert salim.backend.asked == ["list_payees"]
    row = next(each for each in page.model.rows if each.party_id == owed.zahra)
    page.on_open(row)
    salim.until(lambda: bool(page.findChildren(FormDialog)))
    assert page.findChildren(FormDialog)[-1].form.fields["rib"].read() == ZAHRA_RIB
    salim.confirm_dialog(page, holder="Zahra Import", bic="BADRDZAL")
    salim.until(lambda: any(each.holder == "Zahra Import" for each in page.model.rows))


@pytest.mark.parametrize("code", language.NAMES)
def test_a_given_order_fits_a_small_screen(given: TransferOrderPage, code: str) -> None:
    language.use(code)
    # 1366 less the navigation.
    assert given.minimumSizeHint().width() <= 1366 - 210


def test_an_order_is_cancelled_with_a_reason(
    salim: Desk, owed: Debts, given: TransferOrderPage
) -> None:
    salim.button(given, "Cancel the order").click()
    salim.confirm_dialog(given, reason="Doublon")
    salim.until(lambda: "is cancelled" in said(given))
    assert owed.open_of("F-1") == 10000
    assert given.document is not None
    assert given.document.history[0].sentence() == "Cancelled · salim · Doublon"
    offered = given.header.findChildren(QPushButton)
    assert not [b for b in offered if b.text() == "Cancel the order" and not b.isHidden()]


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user wants files; nothing is opened."""
    path = tmp_path / "order"

    async def chosen(*_: Any) -> Path:
        return path

    monkeypatch.setattr(papers, "choose_target", chosen)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: None)
    return path


def test_letter_and_files_are_written_where_the_user_wants_them(
    salim: Desk, given: TransferOrderPage, target: Path
) -> None:
    wanted = (
        (papers.save_bank_file, "pain", b"<CtrlSum>14000.00</CtrlSum>"),
        (papers.save_bank_file, "cfonb", b"0000000001400000"),
        (papers.save_letter, "fr", b"%PDF"),
    )
    for function, what, content in wanted:
        target.unlink(missing_ok=True)
        given.start_once(function, given, given.identity, what)
        salim.until(target.exists)
        assert content in target.read_bytes()
        salim.until(lambda: "Exported to" in said(given))
    text = PdfReader(BytesIO(target.read_bytes())).pages[0].extract_text()
    assert FIRST in text
    assert "quatorze mille dinars" in text


def test_a_disk_that_refuses_is_named(salim: Desk, given: TransferOrderPage, target: Path) -> None:
    target.mkdir()
    given.start_once(papers.save_bank_file, given, given.identity, "pain")
    salim.until(lambda: "cannot be written" in said(given))
    assert list(target.parent.iterdir()) == [target]


def test_the_letter_is_printed_as_documents_are(
    salim: Desk, given: TransferOrderPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    salim.button(given, "Print the letter").click()
    salim.until(lambda: bool(opened) or "printed" in said(given))


@pytest.mark.usefixtures("desk")
def test_who_may_only_look_gives_no_order(qtbot: QtBot) -> None:
    answers = {get_transfer_form: TransferForm(None, (), (), "DZD")}
    backend: Any = FakeBackend(answers, make_user(Permission.VIEW_LEDGER))
    page = TransferOrderPage(backend)
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.show()
    qtbot.waitUntil(lambda: page.document is not None)
    words = {each.text() for each in page.header.findChildren(QPushButton)}
    assert not words & {"Give to the bank", "What is due…"}
    assert page.identity != UUID(int=0)
