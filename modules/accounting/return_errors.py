"""Why a tax return is not declared, or not taken back."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class TaxMonthsWholeError(UserError):
    """A return of days that are no whole months."""

    code = "accounting.tax_months_whole"
    message = N_("A return is of whole months. Choose the first and the last month.")


class TaxMonthRunningError(UserError):
    """A return of a month that is not over."""

    code = "accounting.tax_month_running"
    message = N_("The month is not over. Declare it after {until}.")


class TaxDeclaredAlreadyError(UserError):
    """A second return of the same month."""

    code = "accounting.tax_declared_already"
    message = N_(
        "{month} is declared already. What was posted later stands in the next return; to declare "
        "it anew, take the last return back first."
    )


class TaxMonthMissingError(UserError):
    """A return that skips a month."""

    code = "accounting.tax_month_missing"
    message = N_("{month} is not declared yet. Declare it first: returns follow each other.")


class TaxNotLastError(UserError):
    """Taking back a return that others follow."""

    code = "accounting.tax_not_last"
    message = N_("Only the last return can be taken back. Take back those that follow it first.")
