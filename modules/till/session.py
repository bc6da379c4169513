"""The cash session of this till, read from its own journal: no crash and no line matters."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.money import CURRENCIES
from erp_desktop.workstation.workstation import Workstation
from modules.accounting.api import TaxAmount, TaxPlan
from modules.till.payments import METHODS
from modules.till.taxes import added, taxes_of

_ZERO = Decimal(0)
_OPENED, _CLOSED = "till.open_session_v1", "till.close_session_v1"
_TICKETS = frozenset({"till.sell_v1", "till.refund_v1"})
_MOVED = "till.move_cash_v1"


@dataclass(frozen=True, slots=True)
class CashMove:
    """Cash that was put into the drawer, or taken out where it is negative."""

    number: str
    amount: Decimal
    reason: str
    note: str
    at: datetime


@dataclass(slots=True)
class SessionState:
    """A cash session as this till knows it, with all that the X and Z reports say.

    Attributes:
        opened_by: The cashier's login.
        payments: What was paid in each way, refunds taken off.
    """

    id: UUID
    number: str
    currency: str
    opened_at: datetime
    opened_by: str
    float: Decimal
    payments: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(METHODS, _ZERO))
    moves: list[CashMove] = field(default_factory=list)
    sales: int = 0
    refunds: int = 0
    sold: Decimal = _ZERO
    refunded: Decimal = _ZERO
    net: Decimal = _ZERO
    discount: Decimal = _ZERO
    stamp: Decimal = _ZERO
    rounding: Decimal = _ZERO
    taxes: tuple[TaxAmount, ...] = ()
    numbers: list[str] = field(default_factory=list)
    closed_at: datetime | None = None
    closed_by: str = ""
    counted: Mapping[str, Decimal] | None = None
    left_in_drawer: Decimal = _ZERO
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still takes tickets."""
        return self.closed_at is None

    @property
    def expected(self) -> dict[str, Decimal]:
        """What must be there: cash in the drawer, slips of cards, cheques."""
        moved = sum((move.amount for move in self.moves), _ZERO)
        return {
            "cash": self.float + self.payments["cash"] + moved,
            "card": self.payments["card"],
            "cheque": self.payments["cheque"],
        }

    @property
    def total(self) -> Decimal:
        """What was sold, refunds taken off, taxes included."""
        return self.sold + self.refunded


def current_session(workstation: Workstation) -> SessionState | None:
    """Return the open cash session of this till; none if it is closed."""
    state = last_session(workstation)
    return state if state is not None and state.is_open else None


def last_session(workstation: Workstation) -> SessionState | None:
    """Return the newest cash session of this till, open or closed."""
    later: list[Mapping[str, Any]] = []
    for content in _contents(workstation):
        if content["name"] == _OPENED:
            return _told(content, reversed(later))
        later.append(content)
    return None


def _contents(workstation: Workstation) -> Iterator[Mapping[str, Any]]:
    """Return what this till did, newest first, as far as it concerns the drawer."""
    wanted = {_OPENED, _CLOSED, _MOVED, *_TICKETS}
    before: int | None = None
    while entries := workstation.journal.entries(before=before):
        for entry in entries:
            if entry.name in wanted:
                yield json.loads(workstation.journal.body_of(entry.id) or "{}")
        before = entries[-1].seq


def _told(opened: Mapping[str, Any], later: Iterator[Mapping[str, Any]]) -> SessionState:
    payload = opened["payload"]
    state = SessionState(
        id=UUID(payload["session_id"]),
        number=payload["number"],
        currency=payload["currency"],
        opened_at=datetime.fromisoformat(opened["at"]),
        opened_by=opened["actor"],
        float=Decimal(payload["float"]),
    )
    for content in later:
        if content["payload"].get("session_id") == str(state.id):
            _add(state, content)
    return state


def _add(state: SessionState, content: Mapping[str, Any]) -> None:
    payload = content["payload"]
    if content["name"] in _TICKETS:
        _add_ticket(state, payload)
    elif content["name"] == _MOVED:
        at = datetime.fromisoformat(content["at"])
        amount = Decimal(payload["amount"])
        move = CashMove(payload["number"], amount, payload["reason"], payload["note"], at)
        state.moves.append(move)
    else:
        state.closed_at = datetime.fromisoformat(content["at"])
        state.closed_by = content["actor"]
        state.counted = {name: Decimal(sum_) for name, sum_ in payload["counted"].items()}
        state.left_in_drawer = Decimal(payload["left_in_drawer"])
        state.note = payload["note"]


def _add_ticket(state: SessionState, payload: Mapping[str, Any]) -> None:
    total = Decimal(payload["total"])
    if "original_ticket_id" in payload:
        state.refunds, state.refunded = state.refunds + 1, state.refunded + total
    else:
        state.sales, state.sold = state.sales + 1, state.sold + total
    lines = [
        (TaxPlan.of(line["tax_code"], line["taxes"]), Decimal(line["amount"]), Decimal(line["net"]))
        for line in payload["lines"]
    ]
    state.net += sum((net for _plan, _amount, net in lines), _ZERO)
    state.taxes = added(state.taxes, taxes_of(lines, CURRENCIES[state.currency]))
    state.discount += Decimal(payload["discount"])
    state.stamp += Decimal(payload["stamp"])
    state.rounding += Decimal(payload["rounding"])
    state.numbers.append(payload["number"])
    for payment in payload["payments"]:
        state.payments[payment["method"]] += Decimal(payment["amount"])
