"""What paper is made of: strips of a known height, drawn once their place is known."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from erp_desktop.documents.bidi import Line
from erp_desktop.documents.pdf import Ink, Page
from erp_desktop.documents.styles import Side, Span, Style


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of the paper: `draw(page, y)` draws it below `y`."""

    height: float
    draw: Callable[[Page, float], None]


def space(height: float) -> Strip:
    """Return white paper."""
    return Strip(height, lambda _page, _y: None)


def written(lines: Iterable[Line], style: Style, span: Span, side: Side) -> Iterator[Strip]:
    """Return a strip for each line."""
    for each in lines:
        x = span.place(style.width(each), side)
        yield Strip(style.height, lambda page, y, each=each, x=x: style.draw(page, each, x, y))  # type: ignore[misc]


def stacked(strips: Iterable[Strip]) -> Strip:
    """Return strips below each other as one."""
    parts = list(strips)

    def draw(page: Page, y: float) -> None:
        for part in parts:
            part.draw(page, y)
            y += part.height

    return Strip(sum(part.height for part in parts), draw)


def beside(*strips: Strip) -> Strip:
    """Return strips that stand beside each other, from one upper edge on."""

    def draw(page: Page, y: float) -> None:
        for each in strips:
            each.draw(page, y)

    return Strip(max((each.height for each in strips), default=0), draw)


def boxed(
    strip: Strip, span: Span, *, margin: float = 0, ink: Ink = "shade", edge: Ink | None = None
) -> Strip:
    """Return a strip with a box behind it, which reaches over it by `margin`."""
    height = strip.height + 2 * margin

    def draw(page: Page, y: float) -> None:
        page.box(span.left, y, span.width, height, ink=ink, edge=edge)
        strip.draw(page, y + margin)

    return Strip(height, draw)


def ruled(span: Span, *, thick: float = 0.5, ink: Ink = "line", below: float = 0) -> Strip:
    """Return a rule across a span, with white paper below it."""
    return Strip(below, lambda page, y: page.rule(span.left, y, span.width, thick=thick, ink=ink))
