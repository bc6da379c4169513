"""Why a purchase invoice is not booked, or not taken back."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class PurchaseIncompleteError(UserError):
    """A field that is missing or impossible."""

    code = "accounting.purchase_incomplete"
    message = N_(
        "The field {field} is missing or impossible. Compare it with the paper: an invoice is "
        "booked on its own day or later."
    )


class PurchaseTaxUnknownError(UserError):
    """A tax code that means nothing on the day of the purchase."""

    code = "accounting.purchase_tax_unknown"
    message = N_(
        "Line {line}: tax {code} has no rate on {date}. Choose another tax, or correct the date of "
        "the paper."
    )


class PurchaseLineError(UserError):
    """A line without an amount, or with one that cannot be."""

    code = "accounting.purchase_line"
    message = N_("Line {line} has no amount. Type its net amount, or remove the line.")


class PurchaseTotalError(UserError):
    """Lines and taxes come to something else than the paper says."""

    code = "accounting.purchase_total"
    message = N_(
        "The lines come to {total}, {difference} away from the total of the paper. Correct the "
        "lines, their taxes or the total."
    )


class PurchaseKnownError(UserError):
    """The same number of the same supplier twice."""

    code = "accounting.purchase_known"
    message = N_(
        "This supplier's invoice is in the books already. Look for its number in the list, or "
        "correct the number."
    )
    constraints = ("purchases_are_booked_once",)


class PurchaseUndoneError(UserError):
    """It was taken back already."""

    code = "accounting.purchase_undone"
    message = N_("Invoice {number} is taken back already. Type it anew if it is needed.")


class PurchaseSettledError(UserError):
    """Something settles it."""

    code = "accounting.purchase_settled"
    message = N_(
        "Invoice {number} is settled by entry {entry}, in part or whole. Take the match back on "
        "the page Matching first."
    )
