"""Changes the catalog can make. Each runs inside the caller's transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import uuid7
from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_, _
from modules.catalog.permissions import Permission
from modules.catalog.selectors import ProductDetails

CHUNK = 500

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product as it is to be kept."""

    code: str = ""
    name: str = ""
    name_ar: str = ""
    unit: str = ""
    tax_code: str = ""
    price: Decimal = Decimal(0)
    reorder_point: Decimal | None = None
    is_active: bool = True
    barcodes: tuple[str, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, product: ProductDetails) -> "ProductDraft":
        """Return a product as it is kept now."""
        return cls(**{name: getattr(product, name) for name in cls.__dataclass_fields__})

    def as_json(self, product_id: UUID, version: int | None = None) -> dict[str, Any]:
        """Return what PostgreSQL reads; amounts travel as text."""
        point = None if self.reorder_point is None else str(self.reorder_point)
        exact = {"price": str(self.price), "reorder_point": point, "barcodes": list(self.barcodes)}
        return {**asdict(self), **exact, "id": str(product_id), "version": version}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import has written."""

    created: int = 0
    changed: int = 0


def save_product(
    ctx: Context, product_id: UUID, draft: ProductDraft, *, version: int | None = None
) -> int:
    """Keep a product and its barcodes, and return its new version.

    Args:
        ctx: The transaction to write in.
        product_id: Its id; a new one for a new product.
        draft: How it is to be.
        version: What the user saw; None creates it.

    Raises:
        NotAllowedError: The user may not edit products.
        StaleRecordError: Somebody changed it after the user read `version`.
        CodeTakenError: Another product has the code.
        BarcodeTakenError: Another product has one of the barcodes.
        BarcodeUnreadableError: No scanner could send one of the barcodes.
        NameMissingError: Code or name is missing or too long.
        PriceImpossibleError: The price or the reorder point is no amount.
        ChoiceUnknownError: The unit or tax does not exist.
    """
    ctx.require(Permission.EDIT_PRODUCTS)
    return int(ctx.call("catalog.save_product_v1", draft.as_json(product_id, version)))


def import_products(
    ctx: Context,
    drafts: Sequence[ProductDraft],
    *,
    may_change: bool,
    progress: Progress = lambda _done, _total, _doing: None,
) -> ImportReport:
    """Write products, each code once, all or none of them.

    Args:
        ctx: The transaction to write in.
        drafts: What to write.
        may_change: Change products whose code exists already, instead of refusing.
        progress: Told how many are written; may raise to end the work.

    Raises:
        NotAllowedError: The user may not import products.
        CodeTakenError: A code exists already, and `may_change` is not set.
        BarcodeTakenError: Another product has one of the barcodes.
        CancelledError: The user cancelled; nothing is written.
    """
    ctx.require(Permission.IMPORT_PRODUCTS)
    report = ImportReport()
    for start in range(0, len(drafts), CHUNK):
        progress(start, len(drafts), _(N_("Writing products…")))
        rows = [_import_row(draft) for draft in drafts[start : start + CHUNK]]
        answer = ctx.call("catalog.import_products_v1", rows, may_change)
        report = ImportReport(
            report.created + answer["created"], report.changed + answer["changed"]
        )
    progress(len(drafts), len(drafts), _(N_("Writing products…")))
    return report


def _import_row(draft: ProductDraft) -> dict[str, Any]:
    return {**draft.as_json(uuid7()), "barcode": " ".join(draft.barcodes)}
