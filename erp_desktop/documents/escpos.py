"""Receipts for thermal printers: a bitmap, so that any of them prints Arabic (ESC/POS).

Cheap printers neither join Arabic letters nor know where a line begins. So the receipt that a
person sees as PDF is set dot by dot, as the printer would, and sent as an image.
"""

import math
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image

from erp_desktop.core.i18n import N_, Words, _
from erp_desktop.documents import wires
from erp_desktop.documents.fonts import drawing
from erp_desktop.documents.pdf import DOT
from erp_desktop.documents.receipt import Receipt, render_receipt

# Dots across the paper that can be printed, and the white margin left of them.
DOTS = {80: 576, 58: 384}
_HAIR = 0.001
# Letters are grey at their edges; what is darker than this becomes black.
_DARK = 160
# What one command carries: printers keep it in their memory until it is on paper.
_ROWS_AT_ONCE = 256
_DRAWER_PIN = 2
# The commonest printer; others understand it. Those without a knife let the cut pass.
_PROFILE = "TM-T20II"


def preview(pdf: bytes, *, width_mm: int = 80) -> Image.Image:
    """Return a receipt dot by dot, black on white, just as the printer sets it."""
    pages = [_black_on_white(page, width_mm) for page in _rendered(pdf)]
    whole = Image.new("1", (DOTS[width_mm], sum(page.height for page in pages)), 1)
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole


def render_escpos(receipt: Receipt, words: Words, *, width_mm: int = 80) -> bytes:
    """Return the bytes that print a receipt on a thermal printer and cut it off.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    return commands(render_receipt(receipt, words, width_mm=width_mm), width_mm=width_mm)


def commands(pdf: bytes, *, width_mm: int = 80, opens_drawer: bool = False) -> bytes:
    """Return the bytes that print a receipt; the drawer opens before the paper comes out."""
    printer = _recorder()
    printer.hw("INIT")
    if opens_drawer:
        printer.cashdraw(_DRAWER_PIN)
    printer.image(preview(pdf, width_mm=width_mm), fragment_height=_ROWS_AT_ONCE)
    printer.cut()
    return bytes(printer.output)


def pulse() -> bytes:
    """Return the bytes that open a cash drawer."""
    printer = _recorder()
    printer.cashdraw(_DRAWER_PIN)
    return bytes(printer.output)


class EscposPrinter:
    """A thermal printer, whatever the wire to it."""

    def __init__(self, wire: wires.Wire, *, width_mm: int = 80) -> None:
        self._wire = wire
        self._width_mm = width_mm

    def print(self, path: Path, *, name: str, opens_drawer: bool = False) -> None:
        """Set the PDF dot by dot and send it.

        Raises:
            PrintFailedError: The printer took nothing of it.
            PrinterUnreachableError: It does not answer.
            PrintCutError: The printer took some of it.
            NoPrinterError: The system has no queue.
        """
        content = commands(path.read_bytes(), width_mm=self._width_mm, opens_drawer=opens_drawer)
        self._wire(content, name)

    def kick_drawer(self) -> None:
        """Open the cash drawer that hangs on the printer.

        Raises:
            UserError: The printer does not answer.
        """
        self._wire(pulse(), _(N_("cash drawer")))


class NetworkPrinter(EscposPrinter):
    """A thermal printer with a network address."""

    def __init__(self, host: str, port: int = 9100, *, width_mm: int = 80) -> None:
        super().__init__(partial(wires.to_network, host, port), width_mm=width_mm)


class DevicePrinter(EscposPrinter):
    """A thermal printer behind a device file, such as `/dev/usb/lp0`."""

    def __init__(self, device: Path, *, width_mm: int = 80) -> None:
        super().__init__(partial(wires.to_device, device), width_mm=width_mm)


class QueuePrinter(EscposPrinter):
    """A thermal printer behind a queue of the operating system, which passes on what it gets."""

    def __init__(self, printer: str, *, width_mm: int = 80) -> None:
        super().__init__(partial(wires.to_queue, printer), width_mm=width_mm)


def _recorder() -> Any:
    from escpos.printer import Dummy  # noqa: PLC0415 - a third of a second, when first printed

    return Dummy(profile=_PROFILE)


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
