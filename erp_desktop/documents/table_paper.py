"""Lists and reports on A4: a title, what it is about, columns, and totals at the end."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.lib.pagesizes import A4, landscape

from erp_desktop.core.i18n import N_, Words
from erp_desktop.documents.bidi import begins_right_to_left, line
from erp_desktop.documents.fonts import drawing
from erp_desktop.documents.pdf import Page, mm
from erp_desktop.documents.strips import Strip, beside, boxed, ruled, space, stacked, written
from erp_desktop.documents.styles import Side, Span, Style

_MARGIN, _TOP, _FOOT = 14 * mm, 13 * mm, 15 * mm
_TITLE, _ABOUT = Style(15, bold=True), Style(8.5, ink="muted")
_HEAD, _TEXT, _BOLD = Style(7.5, bold=True, ink="muted"), Style(8), Style(8, bold=True)
_SMALL = Style(7.5, ink="muted")
_PAD = 3.5
# More columns than this lie better on their side.
_UPRIGHT, _MOST_LINES = 6, 4
_SAMPLE = 400
# What a repeated column keeps for itself.
_NAMES = 190


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a paper, worded.

    Attributes:
        is_figure: Whether it stands at the right, so that decimals line up.
        stays: Whether it stands on every sheet, where the others need several side by side; if no
            column stays, all are made to fit on one.
    """

    title: str
    is_figure: bool = False
    stays: bool = False


