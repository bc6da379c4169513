"""Receipts for thermal printers: a bitmap, so that any of them prints Arabic (ESC/POS).

Cheap printers neither join Arabic letters nor know where a line begins. So the receipt that a
person sees as PDF is set dot by dot, as the printer would, and sent as an image.
"""

from functools import partial
from pathlib import Path
from typing import Any

from erp_desktop.core.i18n import N_, Words, _
from erp_desktop.documents import wires
from erp_desktop.documents.raster import preview
from erp_desktop.documents.receipt import Receipt, render_receipt

# What one command carries: printers keep it in their memory until it is on paper.
_ROWS_AT_ONCE = 256
_DRAWER_PIN = 2
# The commonest printer; others understand it. Those without a knife let the cut pass.
_PROFILE = "TM-T20II"


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
