"""Invoices, credit notes and quotations on A4, in Arabic, French, English, or two of them."""

from erp_desktop.documents.invoice.paper import (
    Identifier,
    InvoicePaper,
    PaperLine,
    PaperParty,
    PaperTax,
    Worded,
)
from erp_desktop.documents.invoice.render import render_invoice

__all__ = [
    "Identifier",
    "InvoicePaper",
    "PaperLine",
    "PaperParty",
    "PaperTax",
    "Worded",
    "render_invoice",
]
