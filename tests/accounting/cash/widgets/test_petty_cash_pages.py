"""Petty cash at a desk: a box is made, filled, spent from, counted; its book on paper."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook
from psycopg.types.json import Jsonb
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import current
from erp_desktop.core.links import LinkChoice
from erp_desktop.server.packs import read_pack
from erp_desktop.ui import language
from erp_desktop.ui.exports import render
from erp_desktop.ui.form_dialog import FormDialog
from erp_desktop.ui.work import Work
from modules.accounting.permissions import Permission
from modules.accounting.petty_cash import CashBoxDraft, save_cash_box
from modules.accounting.selectors.petty_cash import (
    CashBook,
    PettyCash,
    get_petty_cash,
    list_cash_boxes,
    list_vouchers,
)
from modules.accounting.widgets.cash import petty_cash
from modules.accounting.widgets.cash.book import CashBookPage, rows_of, total_of
from modules.accounting.widgets.cash.boxes import CashBoxesPage
from modules.accounting.widgets.cash.petty_cash import PettyCashPage
from tests.fakes import FakeBackend, make_user
from tests.houses import ALGIERS, YEAR, Ask, House
from tests.sales.widgets.desks import Desk, said

pytestmark = pytest.mark.database
FIRST = f"PC-DEP-{YEAR}-000001"
MARCH = date(YEAR, 3, 10)


@pytest.fixture
def asker() -> str:
    """The accountant makes the box."""
    return "salim"


@pytest.fixture
def box(ask: Ask) -> UUID:
    """A box of Algiers that holds at most 1,000.00."""
    made = uuid7()
    told: dict[str, Any] = {
        "code": "DEP",
        "name": "Dépenses",
        "account": "541",
        "custodian": "Nadia",
    }
    ceiling = Decimal("1000.00")
    ask(save_cash_box, CashBoxDraft(made, branch_id=ALGIERS.id, ceiling=ceiling, **told))
    return made


def boxes(desk: Desk) -> CashBoxesPage:
    """Open the list of boxes."""
    page: CashBoxesPage = desk.open(CashBoxesPage)
    desk.until(lambda: page.model.rowCount() == 1)
    return page


def fill(desk: Desk, on: date = date(YEAR, 3, 1), **more: Any) -> CashBoxesPage:
    """Fill the box up to its ceiling with cash of the till, at once."""
    page = boxes(desk)
    page.start_once(page.fill, page.model.rows[0])
    desk.confirm_dialog(page, source="530", on=on, **more)
    desk.until(lambda: page.model.rows and page.model.rows[0].balance > 0)
    return page


def paper(**more: Any) -> dict[str, Any]:
    """Return 119.00 with a tax of 19 % for stationery."""
    told = {"amount": Decimal("119.00"), "label": "Papier", "account": "607", "on": MARCH}
    return {**told, "tax_code": "TVA19", "receipt": "T-12", **more}


def type_expense(desk: Desk, page: PettyCashPage, **more: Any) -> None:
    """Type one expense, and leave the window that asks for the next one."""
    before = page.model.rowCount()
    desk.until(lambda: page.start_once(page.spend))
    post(desk, page, **paper(**more)).reject()
    desk.come_back(page)
    desk.until(lambda: page.model.rowCount() == before + 1)


def post(desk: Desk, page: PettyCashPage, **values: Any) -> FormDialog[Any]:
    """Fill in the window over the page and post; return the one that asks for the next expense."""
    desk.until(lambda: page.findChildren(FormDialog))
    typed = page.findChildren(FormDialog)[-1]
    for name, value in values.items():
        typed.form.fields[name].show_value(value)
    typed.main.click()
    desk.until(lambda: any(d is not typed for d in page.findChildren(FormDialog)))
    return next(d for d in page.findChildren(FormDialog) if d is not typed)


def leave(desk: Desk, page: PettyCashPage) -> None:
    """Cancel the window over the page."""
    desk.until(lambda: page.findChildren(FormDialog))
    page.findChildren(FormDialog)[-1].reject()
    desk.come_back(page)


def test_a_box_is_made_filled_and_counted(salim: Desk) -> None:
    page = salim.open(CashBoxesPage)
    salim.until(lambda: salim.backend.asked == ["list_cash_boxes"])
    page.start_once(page.edit, None)
    told: dict[str, Any] = {
        "code": "dep",
        "name": "Dépenses",
        "account": "541",
        "custodian": "Nadia",
    }
    salim.confirm_dialog(page, **told, ceiling=Decimal(1000))
    salim.until(lambda: page.model.rowCount() == 1)
    assert page.model.rows[0].code == "DEP"

    page.start_once(page.fill, page.model.rows[0])
    salim.until(lambda: page.findChildren(FormDialog))
    # Up to the ceiling.
    assert page.findChildren(FormDialog)[-1].form.fields["amount"].read() == 1000
    salim.confirm_dialog(page, source="530", on=date(YEAR, 3, 1))
    salim.until(lambda: page.model.rows[0].balance == 1000)
    assert "the money is in box" in said(page)

    page.start_once(page.count_box, page.model.rows[0])
    salim.until(lambda: page.findChildren(FormDialog))
    fields = page.findChildren(FormDialog)[-1].form.fields
    # Four notes of 200 and three of 50: 950.00, so 50.00 are missing.
    notes = {field.title: field for name, field in fields.items() if name.startswith("n")}
    QTest.keyClicks(notes["200.00"].editor, "4")
    QTest.keyClicks(notes["50.00"].editor, "3")
    assert "950.00" in fields["total"].read()
    assert "-50.00" in fields["total"].read().replace("\u2212", "-")
    salim.confirm_dialog(page, on=date(YEAR, 3, 31), note="Fin de mois")
    salim.until(lambda: page.model.rows[0].balance == 950)
    assert "differs" in said(page)
    page.start_once(page.edit, page.model.rows[0])
    salim.confirm_dialog(page, custodian="Amina")
    salim.until(lambda: page.model.rows[0].custodian == "Amina")
    page.on_open(page.model.rows[0])
    assert salim.opened == [("accounting.cash_book", "DEP")]


@pytest.mark.usefixtures("box")
def test_expenses_are_typed_one_after_the_other_and_undone(salim: Desk) -> None:
    fill(salim)
    salim.backend.asked.clear()
    page = salim.open(PettyCashPage)
    salim.until(lambda: len(salim.backend.asked) == 2)
    assert salim.backend.asked == ["list_vouchers", "get_petty_cash"]
    page.start_once(page.spend)
    # The next window keeps day and account, not the amount.
    fields = post(salim, page, **paper()).form.fields
    assert FIRST in said(page)
    assert (fields["account"].read(), fields["on"].read()) == ("607", MARCH)
    assert fields["amount"].read() is None
    post(salim, page, amount=Decimal("81.00"), label="Timbres", tax_code="").reject()
    salim.come_back(page)
    salim.until(lambda: page.model.rowCount() == 2)

    salim.until(lambda: "800.00" in page.summary())
    first = next(row for row in page.model.rows if row.number == FIRST)
    assert (first.tax, first.net) == (Decimal(19), Decimal(100))
    page.start_once(page.undo, first)
    assert FIRST in salim.answer(page, "Undo the expense")
    salim.until(lambda: "919.00" in page.summary())
    page.on_open(first)
    assert salim.opened == [("accounting.entries", first.entry)]


@pytest.mark.usefixtures("box")
def test_what_is_refused_is_proposed_again(salim: Desk) -> None:
    page = salim.open(PettyCashPage)
    salim.until(lambda: len(salim.backend.asked) == 2)
    page.start_once(page.spend)
    salim.confirm_dialog(page, **paper())
    salim.until(lambda: "Replenish it first" in said(page))
    salim.until(lambda: page.start_once(page.spend))
    salim.until(lambda: page.findChildren(FormDialog))
    fields = page.findChildren(FormDialog)[-1].form.fields
    assert (fields["amount"].read(), fields["label"].read()) == (Decimal(119), "Papier")
    leave(salim, page)


def test_more_than_the_law_lets_be_paid_in_cash_is_said(
    salim: Desk, house: House, ask: Ask
) -> None:
    house.run("update core.company set currency = 'MAD', country = 'MA'")
    house.run("delete from accounting.law_values; delete from accounting.account_roles")
    with house.connect() as connection:
        connection.execute("select accounting.load_pack(%s)", [Jsonb(read_pack("MA"))])
    party = uuid7()
    house.run(f"insert into accounting.party_names values ('{party}', 'Benali', 'بن علي')")
    told: dict[str, Any] = {"code": "DEP", "name": "Dépenses", "account": "5165"}
    kept = CashBoxDraft(uuid7(), branch_id=ALGIERS.id, ceiling=Decimal(9000), **told)
    ask(save_cash_box, kept)
    page = boxes(salim)
    page.start_once(page.fill, page.model.rows[0])
    salim.confirm_dialog(page, source="5161", on=date(YEAR, 3, 1))
    salim.until(lambda: page.model.rows[0].balance == 9000)

    spending = salim.open(PettyCashPage)
    salim.until(lambda: spending._cash is not None)
    partner = LinkChoice(party, "", "Benali", "بن علي")
    more = {"account": "6125", "tax_code": "", "party": partner}
    spending.start_once(spending.spend)
    post(salim, spending, **paper(amount=Decimal("5000.01"), **more)).reject()
    salim.come_back(spending)
    assert "the law lets" in said(spending)


@pytest.mark.usefixtures("box")
def test_the_book_goes_to_screen_paper_and_spreadsheet(salim: Desk) -> None:
    fill(salim, on=date(YEAR, 2, 27), amount=Decimal("300.00"))
    page = salim.open(PettyCashPage)
    salim.until(lambda: page._cash is not None)
    type_expense(salim, page)

    salim.backend.asked.clear()
    book = salim.open(CashBookPage, "DEP")
    salim.until(lambda: book.model.rowCount() > 0)
    assert salim.backend.asked == ["list_cash_boxes", "get_cash_book"]
    book.parameters["first"].show_value(date(YEAR, 3, 1))
    book.parameters["last"].show_value(date(YEAR, 3, 31))
    book.refresh()
    salim.until(lambda: book.model.rowCount() == 2)
    opening, line = book.model.rows
    # 300.00 less 119.00 is 181.00.
    assert (opening.balance, line.spent, line.balance) == (Decimal(300), Decimal(119), Decimal(181))
    assert line.piece == FIRST
    book.on_open(line)
    assert salim.opened[-1] == ("accounting.entries", line.number)

    tables: list[Any] = []

    async def keep() -> None:
        tables.append(await book._whole(Work()))

    book.start_once(keep)
    salim.until(lambda: bool(tables))
    told = PdfReader(BytesIO(book.paper(book.report))).pages[0].extract_text()
    for each in (FIRST, "181.00", "Opening balance", "Closing balance", "DEP"):
        assert each in told, told
    sheet = load_workbook(BytesIO(render(tables[0], "xlsx", current()))).active
    values = {cell.value for cells in sheet.iter_rows() for cell in cells}
    assert {119, 300, 181, FIRST} <= values


@pytest.mark.usefixtures("box")
@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", ["cent dix-neuf dinars", "Pièce de caisse"]), ("ar", ["119,00", "سند الصندوق"])],
)
def test_a_voucher_is_a_paper_in_both_languages(
    salim: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: list[str]
) -> None:
    target = tmp_path / "voucher.pdf"

    async def chosen(*_: Any) -> Path:
        return target

    opened: list[Any] = []
    monkeypatch.setattr(petty_cash, "choose_target", chosen)
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    fill(salim)
    page = salim.open(PettyCashPage)
    salim.until(lambda: page._cash is not None)
    type_expense(salim, page)
    page._on_pdf(language, page.model.rows[0])
    salim.until(lambda: bool(opened))
    text = PdfReader(BytesIO(target.read_bytes())).pages[0].extract_text()
    for each in (FIRST, "T-12", *words):
        assert each in text, text


@pytest.mark.usefixtures("box")
def test_files_of_an_expense_lie_beside_it(salim: Desk, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.pdf"
    receipt.write_bytes(b"%PDF-1.4")
    fill(salim)
    page = salim.open(PettyCashPage)
    salim.until(lambda: page._cash is not None)
    type_expense(salim, page)
    page.preview(page.model.rows[0])
    page.files.take([receipt])
    salim.until(lambda: page.files.model.rowCount() == 1)


@pytest.mark.usefixtures("desk")
def test_who_may_only_look_is_offered_no_deed(qtbot: QtBot) -> None:
    answers = {
        list_vouchers: [],
        get_petty_cash: PettyCash((), Decimal(0), Decimal(0)),
        list_cash_boxes: [],
    }
    backend: Any = FakeBackend(answers, make_user(Permission.VIEW_LEDGER))
    for kind, deed in ((PettyCashPage, "New expense"), (CashBoxesPage, "New cash box")):
        page = kind(backend)
        qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
        page.show()
        offered = {each.text() for each in page.header.findChildren(QPushButton)}
        assert deed not in offered


def test_the_book_is_worded_in_the_language_of_now() -> None:
    book = CashBook(Decimal(10), (), "DZD")
    opening, closing = rows_of(book, MARCH)[0], total_of(book, MARCH)
    label = next(column for column in CashBookPage.columns if column.title == "Label")
    told = []
    for code in ("fr", "ar"):
        language.use(code)
        told += [label.text(opening), label.text(closing)]
    assert told == ["Solde initial", "Solde final", "الرصيد الافتتاحي", "الرصيد الختامي"]


def test_an_expense_is_typed_with_keys_alone(salim: Desk, box: UUID, house: House) -> None:
    del box
    party = uuid7()
    house.run(f"insert into accounting.party_names values ('{party}', 'Benali', 'بن علي')")
    fill(salim)
    page = salim.open(PettyCashPage)
    salim.until(lambda: "DEP" in page.summary())
    page.start_once(page.spend)
    salim.until(lambda: page.findChildren(FormDialog))
    dialog = page.findChildren(FormDialog)[-1]
    salim.until(lambda: dialog.form.fields["amount"].isAncestorOf(salim.focus()))

    for text in ("119", "Papier", "T-12", "607", ""):
        salim.type(text, Qt.Key.Key_Tab)
    salim.type("benali", Qt.Key.Key_Return)
    salim.until(lambda: dialog.form.fields["on"].isAncestorOf(salim.focus()))
    QTest.keyClick(salim.focus(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    salim.type(f"10/3/{YEAR}", Qt.Key.Key_Return)

    salim.until(lambda: page.model.rowCount() == 1)
    row = page.model.rows[0]
    assert (row.number, row.amount, row.account, row.party) == (FIRST, 119, "607", "Benali")
    # The next one is asked for at once; Esc is enough.
    salim.until(lambda: any(each.isVisible() for each in page.findChildren(FormDialog)))
    salim.until(QApplication.focusWidget)
    salim.type("", Qt.Key.Key_Escape)
    salim.until(lambda: not any(each.isVisible() for each in page.findChildren(FormDialog)))
    salim.come_back(page)
