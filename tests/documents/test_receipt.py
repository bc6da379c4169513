"""Receipts: readable in three languages, nothing cut, figures in line."""

import io
import re
import unicodedata
from itertools import accumulate

import pytest
from pypdf import PdfReader

from erp_desktop.core.i18n import Words
from erp_desktop.documents.codes import code128
from erp_desktop.documents.fonts import fonts
from erp_desktop.documents.pdf import mm
from erp_desktop.documents.receipt import (
    Banner,
    Barcode,
    Block,
    Item,
    Pair,
    QrCode,
    Receipt,
    Rule,
    Space,
    Text,
    render_receipt,
)

ARABIC, FRENCH = Words("ar", "DZ"), Words("fr", "DZ")

NAMES = [
    "قهوة حبة كاملة 1 كغ",
    "Savon d'Alep 200 g",
    "زيت زيتون بكر 5 ل (Extra)",
    "Huile d’olive vierge extra première pression à froid de Kabylie, bouteille 1 L",
    "سكر أبيض ناعم مكرر ممتاز في كيس ورقي متين من مصفاة سيڨ 1 كغ [عرض خاص]",
]
SALE: tuple[Block, ...] = (
    Text("أطلس للتوزيع", align="center", bold=True, size="huge"),
    Banner("نسخة طبق الأصل"),
    Rule(),
    Pair("تذكرة", "ALG-01-000123"),
    *(Item(name, "2", "1\u00a0450,00", "2\u00a0900,00") for name in NAMES),
    Item("إرجاع", "-1", "540,00", "-540,00"),
    Rule(solid=True),
    Pair("المجموع", "10\u00a0320,50 دج", bold=True, size="huge"),
    Pair("الرسم على القيمة المضافة 19 %", "1\u00a0647,49"),
    Pair("العنوان", "شارع ديدوش مراد رقم 12 الطابق الثالث، الجزائر الوسطى، ولاية الجزائر"),
    Space(3),
    Barcode("ALG-01-000123"),
    QrCode("ALG-01-000123|2026-11-21|10320.50"),
)
# RELIABILITY.md, threat model: print documents with hostile text in every field.
HOSTILE = [
    "<b>x",
    "</para><img src='file:///etc/passwd'/>",
    "&amp;&#0;",
    "((((\\)",
    "%s {0} {name}",
    "\x00\x1b[2J\r\n",
    "\u202eمقلوب\u202c",
    "\u2066\u2066\u2067",
    "\ud800",
    "x" * 500,
    "ل" * 300,
    "",
    " ",
]


def drawn(pdf: bytes) -> list[tuple[float, float, float, str]]:
    """Return left end, right end, baseline and text of every run on the paper."""
    found: list[tuple[float, float, float, str]] = []

    def visit(text: str, _cm: object, tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            width = fonts().width(text.strip("\n"), size)
            found.append((tm[4], tm[4] + width, tm[5], text.strip("\n")))

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=visit)
    return found


