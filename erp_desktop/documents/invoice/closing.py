"""The lower part of an invoice: taxes, totals, the sum in words, mentions, signature."""

from collections.abc import Iterator
from decimal import Decimal

from erp_desktop.core.i18n import N_
from erp_desktop.documents import codes
from erp_desktop.documents.bidi import line
from erp_desktop.documents.invoice.lines import AMOUNT_WIDTH
from erp_desktop.documents.invoice.paper import ZERO, InvoicePaper, PaperKind, PaperTax
from erp_desktop.documents.invoice.texts import named, paragraph, sides
from erp_desktop.documents.invoice.voice import Voice
from erp_desktop.documents.strips import Strip, beside, boxed, ruled, space, stacked, written
from erp_desktop.documents.styles import Span, Style

_TEXT, _BOLD, _DUE = Style(8.5), Style(8.5, bold=True), Style(10.5, bold=True, ink="white")
_HEAD, _SMALL = Style(7.5, bold=True, ink="muted"), Style(7.5, ink="muted")
_WORDS = Style(9, bold=True)
_GAP, _PAD, _SIGNATURE, _QR = 14.0, 4.0, 78.0, 62.0
_SENTENCES: dict[PaperKind, str] = {
    "invoice": N_("This invoice is closed at the sum of: {words}."),
    "credit_note": N_("This credit note is closed at the sum of: {words}."),
    "proforma": N_("This pro forma invoice is closed at the sum of: {words}."),
}
_DUE_LABELS: dict[PaperKind, str] = {
    "invoice": N_("Net to pay"),
    "credit_note": N_("Net to your credit"),
    "proforma": N_("Net to pay"),
}


def closing(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    """Return everything below the lines; it stays on one page."""
    wide = 0.46 if voice.second is None else 0.5
    taxes, totals = span.cut(0, span.width * wide, gap=_GAP, mirrored=voice.is_rtl)
    left, signature = span.cut(0, 180, gap=_GAP, mirrored=voice.is_rtl)
    return stacked(
        [
            space(10),
            beside(_taxes(paper, voice, taxes), _totals(paper, voice, totals)),
            space(10),
            _in_words(paper, voice, span),
            space(10),
            beside(_mentions(paper, voice, left), _signature(voice, signature)),
        ]
    )


def qr_text(paper: InvoicePaper) -> str:
    """Return what a telephone reads: number, day, total, and who sells."""
    seller = " ".join(each.value for each in paper.seller.identifiers[:1])
    total = f"{paper.to_pay:f} {paper.currency}"
    return paper.qr or "|".join((paper.number, f"{paper.issued_on}", total, seller))


def _taxes(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    places = span.cut(0, 66, 40, 62, mirrored=voice.is_rtl)
    start, _end = sides(voice)
    titles = (N_("Tax"), N_("Base"), N_("Rate"), N_("Amount"))
    head = beside(
        *(
            stacked(
                strip
                for text, words in zip(voice.say(title), voice.both, strict=True)
                for strip in written(
                    [line(text, rtl=words.is_right_to_left)],
                    _HEAD,
                    place.inner(_PAD),
                    start if place is places[0] else "right",
                )
            )
            for title, place in zip(titles, places, strict=True)
        )
    )
    rows = [_tax_row(tax, voice, places, span) for tax in paper.taxes]
    return stacked([boxed(head, span, margin=3), *rows])


def _tax_row(tax: PaperTax, voice: Voice, places: list[Span], span: Span) -> Strip:
    start, _end = sides(voice)
    figures = (voice.amount(tax.base), voice.rate(tax.rate), voice.amount(tax.amount))
    side = start if voice.second is None else None
    cells = [named(voice.own(tax.name), _TEXT, places[0].inner(_PAD), side)]
    for text, place in zip(figures, places[1:], strict=True):
        cells += written([line(text, rtl=False)], _TEXT, place.inner(_PAD), "right")
    return stacked([space(2), beside(*cells), space(2), ruled(span)])


def _totals(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    rows = [
        _total(voice, labels, voice.amount(amount), span) for labels, amount in _sums(paper, voice)
    ]
    due = _total(
        voice, voice.say(_DUE_LABELS[paper.kind]), voice.money(paper.to_pay)[0], span, _DUE
    )
    return stacked([*rows, space(3), boxed(due, span, margin=3, ink="accent")])


def _sums(paper: InvoicePaper, voice: Voice) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    if paper.discount:
        yield voice.say(N_("Total before discount")), paper.net + paper.discount
        yield voice.say(N_("Discount")), -paper.discount
    yield voice.say(N_("Total excl. tax")), paper.net
    names = dict.fromkeys(tax.name for tax in paper.taxes)
    for name in names:
        amount = sum((tax.amount for tax in paper.taxes if tax.name == name), ZERO)
        yield (voice.own(name) * 2)[: len(voice.both)], amount
    yield voice.say(N_("Total incl. tax")), paper.total
    if paper.stamp:
        yield voice.say(N_("Stamp duty")), paper.stamp


def _total(
    voice: Voice, labels: tuple[str, ...], figure: str, span: Span, style: Style = _TEXT
) -> Strip:
    """Return a label and its figure; in two languages the figure stands between its labels."""
    start, end = sides(voice)
    inner = span.inner(_PAD)
    strips = [*written([line(labels[0], rtl=voice.is_rtl)], style, inner, start)]
    amount = line(figure, rtl=voice.is_rtl)
    if voice.second is not None:
        # Left label, figure, Arabic label: as wide as the longest of each.
        strips += written([line(labels[-1], rtl=True)], style, inner, end)
        needed = style.width(line(labels[0], rtl=False)) + _GAP + style.width(amount)
        place = Span(inner.left, max(inner.width * 0.62, needed))
    else:
        # Below the amounts of the lines, at either side of the paper.
        reach = max(AMOUNT_WIDTH - 2 * _PAD, style.width(amount))
        place = Span(inner.left, reach) if voice.is_rtl else inner
    strips += written([amount], style, place, "right")
    return stacked([space(1.5), beside(*strips), space(1.5)])


def _in_words(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    amount = abs(paper.to_pay) if paper.kind == "credit_note" else paper.to_pay
    sentences = voice.sentence(_SENTENCES[paper.kind], amount)
    strips = [
        strip for sentence in sentences for strip in paragraph(sentence, _WORDS, span.inner(8))
    ]
    return boxed(stacked(strips), span, margin=5)


def _mentions(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    square, text = span.cut(_QR, 0, gap=10, mirrored=voice.is_rtl)
    side = sides(voice)[0] if voice.second is None else None
    strips = [
        strip
        for mention in paper.mentions
        for strip in (named(voice.own(mention), _SMALL, text, side), space(1.5))
    ]
    rows = codes.qr(qr_text(paper))
    module = _QR / len(rows)
    picture = Strip(_QR, lambda page, y: page.dots(rows, square.left, y, module))
    return beside(picture, stacked(strips))


def _signature(voice: Voice, span: Span) -> Strip:
    labels = voice.say(N_("Stamp and signature"))
    start, end = sides(voice)
    inner = span.inner(8)
    head = [*written([line(labels[0], rtl=voice.is_rtl)], _SMALL, inner, start)]
    if voice.second is not None:
        head += written([line(labels[1], rtl=True)], _SMALL, inner, end)
    content = beside(*head, space(_SIGNATURE))
    return boxed(content, span, margin=5, ink="white", edge="line")
