"""What goes through the gate, and the gate's answers.

A command is a wish or a fact with a name such as `till.sell_v1`. On its way it is an *envelope*:
the exact text of its body, chained to the body before it on the same workstation, and signed by
its author. `core.execute_v1` recomputes the chain from the same bytes.
"""

import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from erp_desktop.core import refusals as _refusals  # noqa: F401 - their codes are answered here
from erp_desktop.core.errors import UserError, from_code

State = Literal["applied", "flagged", "refused"]

# The chain of every workstation begins here.
GENESIS = "0" * 64


def uuid7() -> UUID:
    """Return a new UUIDv7 (RFC 9562, 5.7): sortable by time, never believed as a time."""
    milliseconds = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80 | noise
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


@dataclass(frozen=True, slots=True)
class Command:
    """A wish or a fact, before the journal numbers and chains it.

    Attributes:
        name: `<module>.<verb>_v<version>`.
        payload: JSON values only; amounts and quantities are strings of decimal digits.
        actor: Login of the user whose deed it is.
        at: When it happened, by the workstation's clock, with its zone.
        id: Made once, before anything is sent; sending it twice changes nothing.
    """

    name: str
    payload: Mapping[str, Any]
    actor: str
    at: datetime
    id: UUID = field(default_factory=uuid7)

    def body(self, *, workstation: UUID | None = None, seq: int | None = None) -> str:
        """Return the exact text that is hashed, signed and sent."""
        content = {
            "id": str(self.id),
            "name": self.name,
            "actor": self.actor,
            "workstation": str(workstation) if workstation else None,
            "seq": seq,
            "at": self.at.isoformat(),
            "payload": dict(self.payload),
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A command on its way: `core.execute_v1` takes a JSON list of these.

    Attributes:
        body: The exact text.
        prev: Hash of the command before it on this workstation, 64 hex digits; empty if direct.
        hash: SHA-256 of the bytes of `prev` (32) followed by the UTF-8 bytes of `body`, as hex.
        signature: Ed25519 signature of the 32 hash bytes by the author, as hex; may be empty.
    """

    body: str
    prev: str = ""
    hash: str = ""
    signature: str = ""

    def as_json(self) -> dict[str, str]:
        """Return what travels."""
        return {
            "body": self.body,
            "prev": self.prev,
            "hash": self.hash,
            "signature": self.signature,
        }


def chain(prev: str, body: str) -> str:
    """Return the hash that chains `body` to the command before it."""
    return hashlib.sha256(bytes.fromhex(prev) + body.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Flag:
    """Why a recorded fact waits for somebody to look at it."""

    code: str
    details: Mapping[str, Any]

    def as_error(self) -> UserError:
        """Return the sentence of this flag."""
        return from_code(self.code, self.details)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gate says to one command; the nil UUID where its id could not be read."""

    id: UUID
    state: State
    result: Mapping[str, Any]
    flags: tuple[Flag, ...] = ()
    replayed: bool = False

    @classmethod
    def from_json(cls, answer: Mapping[str, Any]) -> "Answer":
        """Read one element of the list that `core.execute_v1` returns."""
        return cls(
            id=UUID(answer["id"]) if answer["id"] else UUID(int=0),
            state=answer["state"],
            result=answer.get("result") or {},
            flags=tuple(Flag(f["code"], f.get("details") or {}) for f in answer.get("flags") or ()),
            replayed=bool(answer.get("replayed")),
        )

    def raise_if_refused(self) -> "Answer":
        """Return this answer, or raise the refusal it carries."""
        if self.state == "refused":
            raise self.flags[0].as_error() if self.flags else UserError()
        return self
