"""An invoice from its first page to its last: sums are carried over, nothing is torn apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from reportlab.lib.pagesizes import A4

from erp_desktop.core.i18n import N_
from erp_desktop.documents.bidi import line
from erp_desktop.documents.fonts import drawing
from erp_desktop.documents.invoice.about import about
from erp_desktop.documents.invoice.closing import closing
from erp_desktop.documents.invoice.letterhead import letterhead, running_head
from erp_desktop.documents.invoice.lines import LineTable
from erp_desktop.documents.invoice.paper import ZERO, InvoicePaper, PaperLine
from erp_desktop.documents.invoice.texts import sides
from erp_desktop.documents.invoice.voice import Voice, voice_of
from erp_desktop.documents.pdf import Page, mm
from erp_desktop.documents.strips import Strip, beside, ruled, stacked, written
from erp_desktop.documents.styles import Span, Style

_WIDTH, _HEIGHT = (float(side) for side in A4)
_SPAN = Span(15 * mm, _WIDTH - 30 * mm)
_TOP, _FOOT = 13 * mm, 17 * mm
_BOTTOM = _HEIGHT - _FOOT
_SMALL = Style(7.5, ink="muted")
_FORWARD, _BROUGHT = N_("Carried forward"), N_("Brought forward")


@dataclass
class _Sheet:
    """One page in the making.

    Attributes:
        strips: What stands on it, from top to bottom.
        rows: How many lines are on it.
        brought: The sum of the pages before it.
    """

    strips: list[Strip]
    brought: Decimal = ZERO
    rows: list[tuple[PaperLine, Strip]] = field(default_factory=list)

    @property
    def height(self) -> float:
        """How much of the paper is taken."""
        return sum(s.height for s in self.strips) + sum(strip.height for _item, strip in self.rows)

    @property
    def sum(self) -> Decimal:
        """The sum of its lines and of the pages before it."""
        return self.brought + sum((item.amount for item, _strip in self.rows), ZERO)


def render_invoice(paper: InvoicePaper) -> bytes:
    """Return an invoice, a credit note or a quotation as PDF on A4.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
        PictureError: The logo is neither PNG nor JPEG.
    """
    with drawing:
        voice = voice_of(paper)
        sheets = _Sheets(paper, voice).laid()
        page = Page(_WIDTH, _HEIGHT, title=paper.number, language=voice.first.language)
        for number, strips in enumerate(sheets, start=1):
            if number > 1:
                page.next()
            stacked(strips).draw(page, _TOP)
            _foot(paper, voice, number, len(sheets)).draw(page, _BOTTOM + 6)
        return page.content()


class _Sheets:
    """Lays lines on pages, as many as fit, and the closing below the last of them."""

    def __init__(self, paper: InvoicePaper, voice: Voice) -> None:
        self._paper = paper
        self._voice = voice
        self._table = LineTable(paper, voice, _SPAN)
        self._head = self._table.head()
        self._closing = closing(paper, voice, _SPAN)
        self._carried = self._table.carried(_FORWARD, ZERO).height

    def laid(self) -> list[list[Strip]]:
        """Return the strips of each page."""
        paper, voice = self._paper, self._voice
        sheets = [_Sheet([letterhead(paper, voice, _SPAN), about(paper, voice, _SPAN), self._head])]
        for item in paper.lines:
            row = self._table.row(item)
            if sheets[-1].rows and not self._fits(sheets[-1], row.height + self._carried):
                sheets.append(self._next(sheets[-1]))
            sheets[-1].rows.append((item, row))
        self._make_room(sheets)
        return [self._finished(sheet, is_last=sheet is sheets[-1]) for sheet in sheets]

    def _make_room(self, sheets: list[_Sheet]) -> None:
        """Let the closing stand below the last line, which goes with it to a new page."""
        last = sheets[-1]
        if self._fits(last, self._closing.height):
            return
        moved = [last.rows.pop()] if len(last.rows) > 1 else []
        sheets.append(self._next(last))
        sheets[-1].rows += moved

    def _next(self, before: _Sheet) -> _Sheet:
        brought = self._table.carried(_BROUGHT, before.sum)
        head = running_head(self._paper, self._voice, _SPAN)
        return _Sheet([head, self._head, brought], before.sum)

    def _fits(self, sheet: _Sheet, height: float) -> bool:
        return _TOP + sheet.height + height <= _BOTTOM

    def _finished(self, sheet: _Sheet, *, is_last: bool) -> list[Strip]:
        end = self._closing if is_last else self._table.carried(_FORWARD, sheet.sum)
        return [*sheet.strips, *(strip for _item, strip in sheet.rows), end]


def _foot(paper: InvoicePaper, voice: Voice, number: int, pages: int) -> Strip:
    """Return the number of the document and of the page."""
    start, end = sides(voice)
    counted = [
        words.say(N_("Page {number} of {pages}")).format(number=number, pages=pages)
        for words in voice.both
    ]
    document = line(voice.first.isolate(paper.number), rtl=voice.is_rtl)
    lines: Sequence[Strip] = [
        *written([document], _SMALL, _SPAN, start),
        *written([line(counted[0], rtl=voice.is_rtl)], _SMALL, _SPAN, end),
    ]
    if voice.second is not None:
        lines = [
            *written([line(counted[0], rtl=False)], _SMALL, _SPAN, "left"),
            *written([document], _SMALL, _SPAN, "center"),
            *written([line(counted[1], rtl=True)], _SMALL, _SPAN, "right"),
        ]
    return stacked([ruled(_SPAN, below=4), beside(*lines)])
