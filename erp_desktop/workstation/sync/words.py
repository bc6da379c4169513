"""What the engine is told, and what it asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from erp_desktop.core.commands import Answer
from erp_desktop.workstation.outgoing import Queued

Fault = Literal["line", "busy", "poison", "barred"]
"""Why a request failed: no line (outcome unknown), a busy server, one command that the server
cannot take, or a server that takes nothing from this workstation."""


@dataclass(frozen=True, slots=True)
class Woke:
    """It is `at` now, and these commands have no answer yet."""

    at: float
    queue: Sequence[Queued] = ()


@dataclass(frozen=True, slots=True)
class Urged:
    """The user does not want to wait for the next try."""

    at: float


@dataclass(frozen=True, slots=True)
class Answered:
    """The gate has answered what was sent."""

    at: float
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class Pulled:
    """The feed has sent a page."""

    at: float
    page: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Failed:
    """The request on its way has failed.

    Attributes:
        dice: A random number from 0 to 1, for the pause.
        reason: A sentence for the sync page.
    """

    at: float
    dice: float
    fault: Fault
    reason: str = ""


Event = Woke | Urged | Answered | Pulled | Failed


@dataclass(frozen=True, slots=True)
class Send:
    """Note these commands as sent and give them to the gate; the result is an event."""

    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pull:
    """Ask the feed for the next page; the result is an event."""


@dataclass(frozen=True, slots=True)
class Settle:
    """Keep these answers."""

    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep this page: rows and position."""

    page: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fence:
    """Another server answers: read the feed from its beginning, and send answered rows again."""

    server: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Restart:
    """Read the feed from its beginning."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Note that this command cannot be delivered now."""

    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class Prune:
    """Forget what is answered and old."""


@dataclass(frozen=True, slots=True)
class Show:
    """Let the link chip say so."""

    online: bool
    trouble: str


Request = Send | Pull
Action = Request | Settle | Keep | Fence | Restart | Hold | Prune | Show
