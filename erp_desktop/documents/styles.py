"""How letters look, and where on a line they stand."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from erp_desktop.documents.bidi import Line, wrap
from erp_desktop.documents.fonts import fonts
from erp_desktop.documents.pdf import Ink, Page

# Arabic letters reach further down than Latin ones.
_LEADING, _ASCENT = 1.42, 1.02

Side = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Style:
    """Size, weight and colour of letters."""

    size: float
    bold: bool = False
    ink: Ink = "black"

    @property
    def height(self) -> float:
        """From one line to the next."""
        return self.size * _LEADING

    def width(self, found: Line) -> float:
        """Return how wide a line is drawn."""
        return self.measure(found.drawn)

    def measure(self, drawn: str) -> float:
        """Return how wide a text is drawn."""
        return fonts(bold=self.bold).width(drawn, self.size)

    def draw(self, page: Page, found: Line, x: float, y: float) -> None:
        """Draw a line below `y`."""
        base = y + self.size * _ASCENT
        page.text(found, x, base, size=self.size, bold=self.bold, ink=self.ink)

    def wrap(self, text: str, width: float, *, rtl: bool) -> list[Line]:
        """Break a text into lines."""
        return [*_wrapped(self, text, width, rtl=rtl)] if text else []


@lru_cache(maxsize=4096)
def _wrapped(style: Style, text: str, width: float, *, rtl: bool) -> tuple[Line, ...]:
    return tuple(wrap(text, rtl=rtl, width=width, measure=style.measure))


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where something stands, from left to right."""

    left: float
    width: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + self.width

    def place(self, width: float, side: Side) -> float:
        """Return the left end of what is so wide and stands at that side."""
        free = self.width - width
        return self.left + {"left": 0, "center": free / 2, "right": free}[side]

    def inner(self, margin: float) -> "Span":
        """Return what is left between margins."""
        return Span(self.left + margin, self.width - 2 * margin)

    def cut(self, *widths: float, gap: float = 0, mirrored: bool = False) -> list["Span"]:
        """Return spans beside each other, from where the language begins; 0 takes what is free."""
        free = self.width - sum(widths) - gap * (len(widths) - 1)
        found: list[Span] = []
        start = 0.0
        for width in widths:
            taken = width or free
            left = self.width - start - taken if mirrored else start
            found.append(Span(self.left + left, taken))
            start += taken + gap
        return found
