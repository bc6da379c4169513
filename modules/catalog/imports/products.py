"""Products as a kind of import."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from typing_extensions import override

from erp_desktop.core.commands import uuid7
from erp_desktop.imports.fields import EXTRA
from erp_desktop.imports.kinds import Kind, RowNote
from erp_desktop.imports.rows import ReadRow
from modules.catalog.imports import problems
from modules.catalog.imports.fields import product_fields
from modules.catalog.selectors import PackDraft, ProductSheet
from modules.catalog.services import ImportDraft

_OF_PACKS = ("pack", "pack_price", "pack_barcode")


class ProductKind(Kind[ImportDraft]):
    """Products; one without a code is called by its barcode.

    Attributes:
        sheet: Units, taxes and currency.
    """

    code_repeated = problems.CODE_REPEATED
    code_taken = problems.CODE_TAKEN
    mark_repeated = problems.BARCODE_REPEATED
    mark_taken = problems.BARCODE_TAKEN
    makes_codes = True

    def __init__(self, sheet: ProductSheet) -> None:
        super().__init__(product_fields(sheet))
        self.sheet = sheet

    @override
    def usual(self) -> dict[str, str]:
        """Most products are pieces, taxed at the full rate, which comes first."""
        units = [unit.code for unit in self.sheet.units]
        unit = "PCE" if "PCE" in units else next(iter(units), "")
        return {"unit": unit, "tax": next((tax.code for tax in self.sheet.taxes), "")}

    @override
    def finish(self, row: ReadRow, note: RowNote) -> None:
        """Note a pack of which nobody says how much is in it."""
        factor = row.values.get("pack_factor")
        if factor is None and any(about in row.values for about in _OF_PACKS):
            note("pack_factor", "", problems.PACK_FACTOR_MISSING)
        elif factor is not None and factor <= 0:
            note("pack_factor", str(factor), problems.PACK_FACTOR_IMPOSSIBLE)

    @override
    def draft(self, row: ReadRow) -> ImportDraft:
        said = row.values
        return ImportDraft(
            code=row.code,
            name=said["name"],
            name_ar=said.get("name_ar", ""),
            unit=said["unit"],
            tax_code=said["tax"],
            price=said.get("price", Decimal(0)),
            category=said.get("category", ""),
            reorder_point=said.get("reorder_point"),
            barcodes=said.get("barcode", ()),
            packs=_packs(said),
            metadata=dict(said.get(EXTRA, {})),
        )

    @override
    def merged(self, first: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
        """Return one product of many lines of invoices: of its prices the highest."""
        values = super().merged(first, more)
        if "price" in first and "price" in more:
            values["price"] = max(first["price"], more["price"])
        return values


def _packs(said: Mapping[str, Any]) -> tuple[PackDraft, ...]:
    """Return the pack of a row; one without a name is called by what is in it."""
    factor: Decimal | None = said.get("pack_factor")
    if factor is None:
        return ()
    price: Decimal | None = said.get("pack_price")
    pack = PackDraft(
        id=str(uuid7()),
        name=said.get("pack") or f"× {factor.normalize():f}",
        name_ar="",
        factor=str(factor),
        price="" if price is None else str(price),
        barcodes=" ".join(said.get("pack_barcode", ())),
    )
    return (pack,)
