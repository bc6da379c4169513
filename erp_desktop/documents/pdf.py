"""Pages that are drawn on: lines of text in any script, rules, boxes and pictures.

Text is drawn as it is and never parsed as markup: a customer named `<b>` prints.
"""

import io
from collections.abc import Iterator
from typing import Literal

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from erp_desktop.documents.bidi import Line
from erp_desktop.documents.bidi import line as as_line
from erp_desktop.documents.codes import Stretch
from erp_desktop.documents.errors import PictureError
from erp_desktop.documents.fonts import Face, Fonts, drawing, fonts
from erp_desktop.documents.marks import placed

mm = 72 / 25.4
Ink = Literal["black", "white", "muted", "line", "shade", "accent"]
_INKS: dict[Ink, tuple[float, float, float]] = {
    "black": (0, 0, 0),
    "white": (1, 1, 1),
    "muted": (0.36, 0.4, 0.46),
    "line": (0.8, 0.82, 0.85),
    "shade": (0.95, 0.96, 0.97),
    "accent": (0.06, 0.46, 0.43),
}
# What a thermal printer sets: 203 to the inch.
DOT = 72 / 203


class Page:
    """One page after the other, measured in points from the upper left corner.

    The same content always gives the same bytes: a reprint can be compared with what was printed.
    """

    def __init__(self, width: float, height: float, *, title: str, language: str) -> None:
        self._file = io.BytesIO()
        self._height = height
        self._canvas = Canvas(
            self._file, pagesize=(width, height), invariant=True, pageCompression=1, lang=language
        )
        self._canvas.setTitle(as_line(title, rtl=False).text)
        self._inks: dict[str, Ink] = {}

    def text(
        self,
        line: Line,
        x: float,
        y: float,
        *,
        size: float,
        bold: bool = False,
        ink: Ink = "black",
    ) -> None:
        """Draw a line whose left end and baseline are given."""
        self._fill(ink)
        for face, run, left in _in_reading_order(line, fonts(bold=bold), x, size):
            self._write(face, run, left, self._height - y, size)

    def _write(self, face: Face, run: str, x: float, y: float, size: float) -> None:
        text = self._canvas.beginText(x, y)
        text.setFont(face.name, size)
        for part, (right, up) in placed(face, run):
            if up or right:
                text.setRise(up * size / 1000)
                text.setTextOrigin(x + right * size / 1000, y)
            text.textOut(part)
            x += face.width(part, size)
            if up or right:
                text.setRise(0)
                text.setTextOrigin(x, y)
        self._canvas.drawText(text)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        ink: Ink = "black",
        edge: Ink | None = None,
    ) -> None:
        """Draw a box, its upper left corner given; with an `edge` its corners are round."""
        self._fill(ink)
        if edge is None:
            self._canvas.rect(x, self._height - y - height, width, height, stroke=0, fill=1)
            return
        self._pen(edge, 0.6)
        self._canvas.roundRect(x, self._height - y - height, width, height, 3, stroke=1, fill=1)

    def rule(
        self,
        x: float,
        y: float,
        width: float,
        *,
        thick: float,
        dashed: bool = False,
        ink: Ink = "black",
    ) -> None:
        """Draw a horizontal rule."""
        self._pen(ink, thick)
        self._canvas.setDash([1.5, 1.5] if dashed else [])
        self._canvas.line(x, self._height - y, x + width, self._height - y)

    def dots(self, rows: list[list[Stretch]], x: float, y: float, module: float) -> None:
        """Draw the black stretches of a square code, its upper left corner given."""
        self._fill("black")
        path = self._canvas.beginPath()
        for number, row in enumerate(rows, start=1):
            base = self._height - y - number * module
            for place, length in row:
                path.rect(x + place * module, base, length * module, module)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def picture(self, content: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw a PNG or JPEG into a box, as large as it fits, its upper left corner given.

        Raises:
            PictureError: It is no such picture.
        """
        image = _readable(content)
        place = (x, self._height - y - height)
        self._canvas.drawImage(
            image, *place, width, height, mask="auto", preserveAspectRatio=True, anchor="nw"
        )

    def next(self) -> None:
        """Take the next page."""
        self._canvas.showPage()
        self._inks.clear()

    def _fill(self, ink: Ink) -> None:
        if self._inks.get("fill") != ink:
            self._inks["fill"] = ink
            self._canvas.setFillColorRGB(*_INKS[ink])

    def _pen(self, ink: Ink, thick: float) -> None:
        self._canvas.setLineWidth(thick)
        if self._inks.get("pen") != ink:
            self._inks["pen"] = ink
            self._canvas.setStrokeColorRGB(*_INKS[ink])

    def content(self) -> bytes:
        """Return the finished PDF."""
        with drawing:
            self._canvas.showPage()
            self._canvas.save()
        return self._file.getvalue()


def _in_reading_order(
    line: Line, faces: Fonts, x: float, size: float
) -> Iterator[tuple[Face, str, float]]:
    """Return what is drawn with its left end, first what is read first.

    So a program that copies text out of the document finds words in their order.
    """
    if not line.pieces:
        for face, run in faces.runs(line.drawn):
            yield face, run, x
            x += face.width(run, size)
        return
    found: list[tuple[int, int, Face, str, float]] = []
    for piece in line.pieces:
        for face, run in faces.runs(piece.drawn):
            place = -len(found) if piece.is_rtl else len(found)
            found.append((piece.place, place, face, run, x))
            x += face.width(run, size)
    for _piece, _place, face, run, left in sorted(found, key=lambda each: each[:2]):
        yield face, run, left


def _readable(content: bytes) -> ImageReader:
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            picture.load()
            return ImageReader(picture.copy())
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureError from error
