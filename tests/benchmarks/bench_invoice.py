"""A ten-line invoice on A4 against the same page drawn bare with ReportLab.

Both write the same strings at the same places in the same fonts and sizes, the same rules and boxes
and a QR code of the same text. Ours also words, wraps, joins, orders and lays all of it out. Every
round is another invoice: other names, other figures.
"""

import io
import random
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from erp_desktop.documents import bidi, codes, joining, styles
from erp_desktop.documents.invoice import InvoicePaper, PaperParty, Worded, render_invoice
from erp_desktop.documents.invoice.closing import qr_text
from erp_desktop.documents.invoice.paper import PaperLanguage
from erp_desktop.documents.pdf import Page
from tests.benchmarks.harness import Contest, Result, compare, report
from tests.documents.papers import CUSTOMER, algerian, items

LIMIT = 2.0
ROUNDS, WARM_UP = 60, 5
LINES = 10
LANGUAGES: tuple[PaperLanguage, ...] = ("fr", "ar", "ar+fr")

_FRENCH = re.findall(
    r"\S+", "café moulu huile olive vierge sucre blanc thé vert savon lait demi écrémé bio 500 g"
)
_ARABIC = re.findall(
    r"\S+", "قهوة مطحونة زيت زيتون بكر سكر أبيض شاي أخضر صابون حليب معقم ممتاز طبيعي 500 غ"
)

Deed = Callable[[Canvas], object]


def papers() -> list[InvoicePaper]:
    """Return another invoice for each round and language, of words that come in another order."""
    dice = random.Random(3)  # noqa: S311 - the same invoices in every run
    return [_paper(dice, number) for number in range(ROUNDS + WARM_UP)]


def _paper(dice: random.Random, number: int) -> InvoicePaper:
    lines = tuple(
        replace(
            item,
            name=Worded(" ".join(dice.sample(_FRENCH, 5)), " ".join(dice.sample(_ARABIC, 5))),
            amount=Decimal(dice.randint(10_000, 9_999_999)) / 100,
            unit_price=Decimal(dice.randint(1_000, 999_999)) / 100,
        )
        for item in items(LINES)
    )
    name = Worded(f"EURL {number} {dice.choice(_FRENCH)}", f"مؤسسة {dice.choice(_ARABIC)} {number}")
    customer = PaperParty(name, CUSTOMER.address, CUSTOMER.contact, CUSTOMER.identifiers)
    return algerian(number=f"FA-ALG-2026-{number:06d}", lines=lines, customer=customer)


@dataclass
class Bare:
    """What our pipeline did to the canvas, without the pipeline."""

    deeds: list[Deed]
    qr: str

    def draw(self) -> bytes:
        """Draw the page."""
        file = io.BytesIO()
        canvas = Canvas(file, pagesize=A4, invariant=True, pageCompression=1)
        for deed in self.deeds:
            deed(canvas)
        canvas.save()
        return file.getvalue()


def recorded(paper: InvoicePaper) -> Bare:
    """Render an invoice and note every string, rule, box and code with its place."""
    bare = Bare([], qr_text(paper))
    height = A4[1]
    kept = {name: getattr(Page, name) for name in ("_write", "box", "rule", "dots", "next")}

    def write(_page: Page, face: Any, run: str, x: float, y: float, size: float) -> None:
        bare.deeds.append(lambda c: (c.setFont(face.name, size), c.drawString(x, y, run)))

    def box(_page: Page, x: float, y: float, width: float, tall: float, **_looks: Any) -> None:
        bare.deeds.append(lambda c: c.rect(x, height - y - tall, width, tall, stroke=0, fill=1))

    def rule(_page: Page, x: float, y: float, width: float, **_looks: Any) -> None:
        bare.deeds.append(lambda c: c.line(x, height - y, x + width, height - y))

    def dots(_page: Page, _rows: Any, x: float, y: float, module: float) -> None:
        bare.deeds.append(lambda c: _squares(c, bare.qr, x, height - y, module))

    def turn(_page: Page) -> None:
        bare.deeds.append(lambda c: c.showPage())

    try:
        for name, noting in zip(kept, (write, box, rule, dots, turn), strict=True):
            setattr(Page, name, noting)
        render_invoice(paper)
    finally:
        for name, method in kept.items():
            setattr(Page, name, method)
    return bare


def _squares(canvas: Canvas, text: str, x: float, y: float, module: float) -> None:
    path = canvas.beginPath()
    for number, row in enumerate(codes.qr(text), start=1):
        for place, length in row:
            path.rect(x + place * module, y - number * module, length * module, module)
    canvas.drawPath(path, stroke=0, fill=1)


def forget() -> None:
    """Forget what recording has shaped: a new invoice has names that nobody has seen."""
    for cached in (bidi.line, bidi._order, joining._joined, styles._wrapped):
        cached.cache_clear()


def _render(ours: Sequence[InvoicePaper], number: int) -> bytes:
    return render_invoice(ours[number])


def _draw(bare: Sequence[Bare], number: int) -> bytes:
    return bare[number].draw()


def measure() -> list[Result]:
    """Draw both by turns, in each language."""
    results = []
    for language in LANGUAGES:
        ours = [replace(paper, language=language) for paper in papers()]
        bare = [recorded(paper) for paper in ours]
        forget()
        contest = Contest(partial(_render, ours), partial(_draw, bare))
        name = f"invoice of {LINES} lines, {language}"
        results.append(compare(name, contest, rounds=ROUNDS, limit=LIMIT, warm_up=WARM_UP))
    return results


if __name__ == "__main__":
    sys.exit(report(measure()))
