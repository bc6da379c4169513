"""Why the catalog refuses, and what to do about it."""

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


class PictureImpossibleError(UserError):
    """A picture that is too large, or none."""

    code = "catalog.picture_impossible"
    constraints = ("pictures_are_small", "pictures_are_png_or_jpeg")
    message = N_("A picture is a PNG or JPEG of up to 256 kB. Choose the file again.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "picture", **details})


class PictureUnreadableError(UserError):
    """A file that holds no picture, or a broken one."""

    code = "catalog.picture_unreadable"
    message = N_("{file} holds no picture that can be read. Choose a PNG, JPEG or WebP file.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "picture", **details})


class PictureTooLargeError(UserError):
    """A picture with more points than any camera makes."""

    code = "catalog.picture_too_large"
    message = N_("{file} is too large. Choose a picture of less than 80 million points.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "picture", **details})


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


class PriceListCodeTakenError(UserError):
    """Another price list has this code."""

    code = "catalog.price_list_code_taken"
    constraints = ("price_lists_code_is_taken",)
    message = N_("Another price list has this code. Type another one.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "code", **details})


class PriceListNameMissingError(UserError):
    """A price list whose code is none, or without a name."""

    code = "catalog.price_list_name_missing"
    constraints = (
        "price_lists_code_is_plain",
        "price_lists_name_is_said",
        "price_lists_name_ar_is_short",
    )
    message = N_(
        "A price list has a code of up to 20 capital letters, digits, - and _, and a name. "
        "Check both."
    )


class ListHasPricesError(UserError):
    """A list with prices that is to include taxes, or no longer."""

    code = "catalog.list_has_prices"
    message = N_(
        "This list has prices: whether they include taxes cannot change. Make another list and "
        "copy the prices."
    )


class PricesOverlapError(UserError):
    """Two prices of one thing, one quantity and one day in a list."""

    code = "catalog.prices_overlap"
    message = N_(
        "{code} {name} has two prices in list {list}: one from {from} still runs when the next "
        "begins on {next}. Let the first end before, or remove one."
    )


class PriceRepeatedError(UserError):
    """Two prices of one thing and one quantity that begin on one day."""

    code = "catalog.price_repeated"
    constraints = ("prices_begin_once",)
    message = N_(
        "Two prices of one product and quantity begin on the same day. Remove one, or let it "
        "begin on another day."
    )

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "prices", **details})


class PriceDaysError(UserError):
    """A price that ends before it begins."""

    code = "catalog.price_days"
    constraints = ("prices_end_after_they_begin",)
    message = N_("A price ends before it begins. Mend one of the two days.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "prices", **details})


class ListsDifferError(UserError):
    """Prices with taxes copied into a list without, or the other way round."""

    code = "catalog.lists_differ"
    message = N_(
        "One of {source} and {target} includes taxes and the other does not. Copy a list of the "
        "same kind, or the products' own prices."
    )


class CopyImpossibleError(UserError):
    """A copy that leaves nothing of the prices, or rounds them to nothing."""

    code = "catalog.copy_impossible"
    message = N_("Take off less than 100 %, and round to a step above zero.")
