"""Why a pack is refused."""

from typing import Any

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class BarcodeRepeatedError(UserError):
    """One barcode at two packs of a product, or at a pack and the product."""

    code = "catalog.barcode_repeated"
    message = N_("Barcode {barcode} stands at two packs of this product. Leave it at one of them.")


class PackRepeatedError(UserError):
    """Two packs of a product with one name."""

    code = "catalog.pack_repeated"
    constraints = ("packs_are_named_once",)
    message = N_("Two packs of this product have the same name. Give one of them another name.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "packs", **details})


class PackImpossibleError(UserError):
    """A pack without a name, or with nothing in it."""

    code = "catalog.pack_impossible"
    constraints = ("packs_name_is_said", "packs_name_ar_is_short", "packs_hold_something")
    message = N_("A pack has a name of up to 60 characters and holds more than zero units.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "packs", **details})
