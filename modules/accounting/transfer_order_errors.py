"""Why a transfer order is not kept, not given to the bank, or not written into a file."""

from typing import Any

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class PayeeMissingError(UserError):
    """A supplier of whom no bank account is known."""

    code = "accounting.payee_missing"
    message = N_(
        "{supplier} has no bank account. Add it on the page Bank accounts of suppliers, then give "
        "the order again."
    )


class BicWrongError(UserError):
    """A BIC that is none."""

    code = "accounting.bic_wrong"
    message = N_(
        "A BIC has 8 or 11 letters and digits, such as BADRDZAL. Copy it again from the bank's "
        "paper, or leave it empty."
    )
    constraints = ("payees_bic_is_plain",)

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "bic", **details})


class TransferBankElsewhereError(UserError):
    """A bank account of another branch."""

    code = "accounting.transfer_bank_elsewhere"
    message = N_(
        "This bank account is of another branch. Choose one of the branch whose suppliers are paid."
    )


class TransferBankUnfitError(UserError):
    """A bank account that is closed, or in another currency."""

    code = "accounting.transfer_bank_unfit"
    message = N_(
        "Bank account {bank} is closed or in another currency. Choose one in use, in the company's "
        "currency."
    )


class TransferOrderStaysError(UserError):
    """An order that was given to the bank does not change."""

    code = "accounting.transfer_order_stays"
    message = N_(
        "Order {number} was given to the bank and stays as it is. Cancel it with a reason, and "
        "make a new one."
    )


class TransferOrderForgedError(UserError):
    """An order that says something else than its entry."""

    code = "accounting.transfer_order_forged"
    message = N_(
        "Order {number} does not say what its entry says, so nothing was kept. Give the order "
        "from the page Transfer orders."
    )


class TransferOrderEmptyError(UserError):
    """An order that pays nobody."""

    code = "accounting.transfer_order_empty"
    message = N_("The order pays nobody yet. Take lines that are due, or type an advance.")


class TransferOrderCancelledError(UserError):
    """An order that was cancelled is not given again."""

    code = "accounting.transfer_order_cancelled"
    message = N_("Order {number} is cancelled. Make a new one.")


class TransferOrderNotGivenError(UserError):
    """A draft, or an order that is cancelled already."""

    code = "accounting.transfer_order_not_given"
    message = N_(
        "Only an order that was given to the bank can be cancelled. Discard a draft instead, and "
        "refresh the list."
    )


class TransferOrderTakenError(UserError):
    """An order whose money the bank has moved."""

    code = "accounting.transfer_order_taken"
    message = N_(
        "The bank has carried out order {number}: its movement is reconciled. If that is wrong, "
        "take the reconciliation back first; otherwise book what comes back as a receipt."
    )


class TransferReasonMissingError(UserError):
    """A cancellation without a reason."""

    code = "accounting.transfer_reason_missing"
    message = N_("Say why the order is cancelled.")


class TransferLineAmountError(UserError):
    """An amount that cannot be paid."""

    code = "accounting.transfer_line_amount"
    message = N_(
        "Line {line} needs an amount above zero, in whole units of the company's currency."
    )


class TransferLineIncompleteError(UserError):
    """A line without an amount, or that says nothing."""

    code = "accounting.transfer_line_incomplete"
    message = N_("Each line needs a supplier, an amount above zero and a reason. Complete it.")
    constraints = ("transfer_order_lines_pay_something", "transfer_order_lines_have_a_reason")


class TransferLineTwiceError(UserError):
    """One invoice in two lines of an order."""

    code = "accounting.transfer_line_twice"
    message = N_("An invoice stands in two lines of this order. Remove one of them.")
    constraints = ("transfer_order_lines_pay_a_line_once",)


class TransferLineClosedError(UserError):
    """A line of the ledger that cannot be paid here."""

    code = "accounting.transfer_line_closed"
    message = N_(
        "What line {line} pays is no open invoice of this supplier in this branch any more. Remove "
        "the line and take what is due again."
    )


class TransferBeyondOpenError(UserError):
    """More than is open, or what another order pays already."""

    code = "accounting.transfer_beyond_open"
    message = N_(
        "{amount} is more than {number} has open ({open}): another order or payment has paid it, "
        "or a part. Lower the amount, or remove the line."
    )


class TransferRibMissingError(UserError):
    """A file that needs a RIB where there is none."""

    code = "accounting.transfer_rib_missing"
    message = N_(
        "This file needs a RIB of {name}, and none was known when the order was given. Take the "
        "ISO 20022 file or the letter, or cancel the order and add the RIB."
    )


class TransferRibTooLongError(UserError):
    """An account number that has no room in a file."""

    code = "accounting.transfer_rib_too_long"
    message = N_(
        "The account of {name} has more digits than this file has room for (11). Take the "
        "ISO 20022 file or the letter."
    )


class TransferNameUnreadableError(UserError):
    """A name that no bank's file can say."""

    code = "accounting.transfer_name_unreadable"
    message = N_(
        "Files take Latin letters only, and {name} has none. Take the letter; for files to come, "
        "type the account holder in Latin letters on the page Bank accounts of suppliers."
    )
