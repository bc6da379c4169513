"""The upper part of an invoice: who sells, what it is, who buys."""

from collections.abc import Iterable, Iterator, Sequence

from erp_desktop.core.i18n import N_
from erp_desktop.documents.bidi import begins_right_to_left, line
from erp_desktop.documents.invoice.paper import (
    Identifier,
    InvoicePaper,
    PaperKind,
    PaperParty,
    Worded,
)
from erp_desktop.documents.invoice.voice import Voice
from erp_desktop.documents.pdf import Page
from erp_desktop.documents.strips import (
    Side,
    Span,
    Strip,
    Style,
    beside,
    boxed,
    ruled,
    space,
    stacked,
    written,
)

TITLES: dict[PaperKind, str] = {
    "invoice": N_("Invoice"),
    "credit_note": N_("Credit note"),
    "proforma": N_("Pro forma invoice"),
}
_COMPANY, _TITLE = Style(13, bold=True), Style(19, bold=True, ink="accent")
_NUMBER, _NAME, _TEXT = Style(11, bold=True), Style(10, bold=True), Style(8.5)
_SMALL, _LABEL = Style(7.5, ink="muted"), Style(8, ink="muted")
_STAMPED = Style(9, bold=True, ink="white")
_GAP = 14.0
_LOGO = 46.0
# No name is so long that nothing else finds room.
_MOST_LINES = 12


