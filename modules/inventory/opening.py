"""Opening stock as people enter it: lines from a scanner or a file, and what is wrong with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.gs1 import is_ean
from erp_desktop.core.i18n import N_, _
from erp_desktop.imports import headings
from erp_desktop.imports.amounts import read_amount
from erp_desktop.imports.cells import clean
from erp_desktop.imports.fields import ImportField, propose_columns
from erp_desktop.imports.tables import Table
from modules.catalog.api import ProductRef
from modules.inventory.errors import OpeningColumnsError
from modules.inventory.selectors import OpeningState

SENTENCES = {
    "product": N_("No product has this code or barcode. Add it to the catalog first."),
    "quantity": N_("This is not a quantity above zero. Write it like 12 or 2,5."),
    "cost": N_("This is not a cost. Write what one unit cost, like 70,50."),
    "opened": N_("This branch has opening stock of it already. Remove the line."),
}
_FIELDS = (
    ImportField("barcode", N_("Code or barcode"), headings.BARCODE, recognise=is_ean),
    ImportField("code", N_("Code"), headings.CODE),
    ImportField(
        "quantity",
        N_("Quantity"),
        "quantity · qty · quantité · qté · stock · on hand · stock initial · quantité en stock · "
        "كمية · الكمية · المخزون · الرصيد",
    ),
    ImportField(
        "cost",
        N_("Unit cost"),
        "unit cost · cost · purchase price · coût · coût unitaire · prix d'achat · pa · pa ht · "
        "pmp · cump · prix de revient · كلفة · الكلفة · سعر الشراء · ثمن الشراء · تكلفة الوحدة",
    ),
)
_LIMIT = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """What was there of one product.

    Attributes:
        text: The code or barcode as it was typed or stands in the file.
        wrong: Why it cannot be booked (`SENTENCES`); empty if it can.
    """

    text: str
    quantity: Decimal | None
    unit_cost: Decimal | None
    product: ProductRef | None = None
    wrong: str = ""
    currency: str = ""

    @property
    def value(self) -> Decimal:
        """What it is worth."""
        return (self.quantity or Decimal(0)) * (self.unit_cost or Decimal(0))

    def problem(self) -> str:
        """Say why it cannot be booked."""
        return _(SENTENCES[self.wrong]) if self.wrong else ""


def read_lines(table: Table) -> list[OpeningLine]:
    """Return the lines of a file, whose columns are known by their headings.

    Raises:
        OpeningColumnsError: One of them is not there.
    """
    columns = propose_columns(table, _FIELDS)
    texts = [place for place, held in enumerate(columns) if held in {"barcode", "code"}]
    if not texts or "quantity" not in columns or "cost" not in columns:
        raise OpeningColumnsError
    quantity, cost = columns.index("quantity"), columns.index("cost")
    return [
        OpeningLine(_first(cells, texts), _amount(cells, quantity), _amount(cells, cost))
        for _number, cells in table.rows()
    ]


def checked(
    lines: Iterable[OpeningLine], products: Mapping[str, ProductRef], state: OpeningState
) -> list[OpeningLine]:
    """Return the lines with their products, each with what is wrong with it."""
    return [_checked(line, products.get(line.text), state) for line in lines]


def payload(branch_id: UUID, lines: Iterable[OpeningLine]) -> dict[str, Any]:
    """Return what `inventory.open_stock_v1` takes."""
    return {
        "branch_id": str(branch_id),
        "lines": [
            {
                "product_id": str(line.product.id),
                "quantity": str(line.quantity),
                "unit_cost": str(line.unit_cost),
            }
            for line in lines
            if line.product is not None and not line.wrong
        ],
    }


def _checked(line: OpeningLine, product: ProductRef | None, state: OpeningState) -> OpeningLine:
    wrong = ""
    if product is None:
        wrong = "product"
    elif product.id in state.opened:
        wrong = "opened"
    elif line.quantity is None or not 0 < line.quantity < _LIMIT:
        wrong = "quantity"
    elif line.unit_cost is None or not 0 <= line.unit_cost < _LIMIT:
        wrong = "cost"
    return replace(line, product=product, wrong=wrong, currency=state.currency)


def _first(cells: Sequence[str], places: list[int]) -> str:
    found = (clean(cells[place]) for place in places if place < len(cells))
    return next(filter(None, found), "")


def _amount(cells: Sequence[str], place: int) -> Decimal | None:
    return read_amount(cells[place]) if place < len(cells) else None
