"""The thread that carries the journal to the gate and brings changes back."""

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import Answer
from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _
from erp_desktop.workstation.errors import StillWaitingError
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
_SHORTEST_SLEEP = 0.01
_OUR_FAULT = N_("The exchange with head office stumbled. The till goes on; call the administrator.")


class Runner:
    """Drives the engine with a real clock, a real line and real files."""

    def __init__(
        self,
        carrier: Carrier,
        gate: Gate,
        link: Link,
        *,
        clock: Callable[[], float] = time.monotonic,
        dice: Callable[[], float] = random.random,
    ) -> None:
        """Prepare the thread; `start` starts it.

        Args:
            carrier: The store.
            gate: The line.
            link: What the chip listens to.
            clock: Seconds that never go back.
            dice: From 0 to 1.
        """
        self._carrier = carrier
        self._gate = gate
        self._link = link
        self._clock = clock
        self._dice = dice
        self._state = carrier.first_state()
        self._news = threading.Condition()
        self._nudged = self._urged = self._flushing = self._stopping = False
        # Pulls are counted, so that `flush` knows one that began late enough.
        self._pulls_begun = self._pulls_done = self._pulls_needed = 0
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def nudge(self) -> None:
        """Say that there is a new command."""
        with self._news:
            self._nudged = True
            self._news.notify_all()

    def retry_now(self) -> None:
        """Do not wait for the next try: the user has pressed the button."""
        with self._news:
            self._urged = True
            self._news.notify_all()

    def wait_for(self, command: UUID, timeout: float = 15.0) -> Answer:
        """Wait for the answer to a command.

        Raises:
            StillWaitingError: There is none yet; the command stays in the journal and goes out.
        """
        answers: list[Answer] = []

        def is_answered() -> bool:
            answers.extend(filter(None, [self._carrier.journal.answer_of(command)]))
            return bool(answers)

        if not self._wait(is_answered, timeout):
            raise StillWaitingError
        return answers[0]

    def flush(self, timeout: float) -> bool:
        """Send all there is, then read all there is; whether that was done in time."""
        with self._news:
            self._pulls_needed = self._pulls_begun + 1
            self._flushing = self._urged = True
            self._news.notify_all()

        def is_done() -> bool:
            is_sent = not self._carrier.journal.outgoing.counts().waiting
            return is_sent and self._pulls_done >= self._pulls_needed

        done = self._wait(is_done, timeout)
        self._flushing = False
        return done

    def stop(self, timeout: float = 3.0) -> None:
        """End the thread; what is on its way then goes out again at the next start."""
        with self._news:
            self._stopping = True
            self._news.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout)
        if not self._thread.is_alive():
            self._gate.close()

    def _wait(self, is_done: Callable[[], bool], timeout: float) -> bool:
        with self._news:
            return self._news.wait_for(lambda: is_done() or self._stopping, timeout) and is_done()

    def _run(self) -> None:
        while not self._stopping:
            try:
                while not self._stopping and self._turn():
                    pass
            except Exception as error:  # noqa: BLE001 - the thread must outlive whatever happens
                if not self._stopping:
                    self._stumble(error)
            self._sleep()

    def _turn(self) -> bool:
        """Wake the engine once; whether it had anything to do."""
        with self._news:
            urged, self._urged, self._nudged = self._urged, False, False
        if urged:
            self._feed(Urged(self._clock()))
        busy = self._feed(Woke(self._clock(), self._carrier.queue(self._state)))
        self._tell()
        return busy

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
                self._carrier.carry_out(action)
                # What was just sent shows in a pull that begins from now on.
                self._pulls_needed = self._pulls_begun + 1
                self._urged = self._urged or self._flushing
            case _:
                self._carrier.carry_out(action)
        return None

    def _keep(self, page: Mapping[str, Any]) -> Event | None:
        """Keep a page; one that cannot be kept does not stop what is to be sent."""
        try:
            self._carrier.carry_out(Keep(page))
        except Exception as error:  # noqa: BLE001 - a page may hold anything
            return Failed(self._clock(), self._dice(), "poison", _reason(error))
        if not page.get("more"):
            self._pulls_done = self._pulls_begun
        return None

    def _request(self, request: Send | Pull) -> Event:
        try:
            if isinstance(request, Send):
                answers = self._gate.execute(self._carrier.envelopes(request))
                return Answered(self._clock(), answers)
            question = self._carrier.question()
            self._pulls_begun += 1
            page = self._gate.pull(question)
        except GateError as error:
            return Failed(self._clock(), self._dice(), error.fault, error.reason)
        return Pulled(self._clock(), page)

    def _tell(self) -> None:
        """Tell the chip and everybody who waits."""
        journal, shown = self._carrier.journal, self._state.shown
        counts = journal.outgoing.counts()
        read_at = self._carrier.replica.read_at
        self._link.show(
            LinkState(shown.online, counts.waiting, counts.flagged, read_at, shown.trouble)
        )
        with self._news:
            self._news.notify_all()

    def _stumble(self, error: Exception) -> None:
        """Something failed on this side of the line: go on later, from what is in the files."""
        failed = Failed(self._clock(), self._dice(), "barred", _reason(error))
        self._state, _actions = step(self._state, failed)
        self._state = replace(self._state, server=self._carrier.first_state().server)
        self._link.show(replace(self._link.state, online=False, trouble=failed.reason))

    def _sleep(self) -> None:
        pause = max(_SHORTEST_SLEEP, next_wake(self._state) - self._clock())
        with self._news:
            self._news.wait_for(lambda: self._nudged or self._urged or self._stopping, pause)


def _reason(error: Exception) -> str:
    """Return the sentence of a failure; what is our fault goes to the log."""
    if isinstance(error, UserError):
        return error.sentence()
    _LOG.error("The sync stumbled", exc_info=error)
    return _(_OUR_FAULT)
