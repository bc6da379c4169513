"""One search finds what three spellings mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.core.search import fold, terms


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("احمد", "أحمد"),
        ("اسلام", "إسلام"),
        ("اخر", "آخر"),
        ("مدرسه", "مدرسة"),
        ("علي", "على"),
        ("محمد", "مـحـمّـد"),
        ("محمد", "مُحَمَّدٌ"),
        ("مسوول", "مسؤول"),
        ("بير", "بئر"),
        ("كتاب", "کتاب"),
        ("علي", "علی"),
        ("قفصه", "ڨفصة"),
        ("فيتامين", "ڤيتامين"),
        ("بيتزا", "پيتزا"),
        ("اكادير", "أݣادير"),
        ("كرام", "گرام"),
        ("هذا", "هٰذا"),
        ("123", "١٢٣"),
        ("456", "۴۵۶"),
        ("لا", "ﻻ"),
        ("tebessa", "Tébessa"),
        ("TEBESSA", "Tébessa"),
        ("hotel", "Hôtel"),
        ("oeuf", "Œuf"),
        ("laetitia", "Lætitia"),
        ("l'huile", "L’huile"),
        ("francais", "FRANÇAIS"),
        ("noel", "Noe\u0308l"),
        ("strasse", "Straße"),
        ("abc", "\u2066a\u200eb\u200fc\u2069"),
        ("kg", "㎏"),
    ],
)
def test_what_people_type_finds_what_is_stored(typed: str, stored: str) -> None:
    assert fold(typed) == fold(stored)


@pytest.mark.parametrize(("one", "other"), [("سلة", "سلم"), ("عمر", "عمرو"), ("cote", "code")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


ALPHABET = st.one_of(
    st.text(max_size=20),
    st.text("أإآٱىیئؤةکگݣڨڤپœæŒÆ’١۱ـّٰٕٓٔﷺﻻﮐéÉİıß\u0345\u200c\u2066", max_size=20),
)


@given(ALPHABET)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ALPHABET)
def test_a_word_is_found_by_its_own_spelling_in_any_case(text: str) -> None:
    assert fold(text) == fold(text.casefold())


def test_a_search_is_cut_into_its_words() -> None:
    assert terms("  Café, 250g — قهوة (حبّة) ") == ["cafe", "250g", "قهوه", "حبه"]
