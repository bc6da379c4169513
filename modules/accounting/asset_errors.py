"""Why an asset is not kept, depreciated or taken out of the books."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class AssetCodeTakenError(UserError):
    """Another asset has the code."""

    code = "accounting.asset_code_taken"
    message = N_("An asset with this code exists already. Choose another code.")
    constraints = ("assets_code_is_taken",)


class AssetCodeUnplainError(UserError):
    """A code with spaces, empty or too long."""

    code = "accounting.asset_code_unplain"
    message = N_("Choose a code of at most 30 signs without spaces.")
    constraints = ("assets_code_is_plain",)


class AssetCategoryCodeUnplainError(UserError):
    """A code of a category that could not be printed everywhere."""

    code = "accounting.asset_category_code_unplain"
    message = N_("Choose a code of at most 20 capital letters, digits, _ and -.")
    constraints = ("asset_categories_code_is_plain",)


class AssetCategoryTakenError(UserError):
    """Another category has the code."""

    code = "accounting.asset_category_taken"
    message = N_("A category with this code exists already. Choose another code.")
    constraints = ("asset_categories_pkey",)


class AssetCategoryUnknownError(UserError):
    """A category that is not there, or not in use."""

    code = "accounting.asset_category_unknown"
    message = N_("There is no category “{category}” in use. Choose one of the list, or add it.")


class AssetCategoryLastingError(UserError):
    """A method for what is never depreciated."""

    code = "accounting.asset_category_lasting"
    message = N_(
        "{category} has no account of depreciation. Choose “not depreciated”, or give the category "
        "its accounts."
    )


class AssetMethodUnlawfulError(UserError):
    """A method that the law of the country does not know on a day."""

    code = "accounting.asset_method_unlawful"
    message = N_(
        "The rules of the country know no such method on {date}. Choose straight-line, or add the "
        "rule with its source."
    )


class AssetLifeError(UserError):
    """A life that does not fit the method."""

    code = "accounting.asset_life"
    message = N_("Type a life of 1 to 1200 months; what is not depreciated has none.")
    constraints = ("assets_have_a_life", "asset_categories_have_a_life")


class AssetAmountsError(UserError):
    """Amounts that are no amounts of the company's currency."""

    code = "accounting.asset_amounts"
    message = N_(
        "Type a cost above zero; cost, rest and what was taken over are in whole units of the "
        "currency."
    )
    constraints = ("assets_cost_something",)


class AssetRestError(UserError):
    """A rest that is the whole, or less than nothing."""

    code = "accounting.asset_rest"
    message = N_("What is left at the end is zero or more, and less than the cost. Correct it.")
    constraints = ("assets_keep_a_part",)


class AssetServiceError(UserError):
    """An asset that serves before it came."""

    code = "accounting.asset_service"
    message = N_("It serves before it was acquired. Correct one of the two days.")
    constraints = ("assets_serve_after_they_come",)


class AssetTakenOverError(UserError):
    """More taken over than can be used up, or no day of it."""

    code = "accounting.asset_taken_over"
    message = N_(
        "What was taken over is at most the cost less the rest, and says until which day. Correct "
        "it."
    )
    constraints = ("assets_are_taken_over_in_part",)


class AssetTakenOverEarlyError(UserError):
    """Taken over before it served."""

    code = "accounting.asset_taken_over_early"
    message = N_("It was taken over before it served. Choose a later day of taking over.")


class AssetInBooksError(UserError):
    """A change of what the books follow from."""

    code = "accounting.asset_in_books"
    message = N_(
        "{code} is depreciated in the books already, so its category, branch, days, cost, life "
        "and method stay. Take the depreciation back first, or sell it and enter it anew."
    )


class AssetGoneError(UserError):
    """A deed on an asset that went."""

    code = "accounting.asset_gone"
    message = N_("{code} went on {date}. To change it, take that back first.")


class DepreciationMonthEndError(UserError):
    """A run in the middle of a month."""

    code = "accounting.depreciation_month_end"
    message = N_("Assets are depreciated until the last day of a month. Choose a month.")


class DepreciationLaterError(UserError):
    """A run before one that is posted."""

    code = "accounting.depreciation_later"
    message = N_(
        "{month} is depreciated already. Take that back first, or choose a later month: what is "
        "missing is made up for there."
    )


class DepreciationNothingError(UserError):
    """A run without an asset."""

    code = "accounting.depreciation_nothing"
    message = N_(
        "Nothing is to be depreciated until {date}: it is posted already, or no asset serves. "
        "Choose another month."
    )


class DepreciationOfGoneError(UserError):
    """Taking back what a sale builds on."""

    code = "accounting.depreciation_of_gone"
    message = N_("{code} went after this depreciation. Take its sale or scrapping back first.")


class AssetDepreciatedLaterError(UserError):
    """A sale on a day until after which the asset is depreciated."""

    code = "accounting.asset_depreciated_later"
    message = N_(
        "It is depreciated until {month} already. Choose a later day, or take that depreciation "
        "back first."
    )


class DisposalTooEarlyError(UserError):
    """An asset that goes before it came."""

    code = "accounting.disposal_too_early"
    message = N_("It cannot go before {date}. Choose that day or a later one.")


class DisposalPriceError(UserError):
    """A sale for nothing, or scrap with a price."""

    code = "accounting.disposal_price"
    message = N_("A sale has a price above zero, what is scrapped has none. Correct the price.")


class EntryOfRegisterError(UserError):
    """Reversing by hand what a register, a revaluation, a certificate or a portfolio posted."""

    code = "accounting.entry_of_register"
    message = N_(
        "Entry {number} was posted by a depreciation, a sale of an asset, a revaluation, a "
        "withholding certificate, a transfer order or a step of a cheque or bill. Take it back on "
        "the page that posted it."
    )
