"""The top of an invoice: who sells, and what this is."""

from collections.abc import Iterator

from erp_desktop.core.i18n import N_
from erp_desktop.documents.bidi import line
from erp_desktop.documents.invoice.paper import InvoicePaper, PaperKind, Worded
from erp_desktop.documents.invoice.texts import LABEL, paragraph, particulars, shown, sides
from erp_desktop.documents.invoice.voice import Voice
from erp_desktop.documents.pdf import Page
from erp_desktop.documents.strips import Strip, beside, boxed, ruled, space, stacked, written
from erp_desktop.documents.styles import Side, Span, Style

TITLES: dict[PaperKind, str] = {
    "invoice": N_("Invoice"),
    "credit_note": N_("Credit note"),
    "proforma": N_("Pro forma invoice"),
}
_COMPANY, _TITLE = Style(13, bold=True), Style(19, bold=True, ink="accent")
_NUMBER, _STAMPED = Style(11, bold=True), Style(9, bold=True, ink="white")
_GAP, _LOGO = 14.0, 46.0


def letterhead(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    """Return who sells and what this is, from edge to edge."""
    if voice.second is None:
        seller, title = span.cut(0, 190, gap=_GAP, mirrored=voice.is_rtl)
        parts = beside(_seller(paper, voice, seller), _title(paper, voice, title))
    else:
        parts = _both_sellers(paper, voice, span)
    return stacked([parts, space(8), ruled(span, thick=1.2, ink="accent", below=10)])


def running_head(paper: InvoicePaper, voice: Voice, span: Span) -> Strip:
    """Return what stands at the top of every page but the first."""
    name = line(" · ".join(voice.own(paper.seller.name)), rtl=voice.is_rtl)
    title = line(
        f"{' · '.join(titles(paper, voice))}  {shown(voice, paper.number)}", rtl=voice.is_rtl
    )
    start, end = sides(voice)
    style = Style(9, bold=True)
    both = beside(*written([name], style, span, start), *written([title], style, span, end))
    return stacked([both, space(3), ruled(span, thick=0.8, ink="accent", below=8)])


def titles(paper: InvoicePaper, voice: Voice) -> tuple[str, ...]:
    """Return what this is, in each language."""
    return voice.say(TITLES[paper.kind])


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
        strips += paragraph(other, LABEL, text, start)
    strips.append(space(2))
    strips += particulars(seller, voice, text, start)
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
                *particulars(seller, each, place, side),
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


def _picture(content: bytes, span: Span) -> Strip:
    def draw(page: Page, y: float) -> None:
        page.picture(content, span.left, y, span.width, _LOGO)

    return Strip(_LOGO, draw)