def letterhead(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    """Return who sells and what this is, from edge to edge."""
    if voice.second is None:
        seller, title = span.cut(0, 190, gap=_GAP, mirrored=voice.is_rtl)
        parts = beside(_seller(paper, voice, seller), _title(paper, voice, title))
    else:
        parts = _both_sellers(paper, voice, span)
    return stacked([parts, space(8), ruled(span, thick=1.2, ink="accent", below=10)])


def about(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    """Return the dates and references of a paper, and its customer in a box."""
    facts, customer = span.cut(0, span.width * 0.54, gap=_GAP, mirrored=voice.is_rtl)
    return stacked(
        [beside(_facts(paper, voice, facts), _customer(paper, voice, customer)), space(12)]
    )


def running_head(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    """Return what stands at the top of every page but the first."""
    name = line(" · ".join(voice.own(paper.seller.name)), rtl=voice.is_rtl)
    title = line(
        f"{' · '.join(titles(paper, voice))}  {_shown(voice, paper.number)}", rtl=voice.is_rtl
    )
    start, end = sides(voice)
    style = Style(9, bold=True)
    both = beside(*written([name], style, span, start), *written([title], style, span, end))
    return stacked([both, space(3), ruled(span, thick=0.8, ink="accent", below=8)])


def titles(paper: InvoicePaper, voice: Voice) -> tuple[str, ...]:
    """Return what this is, in each language."""
    return voice.say(TITLES[paper.kind])


def sides(voice: Voice) -> tuple[Side, Side]:
    """Return where the language begins and where it ends."""
    return ("right", "left") if voice.is_rtl else ("left", "right")


def paragraph(text: str, style: Style, span: Span, side: Side | None = None) -> Iterator[Strip]:
    """Return somebody's own text, which runs as its first letter does."""
    rtl = begins_right_to_left(text)
    lines = style.wrap(text, span.width, rtl=rtl)[:_MOST_LINES]
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


def _seller(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    start, _end = sides(voice)
    seller = paper.seller
    text, picture = span, space(0)
    if paper.logo is not None:
        logo, text = span.cut(_LOGO, 0, gap=10, mirrored=voice.is_rtl)
        picture = _picture(paper.logo, logo)
    names = [*voice.own(seller.name), *_other_name(seller.name, voice)]
    strips = [*paragraph(names[0], _COMPANY, text, start)] if names else []
    for other in names[1:]:
        strips += paragraph(other, _LABEL, text, start)
    strips.append(space(2))
    strips += _particulars(seller, voice, text, start)
    return beside(picture, stacked(strips))


def _other_name(name: Worded, voice: Voice) -> Iterator[str]:
    """A company is known by both of its names, whatever the language."""
    shown = voice.own(name)
    yield from (each for each in (name.text, name.text_ar) if each and each not in shown)


def _both_sellers(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    seller, arabic = paper.seller, Voice(voice.both[-1], None, voice.currency)
    logo = _LOGO if paper.logo is not None else 0.1
    left, middle, right = span.cut((span.width - logo) / 2 - _GAP, logo, 0, gap=_GAP)
    latin = Voice(voice.first, None, voice.currency)
    columns = [
        stacked(
            [
                *paragraph("".join(each.own(seller.name)), _COMPANY, place, side),
                space(2),
                *_particulars(seller, each, place, side),
            ]
        )
        for each, place, side in _halves(latin, arabic, left, right)
    ]
    if paper.logo is not None:
        columns.append(_picture(paper.logo, middle))
    return stacked([beside(*columns), space(8), _band(paper, voice, span)])


def _halves(
    latin: Voice, arabic: Voice, left: Span, right: Span
) -> tuple[tuple[Voice, Span, Side], tuple[Voice, Span, Side]]:
    return (latin, left, "left"), (arabic, right, "right")


def _band(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    """Return the title in French at the left, in Arabic at the right, the number between them."""
    latin, arabic = titles(paper, voice)
    style, inner = Style(15, bold=True, ink="accent"), span.inner(10)
    parts = [
        *written([line(latin, rtl=False)], style, inner, "left"),
        *written([line(arabic, rtl=True)], style, inner, "right"),
        stacked([space(4), *written([line(paper.number, rtl=False)], _NUMBER, inner, "center")]),
    ]
    band = boxed(beside(*parts), span, margin=3)
    return stacked([band, *_duplicate(paper, voice, span, "center")])


def _title(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    _start, end = sides(voice)
    title = _TITLE.wrap(titles(paper, voice)[0], span.width, rtl=voice.is_rtl)
    number = _NUMBER.wrap(paper.number, span.width, rtl=False)
    strips = [*written(title, _TITLE, span, end), *written(number, _NUMBER, span, end)]
    return stacked([*strips, *_duplicate(paper, voice, span, end)])


def _duplicate(paper: InvoicePaper, voice: Voice, span: Span, side: Side) -> Iterator[Strip]:
    if not paper.is_duplicate:
        return
    words = line(" · ".join(voice.say(N_("DUPLICATE"))), rtl=voice.is_rtl)
    width = _STAMPED.width(words) + 16
    place = Span(span.place(width, side), width)
    yield space(4)
    yield boxed(stacked(written([words], _STAMPED, place, "center")), place, margin=2, ink="black")


def _particulars(party: PaperParty, voice: Voice, span: Span, side: Side) -> Iterator[Strip]:
    """Return address, telephone and identifiers, small."""
    for address in voice.own(party.address):
        yield from paragraph(address, _TEXT, span, side)
    for row in _packed(filter(None, party.contact), span.width):
        yield from written(_SMALL.wrap(row, span.width, rtl=False), _SMALL, span, side)
    identifiers = [_identifier(each, voice) for each in party.identifiers]
    for rows in _packed(identifiers, span.width):
        yield from written([line(rows, rtl=voice.is_rtl)], _SMALL, span, side)


def _identifier(each: Identifier, voice: Voice) -> str:
    name = voice.own(each.name)
    colon = "\u00a0:\u00a0" if voice.first.language == "fr" else ":\u00a0"
    return f"{name[0] if name else ''}{colon}{_shown(voice, each.value)}"


def _shown(voice: Voice, value: str) -> str:
    """Keep a number or code in its own order inside Arabic."""
    return voice.first.isolate(value)


def _packed(texts: Iterable[str], width: float) -> Iterator[str]:
    """Put short texts beside each other, as many as there is room for."""
    row = ""
    for text in texts:
        longer = f"{row}   {text}" if row else text
        if row and _SMALL.width(line(longer, rtl=False)) > width:
            yield row
            longer = text
        row = longer
    if row:
        yield row


def _customer(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    inner = span.inner(10)
    start, end = sides(voice)
    customer, labels = paper.customer, voice.say(N_("Customer"))
    head = [*written([line(labels[0], rtl=voice.is_rtl)], _LABEL, inner, start)]
    if voice.second is not None:
        head = [beside(*head, *written([line(labels[1], rtl=True)], _LABEL, inner, end))]
    strips = [*head, space(2)]
    side = start if voice.second is None else None
    strips += [
        named(voice.own(customer.name), _NAME, inner, side),
        named(voice.own(customer.address), _TEXT, inner, side),
    ]
    plain = PaperParty(Worded(""), Worded(""), customer.contact, customer.identifiers)
    strips += _particulars(plain, voice, inner, start)
    return boxed(stacked(strips), span, margin=7, ink="white", edge="line")


def _facts(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    return stacked([_fact(voice, message, texts, span) for message, texts in _told(paper, voice)])


def _told(paper: InvoicePaper, voice: Voice) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield N_("Date"), (_shown(voice, voice.date(paper.issued_on)),)
    if paper.due_on is not None:
        yield N_("Due date"), (_shown(voice, voice.date(paper.due_on)),)
    if paper.original is not None:
        number, day = paper.original
        yield N_("Original invoice"), (_shown(voice, number), _shown(voice, voice.date(day)))
    if paper.reference:
        yield N_("Your reference"), (_shown(voice, paper.reference),)
    for message, text in ((N_("Payment method"), paper.payment), (N_("Terms"), paper.terms)):
        if voice.own(text):
            yield message, voice.own(text)


def _fact(voice: Voice, message: str, texts: tuple[str, ...], span: Span) -> Strip:
    """Return a label and what it says; in two languages a label stands at either side."""
    labels = voice.say(message)
    start, end = sides(voice)
    if voice.second is None:
        label, value = span.cut(82, 0, mirrored=voice.is_rtl)
        parts = written(_LABEL.wrap(labels[0], label.width, rtl=voice.is_rtl), _LABEL, label, start)
        values = [strip for text in texts for strip in _value(text, value, start, voice)]
    else:
        left, value, right = span.cut(72, 0, 62)
        parts = iter(
            [
                stacked(written(_LABEL.wrap(labels[0], 72, rtl=False), _LABEL, left, start)),
                stacked(written(_LABEL.wrap(labels[1], 62, rtl=True), _LABEL, right, end)),
            ]
        )
        values = [strip for text in texts for strip in _value(text, value, "center", voice)]
    label_strip = beside(*parts) if voice.second is not None else stacked(parts)
    return stacked([beside(label_strip, stacked(values)), space(2)])


def _value(text: str, span: Span, side: Side, voice: Voice) -> Iterator[Strip]:
    rtl = begins_right_to_left(text) or voice.is_rtl
    yield from written(_TEXT.wrap(text, span.width, rtl=rtl)[:_MOST_LINES], _TEXT, span, side)


def _picture(content: bytes, span: Span) -> Strip:
    def draw(page: Page, y: float) -> None:
        page.picture(content, span.left, y, span.width, _LOGO)

    return Strip(_LOGO, draw)
