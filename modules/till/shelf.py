"""What the till may sell: the replica's products with today's tax and stock; no network, ever."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from erp_desktop.workstation.workstation import Workstation
from modules.accounting.api import rate_on, tax_name
from modules.catalog.api import ReplicaProduct, find_product, product_by_barcode, product_by_id
from modules.inventory.api import on_hand
from modules.till.errors import ProductInactiveError, QuantityNotWholeError, TaxRateMissingError
from modules.till.pricing import checked_quantity
from modules.till.ticket import WHOLE_UNITS, TicketLine


@dataclass(frozen=True, slots=True)
class Offer:
    """A product as the till can sell it now.

    Attributes:
        scanned: What found it: a barcode, or its code.
        rate: Its tax on the day; none if there is no rate.
        tax: The tax's name, in French and Arabic.
        on_hand: What the branch has, less what was sold here and head office does not know yet.
    """

    product: ReplicaProduct
    scanned: str
    rate: Decimal | None
    tax: tuple[str, str]
    on_hand: Decimal
    currency: str


def offers_of(workstation: Workstation, text: str, day: date) -> list[Offer]:
    """Return what a scanned or typed text means: one product for a whole code, else a search."""
    product = product_by_barcode(workstation, text) or _retired(workstation, text)
    if product is not None:
        return [_offer(workstation, product, text, day)]
    found = find_product(workstation, text, limit=20)
    exact = [product for product in found if product.code.casefold() == text.casefold()]
    return [_offer(workstation, product, product.code, day) for product in exact or found]


def _retired(workstation: Workstation, barcode: str) -> ReplicaProduct | None:
    """A product that is no longer sold is still recognised, so that it can be refused by name."""
    row = workstation.replica.get("catalog.barcodes", barcode)
    return product_by_id(workstation, row["product_id"]) if row else None


def _offer(workstation: Workstation, product: ReplicaProduct, scanned: str, day: date) -> Offer:
    return Offer(
        product=product,
        scanned=scanned,
        rate=rate_on(workstation, product.tax_code, day),
        tax=(
            tax_name(workstation, product.tax_code, "fr"),
            tax_name(workstation, product.tax_code, "ar"),
        ),
        on_hand=on_hand(workstation, product.id),
        currency=workstation.enrolment.company["currency"],
    )


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
    if offer.rate is None:
        raise TaxRateMissingError(product=product.named(language), tax=product.tax_code)
    line = TicketLine(
        product_id=product.id,
        code=product.code,
        barcode=offer.scanned,
        name=product.name,
        name_ar=product.name_ar,
        unit=product.unit,
        quantity=quantity,
        unit_price=product.price,
        tax_code=product.tax_code,
        tax_rate=offer.rate,
        tax=offer.tax[0],
        tax_ar=offer.tax[1],
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
