"""How a document is told on its page: its state, its path, what happened, its totals. Pure."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui.document_page import Document, Happening, Step, Total
from erp_desktop.ui.parts import Tone
from modules.accounting.api import TaxAmount
from modules.sales.drafts import InvoiceDraft
from modules.sales.figures import InvoiceFigures
from modules.sales.names import KINDS
from modules.sales.selectors import HistoryEntry, InvoiceChoices, InvoiceHead
from modules.sales.widgets.head import Head
from modules.sales.widgets.lines import Line
from modules.sales.widgets.writing import Writing

_ZERO = Decimal(0)
_HAPPENED = {
    "posted": N_("Posted"),
    "credited": N_("Credit note {number} of {amount}"),
    "settled": N_("{amount} settled by {number}"),
    "undone": N_("{amount} of {number} taken back"),
    "written_off": N_("{amount} written off"),
}


def state_of(
    kind: str, state: str, open_amount: Decimal, to_pay: Decimal, due_on: date
) -> tuple[str, Tone]:
    """Return what a document's state is called, marked `N_`, and its tone."""
    if state != "posted":
        return (N_("Discarded"), "") if state == "discarded" else (N_("Draft"), "")
    is_part = open_amount < abs(to_pay)
    if kind == "credit_note":
        return (N_("To settle"), "warn") if open_amount else (N_("Settled"), "ok")
    if not open_amount:
        return N_("Paid"), "ok"
    if due_on < wall_clock.today():
        return N_("Overdue"), "bad"
    return (N_("Partly paid"), "warn") if is_part else (N_("Not due yet"), "")


def document_of(writing: Writing) -> Document[Head, Line]:
    """Return a document as its page shows it."""
    base, head = writing.base, writing.sheet.head
    number, state = "", N_("Draft")
    tone: Tone = ""
    if head is not None:
        number = head.number
        state, tone = state_of(*(head.kind, head.state, head.open, head.to_pay, head.due_on))
    return Document(
        f"sales.{base.kind}/{base.id}",
        writing.head(),
        writing.lines(),
        number=number,
        title=KINDS[base.kind],
        state=state,
        tone=tone,
        path=path_of(head, base.kind),
        history=tuple(happenings(writing.sheet.history, base.currency)),
        is_editable=writing.is_editable,
    )


def path_of(head: InvoiceHead | None, kind: str) -> tuple[Step, ...]:
    """Return the states that a document goes through, and where it is."""
    last = N_("Paid") if kind == "invoice" else N_("Settled")
    if head is None or head.state != "posted":
        return (Step(N_("Draft"), "warn"), Step(N_("Posted")), Step(last))
    behind = (Step(N_("Draft"), "ok"), Step(N_("Posted"), "ok"))
    if not head.open:
        return (*behind, Step(last, "ok"))
    done = abs(head.to_pay) - head.open
    part = int(done * 100 / abs(head.to_pay)) if head.to_pay else 0
    return (*behind, Step(last, "warn" if done else "", f"{part}\u00a0%" if done else ""))


def happenings(history: Iterable[HistoryEntry], currency: str) -> Iterator[Happening]:
    """Tell what happened, newest first."""
    words = current()
    for each in sorted(history, key=lambda entry: entry.at, reverse=True):
        told = {
            "number": words.isolate(_unbroken(each.number)),
            "amount": words.money(abs(each.amount), currency),
        }
        yield Happening(each.at, _HAPPENED[each.what], each.by, told)


def _unbroken(number: str) -> str:
    """Keep a number on one line: broken at its hyphen, it would be read the wrong way round."""
    return re.sub("([-/])", "\\1\u2060", number)


def totals_of(
    figures: InvoiceFigures, choices: InvoiceChoices, base: InvoiceDraft
) -> tuple[Total, ...]:
    """Return what is written amounts to."""
    way, currency = base.direction, base.currency
    amounts = (figures.net * way, figures.total * way, figures.stamp * way, figures.to_pay * way)
    taxes = [(tax, tax.amount * way) for tax in figures.taxes]
    told = _totals(amounts, figures.discount * way, taxes, choices, currency, is_sale=way > 0)
    return tuple(told)


def posted_totals(head: InvoiceHead, choices: InvoiceChoices) -> tuple[Total, ...]:
    """Return what a posted document amounts to, and what of it is open."""
    way = 1 if head.kind == "invoice" else -1
    amounts = (head.net * way, head.total * way, head.stamp * way, head.to_pay * way)
    taxes = [(tax, tax.amount * way) for tax in head.taxes]
    totals = _totals(amounts, _ZERO, taxes, choices, head.currency, is_sale=way > 0)
    left = N_("Left to pay") if way > 0 else N_("Left to settle")
    open_amount = Total(_(left), current().money(head.open, head.currency))
    return (*totals, open_amount)


def _totals(
    amounts: tuple[Decimal, ...],
    discount: Decimal,
    taxes: Iterable[tuple[TaxAmount, Decimal]],
    choices: InvoiceChoices,
    currency: str,
    *,
    is_sale: bool,
) -> Iterator[Total]:
    words = current()
    net, total, stamp, to_pay = amounts
    if discount:
        yield Total(_("Discount"), words.amount(-discount, currency))
    yield Total(_("Total excl. tax"), words.amount(net, currency))
    for tax, amount in taxes:
        name = in_language(words.language, *choices.tax_names.get(tax.code, (tax.code, "")))
        yield Total(name, words.amount(amount, currency))
    if stamp:
        yield Total(_("Total incl. tax"), words.amount(total, currency))
        yield Total(_("Stamp duty"), words.amount(stamp, currency))
    due = N_("To pay") if is_sale else N_("To the customer's credit")
    yield Total(_(due), words.money(to_pay, currency), is_due=True)
