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
    is_typed: bool = False
    bears_stamp: bool = False
    currency: str = "DZD"


# What a draft that a crash has interrupted is read back into.
NOTHING = OpenLine(UUID(int=0), "", date.min)


def line_of(item: OpenItem, currency: str) -> OpenLine:
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
        currency=currency,
    )


def settled_line(part: SettledPart, currency: str) -> OpenLine:
    """Return what a payment has settled as a line."""
    return OpenLine(
        part.document_id, part.number, part.dated_on, settles=part.amount, currency=currency
    )


def shared(lines: Sequence[OpenLine], amount: Decimal | None) -> list[OpenLine]:
    """Settle the oldest first with what the user has not shared out already.

    Args:
        lines: Oldest first; those that were typed stay as they are.
        amount: What there is; None settles only what was typed.
    """
    rest = _ZERO if amount is None else amount - settled_of(each for each in lines if each.is_typed)
    done = []
    for line in lines:
        if not line.is_typed:
            share = max(_ZERO, min(rest, line.open or _ZERO))
            rest -= share
            line = replace(line, settles=share)  # noqa: PLW2901 - frozen values
        done.append(line)
    return done


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
