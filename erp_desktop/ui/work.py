"""Work that takes long: how far it is, how long it will take, and how to end it."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from erp_desktop.core.errors import CancelledError
from erp_desktop.core.i18n import _, count

# The window is told this often at most, however fast the work goes.
_INTERVAL = 0.05


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a work has come; a total of 0 means that nobody knows."""

    done: int
    total: int
    doing: str
    elapsed: float

    @property
    def seconds_left(self) -> float | None:
        """Estimate how long it will still take, once it is far enough to say."""
        if not self.total or self.done <= 0 or self.elapsed < 1:
            return None
        return self.elapsed * (self.total - self.done) / self.done

    def words(self) -> str:
        """Say the estimate as people do."""
        left = self.seconds_left
        if left is None:
            return ""
        if left < 60:
            return count("about {n} second left", "about {n} seconds left", max(1, round(left)))
        return count("about {n} minute left", "about {n} minutes left", round(left / 60))


class Work:
    """One piece of work on its way through a thread.

    Attributes:
        on_progress: Called in the window's thread with each `Progress`.
    """

    def __init__(self, on_progress: Callable[[Progress], None] | None = None) -> None:
        self.on_progress = on_progress
        self.loop: asyncio.AbstractEventLoop | None = None
        self.is_cancelled = False
        self._thread: int | None = None
        self._lock = threading.Lock()
        self._cancel: Callable[[Work], None] | None = None
        self._started = time.monotonic()
        self._told = 0.0

    def watched_by(self, cancel: "Callable[[Work], None]") -> None:
        """Note the running loop, who hears of progress, and how a query is cancelled."""
        self.loop = asyncio.get_running_loop()
        self._cancel = cancel

    def cancel(self) -> None:
        """End the work, on the server too; what it changed is undone."""
        self.is_cancelled = True
        if self._cancel is not None:
            self._cancel(self)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Note which thread does the work, so that its query can be cancelled.

        Raises:
            CancelledError: Nobody wants it any more.
        """
        self.check()
        with self._lock:
            self._thread = threading.get_ident()
        self._started = time.monotonic()
        try:
            yield
        finally:
            # Waits for a cancel on its way, which must not hit the thread's next query.
            with self._lock:
                self._thread = None

    def interrupt(self, cancel: Callable[[int], None]) -> None:
        """Cancel the query that the work is waiting for, if it is waiting for one."""
        with self._lock:
            if self._thread is not None:
                cancel(self._thread)

    def check(self) -> None:
        """Go on only if the user has not cancelled.

        Raises:
            CancelledError: The user has.
        """
        if self.is_cancelled:
            raise CancelledError

    def report(self, done: int, total: int, doing: str = "") -> None:
        """Say how far the work is; services call this as their `progress`.

        Raises:
            CancelledError: The user has cancelled; the transaction is undone.
        """
        self.check()
        now = time.monotonic()
        if self.loop is None or (now - self._told < _INTERVAL and done < total):
            return
        self._told = now
        self.loop.call_soon_threadsafe(
            self._tell, Progress(done, total, doing or _("Working…"), now - self._started)
        )

    def _tell(self, progress: Progress) -> None:
        if self.on_progress is not None:
            self.on_progress(progress)