class StrongRow(tuple[str, ...]):
    """A row in bold: a heading, or a sum."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Carry:
    """Sums at the foot of each page, and what is brought forward at the head of the next.

    Attributes:
        foot: Given the first row of a page and the one after its last: the row that sums up the
            page, and the one that is carried forward.
        head: Given the first row of a page: what is brought forward.
    """

    foot: Callable[[int, int], tuple[Sequence[str], Sequence[str]]]
    head: Callable[[int], Sequence[str]]


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
    with drawing:
        papers = [
            _Paper(*_cut(part, columns, rows, totals), words, turned=len(columns) > _UPRIGHT)
            for part in _parts(columns, rows, totals)
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
        self._span = Span(_MARGIN, self.size[0] - 2 * _MARGIN)
        self._places = self._span.cut(
            *_widths(self._span.width, columns, rows, totals), mirrored=words.is_right_to_left
        )
        self._start: Side = "right" if words.is_right_to_left else "left"

    def sheets(self, title: str, about: Sequence[str]) -> list[list[Strip]]:
        """Return the strips of each page."""
        head = self._head()
        sheets = [[*self._about(title, about), head]]
        left, first = self._room(sheets[0]), 0
        for number, strip in enumerate(self._body()):
            if strip.height > left:
                sheets[-1] += self._foot_of(first, number)
                sheets.append([head, *self._head_of(number)])
                left, first = self._room(sheets[-1]), number
            if number == len(self._rows) and len(sheets) > 1:
                sheets[-1] += self._foot_of(first, number)[:1]
            sheets[-1].append(strip)
            left -= strip.height
        return sheets

    def _room(self, strips: Sequence[Strip]) -> float:
        """Return what is left of a page for rows."""
        taken = sum(strip.height for strip in [*strips, *self._foot_of(0, 0)])
        return self.bottom - _TOP - taken

    def _foot_of(self, first: int, end: int) -> list[Strip]:
        rows = self.carry.foot(first, end) if self.carry is not None else ()
        return [self._row(texts, _BOLD) for texts in rows]

    def _head_of(self, first: int) -> list[Strip]:
        return [] if self.carry is None else [self._row(self.carry.head(first), _BOLD)]

    def foot(self, title: str, number: int, pages: int) -> Strip:
        """Return what it is and the number of the page."""
        page = self._words.say(N_("Page {number} of {pages}")).format(number=number, pages=pages)
        rtl, end = self._words.is_right_to_left, self._end
        short = _SMALL.wrap(title, self._span.width * 0.7, rtl=rtl)[:1]
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
                    _HEAD.wrap(column.title, place.width - 2 * _PAD, rtl=rtl),
                    _HEAD,
                    place.inner(_PAD),
                    self._side(column),
                )
            )
            for column, place in zip(self._columns, self._places, strict=True)
        ]
        return boxed(beside(*cells), self._span, margin=3)

    def _body(self) -> Iterator[Strip]:
        for texts in self._rows:
            yield self._row(texts, _BOLD if isinstance(texts, StrongRow) else _TEXT)
        if self._totals is not None:
            yield boxed(self._row(self._totals, _BOLD), self._span, margin=1)

    def _row(self, texts: Sequence[str], style: Style) -> Strip:
        cells = [
            stacked(self._cell(text, column, place, style))
            for text, column, place in zip(texts, self._columns, self._places, strict=True)
        ]
        row = stacked([space(1.5), beside(*cells), space(1.5)])
        return Strip(row.height, partial(self._draw_row, row))

    def _cell(self, text: str, column: TableColumn, place: Span, style: Style) -> Iterator[Strip]:
        rtl = not column.is_figure and (begins_right_to_left(text) or self._words.is_right_to_left)
        lines = style.wrap(text, place.width - 2 * _PAD, rtl=rtl)[:_MOST_LINES]
        yield from written(lines, style, place.inner(_PAD), self._side(column))

    def _draw_row(self, row: Strip, page: Page, y: float) -> None:
        row.draw(page, y)
        page.rule(self._span.left, y + row.height, self._span.width, thick=0.4, ink="line")

    def _side(self, column: TableColumn) -> Side:
        return "right" if column.is_figure else self._start


def _size(*, turned: bool) -> tuple[float, float]:
    width, height = landscape(A4) if turned else A4
    return float(width), float(height)


def _parts(
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str]],
    totals: Sequence[str] | None,
) -> list[list[int]]:
    """Return which columns stand on each sheet beside another: as many as are readable."""
    staying = [n for n, column in enumerate(columns) if column.stays]
    moving = [n for n, column in enumerate(columns) if not column.stays]
    room = _size(turned=len(columns) > _UPRIGHT)[0] - 2 * _MARGIN - len(staying) * _NAMES
    wanted = [_wanted(n, column, rows, totals) for n, column in enumerate(columns)]
    if not staying or sum(wanted[n] for n in moving) <= room:
        return [[*staying, *moving]]
    most = 1
    while _fits(moving, wanted, room, most + 1):
        most += 1
    # Sheets of about as many columns each.
    sheets = -(-len(moving) // most)
    each = -(-len(moving) // sheets)
    return [[*staying, *moving[n : n + each]] for n in range(0, len(moving), each)]


def _fits(moving: Sequence[int], wanted: Sequence[float], room: float, count: int) -> bool:
    """Whether so many columns fit on every sheet, wherever it begins."""
    return all(
        sum(wanted[n] for n in moving[first : first + count]) <= room
        for first in range(len(moving))
    )


def _cut(
    part: Sequence[int],
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str]],
    totals: Sequence[str] | None,
) -> tuple[Sequence[TableColumn], Sequence[Sequence[str]], Sequence[str] | None]:
    if len(part) == len(columns):
        return columns, rows, totals
    cut = [type(row)([row[n] for n in part]) for row in rows]  # type: ignore[call-arg] # lists and tuples
    return [columns[n] for n in part], cut, [totals[n] for n in part] if totals else None


def _widths(
    width: float,
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str]],
    totals: Sequence[str] | None,
) -> list[float]:
    """Figures get what they need; texts share what is left, by how long they are."""
    wanted = [_wanted(place, column, rows, totals) for place, column in enumerate(columns)]
    free = width - sum(wanted)
    texts = [n for n, column in enumerate(columns) if not column.is_figure]
    if not texts or not any(wanted[n] for n in texts):
        return [each + free / len(wanted) for each in wanted]
    room = sum(wanted[n] for n in texts)
    share = (room + free) / room
    if share > 0.2:
        return [w * share if n in texts else w for n, w in enumerate(wanted)]
    return [each * width / sum(wanted) for each in wanted]


def _wanted(
    place: int,
    column: TableColumn,
    rows: Sequence[Sequence[str]],
    totals: Sequence[str] | None,
) -> float:
    bodies = [
        (row[place], _BOLD if isinstance(row, StrongRow) else _TEXT)
        for row in rows[:_SAMPLE]
        if row[place]
    ]
    longest = sorted(bodies, key=lambda body: (len(body[0]), body[1] is _BOLD))[-8:]
    widths = [style.width(line(text, rtl=False)) for text, style in longest]
    if totals is not None and totals[place]:
        widths.append(_BOLD.width(line(totals[place], rtl=False)))
    words = column.title.split() if column.is_figure else [column.title]
    widths += [_HEAD.width(line(word, rtl=False)) for word in words]
    return max(widths, default=0) + 2 * _PAD + 2
