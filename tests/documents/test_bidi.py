"""Arabic on paper: joined, in the right order, with numbers that keep theirs."""

import random
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.documents.bidi import Line, _order, _with_numbers_together, line, wrap
from erp_desktop.documents.fonts import Face
from erp_desktop.documents.joining import join, spelled

Order = Callable[[str, bool], list[tuple[int, bool]]]

# fmt: off
WORDS = [
    "قهوة", "حبة", "كاملة", "زيتون", "سكر", "الإسلام", "الآن", "لأجل", "بلا", "لا", "شيء",
    "مسؤول", "مؤسسة", "محمّد", "مُعَلَّبٌ", "شُكرًا", "هٰذا", "ڨفصة", "أݣادير", "ڤيتامين",
    "پيتزا", "گرام", "سيڨ", "فاتورة", "تذكرة", "الصندوق", "المخزون", "الأستاذ", "الميزان",
    "آبادو", "لله", "ظرفية", "ضغط", "غسّالة", "خميرة", "طحين", "ثلاجة",
]
# fmt: on

UNSEEN = set("\u200e\u200f\u2066\u2067\u2068\u2069")


def plain(drawn: str) -> str:
    """What is drawn, with each joined form as the letters that it spells."""
    return "".join(spelled(char)[::-1] for char in drawn)


@pytest.mark.parametrize(
    ("text", "in_arabic", "in_french"),
    [
        ("قهوة حبة كاملة 1 كغ", "غك 1 ةلماك ةبح ةوهق", "غك 1 ةلماك ةبح ةوهق"),
        ("زيت بكر 5 ل (Extra)", "(Extra) ل 5 ركب تيز", "ل 5 ركب تيز (Extra)"),
        ("قهوة (عربية) ممتازة", "ةزاتمم (ةيبرع) ةوهق", "ةزاتمم (ةيبرع) ةوهق"),
        ("قهوة «Rio» [1 كغ]", "[غك 1] «Rio» ةوهق", "ةوهق «Rio» [1 غك]"),
        ("الباقي -12,50 دج", "جد -12,50 يقابلا", "جد -12,50 يقابلا"),
        ("-12,50", "-12,50", "-12,50"),
        ("الرسم 19 %", "19 % مسرلا", "مسرلا 19 %"),
        ("TVA 19 %", "TVA 19 %", "TVA 19 %"),
        ("فاتورة FA-ALG-2026/000123", "FA-ALG-2026/000123 ةروتاف", "ةروتاف FA-ALG-2026/000123"),
        ("الهاتف +213 21 12 34 56", "+213 21 12 34 56 فتاهلا", "فتاهلا +213 21 12 34 56"),
        ("في 2026-11-21 الساعة 10:32", "10:32 ةعاسلا 2026-11-21 يف", "ةعاسلا 2026-11-21 يف 10:32"),
        ("في 21/11/2026", "21/11/2026 يف", "يف 21/11/2026"),
        ("شركة Atlas Trading للتوزيع", "عيزوتلل Atlas Trading ةكرش", "ةكرش Atlas Trading عيزوتلل"),
        ("المجموع 1\u00a0234,50 دج", "جد 1\u00a0234,50 عومجملا", "جد 1\u00a0234,50 عومجملا"),
        ("Savon d'Alep 200 g", "Savon d'Alep 200 g", "Savon d'Alep 200 g"),
        ("Savon صابون 200 غ", "غ 200 نوباص Savon", "Savon غ 200 نوباص"),
        ("خارج \u2068الرسم 19 %\u2069", "19 % مسرلا جراخ", "جراخ 19 % مسرلا"),
        ("رقم \u2066RC 16/00-12 B\u2069 مسجل", "لجسم RC 16/00-12 B مقر", "لجسم RC 16/00-12 B مقر"),
    ],
)
def test_each_text_reads_right_in_both_directions(
    text: str, in_arabic: str, in_french: str
) -> None:
    def drawn(*, rtl: bool) -> str:
        return plain(line(text, rtl=rtl).drawn).replace("\u00a0", " ")

    assert drawn(rtl=True) == in_arabic.replace("\u00a0", " ")
    assert drawn(rtl=False) == in_french.replace("\u00a0", " ")


def test_the_order_is_that_of_icu_on_thousands_of_random_paragraphs(icu_order: Order) -> None:
    chance = random.Random(20261121)  # noqa: S311 - the same paragraphs in every run
    alphabet = (
        "ابوزدمabZ0123٣  -+/.,:%()[]!؟،\u00a0\u202f«»\u200e\u200f\u2066\u2067\u2068\u2069\u2069"
    )

    for _ in range(5_000):
        text = "." + balanced("".join(chance.choices(alphabet, k=chance.randint(1, 16))))
        rtl = chance.random() < 0.5
        assert _order(text, rtl=rtl) == seen(text, icu_order(text, rtl)), ascii(text)


def test_numbers_are_kept_together_before_icu_orders_them_too(icu_order: Order) -> None:
    text = _with_numbers_together("دفع -1 250,00 بتاريخ 2026-11-21 عبر +213 555 12 34 56")

    found = "".join(text[index] for index, _rtl in seen(text, icu_order(text, True)))  # noqa: FBT003

    assert found.replace("\u00a0", " ") == "+213 555 12 34 56 ربع 2026-11-21 خيراتب -1 250,00 عفد"


