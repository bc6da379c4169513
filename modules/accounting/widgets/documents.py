"""Where the documents behind entries are opened: the way down from the ledger."""

from collections.abc import Mapping
from typing import Any

# Module and kind of a document: the page that shows it, and the fact that the page is opened with.
_PAGES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("accounting", "entry"): ("accounting.entries", "number"),
    ("accounting", "instrument"): ("accounting.instruments", "number"),
    ("accounting", "tax_return"): ("accounting.tax_return", ""),
    ("accounting", "settlement"): ("accounting.open_currency", ""),
    ("accounting", "revaluation"): ("accounting.revaluation", ""),
    ("accounting", "depreciation"): ("accounting.depreciation", ""),
    ("accounting", "withholding"): ("accounting.withholdings", "number"),
    ("accounting", "purchase"): ("accounting.purchase", "id"),
    ("accounting", "transfer_order"): ("accounting.transfer_order", "id"),
    ("accounting", "late_charge"): ("accounting.late_charges", "number"),
    ("accounting", "cash_voucher"): ("accounting.petty_cash", "number"),
    ("accounting", "cash_count"): ("accounting.cash_boxes", ""),
    ("accounting", "transfer"): ("accounting.transfers", "number"),
    ("accounting", "asset"): ("accounting.asset", "id"),
    ("till", "ticket"): ("till.tickets", "number"),
    ("till", "refund"): ("till.tickets", "number"),
    ("till", "session"): ("till.sessions", "number"),
    ("till", "cash_move"): ("till.sessions", ""),
    ("sales", "invoice"): ("sales.invoice", "id"),
    ("sales", "credit_note"): ("sales.credit_note", "id"),
    ("sales", "payment"): ("sales.payment", "id"),
    ("inventory", "opening"): ("inventory.movements", ""),
    ("inventory", "adjustment"): ("inventory.movements", ""),
}


def page_of(document: Mapping[str, Any]) -> tuple[str, Any] | None:
    """Return the page of a document and what to open it with; none for what has no page."""
    found = _PAGES.get((str(document.get("module")), str(document.get("kind"))))
    if found is None:
        return None
    page, fact = found
    return page, document.get(fact) if fact else None
