"""How a ticket is paid: cash, card, cheque and on account, mixed as the customer likes. Pure.

Stamp duty is due on the cash part only, and only cash is rounded to what coins can pay
(MAGHREB.md 1.4, 2): both are known when it is known what is paid otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from erp_desktop.core.i18n import current
from erp_desktop.core.money import Currency
from modules.accounting.api import round_cash, stamp_duty
from modules.till.errors import (
    PaidTooMuchError,
    ReferenceMissingError,
    TenderedTooLittleError,
    TenderedTooMuchError,
)

Method = Literal["cash", "card", "cheque", "account"]
METHODS: tuple[Method, ...] = ("cash", "card", "cheque", "account")

_ZERO = Decimal(0)
# No till gives back so much: it is a code in the wrong field.
_MOST_CHANGE = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Payment:
    """One way in which a part was paid.

    Attributes:
        tendered: The cash that was given; nothing for other ways.
        reference: Number of the cheque or of the card terminal's slip.
    """

    method: Method
    amount: Decimal
    tendered: Decimal = _ZERO
    change: Decimal = _ZERO
    reference: str = ""

    def as_json(self) -> dict[str, str]:
        """Return what travels."""
        told = {"method": self.method, "amount": f"{self.amount:f}"}
        if self.method == "cash" and self.amount > 0:
            told |= {"tendered": f"{self.tendered:f}", "change": f"{self.change:f}"}
        return told | ({"reference": self.reference} if self.reference else {})

    @classmethod
    def from_json(cls, payment: Mapping[str, Any]) -> "Payment":
        """Read what `as_json` wrote, or `till.ticket_v1` returns."""
        return cls(
            payment["method"],
            Decimal(payment["amount"]),
            Decimal(payment.get("tendered") or 0),
            Decimal(payment.get("change") or 0),
            payment.get("reference") or "",
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """Values of the law on the day: stamp duty on cash, and cash rounding; either may be none."""

    stamp: Mapping[str, Any] | None = None
    rounding: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class CashDue:
    """What is left to be paid in cash.

    Attributes:
        part: What of the ticket it pays for.
        stamp: Stamp duty on it.
        rounding: What rounding to coins adds, or takes off.
    """

    part: Decimal
    stamp: Decimal
    rounding: Decimal

    @property
    def amount(self) -> Decimal:
        """What the customer has to hand over."""
        return self.part + self.stamp + self.rounding


@dataclass(frozen=True, slots=True)
class Settlement:
    """A ticket that is paid."""

    payments: tuple[Payment, ...]
    stamp: Decimal = _ZERO
    rounding: Decimal = _ZERO


def cash_due(
    total: Decimal, others: Sequence[Payment], rules: Rules, currency: Currency
) -> CashDue:
    """Return what is left to be paid in cash after what is paid otherwise.

    Raises:
        PaidTooMuchError: More is paid otherwise than the ticket costs.
    """
    part = total - sum((payment.amount for payment in others), _ZERO)
    if part < 0:
        raise PaidTooMuchError(over=current().money(-part, currency))
    if not part:
        return CashDue(_ZERO, _ZERO, _ZERO)
    stamp = stamp_duty(rules.stamp, whole=total, cash=part, currency=currency)
    exact = part + stamp
    return CashDue(part, stamp, round_cash(exact, rules.rounding) - exact)


def settle(
    total: Decimal,
    others: Sequence[Payment],
    tendered: Decimal | None,
    rules: Rules,
    currency: Currency,
) -> Settlement:
    """Return how a ticket is paid.

    Args:
        total: What it costs, taxes included.
        others: What is paid by card, by cheque or on account.
        tendered: The cash that was given; nothing said means exactly enough.
        rules: Stamp duty and cash rounding of the day.
        currency: Decides the decimals.

    Raises:
        ReferenceMissingError: A card or cheque without its number.
        PaidTooMuchError: More is paid otherwise than the ticket costs.
        TenderedTooLittleError: The customer has given less cash than is due.
        TenderedTooMuchError: What was typed is no amount of cash.
    """
    for payment in others:
        if payment.method in {"card", "cheque"} and not payment.reference.strip():
            raise ReferenceMissingError
    due = cash_due(total, others, rules, currency)
    if not due.amount and not tendered:
        return Settlement(tuple(others))
    given = due.amount if tendered is None else tendered
    change = given - due.amount
    if change < 0:
        raise TenderedTooLittleError(missing=current().money(-change, currency))
    if change >= _MOST_CHANGE:
        raise TenderedTooMuchError(amount=current().money(given, currency))
    cash = (Payment("cash", due.amount, given, change),) if due.amount else ()
    return Settlement((*others, *cash), due.stamp, due.rounding)


def settle_refund(total: Decimal, method: Method, rules: Rules) -> Settlement:
    """Return how money is given back: all of it in one way; cash is rounded as for a sale.

    Args:
        total: What comes back; negative.
        method: How it is given.
        rules: Cash rounding of the day; stamp duty was for the receipt and stays.
    """
    if method != "cash":
        return Settlement((Payment(method, total),))
    rounded = round_cash(total, rules.rounding)
    payments = (Payment("cash", rounded),) if rounded else ()
    return Settlement(payments, _ZERO, rounded - total)
