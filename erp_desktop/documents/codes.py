"""Bars and squares that scanners and telephones read."""

from collections.abc import Iterator
from itertools import groupby

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

Stretch = tuple[int, int]


def code128(value: str) -> list[int]:
    """Return the widths of bars and gaps in modules, in turn, beginning with a bar.

    Raises:
        ValueError: A character is not printable ASCII.
    """
    if not value or not value.isascii() or not value.isprintable():
        raise ValueError(value)
    code = Code128(value, quiet=False)
    code.validate()
    code.encode()
    code.decompose()
    # Letters a to d stand for widths of 1 to 4 modules, bars and gaps in turn.
    return [ord(letter.lower()) - ord("a") + 1 for letter in code.decomposed]


def qr(value: str) -> list[list[Stretch]]:
    """Return, for each row, where its black stretches begin and how long they are, in modules."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(value.encode()))
    code.make()
    size = code.getModuleCount()
    rows = ([bool(code.isDark(row, column)) for column in range(size)] for row in range(size))
    return [list(_black(row)) for row in rows]


def _black(row: list[bool]) -> Iterator[Stretch]:
    place = 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            yield place, length
        place += length
