"""What the till may sell: the replica's products with today's tax and stock; no network, ever."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.workstation.workstation import Workstation
from modules.accounting.api import TaxPlan, plan_on, tax_name
from modules.catalog.api import (
    PriceTag,
    ReplicaPack,
    ReplicaProduct,
    find_product,
    pack_by_barcode,
    pack_by_id,
    price_tag,
    product_by_barcode,
    product_by_id,
)
from modules.inventory.api import on_hand
from modules.till.errors import ProductInactiveError, QuantityNotWholeError, TaxRateMissingError
from modules.till.pricing import checked_quantity
from modules.till.ticket import WHOLE_UNITS, TicketLine


@dataclass(frozen=True, slots=True)
class Offer:
    """A product as the till can sell it now.

    Attributes:
        scanned: What found it: a barcode, or its code.
        plan: Its taxes on the day; none if one has no rate.
        tag: What decides its price.
        pack: The pack that was scanned; none for single units.
        tax: The tax's name, in French and Arabic.
        on_hand: What the branch has, less what was sold here and head office does not know yet.
    """

    product: ReplicaProduct
    scanned: str
    plan: TaxPlan | None
    tax: tuple[str, str]
    on_hand: Decimal
    currency: str
    tag: PriceTag
    pack: ReplicaPack | None = None

    def price(self, quantity: Decimal) -> Decimal:
        """Return what one costs when so many are bought, taxes included."""
        found = self.tag.price(quantity)
        if found.includes_tax or self.plan is None:
            return found.amount
        return round_money(found.amount * self.plan.factor, CURRENCIES[self.currency])


def offers_of(
    workstation: Workstation, text: str, day: date, *, price_list: str | None = None
) -> list[Offer]:
    """Return what a scanned or typed text means: one product for a whole code, else a search."""
    scanned = pack_by_barcode(workstation, text)
    if scanned is not None:
        return [_offer(workstation, scanned[0], text, day, price_list, scanned[1])]
    product = product_by_barcode(workstation, text) or _retired(workstation, text)
    if product is not None:
        return [_offer(workstation, product, text, day, price_list)]
    found = find_product(workstation, text, limit=20)
    exact = [product for product in found if product.code.casefold() == text.casefold()]
    return [
        _offer(workstation, product, product.code, day, price_list) for product in exact or found
    ]


def _retired(workstation: Workstation, barcode: str) -> ReplicaProduct | None:
    """A product that is no longer sold is still recognised, so that it can be refused by name."""
    row = workstation.replica.get("catalog.barcodes", barcode)
    return product_by_id(workstation, UUID(row["product_id"])) if row else None


def _offer(
    workstation: Workstation,
    product: ReplicaProduct,
    scanned: str,
    day: date,
    price_list: str | None,
    pack: ReplicaPack | None = None,
) -> Offer:
    return Offer(
        product=product,
        scanned=scanned,
        plan=plan_on(workstation, product.tax_code, day),
        tax=(
            tax_name(workstation, product.tax_code, "fr"),
            tax_name(workstation, product.tax_code, "ar"),
        ),
        on_hand=on_hand(workstation, product.id),
        currency=workstation.enrolment.company["currency"],
        tag=price_tag(workstation, product, pack=pack, price_list=price_list, day=day),
        pack=pack,
    )


def offer_again(
    workstation: Workstation, line: TicketLine, day: date, *, price_list: str | None
) -> Offer | None:
    """Return the offer of a line that is on the ticket already; none if it is not known."""
    product = product_by_id(workstation, line.product_id)
    if product is None:
        return None
    pack = pack_by_id(workstation, line.pack_id) if line.pack_id else None
    return _offer(workstation, product, line.barcode, day, price_list, pack)


def line_of(offer: Offer, quantity: Decimal, language: str) -> TicketLine:
    """Return the line that selling an offer makes.

    Raises:
        ProductInactiveError: The product is no longer sold.
        TaxRateMissingError: Its tax has no rate today.
        QuantityNotPositiveError: The quantity is zero or less.
        QuantityTooLargeError: The quantity is a code rather than a quantity.
        QuantityNotWholeError: The product is sold by the piece.
    """
    product = offer.product
    if not product.is_active:
        raise ProductInactiveError(product=product.named(language))
    if offer.plan is None:
        raise TaxRateMissingError(product=product.named(language), tax=product.tax_code)
    pack = offer.pack
    line = TicketLine(
        product_id=product.id,
        code=product.code,
        barcode=offer.scanned,
        name=product.name,
        name_ar=product.name_ar,
        unit=product.unit,
        quantity=quantity,
        unit_price=offer.price(quantity),
        plan=offer.plan,
        tax=offer.tax[0],
        tax_ar=offer.tax[1],
        pack_id=pack.id if pack else None,
        pack=pack.name if pack else "",
        pack_ar=pack.name_ar if pack else "",
        factor=pack.factor if pack else Decimal(1),
    )
    checked_for(line, quantity, language)
    return line


def checked_for(line: TicketLine, quantity: Decimal, language: str) -> Decimal:
    """Return a quantity that this line can have.

    Raises:
        QuantityNotPositiveError: It is zero or less.
        QuantityTooLargeError: It is a code rather than a quantity.
        QuantityNotWholeError: The product is sold by the piece.
    """
    wanted = checked_quantity(quantity)
    if line.unit in WHOLE_UNITS and wanted != wanted.to_integral_value():
        raise QuantityNotWholeError(product=line.named(language))
    return wanted
