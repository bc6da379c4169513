"""Opening stock for what the file sells: its receipts are not in the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from erp_desktop.core.money import Currency, round_money
from modules.sales.history.codes import is_service
from modules.sales.history.documents import Document, Kind

# What goods cost, as a share of the lowest price at which they were ever sold: careful, not true.
USUAL_SHARE = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Opening:
    """What must have been there of a product before the first day.

    Attributes:
        unit_cost: In the company's currency; zero where it was never sold for money.
    """

    code: str
    quantity: Decimal
    unit_cost: Decimal


def unit_costs(
    documents: Iterable[Document], share: Decimal, rate: Decimal, currency: Currency
) -> dict[str, Decimal]:
    """Return what one unit of each product is taken to have cost."""
    lowest: dict[str, Decimal] = {}
    for document in documents:
        if document.kind is Kind.INVOICE:
            for line in document.lines:
                known = lowest.get(line.code)
                if line.price and (known is None or line.price < known):
                    lowest[line.code] = line.price
    return {code: round_money(price * rate * share, currency) for code, price in lowest.items()}


def openings(documents: Iterable[Document], costs: Mapping[str, Decimal]) -> list[Opening]:
    """Return the least that lets no product ever fall below zero, by code."""
    on_hand: dict[str, Decimal] = {}
    lowest: dict[str, Decimal] = {}
    for document in documents:
        for code, moved in _moves(document):
            left = on_hand.get(code, Decimal(0)) + moved
            on_hand[code] = left
            if left < lowest.get(code, Decimal(0)):
                lowest[code] = left
    return [
        Opening(code, -least, costs.get(code, Decimal(0))) for code, least in sorted(lowest.items())
    ]


def _moves(document: Document) -> Iterable[tuple[str, Decimal]]:
    """Return what a document does to the stock; of an adjustment, first what comes in."""
    if document.kind is Kind.BAD_DEBT:
        return
    outwards = document.kind in {Kind.INVOICE, Kind.CREDIT_NOTE}
    for line in (
        sorted(document.lines, key=lambda line: -line.quantity)
        if not outwards
        else (document.lines)
    ):
        if not is_service(line.code):
            yield line.code, -line.quantity if outwards else line.quantity
