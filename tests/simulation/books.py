"""All that head office knows, and who has seen what of it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import Answer, Envelope

Key = tuple[str, str]


@dataclass(frozen=True)
class Snapshot:
    """What a transaction sees: every transaction below `end` that is not in `open`."""

    end: int
    open: tuple[int, ...]

    def sees(self, number: int) -> bool:
        """Whether that transaction had committed."""
        return number < self.end and number not in self.open

    @property
    def begin(self) -> int:
        """Every transaction below had ended."""
        return min([self.end, *self.open])


@dataclass
class Books:
    """All that a backup holds.

    Attributes:
        rows: Published rows by set and key, each with the transaction that changed it last.
        answers: What was said to each command, by id.
        booked: Each application of a command, in order; an id twice is a sale twice.
    """

    rows: dict[Key, tuple[int, dict[str, str]]] = field(default_factory=dict)
    gone: dict[Key, int] = field(default_factory=dict)
    answers: dict[UUID, Answer] = field(default_factory=dict)
    booked: list[dict[str, Any]] = field(default_factory=list)
    envelopes: dict[str, Envelope] = field(default_factory=dict)
    next_number: int = 1

    def copy(self) -> "Books":
        """Return what a backup holds; what is inside never changes."""
        return Books(
            dict(self.rows),
            dict(self.gone),
            dict(self.answers),
            list(self.booked),
            dict(self.envelopes),
            self.next_number,
        )
