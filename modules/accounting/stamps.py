"""Stamp duty and cash rounding, by the values of the country pack. Pure.

MAGHREB.md 2: Algeria charges the cash part at the rate of the bracket of the whole amount, Morocco
a part of it, Tunisia an amount for each invoice. The values are rows of `accounting.law_values`.
"""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any

from erp_desktop.core.money import Currency, round_money

_ZERO = Decimal(0)


def stamp_duty(
    rule: Mapping[str, Any] | None, *, whole: Decimal, cash: Decimal, currency: Currency
) -> Decimal:
    """Return the stamp duty of a document or payment; zero without a rule.

    Args:
        rule: Value of a law of kind `stamp`: `{"type": "brackets", "slice", "free_up_to",
            "minimum", "brackets": [{"up_to", "per_slice"}, …]}`, `{"type": "part", "rate"}` or
            `{"type": "amount", "amount"}`; amounts are texts.
        whole: What the document amounts to, taxes included; it decides the bracket.
        cash: What of it is paid in cash.
        currency: Decides the decimals.
    """
    if rule is None:
        return _ZERO
    if rule["type"] == "amount":
        return Decimal(rule["amount"]) if whole else _ZERO
    if cash <= 0:
        return _ZERO
    if rule["type"] == "part":
        return round_money(cash * Decimal(rule["rate"]), currency)
    return _by_brackets(rule, whole, cash, currency)


def round_cash(amount: Decimal, rule: Mapping[str, Any] | None) -> Decimal:
    """Return an amount as coins can pay it: the nearest multiple of the rule's `unit`, half up."""
    if rule is None:
        return amount
    unit = Decimal(rule["unit"])
    return (amount / unit).to_integral_value(ROUND_HALF_UP) * unit


def _by_brackets(
    rule: Mapping[str, Any], whole: Decimal, cash: Decimal, currency: Currency
) -> Decimal:
    if whole <= Decimal(rule["free_up_to"]):
        return _ZERO
    bracket = next(
        each
        for each in rule["brackets"]
        if each.get("up_to") is None or whole <= Decimal(each["up_to"])
    )
    slices = (cash / Decimal(rule["slice"])).to_integral_value(ROUND_CEILING)
    duty = slices * Decimal(bracket["per_slice"])
    return round_money(max(duty, Decimal(rule["minimum"])), currency)
