"""What the grid knows of a product, once head office has told: its prices, packs and taxes."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.i18n import current, in_language
from modules.accounting.api import TaxPlan
from modules.sales.selectors import InvoiceChoices, ProductOffer

_UNIT = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Goods:
    """A product as a document sells it to its customer on its day.

    Attributes:
        choices: The law of that day; all lines share it.
    """

    offer: ProductOffer
    choices: InvoiceChoices

    def plan(self, tax_code: str) -> TaxPlan | None:
        """Return what a tax code means on the day; None without a rate."""
        return self.choices.plans.get(tax_code)

    def price(
        self,
        quantity: Decimal,
        tax_code: str,
        pack_id: UUID | None,
        *,
        includes_tax: bool,
        plan: TaxPlan | None = None,
    ) -> Decimal:
        """Return what one costs when so many are bought, in the document's own terms.

        Args:
            quantity: How many, in packs where there is one.
            tax_code: The line's own, which prices with taxes include.
            pack_id: The pack that is sold; none for the unit.
            includes_tax: Whether the document's prices do.
            plan: What the line bears, if an attestation suspends taxes of its code.
        """
        own = self.plan(tax_code) or TaxPlan(tax_code, ())
        if not includes_tax or plan is None or plan == own:
            return self.offer.unit_price(quantity, own, includes_tax=includes_tax, pack_id=pack_id)
        net = self.offer.unit_price(quantity, own, includes_tax=False, pack_id=pack_id)
        return (net * plan.factor).quantize(_UNIT)

    def units(self) -> tuple[tuple[UUID | None, str], ...]:
        """Return the units in which it is sold, its own first: pack and words."""
        language = current().language
        packs = ((pack.id, pack.named(language)) for pack in self.offer.packs)
        return ((None, self.offer.unit), *packs)

    def taxes(self) -> tuple[tuple[str, str], ...]:
        """Return the taxes that have a rate on the day: code and words."""
        language, names = current().language, self.choices.tax_names
        own = (c for c in self.choices.plans if c not in self.choices.suspended)
        return tuple((c, in_language(language, *names[c])) for c in own)
