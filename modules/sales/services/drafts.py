"""Drafts of invoices and credit notes, kept and thrown away."""

from dataclasses import dataclass
from uuid import UUID

from erp_desktop.core.context import Context
from modules.sales.drafts import InvoiceDraft
from modules.sales.figures import InvoiceFigures
from modules.sales.permissions import Permission
from modules.sales.services.requests import draft_json


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft that is kept, and its new version."""

    id: UUID
    version: int


def save_invoice(ctx: Context, draft: InvoiceDraft, figures: InvoiceFigures | None = None) -> Saved:
    """Keep a draft with its lines.

    Args:
        ctx: The transaction to write in.
        draft: As it is written; version 0 creates it.
        figures: What it amounts to, as lists show it; reckoned again when it is posted.

    Raises:
        NotAllowedError: The user may not write invoices.
        OtherBranchError: The branch is not one of the user's.
        StaleRecordError: Somebody changed it after the user read its version.
        AlreadyPostedError: It is posted.
        DiscardedError: It was thrown away.
        DueBeforeDateError: It would be due before its own day.
        TextTooLongError: Reference, note or a description is too long.
        ChoiceUnknownError: Terms, price list, language or way to pay do not exist.
    """
    ctx.require(Permission.INVOICE_EDIT)
    branch = str(draft.branch_id or ctx.user.branch.id)
    payload = {**draft_json(draft, figures), "id": str(draft.id), "branch_id": branch}
    return Saved(draft.id, int(ctx.call("sales.save_invoice_v1", payload)))


def discard_invoice(ctx: Context, invoice_id: UUID, *, version: int) -> None:
    """Throw a draft away; it leaves the lists, and nobody can post it.

    Raises:
        NotAllowedError: The user may not write invoices.
        NotFoundError: There is none, or none that the user may see.
        StaleRecordError: Somebody changed it after the user read `version`.
        AlreadyPostedError: It is posted.
    """
    ctx.require(Permission.INVOICE_EDIT)
    ctx.call("sales.discard_invoice_v1", invoice_id, version)


def count_print(ctx: Context, invoice_id: UUID) -> int:
    """Note that a posted document was put on paper; return how often until now, this time included.

    The first print is the original; what comes after it is marked as a duplicate.

    Raises:
        NotAllowedError: The user may not see invoices.
        NotFoundError: There is none that is posted, or none that the user may see.
    """
    ctx.require(Permission.INVOICE_VIEW)
    return int(ctx.call("sales.count_print_v1", invoice_id))
