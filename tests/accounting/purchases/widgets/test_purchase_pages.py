"""Purchase invoices at an accountant's desk: typed, posted, listed, taken back, and deducted."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import Qt

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.form_dialog import FormDialog
from modules.accounting.entries import LineDraft
from modules.accounting.widgets.purchases import deductions_page
from modules.accounting.widgets.purchases.deductions_page import DeductionsPage
from modules.accounting.widgets.purchases.list_page import PurchaseListPage
from modules.accounting.widgets.purchases.page import PurchasePage
from modules.accounting.widgets.tax_return import TaxReturnPage
from tests.accounting.books import books_of, draft, under_law
from tests.houses import House
from tests.sales.widgets.desks import Desk, lines_of, said, totals_of

pytestmark = pytest.mark.database
Key = Qt.Key


@pytest.fixture(autouse=True)
def atlas(house: House) -> LinkChoice:
    """A Moroccan supplier who is paid after 30 days."""
    under_law(house, "MA", "MAD")
    made = uuid7()
    house.run(
        "insert into parties.terms (code, name, name_ar, days, end_of_month)"
        " values ('T30', '30 jours', '30 يوما', 30, false) on conflict do nothing"
    )
    house.run(
        "insert into parties.parties (id, code, name, country, is_supplier, is_customer, terms,"
        " identifiers)"
        f" values ('{made}', 'ATL', 'Atlas SARL', 'MA', true, false, 'T30',"
        """ '{"IF": "12345678", "ICE": "001234567000089"}')"""
    )
    return LinkChoice(made, "ATL", "Atlas SARL", "")


def choose(desk: Desk, page: PurchasePage, code: str) -> None:
    """Type a supplier's code into the head and take it."""
    page.fields.party.setFocus()
    desk.type(code, Key.Key_Return)
    desk.until(lambda: page.body.form.values().get("party") is not None)


def add(desk: Desk, page: PurchasePage, account: str, tax: str, net: str) -> None:
    """Type a line by keys: account, tax, net amount."""
    before = len([line for line in lines_of(page) if line.net])
    page.body.grid.setFocus()
    page.body.grid.start()
    desk.type(account, Key.Key_Return)
    desk.until(lambda: any(line.account for line in lines_of(page)))
    desk.type(tax, Key.Key_Return)
    desk.until(lambda: any(line.tax for line in lines_of(page)))
    desk.type(net, Key.Key_Return)
    desk.until(lambda: len([line for line in lines_of(page) if line.net]) > before)


def typed(desk: Desk, number: str = "F-1", total: str = "1200", net: str = "1000") -> PurchasePage:
    """Type an invoice of goods for 1,000.00 at 20 %."""
    page: PurchasePage = desk.open(PurchasePage)
    choose(desk, page, "ATL")
    page.body.form.type_values({"number": number, "total": Decimal(total)})
    add(desk, page, "6111", "TVA20", net)
    return page


def posted(desk: Desk, page: PurchasePage) -> Any:
    desk.press(page, Key.Key_Return)
    desk.until(lambda: page.document is not None and page.document.number)
    return page.presenter.sheet.row


def test_an_invoice_is_typed_by_keys_posted_and_listed(salim: Desk, house: House) -> None:
    page = typed(salim)
    assert salim.backend.asked.count("get_purchase") == 1

    due = page.body.form.values()["due_on"]
    assert (due - wall_clock.today()).days == 30
    assert "200.00" in " ".join(totals_of(page))
    row = posted(salim, page)

    assert (row.total, row.deductible, row.name) == (1200, 200, "Atlas SARL")
    assert page.document is not None
    assert not page.document.is_editable
    listed = salim.open(PurchaseListPage)
    salim.until(lambda: listed.model.rows)
    assert [each.number for each in listed.model.rows] == ["F-1"]
    listed.on_open(listed.model.rows[0])
    assert salim.opened[-1] == ("accounting.purchase", str(row.id))
    assert house.value("select count(*) from accounting.entries where journal = 'AC'") == 1


