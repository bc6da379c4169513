"""What the grid knows of a product: its units, its prices for this customer and day, its taxes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.i18n import in_language
from erp_desktop.core.money import CURRENCIES, Currency, round_money
from modules.accounting.api import TaxPlan
from modules.catalog.api import PriceTag

# A price without taxes that follows from one with them has two decimals more than its currency:
# so the sum with taxes is the shelf's again, also for a hundred pieces.
_FINER = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """One way in which a product is sold: by its own unit, or by a pack.

    Attributes:
        pack_id: None for the product's own unit.
        net: Its own price without taxes, where the catalog says one.
    """

    pack_id: UUID | None
    name: str
    name_ar: str
    factor: Decimal
    tag: PriceTag
    net: Decimal | None = None

    def named(self, language: str) -> str:
        """Return its name in a language."""
        return in_language(language, self.name, self.name_ar)

    def price(
        self, quantity: Decimal, plan: TaxPlan | None, currency: str, *, includes_tax: bool
    ) -> Decimal:
        """Return what one costs when so many are bought, with or without taxes."""
        found, money = self.tag.price(quantity), CURRENCIES[currency]
        if found.includes_tax == includes_tax or plan is None:
            return found.amount
        if includes_tax:
            return round_money(found.amount * plan.factor, money)
        if self.net is not None and found.amount == self.tag.own:
            return self.net
        finer = Currency(money.code, money.decimals + _FINER)
        return round_money(found.amount / plan.factor, finer)


@dataclass(frozen=True, slots=True)
class TaxChoice:
    """A tax code that has a rate on the day of the document."""

    code: str
    name: str
    name_ar: str

    def named(self, language: str) -> str:
        """Return its name in a language."""
        return in_language(language, self.name, self.name_ar)


@dataclass(frozen=True, slots=True)
class Goods:
    """A product as the grid sells it.

    Attributes:
        units: Its own unit first, then its packs.
        plans: What each tax code means on the day; shared by all lines.
    """

    id: UUID
    tax_code: str
    units: tuple[Unit, ...]
    taxes: tuple[TaxChoice, ...]
    plans: Mapping[str, TaxPlan]

    def unit(self, pack_id: UUID | None) -> Unit:
        """Return a unit; the product's own where the pack is no longer sold."""
        return next((each for each in self.units if each.pack_id == pack_id), self.units[0])
