"""The X and Z reports of a cash session, on the paper of receipts."""

from collections.abc import Iterator
from decimal import Decimal

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, Words
from erp_desktop.documents.blocks import Banner, Block, Pair, Receipt, Rule, Space, Text
from modules.till.reports import Letterhead, head_of
from modules.till.session_report import SessionReport

_METHODS = (
    ("cash", N_("Cash")),
    ("card", N_("Card")),
    ("cheque", N_("Cheque")),
    ("account", N_("On account")),
)


def session_receipt(report: SessionReport, head: Letterhead, words: Words) -> Receipt:
    """Compose the report: X while the session is open, Z once it is closed."""
    is_closed = report.counted is not None
    title = words.say(N_("Z report") if is_closed else N_("X report"))
    blocks: list[Block] = [*head_of(head, words), Banner(title)]
    blocks += _about(report, words)
    blocks += _sales(report, words)
    blocks += _drawer(report, words)
    if is_closed:
        blocks += _count(report, words)
    return Receipt(f"{report.number}-{'Z' if is_closed else 'X'}", (*blocks, Space(4)))


def _about(report: SessionReport, words: Words) -> Iterator[Block]:
    yield Pair(words.say(N_("Session")), words.isolate(report.number), bold=True)
    yield Pair(words.say(N_("Opened")), words.moment(wall_clock.local(report.opened_at)))
    yield Pair(words.say(N_("Cashier")), report.opened_by)
    if report.closed_at is not None:
        yield Pair(words.say(N_("Closed")), words.moment(wall_clock.local(report.closed_at)))
    if report.first_number:
        yield Pair(words.say(N_("First ticket")), words.isolate(report.first_number))
        yield Pair(words.say(N_("Last ticket")), words.isolate(report.last_number))
    yield Rule()


def _sales(report: SessionReport, words: Words) -> Iterator[Block]:
    yield Pair(words.say(N_("Sales")), words.number(report.sales))
    yield Pair(words.say(N_("Sold")), _money(report.sold, report, words))
    if report.refunds:
        yield Pair(words.say(N_("Refunds")), words.number(report.refunds))
        yield Pair(words.say(N_("Given back")), _money(report.refunded, report, words))
    yield Pair(words.say(N_("Net of tax")), _money(report.net, report, words))
    yield Pair(words.say(N_("Taxes")), _money(report.total - report.net, report, words))
    for name, amount in (
        (N_("Discounts"), report.discount),
        (N_("Stamp duty"), report.stamp),
        (N_("Cash rounding"), report.rounding),
    ):
        if amount:
            yield Pair(words.say(name), _money(amount, report, words))
    yield Rule(solid=True)
    total = words.money(report.total, report.currency)
    yield Pair(words.say(N_("Total")), total, bold=True, size="large")
    yield Rule()


def _drawer(report: SessionReport, words: Words) -> Iterator[Block]:
    for method, name in _METHODS:
        amount = report.payments.get(method)
        if amount:
            yield Pair(words.say(name), _money(amount, report, words))
    yield Pair(words.say(N_("Float")), _money(report.float, report, words))
    for move in report.moves:
        name = words.say(N_("Cash in")) if move.amount > 0 else words.say(N_("Cash out"))
        label = f"{name} · {move.note}" if move.note else name
        yield Pair(label, _money(move.amount, report, words))
    cash = _money(report.expected["cash"], report, words)
    yield Pair(words.say(N_("Expected in the drawer")), cash, bold=True)


def _count(report: SessionReport, words: Words) -> Iterator[Block]:
    yield Rule()
    for method, name in _METHODS:
        if report.counted and report.counted.get(method):
            counted = words.say(N_("Counted: {method}")).format(method=words.say(name))
            yield Pair(counted, _money(report.counted[method], report, words))
    difference = _money(report.difference, report, words)
    yield Pair(words.say(N_("Difference")), difference, bold=True)
    yield Pair(words.say(N_("Stays in the drawer")), _money(report.left_in_drawer, report, words))
    if report.note:
        yield Text(report.note, size="small")
    yield Space(6)
    yield Text(words.say(N_("Signature")), size="small")
    yield Space(10)


def _money(amount: Decimal, report: SessionReport, words: Words) -> str:
    return words.amount(amount, report.currency)
