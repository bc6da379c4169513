"""The receipt: what is on it, in the language of the customer; `documents` puts it on paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

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
from erp_desktop.workstation.workstation import Workstation
from modules.accounting.api import TaxGroup, tax_name
from modules.till.paid import PaidTicket

_THANKS = N_("Thank you for your visit.")


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
    workstation: Workstation, ticket: PaidTicket, cashiers: Mapping[str, tuple[str, str]]
) -> Letterhead:
    """Return what this workstation knows of who sells; no network."""
    enrolment = workstation.enrolment
    codes = {line.tax_code for line in ticket.lines}
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
    blocks: list[Block] = [*_head(head, words)]
    if is_duplicate:
        blocks.append(Banner(words.say(N_("DUPLICATE"))))
    blocks += _about(ticket, head, words)
    blocks += _items(ticket, words)
    blocks += _sums(ticket, head, words)
    blocks += [Space(2), Text(words.say(_THANKS), "center", size="small"), Space(2)]
    blocks += [Barcode(ticket.number), Space(2)]
    return Receipt(ticket.number, tuple(blocks))


def _head(head: Letterhead, words: Words) -> Iterator[Block]:
    company = head.company
    yield Text(_pick(words, company["name"], company.get("name_ar")), "center", True, "large")  # noqa: FBT003 - bold
    yield Text(_pick(words, *head.branch), "center")
    address = _pick(words, company.get("address") or "", company.get("address_ar"))
    for text in (address, words.isolate(company.get("phone") or "")):
        if text.strip("\u2066\u2069"):
            yield Text(text, "center", size="small")
    identifiers = company.get("identifiers") or {}
    if identifiers:
        pairs = (words.isolate(f"{name}\u00a0{value}") for name, value in identifiers.items())
        # An em space: where the line breaks, nothing is left hanging.
        yield Text("\u2003".join(pairs), "center", size="small")
    yield Rule()


def _about(ticket: PaidTicket, head: Letterhead, words: Words) -> Iterator[Block]:
    cashier = _pick(words, *head.cashiers.get(ticket.cashier, (ticket.cashier, "")))
    yield Pair(words.say(N_("Ticket")), words.isolate(ticket.number), bold=True)
    yield Pair(words.say(N_("Date")), words.moment(ticket.sold_at.astimezone()))
    yield Pair(words.say(N_("Cashier")), cashier)
    yield Rule()


def _items(ticket: PaidTicket, words: Words) -> Iterator[Block]:
    for line in ticket.lines:
        yield Item(
            line.named(words.language),
            words.number(line.quantity),
            words.amount(line.unit_price, ticket.currency),
            words.amount(line.total, ticket.currency),
        )
    yield Rule(solid=True)


def _sums(ticket: PaidTicket, head: Letterhead, words: Words) -> Iterator[Block]:
    def money(amount: Decimal) -> str:
        return words.amount(amount, ticket.currency)

    total = words.money(ticket.total, ticket.currency)
    yield Pair(words.say(N_("Total")), total, bold=True, size="huge")
    yield Space(1)
    for group in ticket.taxes:
        tax = _tax(group, head, words)
        yield Pair(words.say(N_("Net of {tax}")).format(tax=tax), money(group.net))
        yield Pair(tax, money(group.tax))
    yield Rule()
    yield Pair(words.say(N_("Cash")), money(ticket.tendered))
    yield Pair(words.say(N_("Change")), money(ticket.change), bold=True)
    lines = words.count("{n} line", "{n} lines", len(ticket.lines))
    yield Text(lines, size="small")


def _tax(group: TaxGroup, head: Letterhead, words: Words) -> str:
    return _pick(words, *head.taxes.get(group.tax_code, (group.tax_code, "")))


def _pick(words: Words, name: str, name_ar: str | None) -> str:
    return in_language(words.language, name, name_ar)
