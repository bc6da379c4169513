"""What codes of products and numbers of invoices say by themselves."""

import re
from enum import StrEnum

# Fees, postage and corrections that stand among the products of this and similar files.
SERVICES = frozenset(
    {
        "POST",
        "DOT",
        "C2",
        "C3",
        "M",
        "D",
        "S",
        "B",
        "BANK CHARGES",
        "AMAZONFEE",
        "CRUK",
        "ADJUST",
        "ADJUST2",
    }
)
_VOUCHER = re.compile(r"GIFT_\d")


class Paper(StrEnum):
    """What kind of paper a number of an invoice names."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    BAD_DEBT = "bad_debt"


def product_code(written: str) -> str:
    """Return the code of a product: `85123a` and `85123A ` are one."""
    return " ".join(written.upper().split())


def is_service(code: str) -> bool:
    """Whether a product's code stands for something that no shelf holds."""
    return code in SERVICES or _VOUCHER.match(code) is not None


def paper_of(number: str) -> Paper:
    """Return what a number names: `C536379` a credit note, `A563185` a bad debt."""
    first = number[:1].upper()
    if first == "C":
        return Paper.CREDIT_NOTE
    return Paper.BAD_DEBT if first == "A" else Paper.INVOICE
