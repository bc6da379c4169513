"""Lists and reports on A4: a title, what it is about, columns, and totals at the end."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.lib.pagesizes import A4, landscape

from erp_desktop.core import owner
from erp_desktop.core.i18n import N_, Words
from erp_desktop.documents.bidi import begins_right_to_left, line
from erp_desktop.documents.fonts import drawing
from erp_desktop.documents.pdf import Page, mm
from erp_desktop.documents.strips import Strip, beside, boxed, ruled, space, stacked, written
from erp_desktop.documents.styles import Side, Span, Style
from erp_desktop.documents.table_columns import (
    BOLD,
    HEAD,
    PAD,
    TEXT,
    StrongRow,
    TableColumn,
    cut,
    parts,
    widths,
)

__all__ = ["Carry", "StrongRow", "TableColumn", "render_table"]

_MARGIN, _TOP, _FOOT = 14 * mm, 13 * mm, 15 * mm
_TITLE, _ABOUT = Style(15, bold=True), Style(8.5, ink="muted")
_SMALL, _OWNER = Style(7.5, ink="muted"), Style(9, bold=True)
# More columns than this lie better on their side.
_UPRIGHT, _MOST_LINES = 6, 4
# So many rows go over to the next page, at most, so that what belongs together stays together.
_TOGETHER = 12
# Above and below a row; closer where that saves a page of a few.
_GAP, _CLOSE, _FEW_PAGES = 1.5, 0.5, 3


def _never(_row: int) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Carry:
    """Sums at the foot of each page, and what is brought forward at the head of the next.

    Attributes:
        foot: Given the first row of a page and the one after its last: rows that sum up the page,
            and at last the one that is carried forward, which the end of the table lacks.
        head: Given the first row of a page: what is brought forward; nothing if it is empty.
        feet: How many rows `foot` returns at most.
        joins: Whether a row belongs to the one before it, and goes to the next page with it.
    """

    foot: Callable[[int, int], Sequence[Sequence[str]]]
    head: Callable[[int], Sequence[str]]
    feet: int = 2
    joins: Callable[[int], bool] = _never


def render_table(
    title: str,
    about: Sequence[str],
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str]],
    totals: Sequence[str] | None,
    words: Words,
    carry: Carry | None = None,
) -> bytes:
    """Return a table as PDF on as many pages of A4 as it needs.

    Args:
        title: What it is.
        about: Sentences below the title: which period, which branch, how old.
        columns: Its columns; widths follow from what is in them.
        rows: A text for each column, as the reader writes numbers and dates.
        totals: The last row, in bold, if it has one.
        words: The language of the paper.
        carry: What stands at the foot and at the head of pages; without it, nothing.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    turned = len(columns) > _UPRIGHT
    room = _size(turned=turned)[0] - 2 * _MARGIN
    with drawing:
        papers = [
            _Paper(*cut(part, columns, rows, totals), words, turned=turned)
            for part in parts(columns, rows, totals, room)
        ]
        paper = papers[0]
        paper.carry = carry
        sheets = [sheet for each in papers for sheet in each.sheets(title, about)]
        page = Page(*paper.size, title=title, language=words.language)
        for number, strips in enumerate(sheets, start=1):
            if number > 1:
                page.next()
            stacked(strips).draw(page, _TOP)
            paper.foot(title, number, len(sheets)).draw(page, paper.bottom + 5)
        return page.content()


