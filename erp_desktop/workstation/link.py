"""The line to head office, as the link chip shows it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

Listener = Callable[["LinkState"], None]


@dataclass(frozen=True, slots=True)
class LinkState:
    """What the chip shows.

    Attributes:
        waiting: Commands without an answer.
        flagged: Commands that somebody must look at.
        data_at: The age of the replica, by the server's clock.
        trouble: Why the server does not take our commands, as a sentence; usually empty.
    """

    online: bool = False
    waiting: int = 0
    flagged: int = 0
    data_at: datetime | None = None
    trouble: str = ""


class Link:
    """The last known state, and who wants to know of the next one."""

    def __init__(self, state: LinkState) -> None:
        self._state = state
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()

    @property
    def state(self) -> LinkState:
        """The state now."""
        return self._state

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each new state, from the sync's thread; the result ends that."""
        with self._lock:
            self._listeners.append(listener)
        return lambda: self._remove(listener)

    def show(self, state: LinkState) -> None:
        """Tell the listeners, if there is news."""
        with self._lock:
            if state == self._state:
                return
            self._state = state
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(state)

    def _remove(self, listener: Listener) -> None:
        with self._lock:
            if listener in self._listeners:
                self._listeners.remove(listener)
