"""Why the dashboard cannot show figures, and what to do about it."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class FiguresMissingError(UserError):
    """Head office does not answer, and nothing is known from before."""

    code = "dashboard.figures_missing"
    message = N_(
        "The server does not answer, and this computer keeps no figures of this choice. "
        "Choose another period or branch, or come back once online."
    )
