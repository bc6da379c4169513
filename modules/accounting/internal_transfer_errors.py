"""Why money is not sent, not received or not taken back."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class TransferKnownError(UserError):
    """The same transfer twice."""

    code = "accounting.transfer_known"
    message = N_("This transfer is sent already. Look for it in the list.")
    constraints = ("internal_transfers_pkey",)


class TransferPlaceError(UserError):
    """An account that is no place of money of the branch."""

    code = "accounting.transfer_place"
    message = N_(
        "Account {account} is no cash or bank account of this branch in the company's currency. "
        "Choose another one, or add it on the page Bank accounts."
    )


class TransferAmountError(UserError):
    """Nothing, or more decimals than the currency has."""

    code = "accounting.transfer_amount"
    message = N_("The amount must be above zero, without more decimals than the currency has.")


class TransferToItselfError(UserError):
    """From an account to the same."""

    code = "accounting.transfer_to_itself"
    message = N_("The money would stay where it is. Choose another account to receive it.")


class TransferTooEarlyError(UserError):
    """Received before it was sent."""

    code = "accounting.transfer_too_early"
    message = N_("Transfer {number} was sent on {date}. Receive it on this day or a later one.")


class TransferNotWaitingError(UserError):
    """It was received or taken back already."""

    code = "accounting.transfer_not_waiting"
    message = N_(
        "Transfer {number} is received or taken back already. Refresh the list to see what became "
        "of it."
    )


class TransferNotReceivedError(UserError):
    """There is no receipt to undo."""

    code = "accounting.transfer_not_received"
    message = N_("Transfer {number} is not received, so there is nothing to undo.")


class TransferOfOtherError(UserError):
    """The step belongs to the branch at the other end."""

    code = "accounting.transfer_of_other"
    message = N_("Only the branch at the other end of transfer {number} can do this. Ask it.")


class TransferOfTillError(UserError):
    """A till sent it: its entry is a fact."""

    code = "accounting.transfer_of_till"
    message = N_(
        "{number} was taken out at a till. Put the cash back in there, or receive it where it went."
    )


class TransferNotPostedError(UserError):
    """A step without its entry."""

    code = "accounting.transfer_not_posted"
    message = N_("Transfer {number} has no entry for this step. Use the page Internal transfers.")


class TransferNotAtTillError(UserError):
    """No till has typed this money, or another transfer took it."""

    code = "accounting.transfer_not_at_till"
    message = N_(
        "No till has this amount of transfer {number} from the bank any more. Receive the transfer "
        "itself."
    )
    constraints = ("internal_transfers_receive_an_entry_once",)


class TransferDifferenceError(UserError):
    """Another amount arrived than was sent."""

    code = "accounting.transfer_difference"
    message = N_(
        "Transfer {number} arrived with a difference of {difference}, booked to account {account}. "
        "Find out where it comes from."
    )
