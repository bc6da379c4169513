"""What the law says at this till today: stamp duty, cash rounding, notes and coins."""

from datetime import date
from decimal import Decimal

from erp_desktop.core.i18n import current
from erp_desktop.workstation.workstation import Workstation
from modules.accounting.api import law_on, owed
from modules.parties.api import customer_by_id
from modules.till.errors import CreditExceededError, CustomerMissingError
from modules.till.payments import Rules
from modules.till.ticket import TicketCustomer


def rules_on(workstation: Workstation, day: date) -> Rules:
    """Return stamp duty on cash and cash rounding of a day.

    Where the seller bears the duty, the customer is not charged it.
    """
    stamp = law_on(workstation, "stamp", "cash", day)
    if stamp is not None and stamp.get("borne_by") == "seller":
        stamp = None
    return Rules(stamp, law_on(workstation, "cash_rounding", "till", day))


def denominations_on(workstation: Workstation, day: date) -> tuple[Decimal, ...]:
    """Return the notes and coins of the company's currency, largest first."""
    currency = workstation.enrolment.company["currency"]
    law = law_on(workstation, "denominations", currency, day) or {"notes": [], "coins": []}
    values = {Decimal(value) for value in (*law["notes"], *law["coins"])}
    return tuple(sorted(values, reverse=True))


def check_credit(
    workstation: Workstation, customer: TicketCustomer | None, amount: Decimal
) -> None:
    """Let a customer buy on account, if they may owe so much more.

    Raises:
        CustomerMissingError: Nobody has said who buys.
        CreditExceededError: They would owe more than they may.
    """
    if customer is None:
        raise CustomerMissingError
    known = customer_by_id(workstation, customer.id)
    limit = known.credit_limit if known and known.credit_limit is not None else Decimal(0)
    would_owe = owed(workstation, customer.id) + amount
    if would_owe > limit:
        words, currency = current(), workstation.enrolment.company["currency"]
        raise CreditExceededError(
            customer=customer.named(words.language),
            owed=words.money(would_owe, currency),
            limit=words.money(limit, currency),
        )
