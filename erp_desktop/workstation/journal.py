"""What this workstation's users did: written before the receipt prints, sent when it can be.

Each row is a command exactly as it travels: numbered without gaps, chained to the row before,
signed by its author. Answered rows stay for 35 days, so that head office can be restored to an
earlier point without losing a sale.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Literal, Protocol
from uuid import UUID

from erp_desktop.core.commands import GENESIS, Answer, Command, Flag, chain
from erp_desktop.workstation.breaks import Break, Link, find_breaks
from erp_desktop.workstation.effects import Effect, Effects, text_of
from erp_desktop.workstation.memory import Memory, write
from erp_desktop.workstation.outgoing import KEEP, Outgoing
from erp_desktop.workstation.store import Store

State = Literal["waiting", "sent", "applied", "flagged", "refused"]
Payload = Mapping[str, Any] | Callable[[str], Mapping[str, Any]]


class Signer(Protocol):
    """Whose deed a command is."""

    @property
    def login(self) -> str:
        """The user's login."""

    def sign(self, digest: bytes) -> bytes:
        """Sign the hash of a command."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A command that is safely in the journal."""

    id: UUID
    seq: int
    number: str | None
    at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sync page.

    Attributes:
        flags: Why it was flagged or refused; each has its sentence.
        trouble: Why it could not be delivered at the last try, as a sentence.
    """

    seq: int
    id: UUID
    name: str
    number: str | None
    at: datetime
    state: State
    flags: tuple[Flag, ...]
    trouble: str


@dataclass(frozen=True, slots=True)
class _Tail:
    """The end of the chain, and the last number of each series."""

    seq: int
    hash: str
    counters: Mapping[str, int]


_INSERT = """
    insert into commands (seq, id, name, series, n, number, counters,
                          at, prev, hash, signature, body, effects)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class Journal:
    """The commands of one workstation, in the order in which they happened.

    Attributes:
        memory: What else the workstation must not forget.
        outgoing: What is to be sent, for the sync.
        effects: What the replica does not show yet.
    """

    def __init__(
        self,
        store: Store,
        workstation: UUID,
        prefix: str,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Keep the journal in `store`.

        Args:
            store: Opened with `schema.JOURNAL`.
            workstation: Whose journal it is.
            prefix: What numbers begin with, such as `ALG-01`.
            now: The clock, for how long answers are kept.
        """
        self._store = store
        self._workstation = workstation
        self._prefix = prefix
        self._now = now
        self.memory = Memory(store)
        self.effects = Effects(store)
        self.outgoing = Outgoing(store, self.effects, now)

    def record(
        self,
        name: str,
        payload: Payload,
        *,
        actor: Signer,
        at: datetime,
        series: str | None = None,
        effects: Sequence[Effect] = (),
    ) -> Recorded:
        """Number, chain, sign and keep a command; when this returns, a power cut cannot undo it.

        Args:
            name: The command, such as `till.sell_v1`.
            payload: JSON values, or a function that makes them from the number.
            actor: Whose deed it is.
            at: When it happened, with its zone.
            series: Where its number is taken from, if it has one; a series that is called by a
                single letter bears it: `ALG-01-S000012`.
            effects: What it changes in the replica's rows, until the feed says so.

        Raises:
            DiskFullError: There is no room; neither number nor command is used up.
        """
        with self._store.transaction() as now:
            tail = _tail(now)
            seq, counters = tail.seq + 1, dict(tail.counters)
            n, number = self._next_number(now, counters, series)
            content = payload(number or "") if callable(payload) else payload
            command = Command(name, content, actor.login, at)
            body = command.body(workstation=self._workstation, seq=seq)
            digest = chain(tail.hash, body)
            signature = actor.sign(bytes.fromhex(digest)).hex()
            numbered = (seq, str(command.id), name, series, n, number, json.dumps(counters))
            chained = (at.isoformat(), tail.hash, digest, signature, body, text_of(effects))
            now.execute(_INSERT, numbered + chained)
        self.effects.add(seq, effects)
        return Recorded(command.id, seq, number, at, body)

    def _next_number(
        self, _now: Any, counters: dict[str, int], series: str | None
    ) -> tuple[int | None, str | None]:
        if series is None:
            return None, None
        n = counters[series] = counters.get(series, 0) + 1
        letter = series if len(series) == 1 else ""
        return n, f"{self._prefix}-{letter}{n:06d}"

    def pending(self, set_id: str, key: str) -> Decimal:
        """Return what own commands change in a row and the replica does not show yet."""
        return self.effects.pending(set_id, key)

    def answer_of(self, command: UUID) -> Answer | None:
        """Return what head office said to a command, if it has said anything yet."""
        row = self._store.row(
            "select answer from commands where id = ? and settled_at is not null"
            " and state in ('applied', 'flagged', 'refused')",
            (str(command),),
        )
        return Answer.from_json(json.loads(row[0])) if row else None

    def body_of(self, command: UUID) -> str | None:
        """Return the text of a command, while the journal still has it."""
        row = self._store.row(
            "select body from commands where id = ?1 and settled_at is not null union all"
            " select body from commands where id = ?1 and state in ('waiting', 'sent') limit 1",
            (str(command),),
        )
        return row[0] if row else None

    def entries(self, limit: int = 200, before: int | None = None) -> list[Entry]:
        """Return one page of the journal, newest first."""
        rows = self._store.rows(
            "select seq, id, name, number, at, state, answer, trouble from commands"
            " where ?1 is null or seq < ?1 order by seq desc limit ?2",
            (before, limit),
        )
        return [_entry(row) for row in rows]

    def last_at(self) -> datetime | None:
        """Return when the newest command happened."""
        row = self._store.row("select at from commands order by seq desc limit 1")
        return datetime.fromisoformat(row[0]) if row else None

    def verify(self) -> tuple[Break, ...]:
        """Check every row against the one before it; return where the journal is not whole."""
        rows = self._store.rows(
            "select seq, id, series, n, prev, hash, body from commands order by seq"
        )
        counters = self._store.row("select counters from commands order by seq desc limit 1")
        last = json.loads(counters[0]) if counters else {}
        pruned = self.memory.get("pruned") or {}
        return tuple(find_breaks((Link(*row) for row in rows), last, pruned))

    def prune(self) -> int:
        """Forget the oldest rows, if answered longer than 35 days ago; return how many.

        Never the newest, and nothing behind a row that must stay: the chain has one piece.
        """
        before = (self._now() - KEEP).astimezone(UTC).isoformat()
        with self._store.transaction() as now:
            last = _last_to_forget(now, before)
            if last is None:
                return 0
            write(now, "pruned", {"seq": last[0], "hash": last[1]})
            gone = now.execute(
                "delete from commands where seq <= ? returning seq", last[:1]
            ).fetchall()
        self.effects.drop(seq for (seq,) in gone)
        return len(gone)


def _tail(now: Any) -> _Tail:
    found = now.execute(
        "select seq, hash, counters from commands order by seq desc limit 1"
    ).fetchone()
    if found is None:
        return _Tail(0, GENESIS, {})
    return _Tail(found[0], found[1], json.loads(found[2]))


def _last_to_forget(now: Any, before: str) -> tuple[int, str] | None:
    """Return `seq` and `hash` of the row in front of the first that must stay."""
    found: tuple[int, str] | None = now.execute(
        "select seq, hash from commands where seq = (select seq - 1 from commands"
        " where state in ('waiting', 'sent') or settled_at >= ?"
        " or seq = (select max(seq) from commands) order by seq limit 1)",
        (before,),
    ).fetchone()
    return found


def _entry(row: tuple[Any, ...]) -> Entry:
    seq, command, name, number, at, state, answer, trouble = row
    said = Answer.from_json(json.loads(answer)).flags if answer else ()
    moment = datetime.fromisoformat(at)
    return Entry(seq, UUID(command), name, number, moment, state, said, trouble)
