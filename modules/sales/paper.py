"""A posted document as it stands on paper, in the words of its day. Pure.

What was said of seller, customer, goods and law when it was posted is kept with it
(`sales.paper_of` in SQL): a reprint years later says the same. On a credit note all figures are
positive.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import words
from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.documents.invoice.paper import (
    Identifier,
    InvoicePaper,
    PaperLanguage,
    PaperLine,
    PaperParty,
    PaperTax,
    Worded,
)
from modules.accounting.api import Line, reckon
from modules.sales.names import WAYS
from modules.sales.selectors import InvoiceHead, InvoiceSheet, SheetLine

_PERCENT = Decimal(100)
_CENT = Decimal("0.01")
# As many letters of a unit as fit on one line.
_ROOM = 7


def invoice_paper(
    sheet: InvoiceSheet,
    language: PaperLanguage,
    *,
    is_duplicate: bool = False,
    logo: bytes | None = None,
) -> InvoicePaper:
    """Return the paper of a posted document in a language.

    Raises:
        NotFoundError: The sheet is that of a new document.
    """
    head = sheet.head
    if head is None:
        raise NotFoundError
    said, way = head.paper, _way(head)
    country = (said.get("seller") or {}).get("country") or sheet.choices.country
    return InvoicePaper(
        kind=head.kind,
        language=language,
        country=country,
        currency=head.currency,
        number=head.number,
        issued_on=head.dated_on,
        seller=_party(said.get("seller"), said),
        customer=_party(said.get("customer"), said),
        lines=tuple(_line(line, head) for line in sheet.lines),
        taxes=tuple(_taxes(head, sheet)),
        net=head.net * way,
        discount=_discount(sheet.lines, head),
        stamp=head.stamp * way,
        to_pay=head.to_pay * way,
        includes_tax=head.includes_tax,
        **_paying(head, language, country),
        original=_original(head),
        reference=head.reference,
        mentions=tuple(_mentions(head, language)),
        logo=logo,
        is_duplicate=is_duplicate,
    )


def _way(head: InvoiceHead) -> int:
    return 1 if head.kind == "invoice" else -1


def _party(given: Mapping[str, Any] | None, said: Mapping[str, Any]) -> PaperParty:
    if not given:
        return PaperParty(Worded(""))
    numbers = given.get("identifiers") or {}
    laws = {law["code"]: law for law in said.get("identifiers") or ()}
    order = [code for code in (*laws, *(numbers.keys() - laws.keys())) if numbers.get(code)]
    return PaperParty(
        _named(given),
        Worded(given.get("address") or "", given.get("address_ar") or ""),
        tuple(filter(None, (given.get("phone"), given.get("email")))),
        tuple(
            Identifier(_named(laws.get(code)) if code in laws else Worded(code), numbers[code])
            for code in order
        ),
    )


def _named(given: Mapping[str, Any] | None) -> Worded:
    return Worded(given.get("name") or "", given.get("name_ar") or "") if given else Worded("")


def _line(line: SheetLine, head: InvoiceHead) -> PaperLine:
    said = (head.paper.get("lines") or {}).get(str(line.id)) or {}
    # What was said with no Arabic name has none, even if the product got one later.
    name = _named(said) if said else Worded(line.name, line.name_ar)
    unit = Worded(_short(said.get("unit"), line.unit), said.get("unit_ar") or "")
    if line.pack_id is not None:
        pack = (said.get("pack") or "", said.get("pack_ar") or "")
        unit = Worded(*(pack if said else (line.pack, line.pack_ar)))
    rate = line.plan.taxes[-1].rate if line.plan.taxes else None
    amount, percent = _own(line, head)
    return PaperLine(
        code=said.get("code") or line.code,
        name=Worded(line.description) if line.description else name,
        quantity=line.quantity * _way(head),
        unit=unit,
        unit_price=line.unit_price,
        tax_rate=rate or None,
        amount=amount,
        discount=percent,
    )


def _short(name: str | None, code: str) -> str:
    """Return a unit's name where its column has room for it."""
    return name if name and len(name) <= _ROOM else code


def _own(line: SheetLine, head: InvoiceHead) -> tuple[Decimal, Decimal]:
    """Return what a line amounts to before the document's discount, and its own in hundredths.

    What comes back of an invoice amounts to what it amounted to there, after all discounts.
    """
    gross = round_money(line.quantity * line.unit_price, CURRENCIES[head.currency])
    if line.original_line_id is not None:
        given = (line.discount / gross * _PERCENT).quantize(_CENT) if gross else Decimal(0)
        return line.amount * _way(head), given
    own = round_money(gross * line.discount_rate / _PERCENT, CURRENCIES[head.currency])
    return (gross - own) * _way(head), line.discount_rate


def _discount(lines: Sequence[SheetLine], head: InvoiceHead) -> Decimal:
    """Return what the document's discount takes off the sum without taxes."""
    if not head.discount:
        return Decimal(0)
    before = reckon(
        [
            Line(each.quantity, each.unit_price, each.plan, each.discount_rate / _PERCENT)
            for each in lines
        ],
        CURRENCIES[head.currency],
        includes_tax=head.includes_tax,
    )
    return (before.net - head.net) * _way(head)


def _taxes(head: InvoiceHead, sheet: InvoiceSheet) -> Iterator[PaperTax]:
    said = {tax["code"]: _named(tax) for tax in head.paper.get("taxes") or ()}
    known = sheet.choices.tax_names
    way = _way(head)
    for tax in head.taxes:
        name = said.get(tax.code) or Worded(*known.get(tax.code, (tax.code, "")))
        yield PaperTax(name, tax.rate, tax.base * way, tax.amount * way)


def _paying(head: InvoiceHead, language: PaperLanguage, country: str) -> dict[str, Any]:
    """Return when and how an invoice is to be paid; a credit note says nothing of that."""
    if head.kind == "credit_note":
        return {}
    latin = words("en" if language == "en" else "fr", country)
    message = WAYS[head.payment_method]
    return {
        "due_on": head.due_on,
        "terms": _named(head.paper.get("terms")),
        "payment": Worded(latin.say(message), words("ar", country).say(message)),
    }


def _original(head: InvoiceHead) -> tuple[str, Any] | None:
    if not head.original_number or head.original_dated_on is None:
        return None
    return head.original_number, head.original_dated_on


def _mentions(head: InvoiceHead, language: PaperLanguage) -> Iterator[Worded]:
    latin = "en" if language == "en" else "fr"
    for each in head.paper.get("mentions") or ():
        yield Worded(each.get(latin) or each.get("fr") or "", each.get("ar") or "")
    yield from _articles(head)
    if head.note:
        yield Worded(head.note)


def _articles(head: InvoiceHead) -> Iterator[Worded]:
    """Say by which text of the law a tax of the document is not charged."""
    said = {tax["code"]: tax for tax in head.paper.get("taxes") or ()}
    for code in dict.fromkeys(tax.code for tax in head.taxes if not tax.rate):
        article = said.get(code, {}).get("article")
        if article:
            name = _named(said[code])
            text_ar = f"{name.text_ar}: \u2066{article}\u2069" if name.text_ar else ""
            yield Worded(f"{name.text}\u00a0: {article}", text_ar)
