"""Virtual time, one seed, and everything that can go wrong."""

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass

FAULTS = (
    "lost",  # a request never arrives
    "unanswered",  # it arrives, and its answer does not
    "doubled",  # it arrives twice, the second time late
    "slow",  # it takes seconds
    "cut",  # the line is down for a while
    "crash",  # a workstation dies in the middle of whatever it does
    "outage",  # the server dies with open transactions
    "restore",  # the server comes back as it was earlier
    "poison",  # a command that makes the whole batch fail
    "busy",  # the server is busy with the same rows
)


@dataclass(frozen=True)
class Weather:
    """Which faults a seed has: a random half, so that each is seen alone and in company."""

    faults: frozenset[str]

    @classmethod
    def of(cls, dice: random.Random) -> "Weather":
        """Draw the faults of one seed."""
        return cls(frozenset(fault for fault in FAULTS if dice.random() < 0.5))

    def has(self, fault: str) -> bool:
        """Whether this can happen."""
        return fault in self.faults


class World:
    """A clock that jumps from event to event."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same seed, the same world
        self.weather = Weather.of(self.dice)
        self.now = 0.0
        self.is_calm = self.is_cut = False
        self._order = itertools.count()
        self._events: list[tuple[float, int, Callable[[], None]]] = []

    def later(self, delay: float, event: Callable[[], None]) -> None:
        """Let something happen after a while; at the same time, first come, first served."""
        heapq.heappush(self._events, (self.now + delay, next(self._order), event))

    def run(self, seconds: float) -> None:
        """Let time pass."""
        end = self.now + seconds
        while self._events and self._events[0][0] <= end:
            self.now, _number, event = heapq.heappop(self._events)
            event()
        self.now = end

    def strikes(self, fault: str, chance: float) -> bool:
        """Whether a fault happens now."""
        rolled = self.dice.random() < chance
        return rolled and not self.is_calm and self.weather.has(fault)
