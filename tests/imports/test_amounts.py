"""Amounts as files have them: French and English separators, Arabic digits, a currency behind."""

from decimal import Decimal

import pytest

from erp_desktop.imports.amounts import is_ambiguous, read_amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1250", "1250"),
        ("1 250,50", "1250.50"),
        ("1\u00a0250,50 DA", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1.250.000", "1250000"),
        ("١٢٥٠٫٥٠", "1250.50"),
        ("119.00 دج", "119.00"),
        ("-5", "-5"),
        ("0", "0"),
        ("12*3", None),
        ("NaN", None),
        ("1e5", None),
        ("Infinity", None),
        ("1.2.3,4,5", None),
        ("gratuit", None),
        ("", None),
        ("-", None),
    ],
)
def test_an_amount_is_read_as_it_is_meant(text: str, amount: str | None) -> None:
    assert read_amount(text) == (None if amount is None else Decimal(amount))


def test_one_thousand_or_one_and_a_bit_is_asked_not_guessed() -> None:
    assert is_ambiguous("1,234", 2)
    assert not is_ambiguous("1,234", 3)
    assert not is_ambiguous("0,234", 2)
    assert not is_ambiguous("1 234", 2)
