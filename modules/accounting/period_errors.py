"""Why a period, or a day, takes nothing."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


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


class YearFinalError(UserError):
    """A year that is closed for good."""

    code = "accounting.year_final"
    message = N_("{year} is closed for good. Post corrections in the year that is open.")


class YearNotClosedError(UserError):
    """A final closing before a provisional one."""

    code = "accounting.year_not_closed"
    message = N_(
        "{year} has no closing entries yet. Close it provisionally first, and look at its result."
    )


class YearNotReadyError(UserError):
    """A final closing with something in its way."""

    code = "accounting.year_not_ready"
    message = N_(
        "{year} cannot be closed for good yet: a check that must be clear is not ({check}). "
        "Refresh the checks and mend it first."
    )


class RoleMissingError(UserError):
    """An account that the closing needs and the chart does not name."""

    code = "accounting.role_missing"
    message = N_(
        "No account plays the role {role}. Ask the administrator to load the country pack of "
        "this version."
    )


class EntryOfYearError(UserError):
    """An entry of a year end, to be reversed by hand."""

    code = "accounting.entry_of_year"
    message = N_(
        "{number} belongs to the closing of a year. Run the closing again instead: it reverses "
        "and posts anew."
    )


class JournalTooLongError(UserError):
    """A journal with more lines than a page can show."""

    code = "accounting.journal_too_long"
    message = N_("These are more than {count} lines. Choose fewer months, or one journal alone.")


class LedgerTooLongError(UserError):
    """An auxiliary ledger with more lines than a page can show."""

    code = "accounting.ledger_too_long"
    message = N_("These are more than {count} lines. Choose fewer months, or one partner alone.")


class YearHalfClosedError(UserError):
    """A closing that was begun and not ended, or a step of one that nobody began."""

    code = "accounting.year_half_closed"
    message = N_(
        "The closing of {year} was not carried through, so nothing of it is kept. Close the year "
        "again on the page Year-end closing."
    )
