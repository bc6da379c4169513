"""What a product can have: units, taxes, price lists."""

from dataclasses import dataclass
from decimal import Decimal

from erp_desktop.core.i18n import Bilingual
from modules.accounting.api import TaxPlan


@dataclass(frozen=True, slots=True)
class Choice(Bilingual):
    """A unit or a tax that a product can have; a tax has its rate of today."""

    code: str
    name: str
    name_ar: str
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TaxChoice(Choice):
    """A tax; `plan` is all that it charges today, none if one of its taxes has no rate."""

    plan: TaxPlan | None = None


@dataclass(frozen=True, slots=True)
class PriceListChoice(Bilingual):
    """A price list in which a product can have prices."""

    code: str
    name: str
    name_ar: str
    includes_tax: bool
    is_active: bool
