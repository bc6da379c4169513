"""Stamp duty and cash rounding against the examples of the law."""

from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.money import DZD, MAD, TND, Currency
from modules.accounting.stamps import round_cash, stamp_duty

ALGERIA = {
    "type": "brackets",
    "slice": "100",
    "free_up_to": "300",
    "minimum": "5",
    "brackets": [
        {"up_to": "30000", "per_slice": "1"},
        {"up_to": "100000", "per_slice": "1.5"},
        {"per_slice": "2"},
    ],
}
MOROCCO = {"type": "part", "rate": "0.0025"}
TUNISIA = {"type": "amount", "amount": "1.000"}


def duty(rule: Any, cash: str, currency: Currency = DZD, whole: str = "") -> Decimal:
    return stamp_duty(rule, whole=Decimal(whole or cash), cash=Decimal(cash), currency=currency)


@pytest.mark.parametrize(
    ("cash", "expected"),
    [
        ("0", "0"),
        ("-500", "0"),
        ("300", "0"),
        ("300.01", "5.00"),
        ("500", "5.00"),
        ("501", "6.00"),
        ("30000", "300.00"),
        # The bracket is tested on the amount as it is, not on its slices.
        ("30000.01", "451.50"),
        ("31010", "466.50"),
        ("100000", "1500.00"),
        ("100000.01", "2002.00"),
        ("950000", "19000.00"),
    ],
)
def test_algeria_charges_one_rate_on_the_whole_with_a_minimum(cash: str, expected: str) -> None:
    assert duty(ALGERIA, cash) == Decimal(expected)


@pytest.mark.parametrize(("cash", "expected"), [("31010", "316.50"), ("950000", "18350.00")])
def test_who_reads_the_brackets_as_slices_may_say_so(cash: str, expected: str) -> None:
    assert duty({**ALGERIA, "progressive": True}, cash) == Decimal(expected)


def test_only_what_is_paid_in_cash_is_charged_at_the_bracket_of_that() -> None:
    assert duty(ALGERIA, "10000", whole="50000") == Decimal("100.00")
    assert duty(ALGERIA, "200", whole="50000") == 0


@pytest.mark.parametrize(("cash", "expected"), [("1000", "2.50"), ("199.99", "0.50"), ("0", "0")])
def test_morocco_charges_a_part_of_the_cash(cash: str, expected: str) -> None:
    assert duty(MOROCCO, cash, MAD) == Decimal(expected)


def test_tunisia_charges_an_amount_for_each_invoice_however_it_is_paid() -> None:
    assert duty(TUNISIA, "0", TND, whole="120.190") == Decimal("1.000")
    assert duty(TUNISIA, "0", TND, whole="0") == 0


def test_without_a_rule_nothing_is_charged_and_nothing_rounded() -> None:
    assert duty(None, "950000") == 0
    assert round_cash(Decimal("122.37"), None) == Decimal("122.37")


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("122.37", "5", "120"),
        ("122.50", "5", "125"),
        ("-122.50", "5", "-125"),
        ("119.99", "1", "120"),
        ("7.324", "0.050", "7.300"),
        ("7.325", "0.050", "7.350"),
    ],
)
def test_cash_is_paid_in_coins_that_exist(amount: str, unit: str, expected: str) -> None:
    assert round_cash(Decimal(amount), {"unit": unit}) == Decimal(expected)
