"""The receipt of a payment: who paid how much, in figures and words, and what it settles. Pure."""

from collections.abc import Iterator

from erp_desktop.core.i18n import N_, Words, in_language
from erp_desktop.documents.amount_words import amount_in_words
from erp_desktop.documents.blocks import (
    Banner,
    Barcode,
    Block,
    Pair,
    Receipt,
    Rule,
    Space,
    Text,
)
from erp_desktop.documents.receipt_head import receipt_head
from modules.sales.names import RECEIVED
from modules.sales.selectors import PaymentSheet


def payment_receipt(sheet: PaymentSheet, words: Words) -> Receipt:
    """Compose the receipt from top to bottom, in the language of `words`."""
    branch = (sheet.branch_name, sheet.branch_name_ar)
    is_back = sheet.amount < 0
    title = N_("MONEY PAID BACK") if is_back else N_("PAYMENT RECEIPT")
    blocks: list[Block] = [*receipt_head(sheet.seller, branch, words), Banner(words.say(title))]
    blocks += _about(sheet, words)
    blocks += _amounts(sheet, words)
    blocks += _settled(sheet, words)
    blocks += [
        Space(6),
        Text(words.say(N_("Signature")), size="small"),
        Space(12),
        Barcode(sheet.number),
        Space(2),
    ]
    return Receipt(sheet.number, tuple(blocks))


def _about(sheet: PaymentSheet, words: Words) -> Iterator[Block]:
    yield Pair(words.say(N_("Number")), words.isolate(sheet.number), bold=True)
    yield Pair(words.say(N_("Date")), words.date(sheet.dated_on))
    customer = sheet.customer
    if customer is not None:
        name = in_language(words.language, customer.name, customer.name_ar)
        yield Pair(words.say(N_("Customer")), name)
    yield Pair(words.say(N_("Paid by")), words.say(RECEIVED[sheet.method]))
    if sheet.reference:
        yield Pair(words.say(N_("Reference")), words.isolate(sheet.reference))
    yield Pair(words.say(N_("Received by")), sheet.received_by)
    yield Rule(solid=True)


def _amounts(sheet: PaymentSheet, words: Words) -> Iterator[Block]:
    whole = abs(sheet.amount + sheet.stamp)
    if sheet.stamp:
        yield Pair(words.say(N_("Amount")), words.amount(abs(sheet.amount), sheet.currency))
        yield Pair(words.say(N_("Stamp duty")), words.amount(sheet.stamp, sheet.currency))
    total = words.money(whole, sheet.currency)
    yield Pair(words.say(N_("Total")), total, bold=True, size="huge")
    yield Text(amount_in_words(whole, sheet.currency, words.language), size="small")
    yield Rule()


def _settled(sheet: PaymentSheet, words: Words) -> Iterator[Block]:
    if sheet.settled:
        yield Text(words.say(N_("For")), bold=True)
    for part in sheet.settled:
        label = f"{words.isolate(part.number)} · {words.date(part.dated_on)}"
        yield Pair(label, words.amount(part.amount, sheet.currency))
    if sheet.open and sheet.amount > 0:
        yield Pair(words.say(N_("Left as an advance")), words.amount(sheet.open, sheet.currency))
    if sheet.note:
        yield Text(sheet.note, size="small")