def letters(pdf: bytes) -> list[str]:
    """Return the sorted letters that can be copied from a document."""
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    return sorted(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


@pytest.mark.parametrize("width", [80, 58])
@pytest.mark.parametrize("words", [ARABIC, FRENCH])
def test_every_letter_is_on_the_paper_and_can_be_copied(words: Words, width: int) -> None:
    pdf = render_receipt(Receipt("x", SALE), words, width_mm=width)

    expected = ["أطلس للتوزيع", "نسخة طبق الأصل", "تذكرة", "ALG-01-000123" * 2, *NAMES, "إرجاع"]
    expected += ["21 450,002 900,00" * 5, "-1540,00-540,00", "المجموع10 320,50 دج"]
    expected += ["الرسم على القيمة المضافة 19 %1 647,49", "العنوان", str(SALE[-4].value)]  # type: ignore[union-attr]
    assert letters(pdf) == sorted(char for char in "".join(expected) if char.isalnum())


@pytest.mark.parametrize("width", [80, 58])
@pytest.mark.parametrize("words", [ARABIC, FRENCH])
def test_nothing_leaves_the_printable_paper(words: Words, width: int) -> None:
    pdf = render_receipt(Receipt("x", SALE), words, width_mm=width)

    page = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert float(page.width) == pytest.approx(width * mm)
    for left, _right, base, text in drawn(pdf):
        assert left >= 3.9 * mm, text
        assert 4 * mm < base < float(page.height) - 4 * mm, text


def test_amounts_line_up_at_the_right_of_french_paper() -> None:
    amounts = ["1\u00a0450,00", "-12,50", "0,00", "999\u00a0999,99"]
    blocks = tuple(Pair("Total", amount) for amount in amounts)

    ends = [
        right
        for _left, right, _y, text in drawn(render_receipt(Receipt("x", blocks), FRENCH))
        if text.strip() != "Total"
    ]

    assert ends == pytest.approx([76 * mm] * 4, abs=0.2)


def test_amounts_stand_left_on_arabic_paper_with_their_decimals_in_line() -> None:
    amounts = ["1\u00a0450,00", "-12,50", "0,00", "999\u00a0999,99"]
    blocks = tuple(Pair("TVA", amount) for amount in amounts)

    found = drawn(render_receipt(Receipt("x", blocks), ARABIC))
    figures = [(left, right) for left, right, _y, text in found if re.search(r"\d", text)]

    assert min(left for left, _right in figures) == pytest.approx(4 * mm, abs=0.2)
    assert [right for _left, right in figures] == pytest.approx([figures[0][1]] * 4, abs=0.2)


def test_a_long_receipt_is_as_long_as_it_needs_to_be() -> None:
    item = Item(NAMES[0], "1", "1,00", "1,00")
    heights = [
        float(
            PdfReader(io.BytesIO(render_receipt(Receipt("x", (item,) * count), ARABIC)))
            .pages[0]
            .mediabox.height
        )
        for count in (1, 2, 200)
    ]

    step = heights[1] - heights[0]
    # A roll is cut at a whole dot.
    assert heights[2] == pytest.approx(heights[0] + 199 * step, abs=199 * 72 / 203)


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
@pytest.mark.parametrize("words", [ARABIC, FRENCH])
def test_hostile_text_prints_as_text(words: Words, hostile: str) -> None:
    blocks: tuple[Block, ...] = (
        Text(hostile),
        Pair(hostile, hostile),
        Item(hostile, hostile, hostile, hostile),
        Banner(hostile),
        QrCode(hostile.encode("ascii", "replace").decode()[:100]),
    )

    pdf = render_receipt(Receipt(hostile.encode("ascii", "replace").decode(), blocks), words)

    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert b"/etc/passwd" not in pdf.partition(b"/Title")[0]


def test_the_same_receipt_is_the_same_file() -> None:
    assert render_receipt(Receipt("x", SALE), ARABIC) == render_receipt(Receipt("x", SALE), ARABIC)


def test_fonts_are_embedded_as_subsets() -> None:
    pdf = render_receipt(Receipt("x", SALE), ARABIC)

    assert len(pdf) < 100_000
    assert re.findall(rb"/BaseFont /[A-Z]{6}\+NotoSansArabic", pdf)


@pytest.mark.parametrize("value", ["ALG-01-000123", "1", "A", "6130000012345", "FA-2026/7"])
def test_a_barcode_is_made_of_whole_symbols(value: str) -> None:
    widths = code128(value)

    # A symbol is three bars and three gaps of 11 modules; the last has one more bar of 2.
    symbols = [sum(widths[start : start + 6]) for start in range(0, len(widths) - 1, 6)]
    assert set(symbols) == {11}
    assert widths[-7:] == [2, 3, 3, 1, 1, 1, 2]
    assert [*accumulate(widths)][-1] == sum(widths)


@pytest.mark.parametrize("value", ["", "تذكرة", "a\nb"])
def test_what_a_barcode_cannot_hold_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(value)}$"):
        code128(value)
