"""Why goods or cash do not move."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class OriginalUnknownError(UserError):
    """A refund of a ticket that nobody knows."""

    code = "till.original_unknown"
    message = N_(
        "No ticket {original} is known here. Check the number on the receipt; without a line only "
        "tickets of this till can be given back."
    )


class MoreThanSoldError(UserError):
    """More comes back than was sold, at the till or found by head office."""

    code = "till.more_than_sold"
    message = N_(
        "More would come back of {original} than was sold and not given back yet. Lower the "
        "quantities."
    )


class RefundDiffersError(UserError):
    """Flag: more or less money was given back than was paid for what came back."""

    code = "till.refund_differs"
    message = N_(
        "Refund {number} gave back another amount than was paid on {original} for the same goods. "
        "Compare both receipts and note what happened."
    )


class NothingReturnedError(UserError):
    """A refund of nothing."""

    code = "till.nothing_returned"
    message = N_("Say how many come back of at least one line.")


class CashMoveImpossibleError(UserError):
    """Cash that moves without amount or reason."""

    code = "till.cash_move_impossible"
    message = N_("Type an amount above zero and why the cash moves.")
