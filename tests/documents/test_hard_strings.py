"""What is hardest to set looks just as FriBidi and HarfBuzz would have it, glyph by glyph."""

import random

import pytest

from erp_desktop.documents.bidi import _clean, _with_numbers_together, line, wrap
from tests.documents.reference import drawn_by_others, drawn_by_us

# fmt: off
HARD = [
    # Brackets turn with the direction they stand in.
    "قهوة (عربية) ممتازة", "زيت [بكر] {ممتاز} «خالص»", "Huile (زيت زيتون) vierge", "(12) [ا] <ب>",
    "خصم (-12,50) خاص", "(Extra)", "شركة (أطلس", "عرض) خاص",
    # Numbers, signs, per cent, codes, telephones, dates, prices.
    "-12,50", "الباقي -12,50 دج", "+12,50 د.ت", "19 %", "الرسم 19 %", "خصم 5 % من 1 450,00 دج",
    "FA-ALG-2026/000123", "فاتورة FA-ALG-2026/000123", "من ALG-01-000001 إلى ALG-01-000123",
    "الهاتف +213 21 12 34 56", "هاتف: 0555 12 34 56، فاكس: 021 12 34 57",
    "في 21/11/2026 الساعة 10:32",
    "5 × 1 450,00 = 7 250,00", "شاي رقم 8 – 200 غ", "٣ قطع", "1/2 كغ", "RC 16/00-0123456B22",
    # Names of two scripts.
    "شركة Atlas Trading للتوزيع", "Société أطلس et Fils", "SARL بن صالح & Fils (الجزائر)",
    "مؤسسة L’Étoile d'Or للمواد الغذائية", "Nestlé® حليب مجفف 900 g", "Café قهوة / Thé شاي",
    # Lam and alef are one; so they are with marks on either.
    "لا", "بلا", "الأستاذ", "الإسلام", "الآن", "لأجل", "سلالم", "لا إله إلا الله",
    "لَا", "لّا", "لَّا", "لِأَنَّ", "لِلْأَطْفَالِ", "الأُمّ",
    # Vowels, doublings, tatweel.
    "مُعَلَّبٌ", "مُكَثَّفَةٌ", "محمّد", "شُكرًا", "ألفًا ومئتا دينار", "هٰذا", "عَلَيْهِ السَّلَامُ", "مـحـمـد", "ســكّر",
    "عَلَى", "إِلَى", "إلى الأعلى",
    # Letters of the Maghreb stand in the fonts only.
    "پيتزا", "گرام", "ڤيتامين", "چاي",
]
# fmt: on


@pytest.mark.parametrize("rtl", [True, False], ids=["arabic", "french"])
@pytest.mark.parametrize("text", HARD)
def test_a_hard_string_looks_as_fribidi_and_harfbuzz_would_have_it(text: str, *, rtl: bool) -> None:
    # Numbers are isolated by us; what follows from that is theirs to say.
    paragraph = _with_numbers_together(_clean(text))
    runs_rtl = rtl and any("\u0600" <= char <= "\u08ff" for char in text)

    assert drawn_by_us(line(text, rtl=rtl).drawn) == drawn_by_others(paragraph, rtl=runs_rtl)


def test_random_names_look_as_fribidi_and_harfbuzz_would_have_them() -> None:
    chance = random.Random(20261125)  # noqa: S311 - the same names in every run
    words = [word for text in HARD for word in text.split()]

    for _ in range(400):
        text = " ".join(chance.choices(words, k=chance.randint(2, 6)))
        paragraph = _with_numbers_together(_clean(text))
        if any("\u0600" <= char <= "\u08ff" for char in text):
            ours = drawn_by_us(line(text, rtl=True).drawn)
            assert ours == drawn_by_others(paragraph, rtl=True), text


def test_a_paragraph_is_cut_into_lines_before_it_is_ordered() -> None:
    text = "شركة أطلس للتوزيع (Atlas Trading) تبيع بالجملة والتجزئة منذ 1998 في الجزائر وتونس"

    lines = [*wrap(text, rtl=True, width=30, measure=len)]

    assert " ".join(one.text for one in lines) == text
    for one in lines:
        if "(" not in one.text and ")" not in one.text:
            alone = _with_numbers_together(one.text)
            assert drawn_by_us(one.drawn) == drawn_by_others(alone, rtl=True)
