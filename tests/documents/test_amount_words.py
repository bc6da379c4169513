"""An amount in words says exactly what the figures say, as a teacher would write it."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.documents.amount_words import amount_in_words
from tests.documents.reading import read

LANGUAGES = ("ar", "fr", "en")

with Path(__file__).with_name("amounts_in_words.csv").open(encoding="utf-8") as file:
    GOLDEN = [*csv.DictReader(file)]


def test_there_is_enough_to_compare_with() -> None:
    assert len(GOLDEN) >= 120
    assert {row["currency"] for row in GOLDEN} == CURRENCIES.keys()


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['amount']} {row['currency']}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_amount_reads_as_a_teacher_would_write_it(row: dict[str, str], language: str) -> None:
    assert amount_in_words(Decimal(row["amount"]), row["currency"], language) == row[language]


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['amount']} {row['currency']}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_table_are_worth_its_figures(row: dict[str, str], language: str) -> None:
    assert read(row[language], language) == Decimal(row["amount"])


AMOUNTS = st.one_of(
    st.decimals(min_value="-1000000000000", max_value="1000000000000", places=3),
    # Round numbers and their neighbours, where grammar turns.
    st.builds(
        lambda digit, zeros, near: Decimal(digit * 10**zeros + near),
        st.integers(1, 9),
        st.integers(0, 11),
        st.sampled_from([-2, -1, 0, 1, 2, 3, 10, 11, 100, 200, 1000, 2000]),
    ),
)


@given(AMOUNTS, st.sampled_from(sorted(CURRENCIES)), st.sampled_from(LANGUAGES))
def test_what_is_written_can_be_read_back(amount: Decimal, currency: str, language: str) -> None:
    words = amount_in_words(amount, currency, language)

    assert read(words, language) == round_money(amount, CURRENCIES[currency])


@given(st.integers(1, 999_999), st.sampled_from(sorted(CURRENCIES)))
def test_the_arabic_noun_agrees_with_the_last_two_digits(number: int, currency: str) -> None:
    nouns = {"DZD": "دينار جزائري", "MAD": "درهم", "TND": "دينار تونسي"}
    plurals = {"DZD": "دنانير جزائرية", "MAD": "دراهم", "TND": "دنانير تونسية"}
    accusatives = {"DZD": "دينارًا جزائريًا", "MAD": "درهمًا", "TND": "دينارًا تونسيًا"}
    duals = {"DZD": "ديناران جزائريان", "MAD": "درهمان", "TND": "ديناران تونسيان"}
    tail = number % 100

    words = amount_in_words(Decimal(number), currency, "ar")

    if tail == 2:
        assert words.endswith(duals[currency])
    elif 3 <= tail <= 10:
        assert words.endswith(plurals[currency])
    elif tail > 10:
        assert words.endswith(accusatives[currency])
    else:
        assert words.removesuffix(" واحد").endswith(nouns[currency])


@pytest.mark.parametrize("amount", ["1E+15", "-1E+15", "NaN", "Infinity"])
def test_what_no_invoice_comes_to_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="Decimal"):
        amount_in_words(Decimal(amount), "DZD", "fr")


def test_an_unknown_language_is_english() -> None:
    assert amount_in_words(Decimal(1), "MAD", "zgh") == "one Moroccan dirham"