class _Paper:
    """Sheets of one size, with columns as wide as their content needs."""

    def __init__(
        self,
        columns: Sequence[TableColumn],
        rows: Sequence[Sequence[str]],
        totals: Sequence[str] | None,
        words: Words,
        *,
        turned: bool,
    ) -> None:
        self.size = _size(turned=turned)
        self.bottom = self.size[1] - _FOOT
        self._words, self._columns = words, columns
        self._rows, self._totals = rows, totals
        self.carry: Carry | None = None
        self._gap = _GAP
        self._span = Span(_MARGIN, self.size[0] - 2 * _MARGIN)
        self._places = self._span.cut(
            *widths(self._span.width, columns, rows, totals), mirrored=words.is_right_to_left
        )
        self._start: Side = "right" if words.is_right_to_left else "left"

    def sheets(self, title: str, about: Sequence[str]) -> list[list[Strip]]:
        """Return the strips of each page; rows stand closer if that saves one of a few pages."""
        loose = self._laid_out(title, about)
        if not 1 < len(loose) <= _FEW_PAGES:
            return loose
        self._gap = _CLOSE
        close = self._laid_out(title, about)
        return close if len(close) < len(loose) else loose

    def _laid_out(self, title: str, about: Sequence[str]) -> list[list[Strip]]:
        head, body = self._head(), list(self._body())
        sheets, first = [[*self._about(title, about), head]], 0
        while (end := self._end_of_page(body, first, sheets[-1])) < len(body):
            sheets[-1] += [*body[first:end], *self._foot_of(first, end)]
            sheets.append([head, *self._head_of(end)])
            first = end
        sheets[-1] += body[first : len(self._rows)]
        if len(sheets) > 1 and self._totals is not None:
            sheets[-1] += self._foot_of(first, len(self._rows))[:-1]
        sheets[-1] += body[len(self._rows) :]
        return sheets

    def _end_of_page(self, body: Sequence[Strip], first: int, sheet: Sequence[Strip]) -> int:
        """Return the strip that begins the next page: what belongs together is not parted."""
        left = self.bottom - _TOP - sum(strip.height for strip in sheet) - self._reserve
        full = first
        while full < len(body) and (full == first or body[full].height <= left):
            left -= body[full].height
            full += 1
        if full == len(body):
            return full
        for end in range(full, max(first, full - _TOGETHER), -1):
            if not _belongs(self._rows, end, self.carry):
                return end
        return full

    @property
    def _reserve(self) -> float:
        """What sums at the foot of a page take."""
        if self.carry is None:
            return 0
        return self.carry.feet * self._row(["0"] * len(self._columns), BOLD).height

    def _foot_of(self, first: int, end: int) -> list[Strip]:
        rows = self.carry.foot(first, end) if self.carry is not None else ()
        return [self._row(texts, BOLD) for texts in rows]

    def _head_of(self, first: int) -> list[Strip]:
        texts = self.carry.head(first) if self.carry is not None else ()
        return [self._row(texts, BOLD)] if texts else []

    def foot(self, title: str, number: int, pages: int) -> Strip:
        """Return what it is and the number of the page."""
        page = self._words.say(N_("Page {number} of {pages}")).format(number=number, pages=pages)
        rtl, end = self._words.is_right_to_left, self._end
        told = " · ".join(filter(None, (owner.name(self._words), title)))
        short = _SMALL.wrap(told, self._span.width * 0.7, rtl=rtl)[:1]
        both = beside(
            stacked(written(short, _SMALL, self._span, self._start)),
            *written([line(page, rtl=rtl)], _SMALL, self._span, end),
        )
        return stacked([ruled(self._span, below=3), both])

    @property
    def _end(self) -> Side:
        return "left" if self._start == "right" else "right"

    def _about(self, title: str, about: Sequence[str]) -> Iterator[Strip]:
        rtl = self._words.is_right_to_left
        yield from _letterhead(self._words, self._span)
        yield from written(
            _TITLE.wrap(title, self._span.width, rtl=rtl), _TITLE, self._span, self._start
        )
        told = "  ·  ".join(filter(None, about))
        yield from written(
            _ABOUT.wrap(told, self._span.width, rtl=rtl), _ABOUT, self._span, self._start
        )
        yield space(8)

    def _head(self) -> Strip:
        rtl = self._words.is_right_to_left
        cells = [
            stacked(
                written(
                    HEAD.wrap(column.title, place.width - 2 * PAD, rtl=rtl),
                    HEAD,
                    place.inner(PAD),
                    self._side(column),
                )
            )
            for column, place in zip(self._columns, self._places, strict=True)
        ]
        return boxed(beside(*cells), self._span, margin=3)

    def _body(self) -> Iterator[Strip]:
        for texts in self._rows:
            yield self._row(texts, BOLD if isinstance(texts, StrongRow) else TEXT)
        if self._totals is not None:
            yield boxed(self._row(self._totals, BOLD), self._span, margin=1)

    def _row(self, texts: Sequence[str], style: Style) -> Strip:
        cells = [
            stacked(self._cell(text, column, place, style))
            for text, column, place in zip(texts, self._columns, self._places, strict=True)
        ]
        row = stacked([space(self._gap), beside(*cells), space(self._gap)])
        return Strip(row.height, partial(self._draw_row, row))

    def _cell(self, text: str, column: TableColumn, place: Span, style: Style) -> Iterator[Strip]:
        rtl = not column.is_figure and (begins_right_to_left(text) or self._words.is_right_to_left)
        lines = style.wrap(text, place.width - 2 * PAD, rtl=rtl)[:_MOST_LINES]
        yield from written(lines, style, place.inner(PAD), self._side(column))

    def _draw_row(self, row: Strip, page: Page, y: float) -> None:
        row.draw(page, y)
        page.rule(self._span.left, y + row.height, self._span.width, thick=0.4, ink="line")

    def _side(self, column: TableColumn) -> Side:
        return "right" if column.is_figure else self._start


def _size(*, turned: bool) -> tuple[float, float]:
    width, height = landscape(A4) if turned else A4
    return float(width), float(height)


def _belongs(rows: Sequence[Sequence[str]], number: int, carry: Carry | None) -> bool:
    """Whether a row is a sum of what is before it, or what is before it is its heading."""
    if number >= len(rows):
        return True
    if carry is not None and carry.joins(number):
        return True
    strong = [isinstance(row, StrongRow) for row in rows[max(number - 2, 0) : number + 1]]
    *earlier, before, this = [True, *strong]
    return before != this and (this or earlier[-1])


def _letterhead(words: Words, span: Span) -> Iterator[Strip]:
    """Whose paper it is, and the numbers it has."""
    rtl = words.is_right_to_left
    start: Side = "right" if rtl else "left"
    end: Side = "left" if rtl else "right"
    name = owner.name(words)
    if name:
        first, second = span.cut(0, span.width * 0.62, mirrored=rtl)
        named = _OWNER.wrap(name, first.width, rtl=rtl)
        numbers = _SMALL.wrap(owner.numbers(words), second.width, rtl=rtl)
        yield beside(
            stacked(written(named, _OWNER, first, start)),
            stacked(written(numbers, _SMALL, second, end)),
        )
        yield space(4)
