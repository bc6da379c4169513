"""What is on a receipt, in each language."""

import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pypdf import PdfReader

from erp_desktop.core.i18n import words
from erp_desktop.documents.blocks import Banner, Barcode, Item, Pair, Receipt, Text
from erp_desktop.documents.receipt import render_receipt
from erp_desktop.workstation.workstation import Workstation
from modules.till.reports import letterhead_for, receipt_of
from modules.till.shelf import line_of, offers_of
from modules.till.ticket import SaleDraft
from tests.till.shops import sell_for_cash

NAMES = {"amina": ("Amina Benali", "أمينة بن علي")}


def compose(station: Workstation, language: str, *, is_duplicate: bool = False) -> Receipt:
    """Sell coffee and sugar, and compose the receipt."""
    now = datetime(2026, 11, 21, 10, 32, tzinfo=UTC)
    draft = SaleDraft()
    for code, quantity in (("CAF-001", "2"), ("SUC-001", "10")):
        (offer,) = offers_of(station, code, now.date())
        draft, _place = draft.with_line(line_of(offer, Decimal(quantity), language))
    ticket = sell_for_cash(station, draft, 5000, now)
    head = letterhead_for(station, {tax.code for tax in ticket.taxes}, NAMES)
    return receipt_of(ticket, head, words(language), is_duplicate=is_duplicate)


def test_a_receipt_says_who_sold_what_for_how_much(station: Workstation) -> None:
    receipt = compose(station, "en")

    texts = [block.text for block in receipt.blocks if isinstance(block, Text)]
    pairs = [block.value for block in receipt.blocks if isinstance(block, Pair)]
    items = [block for block in receipt.blocks if isinstance(block, Item)]
    assert texts[:2] == ["Atlas Distribution", "Alger Centre"]
    assert any("RC\u00a016/00-0123456B22" in text for text in texts)
    assert items[0] == Item("Café grain entier 1 kg", "2", "1,450.00", "2,900.00")
    assert pairs[0] == "ALG-01-000001"
    assert "Amina Benali" in pairs
    assert pairs[4:8] == ["2,436.97", "463.03", "871.56", "78.44"]
    assert pairs[-2:] == ["5,000.00", "1,150.00"]
    assert isinstance(receipt.blocks[-2], Barcode)


def test_an_arabic_receipt_names_things_in_arabic(station: Workstation) -> None:
    receipt = compose(station, "ar")

    said = repr(receipt)
    for name in ("أطلس للتوزيع", "الجزائر الوسطى", "قهوة حبة كاملة", "أمينة بن علي", "ر.ق.م"):
        assert name in said


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_receipt_is_one_page_as_long_as_it_needs(station: Workstation, language: str) -> None:
    content = render_receipt(compose(station, language), words(language))

    (page,) = PdfReader(io.BytesIO(content)).pages
    assert 200 < float(page.mediabox.width) < 230
    assert float(page.mediabox.height) > 300


def test_a_reprint_says_that_it_is_one(station: Workstation) -> None:
    once, twice = compose(station, "fr"), compose(station, "fr", is_duplicate=True)

    assert not [block for block in once.blocks if isinstance(block, Banner)]
    assert len([block for block in twice.blocks if isinstance(block, Banner)]) == 1
