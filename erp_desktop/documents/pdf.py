"""A page that is drawn on: lines of text in any script, rules and dots.

Text is drawn as it is and never parsed as markup: a customer named `<b>` prints.
"""

import io

from reportlab.pdfgen.canvas import Canvas

from erp_desktop.documents.bidi import Line
from erp_desktop.documents.fonts import drawing, fonts

mm = 72 / 25.4
# What a thermal printer sets: 203 to the inch.
DOT = 72 / 203


class Page:
    """One page, measured in points from its upper left corner.

    The same content always gives the same bytes: a reprint can be compared with what was printed.
    """

    def __init__(self, width: float, height: float, *, title: str, language: str) -> None:
        self._file = io.BytesIO()
        self._height = height
        self._canvas = Canvas(
            self._file, pagesize=(width, height), invariant=True, pageCompression=1, lang=language
        )
        self._canvas.setTitle(title)

    def text(
        self,
        line: Line,
        x: float,
        y: float,
        *,
        size: float,
        bold: bool = False,
        white: bool = False,
    ) -> None:
        """Draw a line whose left end and baseline are given."""
        canvas = self._canvas
        canvas.setFillGray(1 if white else 0)
        for face, run in fonts(bold=bold).runs(line.drawn):
            canvas.setFont(face.name, size)
            canvas.drawString(x, self._height - y, run)
            x += fonts(bold=bold).width(run, size)

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a black box, its upper left corner given."""
        self._canvas.setFillGray(0)
        self._canvas.rect(x, self._height - y - height, width, height, stroke=0, fill=1)

    def rule(self, x: float, y: float, width: float, *, thick: float, dashed: bool = False) -> None:
        """Draw a horizontal rule."""
        self._canvas.setLineWidth(thick)
        self._canvas.setDash([1.5, 1.5] if dashed else [])
        self._canvas.line(x, self._height - y, x + width, self._height - y)

    def content(self) -> bytes:
        """Return the finished PDF."""
        with drawing:
            self._canvas.showPage()
            self._canvas.save()
        return self._file.getvalue()
