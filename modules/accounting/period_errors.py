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
