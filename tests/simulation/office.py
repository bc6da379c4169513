"""A model of head office: transactions, gate and feed as in `sql/core/objects`, in memory.

Transactions take their number when they begin and become visible when they commit, so a feed that
orders by number loses rows here as it does in PostgreSQL.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import Answer, Envelope, Flag
from erp_desktop.workstation.sync.words import Fault
from tests.simulation.books import Books, Key, Snapshot
from tests.simulation.feed import Feed
from tests.simulation.world import World

PRODUCTS = tuple(f"p{number}" for number in range(30))
ON_HAND = 1000

Reply = Callable[[Any], None]
Fail = Callable[[Fault], None]


class Office:
    """One server, as the workstations see it."""

    feed_type: type[Feed] = Feed

    def __init__(self, world: World) -> None:
        self.world = world
        self.books = Books()
        self.epoch = 1
        self.restores = 0
        self.is_cured = False
        self._feed = self.feed_type(world.dice.randint(5, 40))
        self._open: dict[int, Callable[[], None]] = {}
        self._backups: list[Books] = []
        for product in PRODUCTS:
            self._write(0, ("inventory.stock", product), {"quantity": str(ON_HAND)})
            self._write(0, ("catalog.products", product), {"price": "100"})

    # What workstations ask.

    def execute(self, envelopes: Sequence[Envelope], reply: Reply, fail: Fail) -> None:
        """Book commands in one transaction; answer when it has committed."""
        if self._chokes(envelopes):
            fail("poison")
        elif self.world.strikes("busy", 0.1):
            fail("busy")
        else:
            self._transact(
                lambda number: [self._book(number, envelope) for envelope in envelopes],
                reply,
                lambda: fail("line"),
            )

    def pull(self, request: Mapping[str, Any], reply: Reply) -> None:
        """Answer with the next page of the feed."""
        position = request["position"] or {}
        now = Snapshot(self.books.next_number, tuple(sorted(self._open)))
        page = self._feed.answer(self.books, now, position)
        reply({**page, "reset": False, "server": self._identity()})

    # What head office does.

    def change_price(self) -> None:
        """Change something that every workstation shows; products come and go."""
        product = self.world.dice.choice(PRODUCTS)
        key, price = ("catalog.products", product), str(self.world.dice.randint(1, 999))

        def change(number: int) -> None:
            if self.world.dice.random() < 0.2 and key in self.books.rows:
                del self.books.rows[key]
                self.books.gone[key] = number
            else:
                self._write(number, key, {"price": price})

        self._transact(change, lambda _done: None, lambda: None)

    def crash(self) -> None:
        """Die and come back: what was not committed never was."""
        interrupted, self._open = self._open, {}
        for tell in interrupted.values():
            tell()

    def back_up(self) -> None:
        """Keep a copy of the books."""
        self._backups = [*self._backups[-2:], self.books.copy()]

    def restore(self) -> None:
        """Come back as one of the last backups was."""
        if not self._backups:
            return
        self.crash()
        self.books = self.world.dice.choice(self._backups).copy()
        self.epoch += 1
        self.restores += 1

    # Transactions.

    def _transact(self, work: Callable[[int], Any], done: Reply, lost: Callable[[], None]) -> None:
        number = self.books.next_number
        self.books.next_number += 1
        self._open[number] = lost

        def commit() -> None:
            if self._open.get(number) is lost:
                del self._open[number]
                done(work(number))

        self.world.later(self.world.dice.expovariate(2.0), commit)

    def _write(self, number: int, key: Key, content: dict[str, str]) -> None:
        self.books.rows[key] = (number, {"id": key[1], **content})

    def _identity(self) -> dict[str, Any]:
        now = f"2026-01-01T00:00:00.{int(self.world.now * 100):06d}+00:00"
        return {"system": "1", "timeline": 1, "epoch": self.epoch, "now": now}

    # The gate.

    def _chokes(self, envelopes: Sequence[Envelope]) -> bool:
        return not self.is_cured and any('"poison":true' in each.body for each in envelopes)

    def _book(self, number: int, envelope: Envelope) -> Answer:
        content = json.loads(envelope.body)
        command = UUID(content["id"])
        known = self._known(command)
        if known is not None:
            return known
        answer = self._apply(number, command, content)
        self.books.envelopes[envelope.body] = envelope
        self._remember(answer)
        return answer

    def _known(self, command: UUID) -> Answer | None:
        return self.books.answers.get(command)

    def _remember(self, answer: Answer) -> None:
        self.books.answers[answer.id] = answer

    def _apply(self, number: int, command: UUID, content: dict[str, Any]) -> Answer:
        payload = content["payload"]
        if content["name"] != "till.sell_v1":
            return Answer(command, "refused", {}, (Flag("sales.no_credit", {}),))
        self.books.booked.append(content)
        key = ("inventory.stock", payload["product"])
        left = int(self.books.rows[key][1]["quantity"]) - 1
        self._write(number, key, {"quantity": str(left)})
        return Answer(command, "applied", {"number": payload["number"]})
