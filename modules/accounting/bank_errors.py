"""Why a bank account is refused."""

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
