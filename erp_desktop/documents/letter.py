"""Letters on A4 that ask for money: who writes, to whom, what for, and the documents meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportlab.lib.pagesizes import A4

from erp_desktop.core.i18n import N_
from erp_desktop.documents.bidi import line
from erp_desktop.documents.fonts import drawing
from erp_desktop.documents.invoice.paper import PaperParty, Worded
from erp_desktop.documents.invoice.texts import SMALL, named, particulars, sides
from erp_desktop.documents.invoice.voice import Voice
from erp_desktop.documents.pdf import Page, mm
from erp_desktop.documents.strips import Strip, beside, boxed, ruled, space, stacked, written
from erp_desktop.documents.styles import Side, Span, Style

_WIDTH, _HEIGHT = (float(side) for side in A4)
_SPAN = Span(18 * mm, _WIDTH - 36 * mm)
_TOP, _BOTTOM = 15 * mm, _HEIGHT - 17 * mm
_COMPANY, _TITLE, _BODY = Style(13, bold=True), Style(14, bold=True, ink="accent"), Style(10)
_HEAD, _CELL, _SUM = Style(8, bold=True, ink="muted"), Style(9), Style(10, bold=True)
_COLUMNS = (N_("Invoice"), N_("Date"), N_("Due date"), N_("Left to pay"))


@dataclass(frozen=True, slots=True)
class Claim:
    """A document that is not paid."""

    number: str
    dated_on: date
    due_on: date
    open: Decimal


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter; sums are in the currency of its voice.

    Attributes:
        fee: Asked for besides; nothing if zero.
    """

    writer: PaperParty
    reader: PaperParty
    dated_on: date
    title: Worded
    body: Worded
    claims: tuple[Claim, ...]
    fee: Decimal = Decimal(0)


def render_letters(letters: Sequence[Letter], voice: Voice) -> bytes:
    """Return letters as one PDF, each beginning on a page of its own.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    with drawing:
        title = " · ".join(voice.own(letters[0].title)) if letters else ""
        page = Page(_WIDTH, _HEIGHT, title=title, language=voice.first.language)
        sheets = [sheet for letter in letters for sheet in _sheets(letter, voice)]
        for number, (strips, foot) in enumerate(sheets):
            if number:
                page.next()
            stacked(strips).draw(page, _TOP)
            foot.draw(page, _BOTTOM + 6)
        return page.content()


def _sheets(letter: Letter, voice: Voice) -> list[tuple[list[Strip], Strip]]:
    head = _row(voice, [" · ".join(voice.say(each)) for each in _COLUMNS], _HEAD)
    head = boxed(head, _SPAN, margin=2)
    sheets = [[*_opening(letter, voice), head]]
    for strip in [*_claims(letter, voice), _sums(letter, voice), _signature(voice)]:
        if _TOP + sum(each.height for each in sheets[-1]) + strip.height > _BOTTOM:
            sheets.append([head])
        sheets[-1].append(strip)
    return [(strips, _foot(voice, n, len(sheets))) for n, strips in enumerate(sheets, start=1)]


def _opening(letter: Letter, voice: Voice) -> Iterator[Strip]:
    start, end = sides(voice)
    yield named(voice.own(letter.writer.name), _COMPANY, _SPAN, _only(voice, start))
    yield from particulars(letter.writer, voice, _SPAN, start)
    yield from (space(6), ruled(_SPAN, thick=1.2, ink="accent", below=14))
    reader = _SPAN.cut(0, _SPAN.width * 0.5, mirrored=voice.is_rtl)[1]
    name = named(voice.own(letter.reader.name), _SUM, reader.inner(8), _only(voice, start))
    more = stacked(particulars(letter.reader, voice, reader.inner(8), start))
    yield boxed(stacked([name, more]), reader, margin=7, ink="white", edge="line")
    day = line(voice.first.isolate(voice.date(letter.dated_on)), rtl=voice.is_rtl)
    yield from (space(10), *written([day], _BODY, _SPAN, end), space(10))
    yield named(voice.own(letter.title), _TITLE, _SPAN, _only(voice, start))
    yield space(8)
    for text in voice.own(letter.body):
        rtl = voice.is_rtl if voice.second is None else text == letter.body.text_ar
        lines = _BODY.wrap(text, _SPAN.width, rtl=rtl)
        yield from (*written(lines, _BODY, _SPAN, "right" if rtl else "left"), space(8))


def _only(voice: Voice, start: Side) -> Side | None:
    return start if voice.second is None else None


def _claims(letter: Letter, voice: Voice) -> Iterator[Strip]:
    for each in letter.claims:
        days = [voice.first.isolate(voice.date(day)) for day in (each.dated_on, each.due_on)]
        texts = [voice.first.isolate(each.number), *days, voice.amount(each.open)]
        row = stacked([space(2), _row(voice, texts, _CELL), space(2)])
        yield stacked([row, ruled(_SPAN)])


def _sums(letter: Letter, voice: Voice) -> Strip:
    total = sum((each.open for each in letter.claims), Decimal(0))
    told = [(N_("Total"), total)]
    if letter.fee:
        told += [(N_("Fee of this reminder"), letter.fee), (N_("To be paid"), total + letter.fee)]
    strips: list[Strip] = [space(6)]
    for message, amount in told:
        texts = [" · ".join(voice.say(message)), "", "", voice.money(amount)[0]]
        strips += [_row(voice, texts, _SUM), space(3)]
    return stacked(strips)


def _signature(voice: Voice) -> Strip:
    """The place to stamp and to sign, at the end of the line."""
    place = _SPAN.cut(0, _SPAN.width * 0.4, mirrored=voice.is_rtl)[1]
    text = " · ".join(voice.say(N_("Stamp and signature")))
    said = written([line(text, rtl=voice.is_rtl)], _BODY, place, sides(voice)[0])
    return stacked([space(16), *said, space(50)])


def _row(voice: Voice, texts: Sequence[str], style: Style) -> Strip:
    places = _SPAN.cut(0, 100, 112, 120, mirrored=voice.is_rtl)
    start, _end = sides(voice)
    cells = [
        stacked(
            written(
                [line(text, rtl=voice.is_rtl)],
                style,
                place.inner(4),
                "right" if place is places[-1] else start,
            )
        )
        for text, place in zip(texts, places, strict=True)
    ]
    return beside(*cells)


def _foot(voice: Voice, number: int, pages: int) -> Strip:
    said = voice.say(N_("Page {number} of {pages}"))
    text = " · ".join(each.format(number=number, pages=pages) for each in said)
    side = sides(voice)[1]
    return stacked(written([line(text, rtl=voice.is_rtl)], SMALL, _SPAN, side))
