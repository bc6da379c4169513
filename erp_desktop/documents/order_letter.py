"""Letters on A4 that give an order: who writes, to whom, a table, its total, and who signs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4

from erp_desktop.core.i18n import N_, Words
from erp_desktop.documents.bidi import begins_right_to_left, line
from erp_desktop.documents.fonts import drawing
from erp_desktop.documents.pdf import Page, mm
from erp_desktop.documents.strips import Strip, beside, boxed, ruled, space, stacked, written
from erp_desktop.documents.styles import Side, Span, Style

_WIDTH, _HEIGHT = (float(side) for side in A4)
_SPAN = Span(18 * mm, _WIDTH - 36 * mm)
_TOP, _BOTTOM = 15 * mm, _HEIGHT - 17 * mm
_COMPANY, _TITLE, _BODY = Style(13, bold=True), Style(13, bold=True, ink="accent"), Style(10)
_HEAD, _CELL, _SUM, _SMALL = (
    Style(8, bold=True, ink="muted"),
    Style(8.5),
    Style(10, bold=True),
    Style(8, ink="muted"),
)


@dataclass(frozen=True, slots=True)
class LetterColumn:
    """A column: its width is fixed, or, with 0, what is left; figures stand at the right."""

    title: str
    width: float = 0
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class OrderLetter:
    """A letter; every text is worded already.

    Attributes:
        writer: Name, then whatever stands below it.
        dated: Day of the letter.
        body: Paragraphs before the table.
        reader: Lines of the address, if it is sent to somebody.
        columns: Without titles, no head stands over them.
        total: What stands below the table: words and figure.
        closing: Paragraphs after it, such as the total in words.
        signature: What stands over the place to sign.
        countersignature: What stands over a second place, beside it.
    """

    writer: Sequence[str]
    reader: Sequence[str]
    dated: str
    title: str
    body: Sequence[str]
    columns: Sequence[LetterColumn]
    rows: Sequence[Sequence[str]]
    total: tuple[str, str]
    closing: Sequence[str]
    signature: str
    countersignature: str = ""


def render_order_letter(letter: OrderLetter, words: Words) -> bytes:
    """Return a letter as PDF, on as many pages as its table needs.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    with drawing:
        page = Page(_WIDTH, _HEIGHT, title=letter.title, language=words.language)
        sheets = _Writing(letter, words).sheets()
        for number, strips in enumerate(sheets, start=1):
            if number > 1:
                page.next()
            stacked(strips).draw(page, _TOP)
            told = words.say(N_("Page {number} of {pages}"))
            foot = told.format(number=number, pages=len(sheets))
            rtl = words.is_right_to_left
            end: Side = "left" if rtl else "right"
            stacked(written([line(foot, rtl=rtl)], _SMALL, _SPAN, end)).draw(page, _BOTTOM + 6)
        return page.content()


class _Writing:
    """One letter in one language."""

    def __init__(self, letter: OrderLetter, words: Words) -> None:
        self._letter = letter
        self._rtl = words.is_right_to_left
        self._start: Side = "right" if self._rtl else "left"
        fixed = sum(column.width for column in letter.columns)
        free = (_SPAN.width - fixed) / max(sum(not c.width for c in letter.columns), 1)
        widths = [column.width or free for column in letter.columns]
        self._places = _SPAN.cut(*widths, mirrored=self._rtl)

    def sheets(self) -> list[list[Strip]]:
        """Return the strips of each page."""
        titles = [column.title for column in self._letter.columns]
        head = ruled(_SPAN)
        if any(titles):
            head = boxed(self._row(titles, _HEAD), _SPAN, margin=2)
        sheets = [[*self._opening(), head]]
        for strip in [*map(self._ruled, self._letter.rows), stacked(self._closing())]:
            if _TOP + sum(each.height for each in sheets[-1]) + strip.height > _BOTTOM:
                sheets.append([head])
            sheets[-1].append(strip)
        return sheets

    def _opening(self) -> Iterator[Strip]:
        letter = self._letter
        name, *more = letter.writer
        yield from self._said(name, _COMPANY, _SPAN)
        for text in more:
            yield from self._said(text, _SMALL, _SPAN)
        yield from (space(6), ruled(_SPAN, thick=1.2, ink="accent", below=14))
        reader = _SPAN.cut(0, _SPAN.width * 0.5, mirrored=self._rtl)[1]
        lines = [strip for text in letter.reader for strip in self._said(text, _SUM, reader)]
        if lines:
            yield from (stacked(lines), space(10))
        day: Side = "left" if self._rtl else "right"
        yield from written([line(letter.dated, rtl=self._rtl)], _BODY, _SPAN, day)
        yield space(12)
        yield from self._said(letter.title, _TITLE, _SPAN)
        yield space(8)
        for text in letter.body:
            yield from (*self._said(text, _BODY, _SPAN), space(8))

    def _closing(self) -> Iterator[Strip]:
        letter = self._letter
        caption, figure = letter.total
        right = self._places[-1].inner(4)
        total = beside(
            stacked(self._said(caption, _SUM, _SPAN.inner(4))),
            stacked(written([line(figure, rtl=self._rtl)], _SUM, right, "right")),
        )
        yield from (space(6), total, space(10))
        for text in letter.closing:
            yield from (*self._said(text, _BODY, _SPAN), space(8))
        yield space(10)
        half = _SPAN.width * 0.4
        over, beyond = _SPAN.cut(half, 0, half, mirrored=self._rtl)[::2]
        yield beside(
            stacked(self._said(letter.countersignature, _BODY, over)),
            stacked(self._said(letter.signature, _BODY, beyond)),
        )
        yield space(50)

    def _ruled(self, texts: Sequence[str]) -> Strip:
        return stacked([space(2.5), self._row(texts, _CELL), space(2.5), ruled(_SPAN)])

    def _row(self, texts: Sequence[str], style: Style) -> Strip:
        cells = []
        columns = self._letter.columns
        for text, column, place in zip(texts, columns, self._places, strict=True):
            side: Side = "right" if column.is_figure else self._start
            rtl = not column.is_figure and (begins_right_to_left(text) or self._rtl)
            lines = style.wrap(text, place.inner(4).width, rtl=rtl)
            cells.append(stacked(written(lines, style, place.inner(4), side)))
        return beside(*cells)

    def _said(self, text: str, style: Style, span: Span) -> Iterator[Strip]:
        yield from written(style.wrap(text, span.width, rtl=self._rtl), style, span, self._start)
