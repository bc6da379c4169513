"""What an invoice says before its lines: dates, references, and its customer in a box."""

from collections.abc import Iterator

from erp_desktop.core.i18n import N_
from erp_desktop.documents.bidi import begins_right_to_left, line
from erp_desktop.documents.invoice.paper import InvoicePaper, PaperParty, Worded
from erp_desktop.documents.invoice.texts import (
    LABEL,
    MOST_LINES,
    TEXT,
    named,
    particulars,
    shown,
    sides,
)
from erp_desktop.documents.invoice.voice import Voice
from erp_desktop.documents.strips import Strip, beside, boxed, space, stacked, written
from erp_desktop.documents.styles import Side, Span, Style

_NAME, _GAP = Style(10, bold=True), 14.0


def about(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    """Return the dates and references of a paper, and its customer in a box."""
    facts, customer = span.cut(0, span.width * 0.54, gap=_GAP, mirrored=voice.is_rtl)
    return stacked(
        [beside(_facts(paper, voice, facts), _customer(paper, voice, customer)), space(12)]
    )


def _customer(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    inner = span.inner(10)
    start, end = sides(voice)
    customer, labels = paper.customer, voice.say(N_("Customer"))
    head = [*written([line(labels[0], rtl=voice.is_rtl)], LABEL, inner, start)]
    if voice.second is not None:
        head = [beside(*head, *written([line(labels[1], rtl=True)], LABEL, inner, end))]
    strips = [*head, space(2)]
    side = start if voice.second is None else None
    strips += [
        named(voice.own(customer.name), _NAME, inner, side),
        named(voice.own(customer.address), TEXT, inner, side),
    ]
    plain = PaperParty(Worded(""), Worded(""), customer.contact, customer.identifiers)
    strips += particulars(plain, voice, inner, start)
    return boxed(stacked(strips), span, margin=7, ink="white", edge="line")


def _facts(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    return stacked([_fact(voice, message, texts, span) for message, texts in _told(paper, voice)])


def _told(paper: InvoicePaper, voice: Voice) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield N_("Date"), (shown(voice, voice.date(paper.issued_on)),)
    if paper.due_on is not None:
        yield N_("Due date"), (shown(voice, voice.date(paper.due_on)),)
    if paper.original is not None:
        number, day = paper.original
        yield N_("Original invoice"), (shown(voice, number), shown(voice, voice.date(day)))
    if paper.reference:
        yield N_("Your reference"), (shown(voice, paper.reference),)
    for message, text in ((N_("Payment method"), paper.payment), (N_("Terms"), paper.terms)):
        if voice.own(text):
            yield message, voice.own(text)


def _fact(voice: Voice, message: str, texts: tuple[str, ...], span: Span) -> Strip:
    """Return a label and what it says; in two languages a label stands at either side."""
    labels = voice.say(message)
    start, end = sides(voice)
    if voice.second is None:
        label, value = span.cut(82, 0, mirrored=voice.is_rtl)
        parts = written(LABEL.wrap(labels[0], label.width, rtl=voice.is_rtl), LABEL, label, start)
        values = [strip for text in texts for strip in _value(text, value, start, voice)]
    else:
        left, value, right = span.cut(72, 0, 62)
        parts = iter(
            [
                stacked(written(LABEL.wrap(labels[0], 72, rtl=False), LABEL, left, start)),
                stacked(written(LABEL.wrap(labels[1], 62, rtl=True), LABEL, right, end)),
            ]
        )
        values = [strip for text in texts for strip in _value(text, value, "center", voice)]
    label_strip = beside(*parts) if voice.second is not None else stacked(parts)
    return stacked([beside(label_strip, stacked(values)), space(2)])


def _value(text: str, span: Span, side: Side, voice: Voice) -> Iterator[Strip]:
    rtl = begins_right_to_left(text) or voice.is_rtl
    yield from written(TEXT.wrap(text, span.width, rtl=rtl)[:MOST_LINES], TEXT, span, side)
