"""Why the catalog refuses, and what to do about it."""

from modules.catalog.errors.categories import (
    CategoryCodeTakenError,
    CategoryCycleError,
    CategoryHasOthersError,
    CategoryNameMissingError,
    ParentInactiveError,
)
from modules.catalog.errors.packs import (
    BarcodeRepeatedError,
    PackImpossibleError,
    PackRepeatedError,
)
from modules.catalog.errors.pictures import (
    PictureImpossibleError,
    PictureTooLargeError,
    PictureUnreadableError,
)
from modules.catalog.errors.prices import (
    CopyImpossibleError,
    ListHasPricesError,
    ListsDifferError,
    PriceDaysError,
    PriceListCodeTakenError,
    PriceListNameMissingError,
    PriceRepeatedError,
    PricesOverlapError,
)
from modules.catalog.errors.products import (
    BarcodeTakenError,
    BarcodeUnreadableError,
    ChoiceUnknownError,
    CodeTakenError,
    NameMissingError,
    PriceImpossibleError,
    TaxIsSuspendedError,
)
from modules.catalog.errors.units import (
    UnitCodeTakenError,
    UnitCodeUnplainError,
    UnitNameMissingError,
)

__all__ = [
    "BarcodeRepeatedError",
    "BarcodeTakenError",
    "BarcodeUnreadableError",
    "CategoryCodeTakenError",
    "CategoryCycleError",
    "CategoryHasOthersError",
    "CategoryNameMissingError",
    "ChoiceUnknownError",
    "CodeTakenError",
    "CopyImpossibleError",
    "ListHasPricesError",
    "ListsDifferError",
    "NameMissingError",
    "PackImpossibleError",
    "PackRepeatedError",
    "ParentInactiveError",
    "PictureImpossibleError",
    "PictureTooLargeError",
    "PictureUnreadableError",
    "PriceDaysError",
    "PriceImpossibleError",
    "PriceListCodeTakenError",
    "PriceListNameMissingError",
    "PriceRepeatedError",
    "PricesOverlapError",
    "TaxIsSuspendedError",
    "UnitCodeTakenError",
    "UnitCodeUnplainError",
    "UnitNameMissingError",
]
