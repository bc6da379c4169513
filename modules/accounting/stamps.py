"""Stamp duty and cash rounding, by the values of the country pack. Pure.

MAGHREB.md 2: Algeria charges what is paid in cash at the rate of its bracket, Morocco a part of it,
Tunisia an amount for each invoice. The values are rows of `accounting.law_values`.
"""

from collections.abc import Iterator, Mapping, Sequence
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
            `{"type": "amount", "amount"}`; amounts are texts. Brackets with `"progressive": true`
            charge each bracket at its own rate, otherwise one rate is charged on the whole.
        whole: What the document amounts to, taxes included.
        cash: What of it is paid in cash; it decides the bracket, as the law says.
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
    return _by_brackets(rule, cash, currency)


def round_cash(amount: Decimal, rule: Mapping[str, Any] | None) -> Decimal:
    """Return an amount as coins can pay it: the nearest multiple of the rule's `unit`, half up."""
    if rule is None:
        return amount
    unit = Decimal(rule["unit"])
    return (amount / unit).to_integral_value(ROUND_HALF_UP) * unit


def _by_brackets(rule: Mapping[str, Any], cash: Decimal, currency: Currency) -> Decimal:
    if cash <= Decimal(rule["free_up_to"]):
        return _ZERO
    reached = list(_reached(rule["brackets"], cash))
    if not rule.get("progressive"):
        _part, rate = reached[-1]
        reached = [(cash, rate)]
    size = Decimal(rule["slice"])
    duty = sum((_slices(part, size) * rate for part, rate in reached), _ZERO)
    return round_money(max(duty, Decimal(rule["minimum"])), currency)


def _reached(
    brackets: Sequence[Mapping[str, Any]], cash: Decimal
) -> Iterator[tuple[Decimal, Decimal]]:
    """Find the brackets that an amount reaches: what of it lies in each, and the rate there."""
    below = _ZERO
    for bracket in brackets:
        top = Decimal(bracket.get("up_to") or cash)
        yield min(top, cash) - below, Decimal(bracket["per_slice"])
        if cash <= top:
            return
        below = top


def _slices(amount: Decimal, size: Decimal) -> Decimal:
    """Return how many slices an amount begins."""
    return (amount / size).to_integral_value(ROUND_CEILING)
