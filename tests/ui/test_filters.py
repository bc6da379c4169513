"""The filter line, and how the palette ranks."""

import pytest

from erp_desktop.ui.filters import Query, Term, parse_filter
from erp_desktop.ui.ranking import rank


@pytest.mark.parametrize(
    ("typed", "words", "terms"),
    [
        ("", "", ()),
        ("café noir", "café noir", ()),
        ("client:Benali", "", (Term("client", "Benali"),)),
        ('"grains 1 kg" Numéro:418', "grains 1 kg", (Term("numero", "418"),)),
        ('client:"Café du port"', "", (Term("client", "Café du port"),)),
        ("total:100..200 ok", "ok", (Term("total", "100", "200"),)),
        ("date:..15/3", "", (Term("date", "", "15/3"),)),
        ("المنتج:قهوة", "", (Term("المنتج", "قهوة"),)),
    ],
)
def test_the_filter_line_is_words_and_fields(
    typed: str, words: str, terms: tuple[Term, ...]
) -> None:
    assert parse_filter(typed) == (words, terms)


def test_a_field_is_found_by_any_of_its_names() -> None:
    query = Query("", (Term("client", "Benali"),))

    assert query.value("customer", "client") == "Benali"
    assert query.value("total") == ""


PAGES = [
    "Products",
    "Produits et prix",
    "Point of sale",
    "Trial balance",
    "المنتجات",
    "أوامر الشراء",
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("pro", "Products"),
        ("prix", "Produits et prix"),
        ("sale", "Point of sale"),
        ("tri bal", "Trial balance"),
        ("tbl", "Trial balance"),
        ("منتجات", "المنتجات"),
        ("اوامر", "أوامر الشراء"),
        ("PRODUITS", "Produits et prix"),
    ],
)
def test_the_best_fit_comes_first(typed: str, first: str) -> None:
    assert rank(typed, PAGES, str)[0] == first


def test_what_does_not_fit_is_not_there() -> None:
    assert rank("zzz", PAGES, str) == []
    assert rank("", PAGES, str) == PAGES
