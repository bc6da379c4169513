"""What head office finds in a ticket."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class FiguresDifferError(UserError):
    """Flag: the amounts of a ticket do not follow from its lines; nothing was booked."""

    code = "till.figures_differ"
    message = N_(
        "The figures of ticket {number} do not add up ({figure}), so it is not booked yet. Compare "
        "it with the paper and call the administrator."
    )


class WorkstationMissingError(UserError):
    """A sale that comes from no till."""

    code = "till.needs_a_workstation"
    message = N_("Tickets can only be sold at an enrolled workstation. Enrol this computer first.")


class PriceDiffersError(UserError):
    """Flag: the till's price was not head office's any more."""

    code = "till.price_differs"
    message = N_(
        "{product} was sold at {sold_at}; head office says {price}. If that was right, mark it as "
        "checked; if not, correct the price on the shelf."
    )


class TaxDiffersError(UserError):
    """Flag: the till's tax rate was not head office's."""

    code = "till.tax_differs"
    message = N_(
        "{product} was sold with a rate of {tax} that head office does not have on that day. "
        "Ask the accountant to check the rate."
    )


class ForeignNumberError(UserError):
    """Flag: a number that is not of the workstation's own series."""

    code = "till.foreign_number"
    message = N_(
        "Ticket {number} does not bear this workstation's number. Check on which till it was sold."
    )


class NumberGapError(UserError):
    """Flag: the ticket before has not come."""

    code = "till.number_gap"
    message = N_(
        "The ticket before {number} has not arrived. If it does not come by itself, look for it on "
        "the sync page of that till."
    )
