"""Numbers, dates and money as people in Algeria, Morocco and Tunisia write them."""

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.core import i18n
from erp_desktop.core.i18n import Words, speaking

NBSP = "\u00a0"
ARABIC, FRENCH, ENGLISH = Words("ar", "DZ"), Words("fr", "DZ"), Words("en", "DZ")


@pytest.mark.parametrize(
    ("value", "decimals", "french", "english"),
    [
        ("1234567.891", None, "1_234_567,891", "1,234,567.891"),
        ("1234567.5", 2, "1_234_567,50", "1,234,567.50"),
        ("-1234.5", 2, "-1_234,50", "-1,234.50"),
        ("-0.5", None, "-0,5", "-0.5"),
        ("-12.50", None, "-12,5", "-12.5"),
        ("999", None, "999", "999"),
        ("1000", None, "1_000", "1,000"),
        ("1E+3", None, "1_000", "1,000"),
        ("100.00", None, "100", "100"),
        ("0", None, "0", "0"),
        ("-0.00", None, "0", "0"),
        ("-0.004", 2, "0,00", "0.00"),
        ("0.125", 2, "0,13", "0.13"),
        ("-2.5", 0, "-3", "-3"),
        ("0.1", None, "0,1", "0.1"),
        ("12345678901234567890.123", None, "12_345_678_901_234_567_890,123", None),
    ],
)
def test_numbers_are_written_with_western_digits(
    value: str, decimals: int | None, french: str, english: str | None
) -> None:
    amount = Decimal(value)

    assert FRENCH.number(amount, decimals) == french.replace("_", NBSP)
    assert ARABIC.number(amount, decimals) == french.replace("_", NBSP)
    if english:
        assert ENGLISH.number(amount, decimals) == english


@pytest.mark.parametrize(
    ("value", "currency", "written"),
    [("1234.5", "DZD", "1_234,50"), ("0.0005", "TND", "0,001"), ("2.675", "MAD", "2,68")],
)
def test_an_amount_has_the_decimals_of_its_currency(
    value: str, currency: str, written: str
) -> None:
    assert FRENCH.amount(Decimal(value), currency) == written.replace("_", NBSP)


def test_money_names_its_currency_behind_the_amount() -> None:
    value = Decimal("-1234.5")

    assert FRENCH.money(value, "DZD") == f"-1{NBSP}234,50{NBSP}DA"
    assert ENGLISH.money(value, "TND") == f"-1,234.500{NBSP}TND"
    assert ARABIC.money(value, "MAD") == f"\u2066-1{NBSP}234,50\u2069{NBSP}د.م."
    assert Words("ar", "TN").money(value, "TND") == f"\u2066-1{NBSP}234,500\u2069{NBSP}د.ت"


def test_dates_are_day_month_year_and_stay_so_in_arabic() -> None:
    moment = datetime(2026, 3, 5, 9, 7, tzinfo=UTC)

    assert FRENCH.date(date(2026, 3, 5)) == "05/03/2026"
    assert ARABIC.date(date(2026, 3, 5)) == "\u206605/03/2026\u2069"
    assert FRENCH.moment(moment) == "05/03/2026 09:07"
    assert ARABIC.time(moment) == "09:07"


@pytest.mark.parametrize("country", ["DZ", "MA", "TN"])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_months_have_the_names_of_the_country(language: str, country: str) -> None:
    # CLDR, through Babel, knows how each country calls them (MAGHREB.md 7.1).
    names = Locale.parse(f"{language}_{country}").months["stand-alone"]["wide"]
    words = Words(language, country)

    written = [words.month(date(2026, month, 1)) for month in range(1, 13)]

    assert written == [f"{names[month]}{NBSP}2026" for month in range(1, 13)]


def test_months_are_said_in_english_too() -> None:
    assert ENGLISH.month(date(2026, 7, 14)) == f"July{NBSP}2026"
    assert Words("ar", "MA").month(date(2026, 7, 14)) == f"يوليوز{NBSP}2026"
    assert Words("ar", "TN").month(date(2026, 7, 14)) == f"جويلية{NBSP}2026"


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("country", ["DZ", "MA", "TN"])
def test_numbers_are_grouped_alike_in_all_three_countries(language: str, country: str) -> None:
    # CLDR changes its mind about fr_MA; an invoice must not (MAGHREB.md 9).
    assert Words(language, country).number(Decimal("1234567.5"), 3) == (f"1{NBSP}234{NBSP}567,500")


def test_only_arabic_runs_from_right_to_left() -> None:
    assert [words.is_right_to_left for words in (ARABIC, FRENCH, ENGLISH)] == [True, False, False]
    assert [words.locale for words in (ARABIC, FRENCH)] == ["ar_DZ", "fr_DZ"]


def test_an_unknown_language_is_english() -> None:
    assert i18n.words("de").language == "en"


def test_an_empty_text_stays_empty() -> None:
    # gettext answers the catalogue's header to it.
    with speaking("ar"):
        assert i18n._("") == ""


def test_a_text_without_translation_is_shown_as_it_is() -> None:
    with speaking("fr"):
        assert i18n._("No catalogue has this sentence.") == "No catalogue has this sentence."


def test_counting_writes_the_number_in_the_language() -> None:
    with speaking("en"):
        assert i18n.count("{n} line", "{n} lines", 1) == "1 line"
        assert i18n.count("{n} line", "{n} lines", 12000) == "12,000 lines"


def test_listeners_hear_of_a_new_language_until_they_leave() -> None:
    heard: list[str] = []
    leave = i18n.on_change(lambda: heard.append(i18n.current().language))

    i18n.use("fr")
    i18n.use("ar")
    leave()
    i18n.use("en")

    assert heard == ["fr", "ar"]


def test_speaking_for_a_while_gives_the_former_language_back() -> None:
    before = i18n.current()

    with suppress(ZeroDivisionError), speaking("ar", "MA") as words:
        assert i18n.current() is words
        raise ZeroDivisionError

    assert i18n.current() is before


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=3
    )
)
def test_a_written_number_is_the_number(value: Decimal) -> None:
    for words in (ARABIC, FRENCH):
        assert Decimal(words.number(value).replace(NBSP, "").replace(",", ".")) == value
    assert Decimal(ENGLISH.number(value).replace(",", "")) == value


def test_what_is_empty_stays_empty_inside_arabic() -> None:
    assert ARABIC.isolate("") == ""
    assert ARABIC.isolate("411") == "\u2066411\u2069"
