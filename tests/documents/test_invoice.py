"""Invoices on A4: readable in each language, summed up on every page, whoever the customer is."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from erp_desktop.core.i18n import words
from erp_desktop.documents.amount_words import amount_in_words
from erp_desktop.documents.errors import PictureError
from erp_desktop.documents.fonts import MissingGlyphWarning
from erp_desktop.documents.invoice import (
    InvoicePaper,
    PaperParty,
    Worded,
    render_invoice,
)
from erp_desktop.documents.invoice.closing import qr_text
from erp_desktop.documents.invoice.paper import PaperLanguage
from erp_desktop.documents.pdf import mm
from tests.documents.papers import algerian, items, logo, moroccan, tunisian

LANGUAGES: tuple[PaperLanguage, ...] = ("ar", "fr", "en", "ar+fr")
SHOPS = (algerian, moroccan, tunisian)
Shop = Callable[..., InvoicePaper]

HOSTILE = [
    "<b>x",
    "</para><img src='file:///etc/passwd'/>",
    "&amp;&#0; A & B",
    "((((\\)",
    "%s {0} {name} {words}",
    "\x00\x1b[2J\r\n",
    "\u202eمقلوب\u202c abc",
    "\u2066\u2066\u2067",
    "\ud800",
    "x" * 500,
    "ل" * 500,
    "mot " * 125,
    "كلمة " * 125,
    " ",
]


def copied(pdf: bytes) -> str:
    """All that can be copied out of a document, brackets as they are read, without spaces."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return squeezed("".join(page.extract_text() for page in pages))


def squeezed(text: str) -> str:
    """Leave out what copying may lose: spaces, marks of direction, the way a bracket looks."""
    return re.sub("[\\s\u00a0\u200e\u200f\u2066-\u2069()]", "", text)


def pieces(pdf: bytes, page: int = 0) -> list[tuple[float, float, float, str]]:
    """Return left end, right end, lower end and text of what stands on a page, says PDFium."""
    with PdfDocument(pdf) as document:
        text = document[page].get_textpage()
        boxes = [text.get_rect(number) for number in range(text.count_rects())]
        return [(box[0], box[2], box[1], text.get_text_bounded(*box).strip()) for box in boxes]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop.__name__)
def test_all_that_an_invoice_says_can_be_copied_out(shop: Shop, language: PaperLanguage) -> None:
    paper = shop(language=language)

    text = copied(render_invoice(paper))

    arabic, latin = "ar" in language, language != "ar"
    for item in paper.lines:
        assert squeezed(item.code) in text
        assert not arabic or squeezed(item.name.text_ar) in text
        assert not latin or squeezed(item.name.text) in text
    for party in (paper.seller, paper.customer):
        assert squeezed(party.name.text_ar if language == "ar" else party.name.text) in text
        assert squeezed(party.address.text_ar if language == "ar" else party.address.text) in text
        for identifier in party.identifiers:
            assert identifier.value in text
    assert paper.number in text
    assert "21/11/2026" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop.__name__)
def test_every_figure_has_the_decimals_of_its_currency(shop: Shop, language: PaperLanguage) -> None:
    paper = shop(language=language)
    speech = words("en" if language == "en" else "fr", paper.country)
    figures = [item.amount for item in paper.lines] + [tax.base for tax in paper.taxes]
    figures += [tax.amount for tax in paper.taxes] + [paper.net, paper.total, paper.to_pay]

    text = copied(render_invoice(paper))

    for figure in figures:
        assert squeezed(speech.amount(figure, paper.currency)) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sum_to_pay_is_said_in_words(language: PaperLanguage) -> None:
    paper = tunisian(language=language)

    text = copied(render_invoice(paper))

    for each in language.split("+"):
        said = amount_in_words(paper.to_pay, "TND", each)
        assert squeezed(said) in text


def test_a_french_invoice_speaks_as_the_law_does() -> None:
    text = copied(render_invoice(algerian(language="fr")))

    for label in ("Facture", "Client", "Total HT", "Total TTC", "Droit de timbre", "Net à payer"):
        assert squeezed(label) in text
    assert squeezed("Arrêtée la présente facture à la somme de") in text


def test_an_invoice_in_two_languages_has_french_left_and_arabic_right() -> None:
    pdf = render_invoice(algerian(language="ar+fr"))

    [french] = [left for left, _right, _y, text in pieces(pdf) if text.strip() == "Facture"]
    [arabic] = [right for _left, right, _y, text in pieces(pdf) if text.strip() == "فاتورة"]
    assert french < 80
    assert arabic > 480


def test_an_arabic_page_is_the_mirror_of_a_french_one() -> None:
    french, arabic = (
        pieces(render_invoice(algerian(language=language))) for language in ("fr", "ar")
    )

    def place(found: list[tuple[float, float, float, str]], text: str) -> float:
        # PDFium turns codes round on Arabic pages: the same letters are the same text.
        return min(left for left, _right, _y, seen in found if sorted(seen) == sorted(text))

    # The code stands first, the amount last; money is at the right of its column in both.
    assert place(french, "CAF-001") < 60
    assert place(arabic, "CAF-001") > 480
    assert place(french, "8 400,00") > 480
    assert place(arabic, "8 400,00") < 120


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_amounts_line_up_at_their_decimals(language: PaperLanguage) -> None:
    found = pieces(render_invoice(algerian(10, language=language)))
    ends = [
        right
        for left, right, _y, text in found
        if re.fullmatch(r"[-\d ]+,[\d ]+", text) and (left > 470 or right < 118)
    ]

    # Of the letters' ink: a one is thinner than a zero.
    assert len(ends) > 15
    assert max(ends) - min(ends) < 2


