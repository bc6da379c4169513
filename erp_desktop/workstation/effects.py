"""What own commands change in the replica's rows, until the feed brings it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.workstation.store import Store


@dataclass(frozen=True, slots=True)
class Effect:
    """How much a command adds to an amount in a row of the replica."""

    set: str
    key: str
    delta: Decimal


class Effects:
    """The effects that the replica does not show yet."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def pending(self, set_id: str, key: str) -> Decimal:
        """Return what is to be added to the replica's amount."""
        rows = self._store.rows(
            "select delta from effects where set_id = ? and key = ?", (set_id, key)
        )
        return sum((Decimal(delta) for (delta,) in rows), Decimal(0))

    def acknowledged(self) -> tuple[int, ...]:
        """Return the commands whose effects a pull that begins now will show."""
        rows = self._store.rows(
            "select distinct seq from effects join commands using (seq)"
            " where state in ('applied', 'flagged')"
        )
        return tuple(seq for (seq,) in rows)

    def absorb(self, seqs: Sequence[int]) -> None:
        """Forget the effects of these commands: the replica shows them."""
        if seqs:
            with self._store.transaction() as now:
                now.executemany("delete from effects where seq = ?", [(seq,) for seq in seqs])


def keep(now: Any, seq: int, effects: Sequence[Effect]) -> None:
    """Note the effects of a command, in the transaction that records it."""
    now.executemany(
        "insert into effects (seq, set_id, key, delta) values (?, ?, ?, ?)",
        [(seq, effect.set, effect.key, str(effect.delta)) for effect in effects],
    )


def drop(now: Any, commands: Sequence[UUID]) -> None:
    """Forget the effects of commands that were refused."""
    now.executemany(
        "delete from effects where seq = (select seq from commands where id = ?)",
        [(str(command),) for command in commands],
    )
