"""The drawer: opened with a counted float, cash in and out, closed with a count."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from uuid import UUID

from erp_desktop.core.commands import uuid7
from erp_desktop.core.money import Currency
from erp_desktop.workstation.workstation import Workstation
from modules.till.errors import CashMoveImpossibleError, SessionOpenError
from modules.till.services.sell import Desk
from modules.till.session import SessionState, current_session

OPEN, MOVE, CLOSE = "till.open_session_v1", "till.move_cash_v1", "till.close_session_v1"
# Series of the workstation that bear their letter: ALG-01-S000012.
_SESSIONS, _MOVES = "S", "C"

Reason = Literal["bank", "safe", "expense", "other"]
REASONS: tuple[Reason, ...] = ("safe", "bank", "expense", "other")


@dataclass(frozen=True, slots=True)
class Count:
    """Cash by note and coin, and the sums of other ways of paying.

    Attributes:
        pieces: How many there are of each note and coin: `{Decimal("1000"): 5}`.
    """

    pieces: Mapping[Decimal, int]
    card: Decimal = Decimal(0)
    cheque: Decimal = Decimal(0)

    @property
    def cash(self) -> Decimal:
        """What the notes and coins are worth."""
        return sum((value * number for value, number in self.pieces.items()), Decimal(0))

    def pieces_json(self) -> dict[str, int]:
        """Return notes and coins as they travel; what there is none of is left out."""
        return {f"{value:f}": number for value, number in self.pieces.items() if number}

    def sums_json(self) -> dict[str, str]:
        """Return the sums by way of paying, as they travel."""
        return {"cash": f"{self.cash:f}", "card": f"{self.card:f}", "cheque": f"{self.cheque:f}"}


def open_session(workstation: Workstation, count: Count, *, currency: Currency, desk: Desk) -> UUID:
    """Open the cash session of this till with a counted float, and return its id.

    `desk.session_id` becomes the session's.

    Raises:
        NoAuthorError: Nobody is signed in who can sign.
        SessionOpenError: One is open already.
        DiskFullError: There is no room; nothing was kept.
    """
    if current_session(workstation) is not None:
        raise SessionOpenError
    workstation.record(
        OPEN,
        lambda number: {
            "session_id": str(desk.session_id),
            "number": number,
            "currency": currency.code,
            "float": f"{count.cash:f}",
            "counts": count.pieces_json(),
        },
        actor=desk.signer(),
        at=desk.at,
        series=_SESSIONS,
    )
    return desk.session_id


def move_cash(
    workstation: Workstation, amount: Decimal, reason: Reason, note: str, *, desk: Desk
) -> None:
    """Put cash into the drawer, or take it out where the amount is negative.

    Raises:
        NoAuthorError: Nobody is signed in who can sign.
        CashMoveImpossibleError: There is no amount.
        DiskFullError: There is no room; nothing was kept.
    """
    if not amount:
        raise CashMoveImpossibleError
    workstation.record(
        MOVE,
        lambda number: {
            "move_id": str(uuid7()),
            "number": number,
            "session_id": str(desk.session_id),
            "amount": f"{amount:f}",
            "reason": reason,
            "note": note.strip(),
        },
        actor=desk.signer(),
        at=desk.at,
        series=_MOVES,
    )


def close_session(
    workstation: Workstation,
    state: SessionState,
    count: Count,
    *,
    left_in_drawer: Decimal,
    note: str,
    desk: Desk,
) -> None:
    """Close the cash session with what was counted; differences are booked, not argued away.

    Raises:
        NoAuthorError: Nobody is signed in who can sign.
        DiskFullError: There is no room; nothing was kept.
    """
    workstation.record(
        CLOSE,
        {
            "session_id": str(state.id),
            "number": state.number,
            "counts": count.pieces_json(),
            "counted": count.sums_json(),
            "expected": {name: f"{amount:f}" for name, amount in state.expected.items()},
            "left_in_drawer": f"{left_in_drawer:f}",
            "note": note.strip(),
        },
        actor=desk.signer(),
        at=desk.at,
    )
