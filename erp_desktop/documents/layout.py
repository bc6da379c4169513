"""How the blocks of a receipt stand on a roll of paper.

Each block becomes a strip: a height, and what draws it once its place is known. Only when all
heights are known is the page cut to length.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial, singledispatchmethod

from erp_desktop.core.i18n import Words
from erp_desktop.documents import codes
from erp_desktop.documents.bidi import Line, begins_right_to_left, line, wrap
from erp_desktop.documents.blocks import (
    Align,
    Banner,
    Barcode,
    Block,
    Item,
    Pair,
    QrCode,
    Rule,
    Size,
    Space,
    Text,
)
from erp_desktop.documents.pdf import DOT, Page, mm
from erp_desktop.documents.strips import Strip
from erp_desktop.documents.styles import Style

# Points, on 80 mm; narrow rolls of 58 mm take nine tenths.
_SIZES: dict[Size, float] = {"small": 7.5, "normal": 9, "large": 11, "huge": 14}
_NARROW, _WIDE = 0.9, 70
_GAP, _HAIR = 2.5 * mm, 0.02
_AMOUNT = re.compile(r"[\u2066\s]*[-−]?\d[\d \u00a0\u202f.,]*[\u2069\s]*\D{0,5}")


class Roll:
    """Paper of one width in one language, on which blocks are laid."""

    def __init__(self, words: Words, width_mm: int, blocks: Iterable[Block]) -> None:
        margin = (4 if width_mm >= _WIDE else 5) * mm
        self.left, self.right = margin, width_mm * mm - margin
        self.rtl = words.is_right_to_left
        self._scale = 1 if width_mm >= _WIDE else _NARROW
        self._column = max((self._amount_width(block) for block in blocks), default=0.0)

    @property
    def width(self) -> float:
        """What can be printed on, between the margins."""
        return self.right - self.left

    @singledispatchmethod
    def lay(self, block: Block) -> Iterator[Strip]:
        """Return the strips of one block."""
        raise TypeError(block)

    @lay.register
    def _text(self, block: Text) -> Iterator[Strip]:
        style = self._style(block)
        for found in self._wrap(block.text, style):
            yield self._line(found, style, block.align)

    @lay.register
    def _pair(self, block: Pair) -> Iterator[Strip]:
        style = self._style(block)
        value = line(block.value, rtl=self.rtl)
        room = self.width - self._reach(value, style) - _GAP
        if room < self.width / 4:
            # A value that leaves no room for its label stands below it.
            yield from self._text(Text(block.label, "start", block.bold, block.size))
            yield from self._text(Text(block.value, "end", block.bold, block.size))
            return
        first, *others = self._wrap(block.label, style, room)
        yield self._both_sides(first, value, style)
        for found in others:
            yield self._line(found, style, "start")

    @lay.register
    def _item(self, block: Item) -> Iterator[Strip]:
        style = Style(_SIZES["normal"] * self._scale)
        # A name is the user's own: it runs as its first letter does, in every language.
        name = wrap(
            block.name,
            rtl=begins_right_to_left(block.name),
            width=self.width,
            measure=style.measure,
        )
        for found in name:
            yield self._line(found, style, "start")
        figures = line(f"{block.quantity} × {block.unit_price}", rtl=False)
        yield self._both_sides(figures, line(block.total, rtl=self.rtl), style)
        yield Strip(style.size * 0.3, _nothing)

    @lay.register
    def _rule(self, block: Rule) -> Iterator[Strip]:
        thick = 0.8 if block.solid else 0.5

        def draw(page: Page, y: float) -> None:
            page.rule(self.left, y + mm, self.width, thick=thick, dashed=not block.solid)

        yield Strip(2 * mm, draw)

    @lay.register
    def _space(self, block: Space) -> Iterator[Strip]:
        yield Strip(block.height * mm, _nothing)

    @lay.register
    def _banner(self, block: Banner) -> Iterator[Strip]:
        style = Style(_SIZES["large"] * self._scale, bold=True, ink="white")
        for found in self._wrap(block.text, style):
            yield Strip(style.height * 1.2, partial(self._draw_banner, found, style))
        yield Strip(mm, _nothing)

    @lay.register
    def _barcode(self, block: Barcode) -> Iterator[Strip]:
        widths = codes.code128(block.value)
        module = max(1, min(3, int(self.width / DOT) // sum(widths))) * DOT
        left = on_dots(self.left + (self.width - sum(widths) * module) / 2)
        yield Strip(11.5 * mm, partial(_draw_bars, widths, module, left))
        yield from self._text(Text(block.value, align="center", size="small"))

    @lay.register
    def _qr(self, block: QrCode) -> Iterator[Strip]:
        rows = codes.qr(block.value)
        module = max(3, min(6, int(24 * mm / DOT) // len(rows))) * DOT
        left = on_dots(self.left + (self.width - len(rows) * module) / 2)
        yield Strip(len(rows) * module, lambda page, y: page.dots(rows, left, on_dots(y), module))

    def _line(self, found: Line, style: Style, align: Align) -> Strip:
        def draw(page: Page, y: float) -> None:
            style.draw(page, found, self._x(style.width(found), align), y)

        return Strip(style.height, draw)

    def _both_sides(self, label: Line, value: Line, style: Style) -> Strip:
        def draw(page: Page, y: float) -> None:
            style.draw(page, label, self._x(style.width(label), "start"), y)
            x = self._x(style.width(value), "end")
            if self.rtl:
                x += self._reach(value, style) - style.width(value)
            style.draw(page, value, x, y)

        return Strip(style.height, draw)

    def _draw_banner(self, found: Line, style: Style, page: Page, y: float) -> None:
        page.box(self.left, y, self.width, style.height * 1.2)
        x = self._x(style.width(found), "center")
        style.draw(page, found, x, y + style.height * 0.08)

    def _reach(self, value: Line, style: Style) -> float:
        """Return how far a value reaches from its side of the paper.

        Amounts stand at the left of Arabic paper, in a column, so that their decimals line up.
        """
        width = style.width(value)
        return max(self._column, width) if self.rtl and _AMOUNT.fullmatch(value.text) else width

    def _x(self, width: float, align: Align) -> float:
        free = self.width - width
        if align == "center":
            return self.left + free / 2
        return self.left + (free if (align == "start") == self.rtl else 0)

    def _wrap(self, text: str, style: Style, width: float = 0) -> Iterator[Line]:
        return wrap(text, rtl=self.rtl, width=width or self.width, measure=style.measure)

    def _style(self, block: Text | Pair) -> Style:
        return Style(_SIZES[block.size] * self._scale, block.bold)

    def _amount_width(self, block: Block) -> float:
        """Return the width of an amount among others; large totals stand for themselves."""
        if isinstance(block, Item):
            return self._amount_width(Pair("", block.total))
        if isinstance(block, Pair) and block.size == "normal" and _AMOUNT.fullmatch(block.value):
            return self._style(block).width(line(block.value, rtl=self.rtl))
        return 0


def on_dots(place: float) -> float:
    """Return the place of the nearest dot of a thermal printer: bars and squares stay sharp."""
    return round(place / DOT) * DOT


def _draw_bars(widths: list[int], module: float, x: float, page: Page, y: float) -> None:
    for number, width in enumerate(widths):
        if number % 2 == 0:
            # A hair narrower: whatever a bar touches becomes black.
            page.box(x + _HAIR, y, width * module - 2 * _HAIR, 11 * mm)
        x += width * module


def _nothing(_page: Page, _y: float) -> None:
    """Leave the paper white."""
