"""The packs of a product: a carton of twelve, with a price and barcodes of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from typing_extensions import override

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.cells import AmountCell, LineColumn, TextCell
from erp_desktop.ui.tables import RIGHT
from modules.catalog.barcodes import is_readable
from modules.catalog.widgets.grid_field import GridField, required

_LEAST = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack while it is being typed."""

    id: str
    name: str = ""
    name_ar: str = ""
    factor: Decimal | None = None
    price: Decimal | None = None
    barcodes: str = ""


class PacksField(GridField[PackLine]):
    """Edits packs.

    Attributes:
        currency: Of the prices.
        unit_price: What one unit costs; a pack without a price costs as many times that.
    """

    def __init__(self, name: str) -> None:
        self.currency = "DZD"
        self.unit_price: Decimal | None = None
        super().__init__(name, N_("Packs"), self._columns(), add=N_("Add a pack"))

    def show_unit_price(self, price: Decimal | None) -> None:
        """Show what packs without a price cost, where a unit costs so much."""
        if price != self.unit_price:
            self.unit_price = price
            self.grid.lines.reword()

    @override
    def new_line(self) -> PackLine:
        return PackLine(str(uuid7()))

    @override
    def pack(self, line: PackLine) -> Mapping[str, str]:
        for barcode in line.barcodes.split():
            if not is_readable(barcode):
                raise ValueError(
                    _("{barcode} is no barcode. Put a space between two.").format(barcode=barcode)
                )
        return {
            "id": line.id,
            "name": required(line.name, N_("Name")),
            "name_ar": line.name_ar,
            "factor": str(required(line.factor, N_("Units in it"))),
            "price": "" if line.price is None else str(line.price),
            "barcodes": " ".join(line.barcodes.split()),
        }

    @override
    def unpack(self, texts: Mapping[str, str]) -> PackLine:
        return PackLine(
            texts["id"],
            texts["name"],
            texts["name_ar"],
            Decimal(texts["factor"]),
            Decimal(texts["price"]) if texts["price"] else None,
            texts["barcodes"],
        )

    def take_scan(self, barcode: str) -> bool:
        """Give a scanned barcode to the pack that is being edited, if one is."""
        place = self.grid.currentIndex().row()
        if not self.grid.hasFocus() or not 0 <= place < len(self.grid.lines.rows):
            return False
        lines = list(self.grid.lines.rows)
        scanned = dict.fromkeys([*lines[place].barcodes.split(), barcode])
        lines[place] = replace(lines[place], barcodes=" ".join(scanned))
        self.grid.lines.change(lines)
        return True

    def _columns(self) -> tuple[LineColumn[Any], ...]:
        return (
            LineColumn(N_("Name"), lambda k: k.name, cell=TextCell(), put=_put("name")),
            LineColumn(
                N_("Arabic name"),
                lambda k: k.name_ar,
                width=130,
                cell=TextCell(),
                put=_put("name_ar"),
            ),
            LineColumn(
                N_("Units in it"),
                lambda k: "" if k.factor is None else current().number(k.factor),
                RIGHT,
                width=110,
                value=lambda k: k.factor,
                cell=AmountCell(least=_LEAST),
                put=_put("factor"),
            ),
            LineColumn(
                N_("Price"),
                self._price,
                RIGHT,
                width=130,
                value=lambda k: k.price,
                cell=AmountCell(least=Decimal(0)),
                put=_put("price"),
            ),
            LineColumn(
                N_("Barcodes"),
                lambda k: current().isolate(k.barcodes),
                width=180,
                value=lambda k: k.barcodes,
                cell=TextCell(is_code=True),
                put=_put("barcodes"),
            ),
        )

    def _price(self, line: PackLine) -> str:
        if line.price is not None:
            return current().amount(line.price, self.currency)
        if line.factor is None or self.unit_price is None:
            return ""
        return f"= {current().amount(line.factor * self.unit_price, self.currency)}"


def _put(name: str) -> Any:
    return lambda line, value: replace(line, **{name: value})
