"""What late payment costs, booked: debit notes to customers, and the fine of a quarter.

backend.execute(*charge_customer(letter_id, on=…, fee=…, rate=…))
"""

from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from erp_desktop.core.commands import uuid7

CHARGE_CUSTOMER = "accounting.charge_customer_v1"
CHARGE_FINE = "accounting.charge_fine_v1"
UNDO_LATE_CHARGE = "accounting.undo_late_charge_v1"

Request: TypeAlias = tuple[str, dict[str, Any]]


def charge_customer(letter_id: UUID, *, on: date, fee: Decimal, rate: Decimal) -> Request:
    """Return the request to book what a letter asked for as a debit note.

    Args:
        letter_id: The reminder.
        on: The day of the note, not before the letter.
        fee: At most what the letter asked for.
        rate: Of interest a year, a part of one; PostgreSQL counts it up to the day of the letter.

    The gate refuses:
        LateTooEarlyError: The day is before the letter.
        LateFeeError: The letter asked for less.
        LateRateError: The rate is none.
        LateNothingError: Nothing comes out.
        LateBookedError: A note of this letter stands already.
    """
    about = {"id": str(uuid7()), "reminder_id": str(letter_id), "on": on.isoformat()}
    return CHARGE_CUSTOMER, {**about, "fee": str(fee), "rate": str(rate)}


def charge_fine(first_day: date, last_day: date, amount: Decimal, *, on: date) -> Request:
    """Return the request to book the fine of a quarter.

    The gate refuses:
        LateQuarterError: The days are not those of a quarter.
        LateQuarterRunningError: It is not over.
        LateTooEarlyError: The day is before its end.
        LateNothingError: There is no amount.
        LateBookedError: It is booked already.
        OtherBranchError: The user does not see every branch.
    """
    days = {"first": first_day.isoformat(), "last": last_day.isoformat(), "on": on.isoformat()}
    return CHARGE_FINE, {"id": str(uuid7()), **days, "amount": str(amount)}


def undo_late_charge(charge_id: UUID) -> Request:
    """Return the request to take a note or a fine back; its entry is reversed.

    The gate refuses:
        LateUndoneError: It is undone already.
    """
    return UNDO_LATE_CHARGE, {"id": str(charge_id)}
