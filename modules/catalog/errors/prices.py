"""Why a price list, or what stands in it, is refused."""

from typing import Any

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


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
