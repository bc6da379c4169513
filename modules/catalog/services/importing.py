"""Importing products: all of them or none."""

from collections.abc import Sequence

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_
from erp_desktop.imports.kinds import Progress
from erp_desktop.imports.writing import ImportReport, write_chunks
from modules.catalog.permissions import Permission
from modules.catalog.services.drafts import ImportDraft, import_row


def import_products(
    ctx: Context,
    drafts: Sequence[ImportDraft],
    *,
    may_change: bool,
    progress: Progress = lambda _done, _total, _doing: None,
) -> ImportReport:
    """Write products, each code once, all or none of them.

    Args:
        ctx: The transaction to write in.
        drafts: What to write; those of a file are `ImportDraft`s.
        may_change: Change products whose code exists already, instead of refusing.
        progress: Told how many are written; may raise to end the work.

    Raises:
        NotAllowedError: The user may not import products.
        CodeTakenError: A code exists already, and `may_change` is not set.
        BarcodeTakenError: Another product or pack has one of the barcodes.
        CancelledError: The user cancelled; nothing is written.
    """
    ctx.require(Permission.IMPORT_PRODUCTS)

    def write(some: Sequence[ImportDraft]) -> dict[str, int]:
        rows = [import_row(draft) for draft in some]
        told: dict[str, int] = ctx.call("catalog.import_products_v1", rows, may_change)
        return told

    return write_chunks(drafts, write, progress, N_("Writing products…"))
