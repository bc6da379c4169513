"""Test prints: something to look at when a printer has just been chosen."""

from datetime import datetime

from erp_desktop.core.i18n import N_, Words
from erp_desktop.documents.bidi import line
from erp_desktop.documents.codes import qr
from erp_desktop.documents.fonts import drawing
from erp_desktop.documents.pdf import Page, mm
from erp_desktop.documents.receipt import (
    Barcode,
    Block,
    Item,
    Pair,
    QrCode,
    Receipt,
    Rule,
    Space,
    Text,
)
from erp_desktop.documents.strips import stacked, written
from erp_desktop.documents.styles import Span, Style
from erp_desktop.documents.table_paper import TableColumn, render_table

_CODE = "TEST-0123456789"
_LABEL = (50 * mm, 30 * mm)


def sample_receipt(company: str, words: Words, at: datetime) -> Receipt:
    """Return a receipt that shows whether both scripts, bars and squares come out sharp."""
    blocks: tuple[Block, ...] = (
        Text(company, "center", bold=True, size="large"),
        Text(words.say(N_("Test print")), "center"),
        Rule(),
        Pair(words.say(N_("Date")), words.moment(at)),
        Item("Café moulu 1 kg", "2", "1\u00a0450,00", "2\u00a0900,00"),
        Item("زيت زيتون بكر 5 ل (ممتاز)", "1", "4\u00a0200,00", "4\u00a0200,00"),
        Rule(solid=True),
        Text(words.say(N_("Both edges of this line are on the paper.")), "center", size="small"),
        Space(2),
        Barcode(_CODE),
        Space(2),
        QrCode(_CODE),
    )
    return Receipt(words.say(N_("Test print")), blocks)


def sample_page(company: str, words: Words, at: datetime) -> bytes:
    """Return a page of A4."""
    rows = [
        ("CAF-001", "Café moulu 1 kg", "1\u00a0450,00"),
        ("HUI-005", "زيت زيتون بكر 5 ل (ممتاز)", "-4\u00a0200,00"),
    ]
    columns = (
        TableColumn(words.say(N_("Code"))),
        TableColumn(words.say(N_("Designation"))),
        TableColumn(words.say(N_("Amount")), is_figure=True),
    )
    about = (company, words.moment(at))
    return render_table(words.say(N_("Test print")), about, columns, rows, None, words)


def sample_label(company: str, words: Words) -> bytes:
    """Return a label of 50 by 30 mm."""
    with drawing:
        page = Page(*_LABEL, title=words.say(N_("Test print")), language=words.language)
        span = Span(0, _LABEL[0]).inner(2 * mm)
        bold, small = Style(8, bold=True), Style(6.5)
        name = bold.wrap(company, span.width, rtl=words.is_right_to_left)[:2]
        code = [line(_CODE, rtl=False)]
        strips = [
            *written(name, bold, span, "right" if words.is_right_to_left else "left"),
            *written(code, small, span, "left"),
        ]
        stacked(strips).draw(page, 2 * mm)
        rows = qr(_CODE)
        page.dots(rows, span.right - 14 * mm, 14 * mm, 14 * mm / len(rows))
        return page.content()