def test_a_long_invoice_carries_its_sums_from_page_to_page() -> None:
    paper = algerian(60, language="fr")
    pdf = render_invoice(paper)

    pages = [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]
    carried = [re.findall(r"Àreporter([\d]+,\d\d)", page) for page in pages]
    brought = [re.findall(r"Report([\d]+,\d\d)", page) for page in pages]

    assert len(pages) == 3
    assert carried[0] == brought[1]
    assert carried[1] == brought[2]
    assert [len(found) for found in carried] == [1, 1, 0]
    assert [len(found) for found in brought] == [0, 1, 1]
    assert all(f"Page{number}sur3" in page for number, page in enumerate(pages, start=1))
    amounts = sum((item.amount for item in paper.lines), Decimal(0))
    assert squeezed(words("fr").amount(amounts, "DZD")) in pages[2]


@pytest.mark.parametrize("count", [1, 5, 10, 14, 15, 16, 17, 18, 19, 20, 21, 22, 40, 41, 42, 60])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_on_exactly_one_page_and_nothing_in_the_margins(
    count: int, language: PaperLanguage
) -> None:
    lines = tuple(replace(item, code=f"L{number:03d}") for number, item in enumerate(items(count)))
    pdf = render_invoice(algerian(language=language, lines=lines))

    seen: list[str] = []
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages):
        for left, right, base, text in pieces(pdf, number):
            assert 14.5 * mm < left < right < 195.5 * mm, text
            assert 10 * mm < base < 287 * mm, text
        seen += re.findall(r"L\d{3}", page.extract_text())
    assert sorted(seen) == [item.code for item in lines]


def test_the_closing_is_never_alone_on_its_page() -> None:
    for count in range(10, 30):
        pdf = render_invoice(algerian(count, language="fr"))
        last = PdfReader(io.BytesIO(pdf)).pages[-1].extract_text()
        assert re.search("CAF-001|HUI-005|SUC-001|THE-020|SAV-ALP|LAI-12", last), count


def test_a_credit_note_names_its_invoice_and_a_copy_says_what_it_is() -> None:
    paper = algerian(
        kind="credit_note",
        number="AV-ALG-2026-000031",
        original=("FA-ALG-2026-000123", algerian().issued_on),
        is_duplicate=True,
    )

    text = copied(render_invoice(paper))

    assert squeezed("Facture d’avoir") in text
    assert squeezed("Net à votre crédit") in text
    assert squeezed("Facture d’origine FA-ALG-2026-000123") in text
    assert "DUPLICATA" in text


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text[:20]))
@pytest.mark.parametrize("language", ["ar", "ar+fr"])
def test_hostile_text_prints_as_text_in_every_field(hostile: str, language: PaperLanguage) -> None:
    both = Worded(hostile, hostile)
    party = PaperParty(both, both, (hostile,), algerian().customer.identifiers)
    [line] = items(1)
    paper = algerian(
        language=language,
        seller=party,
        customer=party,
        lines=(replace(line, code=hostile, name=both, unit=both),),
        terms=both,
        payment=both,
        reference=hostile,
        mentions=(both,),
        number=hostile,
        qr="x",
    )

    pdf = render_invoice(paper)

    assert len(PdfReader(io.BytesIO(pdf)).pages) <= 3
    if hostile.startswith("<b>"):
        assert "<b>x" in copied(pdf)


def test_an_override_cannot_turn_an_amount_round() -> None:
    [line] = items(1)
    plain = algerian(lines=(replace(line, name=Worded("Total 12,50 DA")),))
    turned = algerian(lines=(replace(line, name=Worded("\u202eTotal 12,50 DA")),))

    assert copied(render_invoice(plain)) == copied(render_invoice(turned))


def test_an_emoji_is_an_error_in_tests_and_replaced_at_the_desk() -> None:
    [line] = items(1)
    paper = algerian(lines=(replace(line, name=Worded("Café \U0001f6d2 doux")),))

    with pytest.raises(MissingGlyphWarning):
        render_invoice(paper)
    with pytest.warns(MissingGlyphWarning):
        pdf = render_invoice(paper)
    assert squeezed("Café \ufffd doux") in copied(pdf)


def test_a_telephone_reads_number_day_total_and_seller() -> None:
    paper = moroccan()

    assert qr_text(paper) == (f"FA-CAS-2026-000042|2026-11-21|{paper.to_pay} MAD|001561191000066")
    assert qr_text(replace(paper, qr="own")) == "own"


def test_a_logo_is_drawn_and_what_is_none_is_refused() -> None:
    with_logo = render_invoice(algerian(logo=logo()))

    assert b"/Subtype /Image" in with_logo
    with pytest.raises(PictureError):
        render_invoice(algerian(logo=b"<svg/>"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_invoice_is_the_same_file(language: PaperLanguage) -> None:
    assert render_invoice(algerian(language=language, logo=logo())) == render_invoice(
        algerian(language=language, logo=logo())
    )
