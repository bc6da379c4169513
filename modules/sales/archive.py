"""Invoices and credit notes as they were printed, for whoever keeps them: the auditor."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.documents.archived import ArchivedPaper
from erp_desktop.documents.invoice import render_invoice
from modules.sales.models import Invoice
from modules.sales.paper import invoice_paper
from modules.sales.permissions import Permission
from modules.sales.selectors import get_invoice


def list_papers(ctx: Context, year: int) -> list[ArchivedPaper]:
    """Return the posted documents of a year, by number.

    Raises:
        NotAllowedError: The user may not see invoices.
    """
    ctx.require(Permission.INVOICE_VIEW)
    columns = (
        Invoice.id,
        Invoice.number,
        Invoice.entry_id,
        func.coalesce(Invoice.posted_by, ""),
        Invoice.posted_at,
    )
    days = Invoice.dated_on.between(date(year, 1, 1), date(year, 12, 31))
    query = select(*columns).where(Invoice.state == "posted", days)
    by_number = (func.length(Invoice.number), Invoice.number)
    return ctx.rows(ArchivedPaper, query.order_by(*by_number))


def render_paper(ctx: Context, document_id: UUID) -> bytes:
    """Return a posted document as PDF in its own language, as its first print was.

    Raises:
        NotAllowedError: The user may not see invoices.
        NotFoundError: There is none, or none that the user may see.
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    sheet = get_invoice(ctx, document_id)
    if sheet.head is None:
        raise NotFoundError
    return render_invoice(invoice_paper(sheet, sheet.head.language))
