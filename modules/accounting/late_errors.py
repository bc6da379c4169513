"""Why what late payment costs is not booked."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class LateTooEarlyError(UserError):
    """Before the letter, or before the end of the quarter."""

    code = "accounting.late_too_early"
    message = N_("It cannot be booked before {date}. Choose that day or a later one.")


class LateFeeError(UserError):
    """More than the letter asked for."""

    code = "accounting.late_fee"
    message = N_("The letter asks for a fee of {fee}. Type that or less.")


class LateRateError(UserError):
    """A rate that is none."""

    code = "accounting.late_rate"
    message = N_("Type the interest of a year from 0 to 100 %, with four decimals at most.")


class LateNothingError(UserError):
    """Neither fee nor interest."""

    code = "accounting.late_nothing"
    message = N_("There is nothing to book: neither a fee nor interest comes to an amount.")


class LateBookedError(UserError):
    """Booked already."""

    code = "accounting.late_booked"
    message = N_("It is booked already as {number}. Undo that on the page Late charges first.")


class LateQuarterError(UserError):
    """Not the days of a quarter."""

    code = "accounting.late_quarter"
    message = N_("A fine is booked for a whole quarter. Choose its first and its last day.")


class LateQuarterRunningError(UserError):
    """The quarter is not over."""

    code = "accounting.late_quarter_running"
    message = N_("The quarter lasts until {until}. Book its fine once it is over.")


class LateUndoneError(UserError):
    """Undone already."""

    code = "accounting.late_undone"
    message = N_("{number} is undone already. Read the list again.")
