"""What own commands change in the replica's rows, until the feed brings it back.

Written with the command, in its row; summed up in memory, so that the till may ask at each line.
"""

import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

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
        self._lock = threading.Lock()
        self._by_command: dict[int, tuple[Effect, ...]] = {}
        self._sums: dict[tuple[str, str], Decimal] = {}
        for seq, text in store.rows(
            "select seq, effects from commands"
            " where effects is not null and state in ('waiting', 'sent')"
            " union select seq, effects from commands"
            " where effects is not null and settled_at is not null"
        ):
            self.add(seq, read(text))

    def pending(self, set_id: str, key: str) -> Decimal:
        """Return what is to be added to the replica's amount."""
        with self._lock:
            return self._sums.get((set_id, key), Decimal(0))

    def add(self, seq: int, effects: Sequence[Effect]) -> None:
        """Count in the effects of a command that was just recorded."""
        if effects:
            with self._lock:
                self._by_command[seq] = tuple(effects)
                for effect in effects:
                    place = (effect.set, effect.key)
                    self._sums[place] = self._sums.get(place, Decimal(0)) + effect.delta

    def drop(self, seqs: Iterable[int]) -> None:
        """Count the effects of these commands no more."""
        with self._lock:
            for effect in (e for seq in seqs for e in self._by_command.pop(seq, ())):
                self._sums[effect.set, effect.key] -= effect.delta

    def acknowledged(self) -> tuple[int, ...]:
        """Return the commands whose effects a pull that begins now will show."""
        rows = self._store.rows(
            "select seq from commands where effects is not null and settled_at is not null"
            " and state in ('applied', 'flagged')"
        )
        return tuple(seq for (seq,) in rows)

    def absorb(self, seqs: Sequence[int]) -> None:
        """Forget the effects of these commands: the replica shows them."""
        if seqs:
            with self._store.transaction() as now:
                now.execute(
                    "update commands set effects = null"
                    " where seq in (select value from json_each(?))",
                    (json.dumps(list(seqs)),),
                )
            self.drop(seqs)


def text_of(effects: Sequence[Effect]) -> str | None:
    """Return effects as the row of their command keeps them."""
    if not effects:
        return None
    return json.dumps([(effect.set, effect.key, str(effect.delta)) for effect in effects])


def read(text: str) -> tuple[Effect, ...]:
    """Return the effects that a row keeps."""
    return tuple(Effect(set_id, key, Decimal(delta)) for set_id, key, delta in json.loads(text))
