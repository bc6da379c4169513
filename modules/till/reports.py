"""The receipt: what is on it, in the language of the customer; `documents` puts it on paper."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, Words, in_language
from erp_desktop.documents.blocks import (
    Banner,
    Barcode,
    Block,
    Item,
    Pair,
    Receipt,
    Rule,
    Space,
    Text,
)
from erp_desktop.documents.receipt_head import receipt_head
from erp_desktop.workstation.workstation import Workstation
from modules.accounting.api import TaxAmount, tax_name
from modules.till.paid import PaidTicket
from modules.till.payments import Payment

_THANKS = N_("Thank you for your visit.")
_METHODS: Mapping[str, str] = {
    "cash": N_("Cash"),
    "card": N_("Card"),
    "cheque": N_("Cheque"),
    "account": N_("On account"),
}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who sells, as it stands at the top of every receipt.

    Attributes:
        company: The row of the company: name, name_ar, address, phone, identifiers.
        branch: Name of the branch, in French and Arabic.
        taxes: Name of each tax code, in French and Arabic.
        cashiers: Name of each login that is known here, in French and Arabic.
    """

    company: Mapping[str, Any]
    branch: tuple[str, str]
    taxes: Mapping[str, tuple[str, str]]
    cashiers: Mapping[str, tuple[str, str]]


def letterhead_for(
    workstation: Workstation, codes: Iterable[str], cashiers: Mapping[str, tuple[str, str]]
) -> Letterhead:
    """Return what this workstation knows of who sells, with the names of tax codes; no network."""
    enrolment = workstation.enrolment
    names = {
        code: (tax_name(workstation, code, "fr"), tax_name(workstation, code, "ar"))
        for code in codes
    }
    branch = (enrolment.branch_name, enrolment.branch_name_ar)
    return Letterhead(enrolment.company, branch, names, cashiers)


def receipt_of(
    ticket: PaidTicket, head: Letterhead, words: Words, *, is_duplicate: bool = False
) -> Receipt:
    """Compose a receipt from top to bottom; a reprint says that it is one."""
    blocks: list[Block] = [*head_of(head, words)]
    if ticket.kind == "refund":
        blocks.append(Banner(words.say(N_("REFUND"))))
    if is_duplicate:
        blocks.append(Banner(words.say(N_("DUPLICATE"))))
    blocks += _about(ticket, head, words)
    blocks += _items(ticket, words)
    blocks += _sums(ticket, head, words)
    blocks += [Space(2), Text(words.say(_THANKS), "center", size="small"), Space(2)]
    blocks += [Barcode(ticket.number), Space(2)]
    return Receipt(ticket.number, tuple(blocks))


def head_of(head: Letterhead, words: Words) -> Iterator[Block]:
    """Compose what stands at the top of everything that the till prints."""
    return receipt_head(head.company, head.branch, words)


def _about(ticket: PaidTicket, head: Letterhead, words: Words) -> Iterator[Block]:
    cashier = _pick(words, *head.cashiers.get(ticket.cashier, (ticket.cashier, "")))
    yield Pair(words.say(N_("Ticket")), words.isolate(ticket.number), bold=True)
    yield Pair(words.say(N_("Date")), words.moment(wall_clock.local(ticket.sold_at)))
    yield Pair(words.say(N_("Cashier")), cashier)
    if any(ticket.customer):
        yield Pair(words.say(N_("Customer")), _pick(words, *ticket.customer))
    if ticket.original_number:
        yield Pair(words.say(N_("Refund of")), words.isolate(ticket.original_number))
    yield Rule()


def _items(ticket: PaidTicket, words: Words) -> Iterator[Block]:
    for line in ticket.lines:
        yield Item(
            line.named(words.language),
            words.number(line.quantity),
            words.amount(line.unit_price, ticket.currency),
            words.amount(line.amount + line.discount, ticket.currency),
        )
        if line.discount:
            off = words.amount(-line.discount, ticket.currency)
            yield Pair(words.say(N_("Discount")), off, size="small")
    yield Rule(solid=True)


def _sums(ticket: PaidTicket, head: Letterhead, words: Words) -> Iterator[Block]:
    def money(amount: Decimal) -> str:
        return words.amount(amount, ticket.currency)

    for name, amount in (
        (N_("Stamp duty"), ticket.stamp),
        (N_("Cash rounding"), ticket.rounding),
    ):
        if amount:
            yield Pair(words.say(name), money(amount))
    total = words.money(ticket.due, ticket.currency)
    yield Pair(words.say(N_("Total")), total, bold=True, size="huge")
    yield Space(1)
    for tax in ticket.taxes:
        name = _tax(tax, head, words)
        yield Pair(words.say(N_("Net of {tax}")).format(tax=name), money(tax.base))
        yield Pair(name, money(tax.amount))
    yield Rule()
    for payment in ticket.payments:
        yield from _payment(payment, words, money)
    lines = words.count("{n} line", "{n} lines", len(ticket.lines))
    yield Text(lines, size="small")


def _payment(payment: Payment, words: Words, money: Callable[[Decimal], str]) -> Iterator[Block]:
    name = words.say(_METHODS[payment.method])
    if payment.method == "cash" and payment.amount > 0:
        yield Pair(name, money(payment.tendered))
        yield Pair(words.say(N_("Change")), money(payment.change), bold=True)
        return
    label = f"{name} {words.isolate(payment.reference)}" if payment.reference else name
    yield Pair(label, money(payment.amount))


def _tax(tax: TaxAmount, head: Letterhead, words: Words) -> str:
    return _pick(words, *head.taxes.get(tax.code, (tax.code, "")))


def _pick(words: Words, name: str, name_ar: str | None) -> str:
    return in_language(words.language, name, name_ar)
