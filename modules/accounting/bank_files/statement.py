"""A statement of account, whatever file it came in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement; `amount` is positive where the company received it."""

    booked_on: date
    valued_on: date
    amount: Decimal
    label: str
    reference: str


@dataclass(frozen=True, slots=True)
class Statement:
    """The movements of one account between two balances; below zero the company owes."""

    account: str
    currency: str
    opened_on: date
    opening: Decimal
    closed_on: date
    closing: Decimal
    lines: tuple[StatementLine, ...]
