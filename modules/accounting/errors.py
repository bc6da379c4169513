"""Why accounting refuses, and why it flags what other modules hand it."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_
from modules.accounting import (
    asset_errors,
    attestation_errors,
    audit_errors,
    bank_errors,
    bank_rule_errors,
    budget_errors,
    cash_errors,
    chart_errors,
    currency_errors,
    entry_errors,
    instrument_errors,
    internal_transfer_errors,
    late_errors,
    matching_errors,
    period_errors,
    purchase_errors,
    reminder_errors,
    return_errors,
    setup_errors,
    statement_errors,
    transfer_order_errors,
    withholding_errors,
)

__all__ = [
    "asset_errors",
    "attestation_errors",
    "audit_errors",
    "bank_errors",
    "bank_rule_errors",
    "budget_errors",
    "cash_errors",
    "chart_errors",
    "currency_errors",
    "entry_errors",
    "instrument_errors",
    "internal_transfer_errors",
    "late_errors",
    "matching_errors",
    "period_errors",
    "purchase_errors",
    "reminder_errors",
    "return_errors",
    "setup_errors",
    "statement_errors",
    "transfer_order_errors",
    "withholding_errors",
]


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
