"""Why accounting refuses, and why it flags what other modules hand it."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class EntryUnbalancedError(UserError):
    """Debits and credits of an entry differ, or a line belongs elsewhere."""

    code = "accounting.unbalanced"
    message = N_(
        "Entry {number} does not balance (difference {difference}), so nothing was posted. "
        "Call the administrator: a posting rule is incomplete."
    )


class PeriodClosedError(UserError):
    """The period of a document is closed; a fact goes to the next open day."""

    code = "accounting.period_closed"
    message = N_(
        "The period of {date} is closed. Facts are booked on the next open day; "
        "for anything else choose an open date, or ask the accountant to reopen the period."
    )


class PostingRuleUnknownError(UserError):
    """A document that nobody has said how to book."""

    code = "accounting.unknown_rule"
    message = N_(
        "There is no posting rule {rule}. Ask the administrator to load the country pack of this "
        "version, then send it again from the review list."
    )


class PeriodRangeEmptyError(UserError):
    """A report from a month to an earlier one."""

    code = "accounting.period_range_empty"
    message = N_("The first month is after the last. Choose the months the other way round.")


class DayRangeEmptyError(UserError):
    """A report from a day to an earlier one."""

    code = "accounting.day_range_empty"
    message = N_("The first day is after the last. Choose the days the other way round.")


class TaxesUnreadableError(UserError):
    """Taxes of a line that no law could say."""

    code = "accounting.taxes_unreadable"
    message = N_(
        "The taxes of a line cannot be read, so nothing was booked. Update the program on the "
        "workstation that sent it, then book it again from the review list."
    )


class ValidityOverlapsError(UserError):
    """Two values of one tax or rule on the same day."""

    code = "accounting.validity_overlaps"
    message = N_(
        "{code} has another value from {since} to {until}. End that one first, or choose other "
        "days."
    )


class ValueBeginsTwiceError(UserError):
    """Two values of one tax or rule that begin on the same day."""

    code = "accounting.value_begins_twice"
    message = N_("A value begins on that day already. Correct that one, or choose another day.")
    constraints = ("tax_rates_pkey", "law_values_begin_once")


class ValueEndsTooEarlyError(UserError):
    """A value that ends before it begins."""

    code = "accounting.value_ends_too_early"
    message = N_("The last day is before the first. Choose a later one, or leave it empty.")
    constraints = ("tax_rates_end_after_they_begin", "law_values_end_after_they_begin")


class SourceMissingError(UserError):
    """A value of the law that nobody could look up."""

    code = "accounting.source_missing"
    message = N_("Say which text of the law this value comes from, so that others can check it.")


class LawUnreadableError(UserError):
    """A value that tills and invoices could not reckon with."""

    code = "accounting.law_unreadable"
    message = N_(
        "The value of {code} is incomplete or no amount. Compare it with an older value of the "
        "same rule."
    )


class BaseTaxesUnclearError(UserError):
    """A tax on taxes that are unknown or not in order."""

    code = "accounting.base_taxes_unclear"
    message = N_(
        "The base of {code} names taxes that are unknown or out of order. Write each tax after "
        "those that belong to its own base."
    )


class TaxCodeTakenError(UserError):
    """A tax with a code that another one has."""

    code = "accounting.tax_code_taken"
    message = N_("There is a tax with this code already. Open it, or choose another code.")
    constraints = ("taxes_pkey",)


class TaxCodeUnplainError(UserError):
    """A code that could not be printed everywhere."""

    code = "accounting.tax_code_unplain"
    message = N_("Choose a code of 2 to 20 capital letters, digits and _, such as TVA19.")
    constraints = ("taxes_code_is_plain",)


class RateImpossibleError(UserError):
    """A rate below zero, or of the whole and more."""

    code = "accounting.rate_impossible"
    message = N_("A rate is at least 0 and less than 100 %. Correct it.")
    constraints = ("tax_rates_are_parts_of_one",)


class LawCodeUnplainError(UserError):
    """A code of a rule that could not be printed everywhere."""

    code = "accounting.law_code_unplain"
    message = N_("Choose a code of at most 40 letters, digits, dots, _ and -.")
    constraints = ("law_values_code_is_plain",)


class AccountUnknownError(UserError):
    """A ledger of an account that is not in the chart."""

    code = "accounting.account_unknown"
    message = N_("No account means “{account}”. Choose one of the list by its code or name.")


class TaxUnknownError(UserError):
    """A rate of a tax that does not exist."""

    code = "accounting.tax_unknown"
    message = N_("There is no tax with this code. Add the tax first, then its rate.")
    constraints = ("tax_rates_tax_code_fkey",)


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


class PeriodLockedError(UserError):
    """A day before which the role of the user posts nothing."""

    code = "accounting.period_locked"
    message = N_(
        "Your role posts nothing before {until}. Choose that day or a later one, or ask the "
        "accountant to move the lock."
    )


class ReasonMissingError(UserError):
    """A period opened again without a word."""

    code = "accounting.reason_missing"
    message = N_("Say why this period is opened again: the reason is kept with it.")


class PeriodFinalError(UserError):
    """A period of a year that is closed for good."""

    code = "accounting.period_final"
    message = N_(
        "{period} is closed for good and takes nothing any more. Post the correction in an open"
        " period."
    )
