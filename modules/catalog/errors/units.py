"""Why a unit of measure is not kept."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class UnitCodeTakenError(UserError):
    """A new unit with a code that another one has."""

    code = "catalog.unit_code_taken"
    message = N_("There is a unit with this code already. Choose another code, or open that one.")
    constraints = ("units_pkey",)


class UnitCodeUnplainError(UserError):
    """A code that would not fit on a label."""

    code = "catalog.unit_code_unplain"
    message = N_("The code of a unit is made of 1 to 6 capital letters and digits. Correct it.")
    constraints = ("units_code_is_short",)


class UnitNameMissingError(UserError):
    """A unit without a name."""

    code = "catalog.unit_name_missing"
    message = N_("Give the unit a name: invoices print it.")
