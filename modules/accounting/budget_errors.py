"""Why a budget is not kept."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class BudgetAccountUnknownError(UserError):
    """A line that nothing can be posted to."""

    code = "accounting.budget_account_unknown"
    message = N_(
        "No account begins with “{code}”. Write the code of an account or its beginning, such as"
        " 61, or remove the line."
    )


class BudgetLineTwiceError(UserError):
    """Two lines of one budget for the same accounts."""

    code = "accounting.budget_line_twice"
    message = N_("“{code}” stands on two lines. Put both amounts on one of them.")
