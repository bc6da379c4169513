"""Why a category is refused."""

from typing import Any

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class CategoryCodeTakenError(UserError):
    """Another category has this code."""

    code = "catalog.category_code_taken"
    constraints = ("categories_code_is_taken",)
    message = N_("Another category has this code. Type another one.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "code", **details})


class CategoryNameMissingError(UserError):
    """A category without a name, or with one that is too long."""

    code = "catalog.category_name_missing"
    constraints = (
        "categories_code_is_said",
        "categories_name_is_said",
        "categories_name_ar_is_short",
    )
    message = N_(
        "A category has a code of up to 40 and a name of up to 200 characters. Check both."
    )


class CategoryCycleError(UserError):
    """A category below itself."""

    code = "catalog.category_cycle"
    constraints = ("categories_are_not_their_own_parent",)
    message = N_("{name} cannot be below itself. Choose a category that is not in it.")


class ParentInactiveError(UserError):
    """A category below one that is no longer used."""

    code = "catalog.category_parent_inactive"
    message = N_("{name} is no longer used. Use it again first, or choose another category above.")


class CategoryHasOthersError(UserError):
    """A category that is given up while others below it are used."""

    code = "catalog.category_has_others"
    message = N_("{name} is below it and still used. Move it elsewhere or give it up first.")
