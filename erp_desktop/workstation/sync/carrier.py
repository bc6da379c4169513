"""What the engine's actions do to the store; runs the same in the program and in the simulation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from erp_desktop.core.commands import Envelope
from erp_desktop.workstation.clock import SeenClock
from erp_desktop.workstation.journal import Journal
from erp_desktop.workstation.outgoing import Queued
from erp_desktop.workstation.replica import Replica
from erp_desktop.workstation.sync.core import BATCH, State
from erp_desktop.workstation.sync.words import (
    Action,
    Fence,
    Hold,
    Keep,
    Prune,
    Restart,
    Send,
    Settle,
)

PAGE = 2000


class Carrier:
    """Stands between the engine and the two files."""

    def __init__(self, journal: Journal, replica: Replica, clock: SeenClock) -> None:
        self.journal = journal
        self.replica = replica
        self._clock = clock
        self._shown_soon: tuple[int, ...] | None = None

    def first_state(self) -> State:
        """Return what the engine knows when the program starts."""
        return State(server=self.journal.outgoing.server)

    def queue(self, state: State) -> tuple[Queued, ...]:
        """Return the oldest commands without an answer, without those that are held."""
        return self.journal.outgoing.waiting(BATCH, skip=state.held)

    def envelopes(self, send: Send) -> list[Envelope]:
        """Note commands as sent and return them as they travel."""
        return self.journal.outgoing.mark_sent(send.seqs)

    def question(self) -> dict[str, Any]:
        """Return what the feed is asked for."""
        if self._shown_soon is None:
            self._shown_soon = self.journal.effects.acknowledged()
        sets = sorted(self.replica.sets)
        return {"position": self.replica.position, "sets": sets, "limit": PAGE}

    def carry_out(self, action: Action) -> None:
        """Write down what the engine has decided."""
        match action:
            case Settle(answers):
                self.journal.outgoing.settle(answers)
            case Keep(page):
                self._keep(page)
            case Fence(server):
                self._fence(server)
            case Restart():
                self._restart()
            case Hold(seq, reason):
                self.journal.outgoing.hold(seq, reason)
            case Prune():
                self.journal.prune()

    def _keep(self, page: Mapping[str, Any]) -> None:
        self.replica.apply(page)
        if page.get("more"):
            return
        self.journal.effects.absorb(self._shown_soon or ())
        self._shown_soon = None
        self._clock.note(datetime.fromisoformat(page["server"]["now"]))

    def _fence(self, server: Mapping[str, Any]) -> None:
        """First the replica: if the power fails in between, the server is still a new one."""
        self._restart()
        self.journal.outgoing.resend(server)

    def _restart(self) -> None:
        self.replica.restart()
        self._shown_soon = None
