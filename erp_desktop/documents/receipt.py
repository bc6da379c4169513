"""Receipts on rolls of 80 or 58 mm, as PDF, as long as they need to be."""

from erp_desktop.core.i18n import Words
from erp_desktop.documents.blocks import (
    Banner,
    Barcode,
    Block,
    Item,
    Pair,
    QrCode,
    Receipt,
    Rule,
    Space,
    Text,
)
from erp_desktop.documents.fonts import drawing
from erp_desktop.documents.layout import Roll, on_dots
from erp_desktop.documents.pdf import Page, mm

__all__ = [
    "Banner",
    "Barcode",
    "Block",
    "Item",
    "Pair",
    "QrCode",
    "Receipt",
    "Rule",
    "Space",
    "Text",
    "render_receipt",
]

_TOP, _BOTTOM = 4 * mm, 6 * mm


def render_receipt(receipt: Receipt, words: Words, *, width_mm: int = 80) -> bytes:
    """Return a receipt as PDF; labels stand where the language begins, amounts at the other side.

    `words` is the language of the document, not of the window; the roll is 80 or 58 mm wide.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    with drawing:
        roll = Roll(words, width_mm, receipt.blocks)
        strips = [strip for block in receipt.blocks for strip in roll.lay(block)]
        height = on_dots(_TOP + sum(strip.height for strip in strips) + _BOTTOM)
        page = Page(width_mm * mm, height, title=receipt.title, language=words.language)
        y = _TOP
        for strip in strips:
            strip.draw(page, y)
            y += strip.height
        return page.content()
