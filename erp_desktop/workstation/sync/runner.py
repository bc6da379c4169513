"""The thread that carries the journal to the gate and brings changes back."""

import threading
from collections.abc import Callable
from uuid import UUID

from erp_desktop.core.commands import Answer
from erp_desktop.workstation.errors import StillWaitingError
from erp_desktop.workstation.sync.driver import Driver

_SHORTEST_SLEEP = 0.01


class Runner:
    """Wakes the driver when it is time, or when there is a new command."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._journal = driver.carrier.journal
        self._news = threading.Condition()
        self._nudged = self._urged = self._flushing = self._stopping = False
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
            answers.extend(filter(None, [self._journal.answer_of(command)]))
            return bool(answers)

        if not self._wait(is_answered, timeout):
            raise StillWaitingError
        return answers[0]

    def flush(self, timeout: float) -> bool:
        """Send all there is, then read all there is; whether that was done in time."""
        self._driver.pulls_needed = self._driver.pulls_begun + 1
        self._flushing = True
        self.retry_now()

        def is_done() -> bool:
            is_sent = not self._journal.outgoing.counts().waiting
            return is_sent and self._driver.pulls_done >= self._driver.pulls_needed

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
            self._driver.close()

    def _wait(self, is_done: Callable[[], bool], timeout: float) -> bool:
        with self._news:
            self._news.wait_for(lambda: self._stopping or is_done(), timeout)
        return not self._stopping and is_done()

    def _run(self) -> None:
        while not self._stopping:
            try:
                while not self._stopping and self._turn():
                    pass
            except Exception as error:  # noqa: BLE001 - the thread must outlive whatever happens
                if not self._stopping:
                    self._driver.stumble(error)
            self._sleep()

    def _turn(self) -> bool:
        with self._news:
            urged, self._urged, self._nudged = self._urged, False, False
        needed = self._driver.pulls_needed
        busy = self._driver.turn(urged=urged)
        with self._news:
            # Who flushes wants to read, at once, what has just been sent.
            has_settled = self._driver.pulls_needed > needed
            self._urged = self._urged or (self._flushing and has_settled)
            self._news.notify_all()
        return busy

    def _sleep(self) -> None:
        pause = max(_SHORTEST_SLEEP, self._driver.pause())
        with self._news:
            self._news.wait_for(lambda: self._nudged or self._urged or self._stopping, pause)
