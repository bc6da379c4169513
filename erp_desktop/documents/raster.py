"""A receipt dot by dot, as a thermal printer sets it."""

import math
from typing import Any

from PIL import Image

from erp_desktop.documents.fonts import drawing
from erp_desktop.documents.pdf import DOT

# Dots across the paper that can be printed; what is left of them is a margin at either side.
DOTS = {80: 576, 58: 384}
_HAIR = 0.001
# Letters are grey at their edges; what is darker than this becomes black.
_DARK = 160


def preview(pdf: bytes, *, width_mm: int = 80) -> Image.Image:
    """Return a receipt dot by dot, black on white, just as the printer sets it."""
    pages = [_black_on_white(page, width_mm) for page in _rendered(pdf)]
    whole = Image.new("1", (DOTS[width_mm], sum(page.height for page in pages)), 1)
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole


def _rendered(pdf: bytes) -> list[Image.Image]:
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - same

    # PDFium, too, does one thing at a time.
    with drawing, PdfDocument(pdf) as document:
        return [_on_whole_dots(page) for page in document]


def _on_whole_dots(page: Any) -> Image.Image:
    """Set a page so that nothing is stretched: bars keep their widths."""
    width, height = (math.ceil(side / DOT - _HAIR) * DOT for side in page.get_size())
    page.set_mediabox(0, 0, width, height)
    image: Image.Image = page.render(scale=1 / DOT - _HAIR / width, grayscale=True).to_pil()
    return image


def _black_on_white(page: Image.Image, width_mm: int) -> Image.Image:
    """Cut off the margins, which no printer reaches, and decide for each dot."""
    left = (page.width - DOTS[width_mm]) // 2
    within = page.crop((left, 0, left + DOTS[width_mm], page.height))
    return within.point(lambda grey: 255 * (grey >= _DARK), mode="1")
