"""Why a line or a document of a file is not booked."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from erp_desktop.core.errors import from_code
from erp_desktop.core.i18n import N_, _


class Reason(StrEnum):
    """A reason that the file itself gives; PostgreSQL's own refusals have codes of theirs."""

    NO_INVOICE = "no_invoice"
    NO_PRODUCT = "no_product"
    NO_QUANTITY = "no_quantity"
    NO_PRICE = "no_price"
    NO_DATE = "no_date"
    PRICE_BELOW_ZERO = "price_below_zero"
    SOLD_ON_CREDIT_NOTE = "sold_on_credit_note"
    RETURNED_ON_INVOICE = "returned_on_invoice"
    NOTHING_TO_BOOK = "nothing_to_book"
    OTHER_CUSTOMER = "other_customer"


SENTENCES = {
    Reason.NO_INVOICE: N_("The line has no invoice number. Write it into the file."),
    Reason.NO_PRODUCT: N_(
        "The line has no product code, or one of more than 40 signs. Correct it in the file."
    ),
    Reason.NO_QUANTITY: N_("The quantity is zero or no number. Write it like 12 or 2.5."),
    Reason.NO_PRICE: N_("The price is no number. Write it like 2.55."),
    Reason.NO_DATE: N_("The date cannot be read. Write it like 2010-12-01 08:26:00."),
    Reason.PRICE_BELOW_ZERO: N_(
        "The price is below zero, and it is no bad debt. Post it by hand in the ledger."
    ),
    Reason.SOLD_ON_CREDIT_NOTE: N_(
        "A credit note that sells something. Give the line a number without C."
    ),
    Reason.RETURNED_ON_INVOICE: N_(
        "An invoice that takes something back for money. Give the line a number with C."
    ),
    Reason.NOTHING_TO_BOOK: N_(
        "A service without a price: neither goods nor money move. Nothing is lost without it."
    ),
    Reason.OTHER_CUSTOMER: N_(
        "The invoice belongs to another customer. Give the line a number of its own."
    ),
}


def sentence_of(reason: str, details: Mapping[str, Any] | None = None) -> str:
    """Say a reason, of the file or of PostgreSQL, in the user's language."""
    known = {each.value for each in Reason}
    return (
        _(SENTENCES[Reason(reason)])
        if reason in known
        else from_code(reason, details or {}).sentence()
    )
