"""Papers of sales: in each language, in the words of their day, and marked when they are copies."""

import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from erp_desktop.core.i18n import words
from erp_desktop.documents.amount_words import amount_in_words
from erp_desktop.documents.blocks import Pair
from erp_desktop.documents.invoice import render_invoice
from erp_desktop.documents.receipt import render_receipt
from erp_desktop.workstation.workstation import Workstation
from modules.sales.paper import invoice_paper
from modules.sales.receipt import payment_receipt
from modules.sales.selectors import get_payment
from modules.sales.widgets.invoice_page import InvoicePage
from modules.sales.widgets.payment_page import PaymentPage
from tests.houses import House, MakeProduct
from tests.sales.office import Office, line
from tests.sales.widgets.desks import Desk, Key, head_of, said


def copied(pdf: bytes) -> str:
    """All that can be copied out of a paper, without spaces and marks of direction."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return squeezed("".join(page.extract_text() for page in pages))


def squeezed(text: str) -> str:
    return re.sub("[\\s\u00a0\u200b\u200e\u200f\u2066-\u2069()]", "", text)


def sold(office: Office, product: MakeProduct, house: House, **more: Any) -> UUID:
    """Sell coffee with a line's and the document's discount to a customer with two names."""
    customer = office.customer("C1")
    house.run("update parties.parties set name = 'Épicerie Tafsut', name_ar = 'بقالة تافسوت'")
    coffee = product("COF-1", stock=10)
    house.run("update catalog.products set name = 'Café', name_ar = 'قهوة'")
    lines = (line(coffee, "3", "1218.4874", discount_rate=Decimal(5)), line(coffee, "1", "10.00"))
    return office.sold(customer, *lines, discount=Decimal("12.64"), note="Merci", **more)


@pytest.mark.parametrize("speech", ["fr", "ar", "ar+fr", "en"])
def test_an_invoice_says_all_it_must_in_each_language(
    office: Office, product: MakeProduct, house: House, speech: Any
) -> None:
    sheet = office.sheet(sold(office, product, house))
    assert sheet.head is not None

    text = copied(render_invoice(invoice_paper(sheet, speech)))

    for said_twice in ("FA-ALG-2026/000001", "16/00-0123456B22", "1 218,4874", "5 %", "Merci"):
        shown = said_twice if speech != "en" else said_twice.replace("1 218,", "1,218.")
        assert squeezed(shown) in text
    latin, arabic = speech != "ar", "ar" in speech
    assert (squeezed("Épicerie Tafsut") in text) == latin
    assert (squeezed("بقالة تافسوت") in text) == arabic
    for each in speech.split("+"):
        assert squeezed(amount_in_words(sheet.head.to_pay, "DZD", each)) in text


@pytest.mark.parametrize("includes_tax", [False, True])
def test_lines_and_discount_add_up_on_paper(
    office: Office, product: MakeProduct, house: House, *, includes_tax: bool
) -> None:
    sheet = office.sheet(sold(office, product, house, includes_tax=includes_tax))
    paper = invoice_paper(sheet, "fr")
    lines = sum(each.amount for each in paper.lines)

    assert sheet.head is not None
    assert paper.to_pay == sheet.head.to_pay
    assert paper.total == sheet.head.total
    if includes_tax:
        assert lines - sheet.head.discount == paper.total
    else:
        assert lines - paper.discount == paper.net


def test_a_credit_note_is_positive_on_paper_and_names_its_invoice(
    office: Office, product: MakeProduct, house: House
) -> None:
    invoice = sold(office, product, house)
    answer = office.take_back(invoice, {0: "1"})
    sheet = office.sheet(UUID(answer.result["invoice_id"]))

    paper = invoice_paper(sheet, "fr")

    assert paper.to_pay > 0
    assert paper.lines[0].quantity == 1
    assert sum(each.amount for each in paper.lines) == paper.net
    assert paper.original is not None
    assert paper.original[0] == "FA-ALG-2026/000001"
    text = copied(render_invoice(paper))
    assert squeezed("Facture d’avoir") in text


def test_a_reprint_years_later_has_the_words_and_figures_of_its_day(
    office: Office, product: MakeProduct, house: House
) -> None:
    invoice = sold(office, product, house)
    before = render_invoice(invoice_paper(office.sheet(invoice), "ar+fr"))

    house.run("update core.company set name = 'Autre', name_ar = 'أخرى', identifiers = '{}'")
    house.run("update parties.parties set name = 'Parti', name_ar = 'ذهب', country = 'TN'")
    house.run("update catalog.products set name = 'Thé', name_ar = 'شاي', code = 'TEA-9'")
    house.run("update accounting.taxes set name = 'VAT', name_ar = 'ضريبة'")
    house.run("update core.branches set name = 'Ailleurs'")

    after = render_invoice(invoice_paper(office.sheet(invoice), "ar+fr"))
    assert copied(after) == copied(before)


def test_the_first_print_is_the_original_and_the_next_a_duplicate(
    nadia: Desk,
    office: Office,
    product: MakeProduct,
    house: House,
    station: Workstation,
    tmp_path: Path,
) -> None:
    page = nadia.open(InvoicePage, str(sold(office, product, house, language="ar+fr")))
    nadia.until(lambda: head_of(page) is not None)
    nadia.backend.workstation = station

    def printed() -> int:
        return len(list((tmp_path / "a4").glob("*.pdf")))

    nadia.press(page, Key.Key_P)
    nadia.until(lambda: printed() == 1)
    nadia.press(page, Key.Key_P)
    nadia.until(lambda: printed() == 2)
    nadia.until(lambda: not page.is_busy(page._actions._do))

    papers = sorted((tmp_path / "a4").glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)
    first, second = (copied(path.read_bytes()) for path in papers)
    assert "DUPLICATA" not in first
    assert "DUPLICATA" in second
    assert "is printed" in said(page)
    assert house.value("select printed from sales.invoices") == 2


def test_a_paper_comes_out_in_the_language_that_is_chosen(
    nadia: Desk,
    office: Office,
    product: MakeProduct,
    house: House,
    station: Workstation,
    tmp_path: Path,
) -> None:
    page = nadia.open(InvoicePage, str(sold(office, product, house, language="fr")))
    nadia.until(lambda: head_of(page) is not None)
    nadia.backend.workstation = station
    printing = next(each for each in page.deeds.offered() if each.title == "Print")
    ways = dict(printing.menu)

    page.start_once(ways["Print in Arabic"])

    nadia.until(lambda: list((tmp_path / "a4").glob("*.pdf")))
    (paper,) = (tmp_path / "a4").glob("*.pdf")
    nadia.until(lambda: said(page))
    assert squeezed("بقالة تافسوت") in copied(paper.read_bytes())


@pytest.mark.parametrize("speech", ["fr", "ar"])
def test_a_receipt_says_who_paid_how_much_for_what(
    office: Office, product: MakeProduct, house: House, speech: str
) -> None:
    invoice = sold(office, product, house)
    sheet = office.sheet(invoice)
    assert sheet.customer is not None
    payment, _answer = office.pay(
        sheet.customer.id, "500.00", (invoice, "400.00"), method="cheque", reference="CH-42"
    )

    found = office.ask(get_payment, payment)
    receipt = payment_receipt(found, words(speech, "DZ"))

    values = [squeezed(block.value) for block in receipt.blocks if isinstance(block, Pair)]
    customer = "بقالة تافسوت" if speech == "ar" else "Épicerie Tafsut"
    for value in ("RG-ALG-2026/000001", customer, "CH-42", "400,00", "100,00"):
        assert squeezed(value) in values
    text = copied(render_receipt(receipt, words(speech, "DZ")))
    assert squeezed(amount_in_words(Decimal(500), "DZD", speech)) in text


def test_a_receipt_comes_out_of_the_till_printer(
    nadia: Desk,
    office: Office,
    product: MakeProduct,
    house: House,
    station: Workstation,
    tmp_path: Path,
) -> None:
    invoice = sold(office, product, house)
    customer = office.sheet(invoice).customer
    assert customer is not None
    payment, _answer = office.pay(customer.id, "100.00", (invoice, "100.00"))
    page = nadia.open(PaymentPage, str(payment))
    nadia.until(lambda: page.presenter.sheet is not None)
    nadia.backend.workstation = station

    nadia.press(page, Key.Key_P)

    nadia.until(lambda: list((tmp_path / "receipts").glob("RG-ALG-2026*.pdf")))
    nadia.until(lambda: "is printed" in said(page))
