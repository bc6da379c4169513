"""Stamp duty and cash rounding by the values of the packs: golden cases of MAGHREB.md 2 and 9."""

from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.money import CURRENCIES
from erp_desktop.server.packs import read_pack
from modules.accounting.stamps import round_cash, stamp_duty

D = Decimal


def law(country: str, kind: str, code: str) -> Any:
    """Return a value of a country pack."""
    found = [v for v in read_pack(country)["law_values"] if (v["kind"], v["code"]) == (kind, code)]
    return found[-1]["value"]


@pytest.mark.parametrize(
    ("whole", "duty"),
    [
        ("300", "0"),
        ("300.01", "5"),
        ("499", "5"),
        ("501", "6"),
        ("30000", "300"),
        ("31010", "466.50"),
        ("100000", "1500"),
        ("950000", "19000"),
    ],
)
def test_algeria_charges_the_whole_amount_at_the_rate_of_its_bracket(whole: str, duty: str) -> None:
    rule, currency = law("DZ", "stamp", "cash"), CURRENCIES["DZD"]

    assert stamp_duty(rule, whole=D(whole), cash=D(whole), currency=currency) == D(duty)


def test_only_the_cash_part_bears_it_at_the_rate_of_the_whole() -> None:
    rule, currency = law("DZ", "stamp", "cash"), CURRENCIES["DZD"]

    assert stamp_duty(rule, whole=D(40000), cash=D(10000), currency=currency) == D(150)
    assert stamp_duty(rule, whole=D(40000), cash=D(0), currency=currency) == 0


def test_other_kinds_of_rules() -> None:
    part = {"type": "part", "rate": "0.0025"}
    each = {"type": "amount", "amount": "1.000"}

    assert stamp_duty(part, whole=D(999), cash=D(999), currency=CURRENCIES["MAD"]) == D("2.50")
    assert stamp_duty(each, whole=D(5), cash=D(0), currency=CURRENCIES["TND"]) == D("1.000")
    assert stamp_duty(None, whole=D(5), cash=D(5), currency=CURRENCIES["TND"]) == 0


@pytest.mark.parametrize(
    ("amount", "rounded"), [("102.49", "100"), ("102.50", "105"), ("-102.50", "-105"), ("0", "0")]
)
def test_cash_is_rounded_to_what_coins_can_pay(amount: str, rounded: str) -> None:
    assert round_cash(D(amount), law("DZ", "cash_rounding", "till")) == D(rounded)
