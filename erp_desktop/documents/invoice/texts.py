"""Somebody's own words on an invoice: each runs as its first letter does."""

from collections.abc import Iterable, Iterator, Sequence

from erp_desktop.documents.bidi import begins_right_to_left, line
from erp_desktop.documents.invoice.paper import Identifier, PaperParty
from erp_desktop.documents.invoice.voice import Voice
from erp_desktop.documents.strips import Strip, beside, stacked, written
from erp_desktop.documents.styles import Side, Span, Style

TEXT, SMALL, LABEL = Style(8.5), Style(7.5, ink="muted"), Style(8, ink="muted")
# No name is so long that nothing else finds room.
MOST_LINES = 12


def sides(voice: Voice) -> tuple[Side, Side]:
    """Return where the language begins and where it ends."""
    return ("right", "left") if voice.is_rtl else ("left", "right")


def paragraph(text: str, style: Style, span: Span, side: Side | None = None) -> Iterator[Strip]:
    """Return somebody's own text, which runs as its first letter does."""
    rtl = begins_right_to_left(text)
    lines = style.wrap(text, span.width, rtl=rtl)[:MOST_LINES]
    yield from written(lines, style, span, side or ("right" if rtl else "left"))


def named(texts: Sequence[str], style: Style, span: Span, side: Side | None = None) -> Strip:
    """Return somebody's own words; Latin and Arabic share a line where there is room for both."""
    if len(texts) == 2 and side is None:
        latin, arabic = line(texts[0], rtl=False), line(texts[1], rtl=True)
        if style.width(latin) + style.width(arabic) + 12 <= span.width:
            return beside(
                *written([latin], style, span, "left"), *written([arabic], style, span, "right")
            )
    return stacked(strip for text in texts for strip in paragraph(text, style, span, side))


def particulars(party: PaperParty, voice: Voice, span: Span, side: Side) -> Iterator[Strip]:
    """Return address, telephone and identifiers, small."""
    for address in voice.own(party.address):
        yield from paragraph(address, TEXT, span, side)
    for row in _packed(filter(None, party.contact), span.width):
        yield from written(SMALL.wrap(row, span.width, rtl=False), SMALL, span, side)
    identifiers = [_identifier(each, voice) for each in party.identifiers]
    for rows in _packed(identifiers, span.width):
        yield from written([line(rows, rtl=voice.is_rtl)], SMALL, span, side)


def shown(voice: Voice, value: str) -> str:
    """Keep a number or code in its own order inside Arabic."""
    return voice.first.isolate(value)


def _identifier(each: Identifier, voice: Voice) -> str:
    name = voice.own(each.name)
    colon = "\u00a0:\u00a0" if voice.first.language == "fr" else ":\u00a0"
    return f"{name[0] if name else ''}{colon}{shown(voice, each.value)}"


def _packed(texts: Iterable[str], width: float) -> Iterator[str]:
    """Put short texts beside each other, as many as there is room for."""
    row = ""
    for text in texts:
        longer = f"{row}   {text}" if row else text
        if row and SMALL.width(line(longer, rtl=False)) > width:
            yield row
            longer = text
        row = longer
    if row:
        yield row
