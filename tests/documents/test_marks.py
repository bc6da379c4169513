"""Vowels and doublings stand above and below their own letter, where the font wants them."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from erp_desktop.core.i18n import Words
from erp_desktop.documents.bidi import line
from erp_desktop.documents.fonts import Face
from erp_desktop.documents.marks import placed
from erp_desktop.documents.receipt import Receipt, Text, render_receipt

Offsets = Callable[[str], list[tuple[int, int]]]

# fmt: off
WORDS = [
    "محمّد", "غسّالة", "مُكَثَّفَةٌ", "ألفًا", "دينارًا", "جزائريًا", "سنتيمًا", "مُعَلَّبٌ", "شُكرًا", "هٰذا",
    "لَا", "لّا", "لَّا", "لِأَنَّ", "الأُمّ", "لِلْأَطْفَالِ", "بِلَا", "بِلاَ", "سيّارة", "أَلْبَانٌ", "كِتَابٍ",
    "عَلَيْهِ", "إِلَى", "عَلَى",
]
# fmt: on


@pytest.mark.parametrize("word", WORDS)
def test_every_mark_stands_where_harfbuzz_puts_it(
    word: str, arabic: Face, harfbuzz_offsets: Offsets
) -> None:
    drawn = line(word, rtl=True).drawn

    offsets = [offset for part, offset in placed(arabic, drawn) for _char in range(len(part))]

    assert offsets == harfbuzz_offsets(word)


def test_what_has_no_marks_is_drawn_in_one_piece(arabic: Face) -> None:
    drawn = line("قهوة حبة كاملة", rtl=True).drawn

    assert [*placed(arabic, drawn)] == [(drawn, (0, 0))]


@pytest.mark.parametrize("word", ["ڨَفصة", "أݣَّادير", "بِڨُفّة"])
def test_our_own_letters_carry_marks_too(word: str, arabic: Face) -> None:
    parts = [*placed(arabic, line(word, rtl=True).drawn)]

    assert any(offset != (0, 0) for _part, offset in parts)


@pytest.mark.parametrize(
    "text", [" ".join(WORDS[:10]), "أحد عشر ألفًا ومئتان", "مُكَثَّفَةٌ 12,50 Nestlé"]
)
def test_a_text_with_marks_can_be_copied_out(text: str) -> None:
    pdf = render_receipt(Receipt("x", (Text(text, size="small"),)), Words("ar"))

    copied = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert copied.split() == text.split()
