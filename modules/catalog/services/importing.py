"""Importing products: all of them or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_, _
from modules.catalog.permissions import Permission
from modules.catalog.services.drafts import ImportDraft, import_row

CHUNK = 500

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import has written."""

    created: int = 0
    changed: int = 0


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
    report = ImportReport()
    for start in range(0, len(drafts), CHUNK):
        progress(start, len(drafts), _(N_("Writing products…")))
        rows = [import_row(draft) for draft in drafts[start : start + CHUNK]]
        answer = ctx.call("catalog.import_products_v1", rows, may_change)
        report = ImportReport(
            report.created + answer["created"], report.changed + answer["changed"]
        )
    progress(len(drafts), len(drafts), _(N_("Writing products…")))
    return report
