"""A document as it stands on paper: the words of its day once it is posted. Pure."""

from erp_desktop.documents.invoice.paper import InvoicePaper, PaperLanguage
from modules.sales.selectors import InvoiceSheet


def invoice_paper(
    sheet: InvoiceSheet, language: PaperLanguage, *, logo: bytes | None = None
) -> InvoicePaper:
    """Return the paper of a posted document in a language.

    It is marked as a duplicate if it was printed before.
    """
    raise NotImplementedError
