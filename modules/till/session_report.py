"""The figures of a cash session: X while it is open, Z once it is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from modules.till.session import CashMove, SessionState

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class SessionReport:
    """What the X report says of an open session and the Z report of a closed one.

    Attributes:
        payments: What was paid in each way, refunds taken off.
        counted: What was counted in each way; none while it is open.
    """

    number: str
    currency: str
    opened_at: datetime
    opened_by: str
    float: Decimal
    sales: int
    refunds: int
    sold: Decimal
    refunded: Decimal
    net: Decimal
    discount: Decimal
    stamp: Decimal
    rounding: Decimal
    first_number: str
    last_number: str
    payments: Mapping[str, Decimal]
    moves: tuple[CashMove, ...]
    expected: Mapping[str, Decimal]
    counted: Mapping[str, Decimal] | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    left_in_drawer: Decimal = _ZERO
    note: str = ""

    @property
    def total(self) -> Decimal:
        """What was sold, refunds taken off, taxes included."""
        return self.sold + self.refunded

    @property
    def difference(self) -> Decimal:
        """Counted less expected; zero while nothing is counted."""
        if self.counted is None:
            return _ZERO
        return sum(self.counted.values(), _ZERO) - sum(self.expected.values(), _ZERO)

    @classmethod
    def of(cls, state: SessionState) -> "SessionReport":
        """Report what this till knows of its own session."""
        names = set(cls.__dataclass_fields__) & set(SessionState.__dataclass_fields__)
        plain = {name: getattr(state, name) for name in names - {"moves"}}
        numbers = sorted(state.numbers) or [""]
        return cls(
            **plain,
            moves=tuple(state.moves),
            expected=state.expected,
            first_number=numbers[0],
            last_number=numbers[-1],
        )

    @classmethod
    def from_json(cls, answer: Mapping[str, Any]) -> "SessionReport":
        """Read what `till.session_report_v1` returns."""
        closed = answer["closed_at"]
        amounts = ("float", "sold", "refunded", "net", "discount", "stamp", "rounding")
        plain = ("number", "currency", "opened_by", "sales", "refunds", "first_number")
        told: dict[str, Any] = {
            name: answer[name] for name in (*plain, "last_number", "closed_by", "note")
        }
        told |= {name: Decimal(answer[name]) for name in amounts}
        return cls(
            **told,
            opened_at=datetime.fromisoformat(answer["opened_at"]),
            closed_at=datetime.fromisoformat(closed) if closed else None,
            payments=_decimals(answer["payments"]),
            expected=_decimals(answer["expected"]),
            counted=_decimals(answer["counted"]) if answer["counted"] else None,
            left_in_drawer=Decimal(answer["left_in_drawer"] or 0),
            moves=tuple(
                CashMove(
                    move["number"],
                    Decimal(move["amount"]),
                    move["reason"],
                    move["note"],
                    datetime.fromisoformat(move["at"]),
                )
                for move in answer["moves"]
            ),
        )


def _decimals(amounts: Mapping[str, Any]) -> dict[str, Decimal]:
    return {name: Decimal(amount) for name, amount in amounts.items()}
