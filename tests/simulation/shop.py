"""A workstation in the simulation: the real journal, replica, carrier and engine, in memory.

Its disk survives a crash, its process does not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import cast
from uuid import UUID

from erp_desktop.workstation.clock import SeenClock
from erp_desktop.workstation.effects import Effect
from erp_desktop.workstation.journal import Journal, Recorded
from erp_desktop.workstation.replica import Replica
from erp_desktop.workstation.schema import JOURNAL
from erp_desktop.workstation.sets import ReplicaSet
from erp_desktop.workstation.store import IN_MEMORY
from erp_desktop.workstation.sync.carrier import Carrier
from erp_desktop.workstation.sync.core import State, next_wake, step
from erp_desktop.workstation.sync.words import Action, Event, Pull, Send, Show, Woke
from tests.simulation.disk import CrashError, FragileReplica, FragileStore, Fuse
from tests.simulation.line import Line
from tests.simulation.office import PRODUCTS, Office
from tests.simulation.world import World

SETS = (
    ReplicaSet("catalog.products", {"id": "text", "price": "numeric"}, ("id",)),
    ReplicaSet("inventory.stock", {"id": "text", "quantity": "numeric"}, ("id",)),
)
MORNING = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
# Where a step to one more digit, or to a full batch, can go wrong.
STARTS = (0, 7, 45, 96, 98, 990, 997, 9_995, 999_990)


class Cashier:
    """Signs nothing: who signs is tested elsewhere."""

    login = "amina"

    def sign(self, _digest: bytes) -> bytes:
        """Return no signature."""
        return b""


class Shop:
    """One workstation: its disk, its process, its roll of paper.

    Attributes:
        start: The number before its first.
        paper: Numbers and ids of the receipts that were handed over.
        shown: When the link chip changed.
        largest_batch: How many commands went out at once.
    """

    journal_type: type[Journal] = Journal
    carrier_type: type[Carrier] = Carrier
    replica_type: type[Replica] = FragileReplica

    def __init__(self, world: World, office: Office, number: int) -> None:
        self.world = world
        self.line = Line(world, office)
        self.name = f"S-{number:02d}"
        self.id = UUID(int=number)
        self.start = world.dice.choice(STARTS)
        self.paper: list[tuple[str, UUID]] = []
        self.shown: list[float] = []
        self.crashes = self.largest_batch = self._life = self._alarm = 0
        self._make_disk()
        self.boot()

    def _make_disk(self) -> None:
        self.fuse = Fuse()
        self.disk = FragileStore(IN_MEMORY, b"", JOURNAL)
        self.replica = self.replica_type(IN_MEMORY, b"", SETS)
        for store in (self.disk, cast("FragileStore", self.replica._store)):
            store.fuse = self.fuse
        journal = Journal(self.disk, self.id, self.name)
        journal.record("sales.credit_v1", {}, actor=Cashier(), at=MORNING)
        with self.disk.transaction() as now:
            now.execute("update commands set counters = ?", (f'{{"ticket": {self.start}}}',))

    def boot(self) -> None:
        """Start the program with nothing but what is on the disk."""
        self.is_up = True
        self._life += 1
        self.journal = self.journal_type(self.disk, self.id, self.name, now=self._today)
        clock = SeenClock(self.journal.memory, self.journal.last_at)
        self.carrier = self.carrier_type(self.journal, self.replica, clock)
        self.state = self.carrier.first_state()
        self.wake()

    def _today(self) -> datetime:
        """Say what time it is."""
        return MORNING + timedelta(seconds=self.world.now)

    @contextmanager
    def _mortal(self) -> Iterator[None]:
        """Whatever happens in here may be the last thing that happens."""
        try:
            yield
        except CrashError:
            self.crashes += 1
            self.is_up = False
            self.world.later(self.world.dice.uniform(0.5, 10.0), self.boot)

    def sell(self) -> None:
        """Sell one piece, if nothing happens in the middle of it."""
        if self.is_up:
            if self.world.strikes("crash", 0.1):
                self.fuse.left = self.world.dice.randint(1, 30)
            with self._mortal():
                self.ring_up()
            self.wake()

    def ring_up(self) -> None:
        """Record, then print."""
        recorded = self.record()
        self.print_receipt(recorded.number or "", recorded.id)

    def record(self) -> Recorded:
        """Write a sale into the journal."""
        product = self.world.dice.choice(PRODUCTS)
        is_poison = self.world.strikes("poison", 0.03)
        return self.journal.record(
            "till.sell_v1",
            lambda number: {"number": number, "product": product, "poison": is_poison},
            actor=Cashier(),
            at=self._today(),
            series="ticket",
            effects=[Effect("inventory.stock", product, Decimal(-1))],
        )

    def print_receipt(self, number: str, command: UUID) -> None:
        """Hand over a receipt: from now on the sale cannot be undone."""
        self.paper.append((number, command))

    def ask_for_credit(self) -> None:
        """Send a request that will be refused."""
        if self.is_up:
            with self._mortal():
                self.journal.record("sales.credit_v1", {}, actor=Cashier(), at=self._today())
            self.wake()

    def wake(self) -> None:
        """Give the engine the time and the queue."""
        if self.is_up:
            with self._mortal():
                self.feed(Woke(self.world.now, self.carrier.queue(self.state)))

    def feed(self, event: Event) -> None:
        """Let the engine decide, do it, and set the alarm."""
        self.state, actions = self.step(event)
        for action in actions:
            self._perform(action)
        if actions or not isinstance(event, Woke):
            self.feed(Woke(self.world.now, self.carrier.queue(self.state)))
            return
        self._alarm += 1
        alarm, pause = self._alarm, max(0.01, next_wake(self.state) - self.world.now)
        self.world.later(min(pause, 1e6), lambda: self._ring(alarm))

    def step(self, event: Event) -> tuple[State, tuple[Action, ...]]:
        """Ask the engine."""
        return step(self.state, event)

    def _perform(self, action: Action) -> None:
        """Do one thing that the engine wants."""
        match action:
            case Send():
                self.largest_batch = max(self.largest_batch, len(action.seqs))
                self.line.send(self.carrier.envelopes(action), self._ear())
            case Pull():
                self.line.pull(self.carrier.question(), self._ear())
            case Show():
                self.shown.append(self.world.now)
            case _:
                self.carrier.carry_out(action)

    def _ring(self, alarm: int) -> None:
        if alarm == self._alarm:
            self.wake()

    def _ear(self) -> "Ear":
        return Ear(self, self._life)

    def _hear(self, event: Event, life: int) -> None:
        """Take what the line brings, unless the program that asked for it is dead."""
        if life == self._life and self.is_up:
            with self._mortal():
                self.feed(event)


class Ear:
    """What one life of the program hears."""

    def __init__(self, shop: Shop, life: int) -> None:
        self._shop = shop
        self._life = life

    def __call__(self, event: Event) -> None:
        """Pass on what comes."""
        self._shop._hear(event, self._life)
