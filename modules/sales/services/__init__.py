"""Changes sales can make: drafts are kept directly, everything else goes through the gate."""

from modules.sales.services.drafts import Saved, count_print, discard_invoice, save_invoice
from modules.sales.services.requests import (
    ALLOCATE,
    POST_INVOICE,
    RECEIVE_PAYMENT,
    UNDO_WITHHELD,
    WRITE_OFF,
    PaymentDraft,
    Request,
    Share,
    WithheldPart,
    allocate,
    post_invoice,
    receive_payment,
    undo_withheld,
    write_off,
)

__all__ = [
    "ALLOCATE",
    "POST_INVOICE",
    "RECEIVE_PAYMENT",
    "UNDO_WITHHELD",
    "WRITE_OFF",
    "PaymentDraft",
    "Request",
    "Saved",
    "Share",
    "WithheldPart",
    "allocate",
    "count_print",
    "discard_invoice",
    "post_invoice",
    "receive_payment",
    "save_invoice",
    "undo_withheld",
    "write_off",
]
