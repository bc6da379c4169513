"""Why inventory refuses or flags, and what to do about it."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class NoWarehouseError(UserError):
    """A branch without a warehouse."""

    code = "inventory.no_warehouse"
    message = N_("The branch has no warehouse. Ask the administrator to open one.")


class NotEnoughError(UserError):
    """Somebody asks for more than there is."""

    code = "inventory.not_enough"
    message = N_("There is not enough of {product}. Take less, or receive goods first.")


class ShortError(UserError):
    """A fact took more than was there: goods and figures differ."""

    code = "inventory.short"
    message = N_(
        "More of {product} was taken than the books had: {on_hand} are left. Count this product."
    )


class QuantityError(UserError):
    """A quantity that moves nothing, or a cost below zero."""

    code = "inventory.quantity_must_be_positive"
    constraints = ("movements_move_something", "movements_value_is_an_amount")
    message = N_("A quantity is more than zero and a cost is not below zero. Correct the line.")


class OpeningColumnsError(UserError):
    """A file of opening stock that lacks a column."""

    code = "inventory.opening_columns"
    message = N_(
        "The file needs three columns, named in its first line: code or barcode, quantity, unit "
        "cost."
    )
