"""Why a bank account, a statement or a reconciliation is refused."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class RibWrongError(UserError):
    """A RIB of another length than the country's, or with a wrong key."""

    code = "accounting.rib_wrong"
    message = N_(
        "The RIB {rib} is mistyped: its length or its key is wrong."
        " Copy it again from the bank's paper."
    )


class IbanWrongError(UserError):
    """An IBAN whose check number is wrong."""

    code = "accounting.iban_wrong"
    message = N_(
        "The IBAN {iban} is mistyped: its check number is wrong."
        " Copy it again from the bank's paper."
    )


class IbanOfAnotherRibError(UserError):
    """A RIB and an IBAN that mean two accounts."""

    code = "accounting.iban_of_another_rib"
    message = N_(
        "The IBAN {iban} does not contain the RIB {rib}. Correct one of them, or leave one empty."
    )


class BankCodeTakenError(UserError):
    """Two bank accounts of one code."""

    code = "accounting.bank_code_taken"
    message = N_("There is a bank account with this code already. Choose another code.")
    constraints = ("bank_accounts_code_is_taken",)


class BankLedgerTakenError(UserError):
    """Two bank accounts of one account of the ledger."""

    code = "accounting.bank_ledger_taken"
    message = N_(
        "Another bank account is kept on this account of the ledger."
        " Choose or add an account of its own."
    )
    constraints = ("bank_accounts_account_is_taken",)


class BankCodeUnplainError(UserError):
    """A code of a bank account that could not stand in a file."""

    code = "accounting.bank_code_unplain"
    message = N_("Choose a code of at most 12 capital letters, digits, _ and -.")
    constraints = ("bank_accounts_code_is_plain",)


class BankNameMissingError(UserError):
    """A bank account that nobody could find again."""

    code = "accounting.bank_name_missing"
    message = N_("Give the bank account a name.")
    constraints = ("bank_accounts_have_a_name",)


class StatementCurrencyError(UserError):
    """A statement in another currency than its bank account."""

    code = "accounting.statement_currency"
    message = N_(
        "The file is in {currency}, the bank account in {wanted}. Choose the right bank account."
    )


class StatementOtherAccountError(UserError):
    """A statement of another account than those before."""

    code = "accounting.statement_other_account"
    message = N_(
        "The file is of the account {account}; until now {known} was imported here."
        " Choose the right bank account."
    )


class StatementOtherBankError(UserError):
    """A statement of another RIB or IBAN than its bank account's."""

    code = "accounting.statement_other_bank"
    message = N_(
        "The file is of the account {account}, but this bank account is {known}."
        " Choose the right bank account, or correct its RIB and IBAN."
    )


class StatementTooEarlyError(UserError):
    """A statement before the first one, whose opening balance contains it."""

    code = "accounting.statement_too_early"
    message = N_(
        "The first statement opens on {date}, and its opening balance contains this one."
        " Choose a later file."
    )


class StatementUnbalancedError(UserError):
    """A statement whose movements do not lead from its opening to its closing balance."""

    code = "accounting.statement_unbalanced"
    message = N_(
        "The movements lead to {expected}, but the closing balance is {closing}."
        " Correct the balances, or download the file again."
    )


class StatementDayError(UserError):
    """A movement after the end of its statement."""

    code = "accounting.statement_day"
    message = N_(
        "A movement of {date} is later than the closing balance of {closed}."
        " Correct the day, or download the file again."
    )


class StatementGapError(UserError):
    """A statement that does not go on where those before end."""

    code = "accounting.statement_gap"
    message = N_(
        "With what is imported, the balance on {date} is {expected}, but the file says {closing}."
        " A statement between is missing: import it first."
    )


class StatementDatesTurnedError(UserError):
    """A statement that closes before it opens."""

    code = "accounting.statement_dates_turned"
    message = N_("The closing balance is older than the opening balance. Correct the days.")
    constraints = ("bank_statements_close_after_they_open",)


class BankMixedError(UserError):
    """What cannot be reconciled with each other."""

    code = "accounting.bank_mixed"
    message = N_(
        "Mark at least two movements or lines of one bank account, which nobody else took."
        " Refresh the page and mark them again."
    )


class BankSumsDifferError(UserError):
    """Two sides that are not the same money."""

    code = "accounting.bank_sums_differ"
    message = N_(
        "The movements come to {moved}, the lines of the ledger to {booked}: {difference} is"
        " missing. Mark more, or book the difference first."
    )


class BankReconciledAlreadyError(UserError):
    """A movement or line that is reconciled already."""

    code = "accounting.bank_reconciled_already"
    message = N_("One of these is reconciled already. Refresh the page and mark the others.")
    constraints = ("bank_reconciled_movements_once", "bank_reconciled_lines_once")


class BankUndoneAlreadyError(UserError):
    """A reconciliation that stands no more."""

    code = "accounting.bank_undone_already"
    message = N_("This reconciliation is taken back already. Refresh the page.")


class BankCurrencyByHandError(UserError):
    """Booking what needs a rate."""

    code = "accounting.bank_currency_by_hand"
    message = N_(
        "The bank account is in {currency}, which needs a rate. Book it as a new entry, then"
        " reconcile the two by hand."
    )
