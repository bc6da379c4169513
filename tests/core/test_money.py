"""One rounding for till, invoice, ledger and return."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.core.money import CURRENCIES, DZD, MAD, TND, Currency, round_money

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=6)


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("0.005", DZD, "0.01"),
        ("-0.005", DZD, "-0.01"),
        ("0.0049999", DZD, "0.00"),
        ("2.675", MAD, "2.68"),
        ("2.665", MAD, "2.67"),
        ("1.0005", TND, "1.001"),
        ("-1.0005", TND, "-1.001"),
        ("1.0004999", TND, "1.000"),
        ("12", TND, "12.000"),
        ("999999999999.995", DZD, "1000000000000.00"),
    ],
)
def test_half_is_rounded_away_from_zero(amount: str, currency: Currency, rounded: str) -> None:
    assert str(round_money(Decimal(amount), currency)) == rounded


def test_millimes_have_three_decimals_and_centimes_two() -> None:
    assert {code: money.unit for code, money in CURRENCIES.items()} == {
        "DZD": Decimal("0.01"),
        "MAD": Decimal("0.01"),
        "TND": Decimal("0.001"),
    }


@given(AMOUNTS, st.sampled_from([DZD, MAD, TND]))
def test_rounding_moves_by_half_a_unit_at_most_and_only_once(
    amount: Decimal, currency: Currency
) -> None:
    rounded = round_money(amount, currency)

    assert abs(rounded - amount) <= currency.unit / 2
    assert round_money(rounded, currency) == rounded
    assert round_money(-amount, currency) == -rounded
