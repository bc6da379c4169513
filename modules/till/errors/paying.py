"""Why a discount or a payment is not taken."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class DiscountImpossibleError(UserError):
    """A discount that is none."""

    code = "till.discount_impossible"
    message = N_("A discount is between 0 and 100 per cent. Type 5 for five per cent.")


class DiscountAboveLimitError(UserError):
    """More is given away than the user may alone, at the till or found by head office."""

    code = "till.discount_above_limit"
    message = N_(
        "{given} % off is more than the {limit} % that this user may give alone. Give less, or let "
        "somebody sell who may."
    )


class PaidTooMuchError(UserError):
    """More by card, cheque or on account than the ticket costs."""

    code = "till.paid_too_much"
    message = N_(
        "{over} more than the ticket costs. Only cash gives change: lower the other payments."
    )


class ReferenceMissingError(UserError):
    """A card or cheque whose number nobody wrote down."""

    code = "till.reference_missing"
    message = N_("Type the number of the cheque, or the one that the card terminal has printed.")


class CustomerMissingError(UserError):
    """A sale on account to nobody."""

    code = "till.customer_missing"
    message = N_("Who buys on account must be known. Choose the customer first.")


class CreditExceededError(UserError):
    """A customer who would owe more than they may, at the till or found by head office."""

    code = "till.credit_exceeded"
    message = N_(
        "{customer} would owe {owed}, and may owe {limit}. Take another payment, or ask the "
        "manager to raise the limit."
    )


class StampDiffersError(UserError):
    """Flag: the stamp duty was not head office's."""

    code = "till.stamp_differs"
    message = N_(
        "Ticket {number} bears {charged} of stamp duty; the law of that day says {duty}. Ask the "
        "accountant to check the country rules."
    )
