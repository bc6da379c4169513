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
