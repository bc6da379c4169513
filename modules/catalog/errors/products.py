"""Why a product is refused."""

from typing import Any

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class CodeTakenError(UserError):
    """Another product has this code."""

    code = "catalog.code_taken"
    constraints = ("products_code_is_taken",)
    message = N_("Another product has this code. Search for it in the list, or type another code.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "code", **details})


class BarcodeTakenError(UserError):
    """Another product has this barcode."""

    code = "catalog.barcode_taken"
    message = N_(
        "Barcode {barcode} belongs to {code} {name}. Remove it there first, or type another one."
    )


class BarcodeUnreadableError(UserError):
    """A barcode that no scanner could send."""

    code = "catalog.barcode_unreadable"
    constraints = ("barcodes_are_printable",)
    message = N_(
        "A barcode has up to 48 letters, digits and signs, without spaces. Scan it into the field."
    )


class TaxIsSuspendedError(UserError):
    """A tax that only an attestation brings."""

    code = "catalog.tax_is_suspended"
    message = N_(
        "{tax} stands on documents under a customer's attestation only. Give product {product} the "
        "tax that it bears without one."
    )


class PriceImpossibleError(UserError):
    """A price below zero or beyond reason."""

    code = "catalog.price_impossible"
    constraints = (
        "products_price_is_an_amount",
        "products_price_net_is_an_amount",
        "products_reorder_point_is_a_quantity",
        "packs_price_is_an_amount",
        "prices_price_is_an_amount",
        "prices_quantity_is_positive",
    )
    message = N_("A price or quantity is zero or more, and below a million millions. Check it.")


class NameMissingError(UserError):
    """A product without a code or a name, or with one that is too long."""

    code = "catalog.name_missing"
    constraints = ("products_code_is_said", "products_name_is_said", "products_name_ar_is_short")
    message = N_("A product has a code of up to 40 and a name of up to 200 characters. Check both.")


class ChoiceUnknownError(UserError):
    """A unit, tax, category or price list that does not exist any more."""

    code = "catalog.choice_unknown"
    constraints = (
        "products_unit_is_known",
        "products_tax_is_known",
        "products_category_is_known",
        "products_kind_is_known",
        "prices_list_is_known",
        "prices_pack_is_known",
    )
    message = N_("Something chosen no longer exists. Open the product again and choose another.")
