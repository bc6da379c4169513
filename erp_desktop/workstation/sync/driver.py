"""The engine with a real clock, a real line and real files under its hands; one thread calls it."""

import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _
from erp_desktop.workstation.link import Link, LinkState
from erp_desktop.workstation.sync.carrier import Carrier
from erp_desktop.workstation.sync.core import next_wake, step
from erp_desktop.workstation.sync.gate import Gate, GateError
from erp_desktop.workstation.sync.words import (
    Action,
    Answered,
    Event,
    Failed,
    Keep,
    Pull,
    Pulled,
    Send,
    Settle,
    Urged,
    Woke,
)

_LOG = logging.getLogger(__name__)
_OUR_FAULT = N_("The exchange with head office stumbled. The till goes on; call the administrator.")


class Driver:
    """Tells the engine what happens, and does what it asks for.

    Attributes:
        pulls_begun: Requests to the feed so far.
        pulls_done: The last of them that brought the replica up to date.
        pulls_needed: The first of them that can show what was sent last.
    """

    def __init__(
        self,
        carrier: Carrier,
        gate: Gate,
        link: Link,
        *,
        clock: Callable[[], float] = time.monotonic,
        dice: Callable[[], float] = random.random,
    ) -> None:
        """Begin with what is in the files.

        Args:
            carrier: The store.
            gate: The line.
            link: What the chip listens to.
            clock: Seconds that never go back.
            dice: From 0 to 1.
        """
        self.carrier = carrier
        self._gate = gate
        self._link = link
        self._clock = clock
        self._dice = dice
        self._state = carrier.first_state()
        self.pulls_begun = self.pulls_done = self.pulls_needed = 0

    def turn(self, *, urged: bool) -> bool:
        """Wake the engine once; whether it had anything to do."""
        if urged:
            self._feed(Urged(self._clock()))
        busy = self._feed(Woke(self._clock(), self.carrier.queue(self._state)))
        self._tell()
        return busy

    def pause(self) -> float:
        """Return how many seconds nothing needs to be done."""
        return next_wake(self._state) - self._clock()

    def stumble(self, error: Exception) -> None:
        """Something failed on this side of the line: go on later, from what is in the files."""
        failed = Failed(self._clock(), self._dice(), "barred", _reason(error))
        self._state, _actions = step(self._state, failed)
        self._state = replace(self._state, server=self.carrier.first_state().server)
        self._link.show(replace(self._link.state, online=False, trouble=failed.reason))

    def close(self) -> None:
        """Let go of the line."""
        self._gate.close()

    def _feed(self, event: Event) -> bool:
        """Give the engine an event, and those that follow from what it asks for."""
        self._state, actions = step(self._state, event)
        for action in actions:
            follow_up = self._perform(action)
            if follow_up is not None:
                self._feed(follow_up)
        return bool(actions)

    def _perform(self, action: Action) -> Event | None:
        match action:
            case Send() | Pull():
                return self._request(action)
            case Keep(page):
                return self._keep(page)
            case Settle():
                self.carrier.carry_out(action)
                self.pulls_needed = self.pulls_begun + 1
            case _:
                self.carrier.carry_out(action)
        return None

    def _request(self, request: Send | Pull) -> Event:
        try:
            if isinstance(request, Send):
                answers = self._gate.execute(self.carrier.envelopes(request))
                return Answered(self._clock(), answers)
            question = self.carrier.question()
            self.pulls_begun += 1
            page = self._gate.pull(question)
        except GateError as error:
            return Failed(self._clock(), self._dice(), error.fault, error.reason)
        return Pulled(self._clock(), page)

    def _keep(self, page: Mapping[str, Any]) -> Event | None:
        """Keep a page; one that cannot be kept does not stop what is to be sent."""
        try:
            self.carrier.carry_out(Keep(page))
        except Exception as error:  # noqa: BLE001 - a page may hold anything
            return Failed(self._clock(), self._dice(), "poison", _reason(error))
        if not page.get("more"):
            self.pulls_done = self.pulls_begun
        return None

    def _tell(self) -> None:
        """Tell the chip how things stand."""
        counts, shown = self.carrier.journal.outgoing.counts(), self._state.shown
        read_at = self.carrier.replica.read_at
        self._link.show(
            LinkState(shown.online, counts.waiting, counts.flagged, read_at, shown.trouble)
        )


def _reason(error: Exception) -> str:
    """Return the sentence of a failure; what is our fault goes to the log."""
    if isinstance(error, UserError):
        return error.sentence()
    _LOG.error("The sync stumbled", exc_info=error)
    return _(_OUR_FAULT)
