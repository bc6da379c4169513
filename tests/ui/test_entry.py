"""How typed numbers and dates are read."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.core.i18n import words
from erp_desktop.ui.entry import parse_amount, parse_day, step_day

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12", "12"),
        ("12*3,5", "42"),
        ("12×3.5", "42"),
        ("(1+2)*-4", "-12"),
        ("10-3-2", "5"),
        ("100/8", "12.5"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234,50", "1234.50"),
        ("1\u202f234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234,567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("٣٤٫٥", "34.5"),
        ("١٬٢٣٤٫٥٠", "1234.50"),
        ("۱۲", "12"),
        ("-0,5", "-0.5"),
        ("−7", "-7"),
        ("\u206612,5\u2069", "12.5"),
        (",5", "0.5"),
        ("à&", "1"),
        ("(", "5"),
        ("'-", "46"),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, meant: str) -> None:
    assert parse_amount(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "1+",
        "*3",
        "(1",
        "1)",
        "1/0",
        "1,2.3,4",
        "1e9",
        "12;3",
        "9" * 20,
        ".",
        "1 2*",
        "12*(",
        "(a",
    ],
)
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match=r"12\*3,5"):
        parse_amount(typed)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=3), st.sampled_from(["ar", "fr", "en"])
)
def test_an_amount_as_shown_is_read_as_itself(value: Decimal, language: str) -> None:
    shown = words(language).number(value, 3)

    if language == "en" and abs(value) >= 1000:
        assert parse_amount(shown) == value
    else:
        assert parse_amount(shown.replace(",", "." if language == "en" else ",")) == value


@given(st.text(alphabet="0123456789.,+-*/() ", max_size=20))
def test_whatever_is_typed_is_read_or_refused_in_words(typed: str) -> None:
    try:
        assert isinstance(parse_amount(typed), Decimal)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either outcome is right


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0", TODAY),
        ("+3", date(2026, 11, 23)),
        ("-1", date(2026, 11, 19)),
        ("+2w", date(2026, 12, 4)),
        ("-1m", date(2026, 10, 20)),
        ("+1y", date(2027, 11, 20)),
        ("15", date(2026, 11, 15)),
        ("15/3", date(2026, 3, 15)),
        ("15-3", date(2026, 3, 15)),
        ("15.3.26", date(2026, 3, 15)),
        ("15/03/2027", date(2027, 3, 15)),
        ("2026-03-15", date(2026, 3, 15)),
        ("١٥/٣", date(2026, 3, 15)),
        ("\u206615/03/2026\u2069", date(2026, 3, 15)),
    ],
)
def test_dates_are_read_as_people_type_them(typed: str, meant: date) -> None:
    assert parse_day(typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["", "32", "30/2", "abc", "1/2/3/4", "+", "+99999999y", "15//3"])
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match="15/3"):
        parse_day(typed, TODAY)


def test_a_month_later_is_never_in_the_month_after_that() -> None:
    assert step_day(date(2026, 1, 31), 1, "m") == date(2026, 2, 28)
    assert step_day(date(2028, 2, 29), 1, "y") == date(2029, 2, 28)
