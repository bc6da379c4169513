"""Legal identifiers of three countries: what can be right, and what is worth a look."""

import json

import pytest

from modules.parties.identifiers import (
    IdentifierLaw,
    control_letter,
    doubt_about,
    is_possible,
    squeezed,
    what_is_wrong,
    written,
)
from tests.houses import House
from tests.parties.people import LAWS


def law(country: str, code: str) -> IdentifierLaw:
    return next(each for each in LAWS[country] if each.code == code)


# country, identifier, what is typed, whether it can be right
NUMBERS = [
    ("MA", "ICE", "001561191000066", True),
    ("MA", "ICE", "00 21 36 09 30 00 040", True),
    ("MA", "ICE", "٠٠١٥٦١١٩١٠٠٠٠٦٦", True),
    ("MA", "ICE", "001561191000065", False),
    ("MA", "ICE", "00156119100006", False),
    ("MA", "ICE", "00156119100006X", False),
    ("MA", "IF", "1234567", True),
    ("MA", "IF", "12345678", True),
    ("MA", "IF", "123456", False),
    ("MA", "RC", "45678", True),
    ("MA", "RC", "A5678", False),
    ("MA", "TP", "12345678", True),
    ("MA", "TP", "1234567", False),
    ("MA", "CNSS", "7654321", True),
    ("MA", "CNSS", "76543", False),
    ("DZ", "NIF", "416001000000007", True),
    ("DZ", "NIF", "408 020 000 150 039", True),
    ("DZ", "NIF", "000 216 001 808 337 13010", True),
    ("DZ", "NIF", "12345", False),
    ("DZ", "NIF", "X1600100000000V", False),
    ("DZ", "NIS", "001216010009876", True),
    ("DZ", "NIS", "00121601000987", False),
    ("DZ", "RC", "16/00-0123456B22", True),
    ("DZ", "RC", "00B0123456", True),  # doubtful, so nobody is refused
    ("DZ", "AI", "16012345678", True),
    ("DZ", "AI", "1601", True),  # doubtful too
    ("TN", "MF", "1496298/T/P/N/000", True),
    ("TN", "MF", "1496298 T P N 000", True),
    ("TN", "MF", "1282182 W", True),
    ("TN", "MF", "1234567/M/A/E/001", True),
    ("TN", "MF", "1234567/M/A/M/001", False),  # only category E has establishments
    ("TN", "MF", "1219773U", False),
    ("TN", "MF", "1234567/M/A/X/000", False),
    ("TN", "MF", "1282182", False),
]


@pytest.mark.parametrize(("country", "code", "number", "possible"), NUMBERS)
def test_what_cannot_be_right_is_told_with_its_cure(
    country: str, code: str, number: str, *, possible: bool
) -> None:
    asked = law(country, code)

    assert is_possible(asked, number) is possible
    assert (what_is_wrong(asked, number) == "") is possible


@pytest.mark.database
def test_postgresql_says_the_same(shared_house: House) -> None:
    with shared_house.connect() as connection:
        for country, code, number, possible in NUMBERS:
            asked = law(country, code)
            value = json.dumps({"pattern": asked.pattern or None, "check": asked.check})
            # What people type reaches PostgreSQL as its country writes it.
            row = connection.execute(
                "select parties.is_possible(%s, %s, %s)",
                [value, asked.doubt, written(asked, number)],
            ).fetchone()
            assert (number, row[0]) == (number, possible)


@pytest.mark.parametrize(
    ("country", "code", "typed", "kept"),
    [
        ("MA", "ICE", " 00 21 36 09 30 00 040 ", "002136093000040"),
        ("DZ", "NIF", "408 020 000 150 039", "408020000150039"),
        ("DZ", "RC", "16/00-0123456b22", "16/00-0123456B22"),
        ("TN", "MF", "1496298tpn000", "1496298/T/P/N/000"),
        ("TN", "MF", "121J", "0000121/J"),
        ("TN", "MF", "\u20661496298/T/P/N/000\u2069", "1496298/T/P/N/000"),
        ("MA", "ICE", "12345", "12345"),
    ],
)
def test_each_has_one_writing(country: str, code: str, typed: str, kept: str) -> None:
    assert written(law(country, code), typed) == kept


@pytest.mark.parametrize(
    ("digits", "letter"),
    [("1496298", "T"), ("1282182", "W"), ("0000121", "J")],
)
def test_the_letter_of_a_matricule_fits_known_numbers(digits: str, letter: str) -> None:
    assert control_letter(digits) == letter


@pytest.mark.parametrize(
    ("country", "code", "number", "doubtful"),
    [
        ("TN", "MF", "1496298/T/P/N/000", False),
        ("TN", "MF", "1282182 W", False),
        ("TN", "MF", "121J", False),
        ("TN", "MF", "1282182 V", True),
        ("DZ", "RC", "16/00-0123456B22", False),
        ("DZ", "RC", "00B0123456", True),
        ("DZ", "NIS", "001216010009876", False),
        ("DZ", "NIF", "12345", False),  # wrong, not doubtful
        ("DZ", "AI", "", False),
    ],
)
def test_what_is_worth_a_look_is_a_warning_and_never_a_refusal(
    country: str, code: str, number: str, *, doubtful: bool
) -> None:
    asked = law(country, code)

    assert bool(doubt_about(asked, number)) is doubtful
    assert is_possible(asked, number) or not doubtful


def test_the_warning_names_the_letter() -> None:
    assert "should be W" in doubt_about(law("TN", "MF"), "1282182V")


def test_a_pattern_that_cannot_be_read_forbids_nothing() -> None:
    assert is_possible(IdentifierLaw("X", "X", pattern="[0-9"), "anything")


def test_two_writings_of_one_number_are_equal() -> None:
    assert squeezed("16/00-0123456b22") == squeezed(" 16 00 0123456B22 ")
