"""Why a cheque or a bill may not take a step."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class InstrumentStepError(UserError):
    """A step that its state does not allow."""

    code = "accounting.instrument_step"
    message = N_(
        "{number} cannot take this step from where it is now ({state}). Read its history again; "
        "undo the last move if that was the mistake."
    )


class InstrumentTooEarlyError(UserError):
    """A step dated before the one that came before it."""

    code = "accounting.instrument_too_early"
    message = N_("The last move of {number} is dated {date}. Choose that day or a later one.")


class InstrumentPartyMissingError(UserError):
    """A debt or a payment of nobody."""

    code = "accounting.instrument_party_missing"
    message = N_("Nobody is named on {number}. Choose the customer or supplier, then go on.")


class InstrumentIncompleteError(UserError):
    """A field that is missing or impossible."""

    code = "accounting.instrument_incomplete"
    message = N_("The field {field} is missing or impossible. Compare it with the paper.")


class InstrumentNotMovedError(UserError):
    """Nothing to undo."""

    code = "accounting.instrument_not_moved"
    message = N_("{number} has made no move that could be undone. Reverse the payment instead.")


class SlipMissingError(UserError):
    """Taken to the bank without a slip."""

    code = "accounting.slip_missing"
    message = N_("Cheques and bills go to the bank with a deposit slip. Make one.")


class SlipEmptyError(UserError):
    """A slip of nothing."""

    code = "accounting.slip_empty"
    message = N_("Choose at least one cheque or bill, and whether to collect or to discount.")


class InstrumentPartError(UserError):
    """More than there is, or a part of what is never paid in parts."""

    code = "accounting.instrument_part"
    message = N_(
        "Of {number}, {rest} is not paid yet. Type a part of that; leave it empty for all of it."
    )


class InstrumentBankError(UserError):
    """A bank account of another branch or in another currency."""

    code = "accounting.instrument_bank"
    message = N_("Choose a bank account of your branches, in the company's currency.")
