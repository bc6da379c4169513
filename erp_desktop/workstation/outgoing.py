"""The journal seen from the road: what is to be sent, what was answered, to whom."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from erp_desktop.core.commands import Answer, Envelope
from erp_desktop.workstation.effects import Effects
from erp_desktop.workstation.memory import Memory, write
from erp_desktop.workstation.store import Store

# Longer than any backup of head office is old when it is needed.
KEEP = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Queued:
    """A command that head office has not answered yet, and its size in bytes."""

    seq: int
    size: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many commands wait for an answer, and how many for somebody to look at them."""

    waiting: int
    flagged: int


class Outgoing:
    """The commands without an answer, and the answers of the others."""

    def __init__(self, store: Store, effects: Effects, now: Callable[[], datetime]) -> None:
        self._store = store
        self._effects = effects
        self._now = now
        self._memory = Memory(store)

    def waiting(self, limit: int, *, skip: Iterable[int] = ()) -> tuple[Queued, ...]:
        """Return the oldest commands without an answer, in order."""
        rows = self._store.rows(
            "select seq, octet_length(body) from commands"
            " where state in ('waiting', 'sent') and seq not in (select value from json_each(?))"
            " order by seq limit ?",
            (json.dumps(list(skip)), limit),
        )
        return tuple(Queued(*row) for row in rows)

    def mark_sent(self, seqs: Sequence[int]) -> list[Envelope]:
        """Note that these go out now, and return them as they travel, in order."""
        chosen = " in (select value from json_each(?))"
        values = (json.dumps(list(seqs)),)
        with self._store.transaction() as now:
            now.execute(
                f"update commands set state = 'sent' where state = 'waiting' and seq{chosen}",
                values,
            )
            rows = now.execute(
                f"select body, prev, hash, signature from commands where seq{chosen} order by seq",
                values,
            ).fetchall()
        return [Envelope(*row) for row in rows]

    def settle(self, answers: Sequence[Answer]) -> None:
        """Keep what head office said; what it refused has no effect any more."""
        settled_at = self._now().astimezone(UTC).isoformat()
        with self._store.transaction() as now:
            now.executemany(
                "update commands set state = ?, answer = ?, settled_at = ?, trouble = ''"
                " where id = ? and state in ('waiting', 'sent')",
                [(a.state, _text(a), settled_at, str(a.id)) for a in answers],
            )
            refused = now.execute(
                "update commands set effects = null"
                " where effects is not null and settled_at is not null"
                " and id in (select value from json_each(?)) returning seq",
                (json.dumps([str(a.id) for a in answers if a.state == "refused"]),),
            ).fetchall()
        self._effects.drop(seq for (seq,) in refused)

    def hold(self, seq: int, trouble: str) -> None:
        """Note why a command could not be delivered; it goes on waiting."""
        with self._store.transaction() as now:
            now.execute("update commands set trouble = ? where seq = ?", (trouble, seq))

    @property
    def server(self) -> Mapping[str, Any] | None:
        """Identity of the server to which the answers belong."""
        known: Mapping[str, Any] | None = self._memory.get("server")
        return known

    def resend(self, server: Mapping[str, Any]) -> None:
        """Send all that was answered in the last 35 days again, to the `server` that answers now.

        The gate knows commands by their ids: what this server has already does nothing twice.
        """
        since = (self._now() - KEEP).astimezone(UTC).isoformat()
        with self._store.transaction() as now:
            now.execute(
                "update commands set state = 'waiting'"
                " where state in ('applied', 'flagged', 'refused') and settled_at >= ?",
                (since,),
            )
            write(now, "server", dict(server))

    def counts(self) -> Counts:
        """Return what the link chip counts."""
        ((waiting, flagged),) = self._store.rows(
            "select (select count(*) from commands where state in ('waiting', 'sent')),"
            " (select count(*) from commands where state = 'flagged')"
        )
        return Counts(waiting, flagged)


def _text(answer: Answer) -> str:
    flags = [{"code": flag.code, "details": dict(flag.details)} for flag in answer.flags]
    content = {
        "id": str(answer.id),
        "state": answer.state,
        "result": dict(answer.result),
        "flags": flags,
        "replayed": answer.replayed,
    }
    return json.dumps(content, ensure_ascii=False)
