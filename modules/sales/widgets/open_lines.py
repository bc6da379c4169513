"""What is open of a customer, as the lines of a payment: how much of each is settled. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.i18n import N_, current
from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.ui.cells import NUMBER, AmountCell, LineColumn
from erp_desktop.ui.tables import RIGHT
from modules.sales.selectors import OpenItem, SettledPart

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One invoice that a payment may settle, or what a payment has settled.

    Attributes:
        open: What is left of it; None for what is settled already.
        settles: How much of it is settled here.
        withheld: How much of that is kept back for the state.
        kept: What the law keeps back of the whole of it; zero where it does not.
        is_typed: The user has said how much; the rest is shared among the others.
    """

    id: UUID
    number: str
    dated_on: date
    due_on: date | None = None
    reference: str = ""
    whole: Decimal | None = None
    open: Decimal | None = None
    settles: Decimal = _ZERO
    withheld: Decimal = _ZERO
    kept: Decimal = _ZERO
    is_typed: bool = False
    bears_stamp: bool = False
    currency: str = "DZD"


# What a draft that a crash has interrupted is read back into.
NOTHING = OpenLine(UUID(int=0), "", date.min)


def line_of(item: OpenItem, currency: str, kept: Decimal = _ZERO) -> OpenLine:
    """Return an open item as a line; nothing of it is settled yet."""
    return OpenLine(
        id=item.id,
        number=item.number,
        dated_on=item.dated_on,
        due_on=item.due_on,
        reference=item.reference,
        whole=item.whole,
        open=item.open,
        bears_stamp=item.bears_stamp,
        kept=kept,
        currency=currency,
    )


def settled_line(part: SettledPart, currency: str) -> OpenLine:
    """Return what a payment has settled as a line."""
    return OpenLine(
        part.document_id, part.number, part.dated_on, settles=part.amount, currency=currency
    )


def shared(lines: Sequence[OpenLine], amount: Decimal | None) -> list[OpenLine]:
    """Settle the oldest first with what the user has not shared out already.

    What is kept back for the state settles the end of an invoice, never a part of it.

    Args:
        lines: Oldest first; those that were typed stay as they are.
        amount: What there is; None settles only what was typed.
    """
    done = [_ended(line) if line.is_typed else line for line in lines]
    rest = _ZERO if amount is None else amount - paid_of(each for each in done if each.is_typed)
    for place, line in enumerate(done):
        if not line.is_typed:
            done[place] = _filled(line, rest, may_end=amount is not None)
            rest -= paid_of(done[place : place + 1])
    return done


def _filled(line: OpenLine, rest: Decimal, *, may_end: bool) -> OpenLine:
    """Settle as much of a line as there is."""
    left = line.open or _ZERO
    ends = may_end and left > 0 and _ZERO <= left - line.kept <= rest
    if line.kept and ends:
        return replace(line, settles=left, withheld=line.kept)
    return replace(line, settles=max(_ZERO, min(rest, left)), withheld=_ZERO)


def _ended(line: OpenLine) -> OpenLine:
    """Let what the user settles in whole bear what is kept back of it."""
    is_whole = line.open is not None and line.settles == line.open and line.kept <= line.open
    return replace(line, withheld=line.kept if is_whole else _ZERO)


def paid_of(lines: Iterable[OpenLine]) -> Decimal:
    """Return how much of what is settled is paid."""
    return sum((line.settles - line.withheld for line in lines), _ZERO)


def withheld_of_all(lines: Iterable[OpenLine]) -> Decimal:
    """Return how much is kept back for the state."""
    return sum((line.withheld for line in lines), _ZERO)


def settled_of(lines: Iterable[OpenLine]) -> Decimal:
    """Return how much is settled."""
    return sum((line.settles for line in lines), _ZERO)


def _typed(line: OpenLine, amount: Decimal | None) -> OpenLine:
    """Take how much is settled of a line, never more than is open; nothing typed shares again."""
    if amount is None:
        return replace(line, is_typed=False)
    whole = round_money(amount, CURRENCIES[line.currency])
    most = whole if line.open is None else line.open
    return replace(line, settles=min(whole, most), is_typed=True)


def _amount(value: Decimal | None, currency: str) -> str:
    return "" if value is None else current().amount(value, currency)


def _left(line: OpenLine) -> str:
    return "" if line.open is None else _amount(line.open - line.settles, line.currency)


def _day(day: date | None) -> str:
    return current().date(day) if day else ""


WITHHELD: LineColumn[Any] = LineColumn(
    N_("Withheld"),
    lambda line: _amount(line.withheld, line.currency) if line.withheld else "",
    RIGHT,
    width=100,
)
COLUMNS: tuple[LineColumn[Any], ...] = (
    NUMBER,
    LineColumn(N_("Number"), lambda line: current().isolate(line.number), width=168, strong=True),
    LineColumn(N_("Date"), lambda line: _day(line.dated_on), width=100),
    LineColumn(N_("Due date"), lambda line: _day(line.due_on), width=100),
    LineColumn(N_("Reference"), lambda line: line.reference),
    LineColumn(N_("To pay"), lambda line: _amount(line.whole, line.currency), RIGHT, width=124),
    LineColumn(
        N_("Unpaid amount"), lambda line: _amount(line.open, line.currency), RIGHT, width=124
    ),
    LineColumn(
        N_("Settled here"),
        lambda line: _amount(line.settles, line.currency),
        RIGHT,
        width=132,
        strong=True,
        value=lambda line: line.settles,
        cell=AmountCell(decimals=3, least=_ZERO),
        put=_typed,
    ),
    LineColumn(N_("Left to pay"), _left, RIGHT, width=124),
)
# As a payment shows them: with what of each is kept back for the state, before what is left.
WITHHELD_PLACE = len(COLUMNS) - 1
PAYMENT_COLUMNS: tuple[LineColumn[Any], ...] = (*COLUMNS[:-1], WITHHELD, COLUMNS[-1])
