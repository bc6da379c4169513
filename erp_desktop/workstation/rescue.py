"""What can still be read of a damaged journal, so that no paid ticket is lost with it."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from erp_desktop.core.commands import Answer, Envelope, chain
from erp_desktop.workstation.enrolment import Enrolment
from erp_desktop.workstation.errors import StoreDamagedError
from erp_desktop.workstation.keys import device_key
from erp_desktop.workstation.memory import Memory
from erp_desktop.workstation.schema import JOURNAL
from erp_desktop.workstation.store import Store
from erp_desktop.workstation.sync.core import BATCH
from erp_desktop.workstation.sync.gate import Gate

# A damaged page hides a few rows; where so many in a row are missing, there is nothing more.
_GIVE_UP_AFTER = 2_000


@dataclass(frozen=True, slots=True)
class Rescued:
    """Commands that are as they were written, and who may send them.

    Attributes:
        enrolment: The workstation's, if it can be read.
        password: Of its own login, if it can be read.
        envelopes: In order; those that head office has already do no harm.
    """

    enrolment: Enrolment | None
    password: str
    envelopes: tuple[Envelope, ...]

    def send(self, gate: Gate) -> list[Answer]:
        """Give all of them to the gate, under the login of the damaged workstation."""
        batches = range(0, len(self.envelopes), BATCH)
        return [a for first in batches for a in gate.execute(self.envelopes[first : first + BATCH])]


def rescue(damaged: Path) -> Rescued:
    """Read what can be read of a journal that was set aside, in the folder where it lies.

    Raises:
        StoreKeyMissingError: The key of the store is gone.
    """
    reader = _Reader(damaged, device_key(damaged.parent).secret)
    kept = reader.memory("enrolment")
    return Rescued(
        Enrolment.from_json(kept) if kept else None,
        reader.memory("password") or "",
        tuple(reader.envelopes()),
    )


class _Reader:
    """Opens the file again after each damaged page: SQLCipher trusts nothing after the first."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def memory(self, name: str) -> Any:
        """Return something that the workstation remembered, if it can be read."""
        with contextlib.suppress(StoreDamagedError), contextlib.closing(self._open()) as store:
            return Memory(store).get(name)
        return None

    def envelopes(self) -> Iterator[Envelope]:
        """Return the commands whose hash fits."""
        seq, missing, is_damaged = 0, 0, True
        while is_damaged and missing < _GIVE_UP_AFTER:
            found, is_damaged = self._behind(seq)
            missing = 0 if found else missing + 1
            seq = found[-1][0] if found else seq + 1
            for _seq, envelope in found:
                if chain(envelope.prev, envelope.body) == envelope.hash:
                    yield envelope

    def _behind(self, seq: int) -> tuple[list[tuple[int, Envelope]], bool]:
        """Return the rows behind `seq`, and whether a damaged page ended them."""
        query = "select seq, body, prev, hash, signature from commands where seq > ? order by seq"
        found: list[tuple[int, Envelope]] = []
        try:
            with contextlib.closing(self._open()) as store, store.reading() as now:
                for number, *parts in now.execute(query, (seq,)):
                    found.append((number, Envelope(*parts)))
        except StoreDamagedError:
            return found, True
        return found, False

    def _open(self) -> Store:
        return Store(self._path, self._key, JOURNAL, checked=False)