@pytest.mark.parametrize("word", WORDS)
def test_letters_take_the_forms_that_harfbuzz_gives_them(
    word: str,
    arabic: Face,
    harfbuzz_glyphs: Callable[[str], list[int]],
    outline: Callable[[int], tuple[str, float]],
) -> None:
    ours = [arabic.glyphs[ord(char)] for char in line(word, rtl=True).drawn]

    assert [*map(outline, ours)] == [*map(outline, harfbuzz_glyphs(word))]


def test_a_joined_form_still_says_which_letters_it_spells() -> None:
    assert "".join(map(spelled, join("لأجل ڨفصة أݣادير محمّد"))) == "لأجل ڨفصة أݣادير محمّد"


def test_lines_are_broken_before_they_are_turned_round() -> None:
    text = "زيت زيتون بكر ممتاز من تيزي وزو 5 ل"

    first, second, third = wrap(text, rtl=True, width=15, measure=len)

    assert [first.text, second.text, third.text] == ["زيت زيتون بكر", "ممتاز من تيزي", "وزو 5 ل"]
    assert plain(first.drawn) == "ركب نوتيز تيز"


def test_a_number_is_never_torn_over_two_lines() -> None:
    found = [*wrap("الرسم على القيمة المضافة 19 %", rtl=True, width=26, measure=len)]

    assert [one.text.replace("\u00a0", " ") for one in found] == [
        "الرسم على القيمة المضافة",
        "19 %",
    ]


def test_a_telephone_number_stays_on_one_line() -> None:
    found = [*wrap("Agence \u2066+213 21 12 34 56\u2069", rtl=True, width=20, measure=len)]

    assert [one.text.replace("\u00a0", " ") for one in found] == ["Agence", "+213 21 12 34 56"]


def test_a_line_of_identifiers_breaks_between_them_only() -> None:
    identifiers = "RC\u00a0123456\u00a0Casablanca\u2003TP\u00a035012345\u2003CNSS\u00a07012345"

    lines = [each.text for each in wrap(identifiers, rtl=False, width=24, measure=len)]

    assert [each.replace("\u00a0", " ").strip() for each in lines] == [
        "RC 123456 Casablanca",
        "TP 35012345\u2003CNSS 7012345",
    ]


def test_a_line_remembers_the_paragraph_in_which_it_stands() -> None:
    # Alone, the second line would put the closing bracket at the wrong end.
    first, second = wrap("Huile (زيت زيتون)", rtl=False, width=11, measure=len)

    assert (plain(first.drawn), plain(second.drawn)) == ("Huile (تيز", "نوتيز)")


def test_a_word_wider_than_the_paper_is_broken_where_it_must_be() -> None:
    found = [*wrap("x" * 25 + " end", rtl=False, width=10, measure=len)]

    assert [one.text for one in found] == ["x" * 10, "x" * 10, "x" * 5 + " end"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a\u202eb\u202cc", "abc"),
        ("a\nb\tc\x00d", "a b c d"),
        ("\u2066\u2066a", "a"),
        ("a\u2069\u2069b", "ab"),
        ("e\u0301", "é"),
        ("", ""),
        ("\ud800", "\ufffd"),
        ("\uf500", "\ufffd"),
    ],
)
def test_what_would_disturb_the_paper_is_left_out(text: str, read: str) -> None:
    assert line(text, rtl=True) == Line(read, read)


@given(
    st.text(st.sampled_from("ابلامڨ abc 0123 -+/.,()[] ñ€ \u2067\u2069"), max_size=60),
    st.booleans(),
)
def test_no_character_is_lost_or_doubled_and_no_line_is_too_wide(text: str, rtl: bool) -> None:  # noqa: FBT001
    found = [*wrap(text, rtl=rtl, width=9, measure=len)]

    assert all(len(one.drawn) <= 9 for one in found)
    for one in found:
        assert sorted(map(unmirrored, plain(one.drawn))) == sorted(map(unmirrored, one.text))
    kept = "".join(one.text for one in found)
    assert kept.replace(" ", "").replace("\u00a0", "") == letters(text)


def letters(text: str) -> str:
    """What is left of a text without spaces and marks of direction."""
    return "".join(char for char in text if not char.isspace() and char not in UNSEEN)


def unmirrored(char: str) -> str:
    return {")": "(", "]": "["}.get(char, char)


def seen(text: str, order: list[tuple[int, bool]]) -> list[tuple[int, bool]]:
    return [(index, rtl) for index, rtl in order if text[index] not in UNSEEN]


def balanced(text: str) -> str:
    """A paragraph as it comes out of cleaning: isolates closed, no white space at an end."""
    depth, kept = 0, []
    for char in text:
        if char == "\u2069" and not depth:
            continue
        depth += (char in "\u2066\u2067\u2068") - (char == "\u2069")
        kept.append(char)
    while kept and (kept[-1] in UNSEEN or unicodedata.bidirectional(kept[-1]) == "WS"):
        depth += kept.pop() == "\u2069"
        depth = max(depth, 0)
    return closed("".join(kept).strip())


def closed(text: str) -> str:
    opened = sum(char in "\u2066\u2067\u2068" for char in text) - text.count("\u2069")
    return text + "\u2069" * opened