def test_the_total_of_the_paper_is_compared_before_it_is_posted(salim: Desk) -> None:
    page = typed(salim, total="1300")
    assert "Missing to the paper" in totals_of(page)

    salim.press(page, Key.Key_Return)
    salim.until(lambda: "1200.00" in page.body.form.fields["total"].error)

    page.body.form.type_values({"total": Decimal(1200)})
    assert posted(salim, page).number == "F-1"


def test_the_next_one_begins_like_the_last_and_the_same_number_is_refused(salim: Desk) -> None:
    posted(salim, typed(salim))
    page = salim.open(PurchasePage)
    choose(salim, page, "ATL")
    salim.until(lambda: any(line.account for line in lines_of(page)))
    (line,) = [each for each in lines_of(page) if each.account]
    assert (line.account.code, line.tax.code, line.net) == ("6111", "TVA20", None)

    page.body.form.type_values({"number": "f-1", "total": Decimal(120)})
    page.change_lines([type(line)(line.account, "", line.tax, net=Decimal(100), currency="MAD")])
    salim.press(page, Key.Key_Return)
    salim.until(lambda: "in the books already" in said(page))


def test_an_invoice_is_taken_back(salim: Desk) -> None:
    page = typed(salim)
    posted(salim, page)

    salim.button(page, "Take the invoice back").click()
    assert "F-1" in salim.answer(page, "Take the invoice back")
    salim.until(lambda: page.document is not None and page.document.state == "Taken back")


def test_what_is_withheld_is_typed_from_the_invoice(salim: Desk) -> None:
    page = typed(salim, total="12000", net="10000")
    posted(salim, page)

    salim.button(page, "Withhold…").click()
    salim.until(lambda: page.findChildren(FormDialog))
    fields = page.findChildren(FormDialog)[-1].form.fields
    known = {name: fields[name].read() for name in ("document", "party_tax_id", "total", "vat")}
    assert known == {"document": "F-1", "party_tax_id": "12345678", "total": 12_000, "vat": 2000}
    # Morocco keeps all of the VAT of services back without an attestation.
    salim.confirm_dialog(page, kind="vat_services", amount=Decimal(2000))

    salim.until(lambda: "is posted" in said(page))
    row = page.presenter.sheet.row
    assert row is not None
    assert row.open == 10_000


def test_the_statement_of_deductions_is_written_for_the_tax_office(
    salim: Desk, house: House, atlas: LinkChoice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = posted(salim, typed(salim))
    paid = _pay(house, atlas.id, row.total)
    target = tmp_path / "releve.xml"

    async def chosen(*_: Any) -> Path:
        return target

    monkeypatch.setattr(deductions_page, "choose_target", chosen)
    page = salim.open(DeductionsPage)
    salim.until(lambda: page.found is not None and page.found.rows)
    assert [(r.number, r.tax, r.method) for r in page.found.rows] == [("F-1", 200, "bank")]
    # Opened from the menu it shows every use.
    assert [r.number for r in page.model.rows] == ["F-1"]
    assert page.xml.isVisible()

    salim.until(lambda: page.start_once(page.save_xml))
    salim.until(target.exists)
    root = ET.fromstring(target.read_bytes())  # noqa: S314 - our own
    assert root.findtext("releveDeductions/rd/refF/ice") == "001234567000089"
    assert root.findtext("releveDeductions/rd/dpai") == paid
    salim.until(lambda: "The company has no IF yet" in said(page))


def test_a_box_of_the_return_opens_its_deductions(salim: Desk) -> None:
    page = salim.open(TaxReturnPage)
    salim.until(lambda: page.shown is not None)
    box = next(each for each in page.shown.rows if each.use == "goods")

    page.on_open(box)

    name, about = salim.opened[-1]
    assert (name, about["use"]) == ("accounting.deductions", "goods")


def _pay(house: House, supplier: Any, amount: Decimal) -> str:
    """Pay a supplier from the bank, today, and match it; return the day."""
    today = wall_clock.today()
    with books_of(house) as books:
        lines = (
            LineDraft("4411", debit=amount, party_id=UUID(str(supplier))),
            LineDraft("5141", credit=amount),
        )
        assert books.post(draft(*lines, on=today, journal="BQ")).state == "applied"
        ways = {"ways": ["oldest"], "account": "4411"}
        assert books.send("accounting.match_all_v1", ways).result["matched"] == 1
    return today.isoformat()
