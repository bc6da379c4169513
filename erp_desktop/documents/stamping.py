"""A word across the top of a finished document: that there may be another paper like it."""

import io
from typing import Any

from erp_desktop.documents.bidi import begins_right_to_left, line
from erp_desktop.documents.fonts import drawing, fonts
from erp_desktop.documents.pdf import Page, mm

# What is no wider than this is a roll, which can be longer.
_ROLL = 100 * mm
_SIZE, _HEIGHT, _MARGIN = 11.0, 18.0, 4 * mm


def stamp(pdf: bytes, text: str) -> bytes:
    """Return a document with `text` white on black at the top of each page.

    A roll of paper grows by the banner; on a sheet it stands in the margin.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - a tenth of a second, for repeats only

    with drawing, PdfDocument(pdf) as document, io.BytesIO() as whole:
        for page in document:
            width, height = page.get_size()
            with PdfDocument(_banner(text, width)) as banner:
                form = banner.page_as_xobject(0, document)
                _put(form.as_pageobject(), page, width, height)
                form.close()
        document.save(whole)
        return whole.getvalue()


def _put(banner: Any, page: Any, width: float, height: float) -> None:
    from pypdfium2 import PdfMatrix  # noqa: PLC0415 - same

    if width <= _ROLL:
        height += _MARGIN + _HEIGHT
        page.set_mediabox(0, 0, width, height)
    banner.set_matrix(PdfMatrix().translate(0, height - _MARGIN - _HEIGHT))
    page.insert_obj(banner)
    page.gen_content()


def _banner(text: str, width: float) -> bytes:
    face, inner = fonts(bold=True), width - 2 * _MARGIN
    found = line(text, rtl=begins_right_to_left(text))
    size = min(_SIZE, _SIZE * inner * 0.9 / face.width(found.drawn, _SIZE))
    page = Page(width, _HEIGHT, title="", language="")
    page.box(_MARGIN, 0, inner, _HEIGHT)
    x = (width - face.width(found.drawn, size)) / 2
    page.text(found, x, _HEIGHT * 0.68, size=size, bold=True, ink="white")
    return page.content()
