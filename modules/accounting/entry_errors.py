"""Why an entry by hand is refused."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class EntryUnbalancedByHandError(UserError):
    """What was typed does not balance yet."""

    code = "accounting.entry_unbalanced"
    message = N_(
        "Debits are {debit}, credits {credit}: {difference} is missing on one side. Complete "
        "the lines, then post."
    )


class EntryEmptyError(UserError):
    """An entry without two lines."""

    code = "accounting.entry_empty"
    message = N_("An entry has at least two lines with an amount. Add what is missing, then post.")


class LabelMissingError(UserError):
    """An entry that says nothing."""

    code = "accounting.label_missing"
    message = N_("Say in the label what this entry is for.")


class DayMissingError(UserError):
    """An entry without a day."""

    code = "accounting.day_missing"
    message = N_("Choose the day of this entry.")


class AccountInactiveError(UserError):
    """A line on an account that is out of use."""

    code = "accounting.account_inactive"
    message = N_(
        "Line {line}: account {account} is out of use. Choose another, or put it into use in "
        "the chart of accounts."
    )


class AccountIsGroupError(UserError):
    """A line on an account that only sums up others."""

    code = "accounting.account_is_group"
    message = N_(
        "Line {line}: account {account} only sums up those beneath it. Choose one of them, such"
        " as {child}."
    )


class LineAmountError(UserError):
    """A line with no amount, two amounts, or one that cannot be kept."""

    code = "accounting.line_amount"
    message = N_(
        "Line {line}: give one amount above zero, either debit or credit, without smaller parts"
        " than the currency has."
    )


class LineRateError(UserError):
    """A foreign amount, a rate and a company amount that do not fit."""

    code = "accounting.line_rate"
    message = N_(
        "Line {line}: amount in {currency} times rate is not the debit or credit. Type amount "
        "and rate again."
    )


class CostCentreUnknownError(UserError):
    """A line on a cost centre that is not in use."""

    code = "accounting.cost_centre_unknown"
    message = N_("There is no cost centre {code} in use. Choose one of the list, or add it first.")


class PartyUnknownError(UserError):
    """A line of a partner that is not known to the ledger."""

    code = "accounting.party_unknown"
    message = N_("Line {line}: this partner is not known. Choose one of the list.")


class JournalUnknownError(UserError):
    """A journal that is not there or out of use."""

    code = "accounting.journal_unknown"
    message = N_("There is no journal {journal} in use. Choose another one.")


class JournalReservedError(UserError):
    """A journal that only documents write in."""

    code = "accounting.journal_reserved"
    message = N_(
        "Journal {journal} is written by sales, till and stock only. Correct the document "
        "there, or post in a journal of your own, such as OD."
    )


class EntryPostedAlreadyError(UserError):
    """A draft that became an entry meanwhile."""

    code = "accounting.entry_posted_already"
    message = N_("This was posted already as {number}. Reverse that entry if it is wrong.")


class EntryReversedAlreadyError(UserError):
    """A second reversal of one entry."""

    code = "accounting.entry_reversed_already"
    message = N_("This entry was reversed already by {number}. Nothing more is needed.")


class ReversalTooEarlyError(UserError):
    """A reversal before what it reverses."""

    code = "accounting.reversal_too_early"
    message = N_("The entry is of {date}. Choose that day for its reversal, or a later one.")
