"""Why a rule for bank movements, or what is booked by one, is refused."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class BankRuleWordsError(UserError):
    """A rule that would know every movement."""

    code = "accounting.bank_rule_words"
    message = N_(
        "Type at least one word of the bank's label that tells the movement: three letters or"
        " more, no digits, no month."
    )


class BankRuleAccountError(UserError):
    """A rule for an account that takes no entries."""

    code = "accounting.bank_rule_account"
    message = N_(
        "The account {account} takes no entries: it is inactive, or others stand beneath it."
        " Choose one that does."
    )


class BankRuleAmountsError(UserError):
    """A rule that no amount fits."""

    code = "accounting.bank_rule_amounts"
    message = N_("No amount lies between these two. Correct one of them, or leave one empty.")


class BankRuleBranchError(UserError):
    """A rule that would leave the branch in which it was used."""

    code = "accounting.bank_rule_branch"
    message = N_(
        "A rule stays in its branch. Choose a bank account of that branch, or make a new rule."
    )


class BankTaxUnknownError(UserError):
    """A tax that does not hold on the day of a movement."""

    code = "accounting.bank_tax_unknown"
    message = N_(
        "The tax {tax} has no rate on {date}. Choose another one, or book the tax on a line of"
        " its own."
    )


class BankSplitDiffersError(UserError):
    """Lines that are not the same money as the movement."""

    code = "accounting.bank_split_differs"
    message = N_(
        "The movement is {moved}, the lines come to {booked}: {difference} is missing. Correct an"
        " amount, or add a line."
    )
