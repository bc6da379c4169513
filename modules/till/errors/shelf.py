"""Why a product, a quantity or an amount is not taken."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class CodeUnknownError(UserError):
    """Nothing carries a code that was scanned or typed."""

    code = "till.code_unknown"
    message = N_(
        "No product has the code {code}; the ticket is unchanged. Type part of its name, or ask "
        "the manager to add the code to the product."
    )


class ProductInactiveError(UserError):
    """A product that is not sold any more."""

    code = "till.product_inactive"
    message = N_(
        "{product} is no longer sold, so it was not added. Put it aside, or ask the manager to "
        "activate it in the catalog."
    )


class TaxRateMissingError(UserError):
    """A product whose tax has no rate on the day of the sale."""

    code = "till.tax_rate_missing"
    message = N_(
        "{product} has no tax rate for today ({tax}), so it was not added. Ask the accountant to "
        "enter the rate; it reaches this till within 15 seconds when online."
    )


class QuantityNotPositiveError(UserError):
    """A quantity of nothing, or less."""

    code = "till.quantity_not_positive"
    message = N_("A quantity must be more than zero. To take a line off the ticket, remove it.")


class QuantityTooLargeError(UserError):
    """A quantity that can only be a code scanned into the wrong place."""

    code = "till.quantity_too_large"
    message = N_(
        "{quantity} is too much for one line. Check whether a code was scanned as a quantity."
    )


class QuantityNotWholeError(UserError):
    """A part of something that is sold by the piece."""

    code = "till.quantity_not_whole"
    message = N_("{product} is sold by the piece. Type a whole number.")


class TicketEmptyError(UserError):
    """A payment for nothing."""

    code = "till.ticket_empty"
    message = N_("There is nothing on the ticket yet. Scan a product first.")


class TenderedTooLittleError(UserError):
    """Less money than the ticket costs."""

    code = "till.tendered_too_little"
    message = N_("{missing} is still missing. Type what the customer has given in all.")


class TenderedTooMuchError(UserError):
    """An amount that can only be a code scanned into the wrong place."""

    code = "till.tendered_too_much"
    message = N_("{amount} cannot be cash. Check whether a code was scanned as an amount.")


class NoAuthorError(UserError):
    """Somebody sells who cannot sign."""

    code = "till.no_author"
    message = N_(
        "You cannot sell on this computer yet. Sign out and in again; if this stays, ask the "
        "administrator to enrol the workstation."
    )
