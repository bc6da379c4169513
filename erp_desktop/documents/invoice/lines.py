"""The lines of an invoice: a table whose figures line up, whichever way the language runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from erp_desktop.core.i18n import N_
from erp_desktop.documents.bidi import line
from erp_desktop.documents.invoice.paper import InvoicePaper, PaperLine
from erp_desktop.documents.invoice.texts import named, sides
from erp_desktop.documents.invoice.voice import Voice
from erp_desktop.documents.pdf import Page
from erp_desktop.documents.strips import Strip, beside, boxed, space, stacked, written
from erp_desktop.documents.styles import Span, Style

_TEXT, _BOLD = Style(8.5), Style(8.5, bold=True)
_HEAD, _CODE = Style(7.5, bold=True, ink="muted"), Style(7.5, ink="muted")
_PAD, _ABOVE = 4.0, 2.5
AMOUNT_WIDTH = 76.0


@dataclass(frozen=True, slots=True)
class _Column:
    """One column.

    Attributes:
        title: Its head, marked `N_`.
        width: In points; 0 takes what is free.
        texts: What it shows of a line, below each other.
        is_figure: Whether it stands at the right, so that decimals line up.
    """

    title: str
    width: float
    texts: Callable[[PaperLine], Sequence[str]]
    is_figure: bool = True


class LineTable:
    """The table of an invoice's lines, row by row."""

    def __init__(self, paper: InvoicePaper, voice: Voice, span: Span) -> None:
        self._voice = voice
        self._span = span
        self._start, _end = sides(voice)
        self._columns = _columns(paper, voice)
        widths = [column.width for column in self._columns]
        self._places = span.cut(*widths, mirrored=voice.is_rtl)

    def head(self) -> Strip:
        """Return the titles of the columns."""
        cells = [
            self._title(column, place)
            for column, place in zip(self._columns, self._places, strict=True)
        ]
        return boxed(beside(*cells), self._span, margin=3)

    def row(self, item: PaperLine) -> Strip:
        """Return one line, with a hairline below it."""
        cells = [
            self._own(column, place, column.texts(item))
            for column, place in zip(self._columns, self._places, strict=True)
        ]
        row = stacked([space(_ABOVE), beside(*cells), space(_ABOVE)])
        return Strip(row.height, partial(self._draw_row, row))

    def carried(self, message: str, amount: Decimal) -> Strip:
        """Return the sum of the pages so far, bold on grey."""
        figure = self._places[-1].inner(_PAD)
        words = line("  ·  ".join(self._voice.say(message)), rtl=self._voice.is_rtl)
        total = line(self._voice.amount(amount), rtl=False)
        label, _figure = self._span.cut(0, self._places[-1].width, mirrored=self._voice.is_rtl)
        _start, end = sides(self._voice)
        both = beside(
            *written([words], _BOLD, label.inner(_PAD), end),
            *written([total], _BOLD, figure, "right"),
        )
        return stacked([space(2), boxed(both, self._span, margin=2)])

    def _title(self, column: _Column, place: Span) -> Strip:
        texts, inner = self._voice.say(column.title), place.inner(_PAD)
        if column.title == _NAME_TITLE:
            return named(texts, _HEAD, inner, self._start if len(texts) == 1 else None)
        side = "right" if column.is_figure else self._start
        languages = zip(texts, self._voice.both, strict=True)
        return stacked(
            strip
            for text, words in languages
            for strip in written(
                _HEAD.wrap(text, inner.width, rtl=words.is_right_to_left), _HEAD, inner, side
            )
        )

    def _own(self, column: _Column, place: Span, texts: Sequence[str]) -> Strip:
        inner = place.inner(_PAD)
        if column.is_figure:
            return stacked(written([line(texts[0], rtl=False)], _TEXT, inner, "right"))
        is_name = column.title == _NAME_TITLE
        side = self._start if self._voice.second is None or not is_name else None
        return named(texts, _CODE if column.title == _CODE_TITLE else _TEXT, inner, side)

    def _draw_row(self, row: Strip, page: Page, y: float) -> None:
        row.draw(page, y)
        page.rule(self._span.left, y + row.height, self._span.width, thick=0.4, ink="line")


_CODE_TITLE, _NAME_TITLE = N_("Code"), N_("Designation")


def _columns(paper: InvoicePaper, voice: Voice) -> list[_Column]:
    """Return the columns; that of the discount only where a line has one."""
    price, amount = N_("Unit price"), N_("Amount excl. tax")
    if paper.includes_tax:
        price, amount = N_("Price incl. tax"), N_("Amount incl. tax")
    columns = [
        _Column(_CODE_TITLE, 54, lambda item: (item.code,), is_figure=False),
        _Column(_NAME_TITLE, 0, lambda item: voice.own(item.name), is_figure=False),
        _Column(N_("Qty"), 40, lambda item: (voice.number(item.quantity),)),
        _Column(N_("Unit"), 36, lambda item: voice.own(item.unit)[:1], is_figure=False),
        _Column(price, 62, lambda item: (voice.price(item.unit_price),)),
    ]
    if any(item.discount for item in paper.lines):
        columns.append(_Column(N_("Disc. %"), 38, lambda item: (_discount(item, voice),)))
    columns += [
        _Column(N_("Tax %"), 38, lambda item: (_rate(item, voice),)),
        _Column(amount, AMOUNT_WIDTH, lambda item: (voice.amount(item.amount),)),
    ]
    return columns


def _discount(item: PaperLine, voice: Voice) -> str:
    return f"{voice.number(item.discount)}\u00a0%" if item.discount else "–"


def _rate(item: PaperLine, voice: Voice) -> str:
    return "–" if item.tax_rate is None else voice.rate(item.tax_rate)
