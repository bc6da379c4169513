"""Bugs that we plant to see that they are caught; each is one that somebody has shipped."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from erp_desktop.core.commands import Answer, Envelope
from erp_desktop.workstation.journal import Journal
from erp_desktop.workstation.memory import write
from erp_desktop.workstation.sync.carrier import Carrier
from erp_desktop.workstation.sync.core import BATCH, State
from erp_desktop.workstation.sync.words import Action, Event, Pulled, Send, Settle
from tests.simulation.books import Books, Key, Snapshot
from tests.simulation.disk import FragileReplica
from tests.simulation.feed import Feed
from tests.simulation.office import Office
from tests.simulation.shop import Shop
from tests.simulation.storm import Kit

Step = tuple[State, tuple[Action, ...]]


class KnowsNoCommand(Office):
    """Books whatever comes, as often as it comes."""

    def _known(self, _command: UUID) -> Answer | None:
        return None


class ForgetsSomeCommands(Office):
    """Marks commands as known in a transaction of its own, which is lost now and then."""

    def _remember(self, answer: Answer) -> None:
        if self.world.dice.random() > 0.05:
            super()._remember(answer)


class AnswersBeforeCommit(Office):
    """Says yes and then commits, or dies."""

    def _transact(
        self, work: Callable[[int], Any], done: Callable[[Any], None], _lost: Callable[[], None]
    ) -> None:
        kept = self.books
        self.books = kept.copy()
        done(work(self.books.next_number))
        self.books = kept
        super()._transact(work, lambda _late: None, lambda: None)


class FeedsByNumber(Feed):
    """Remembers the highest transaction it has sent, and sends what is above."""

    def _poll(self, books: Books, now: Snapshot, place: Sequence[Any]) -> dict[str, Any] | None:
        return super()._poll(books, now, [place[0], []])


class SkipsAtTheEdgeOfAPage(Feed):
    """Begins the next page one row too late."""

    def _end_of_page(self, found: Sequence[tuple[int, Key, Any]]) -> list[Any]:
        number, (set_id, key), _row = found[-1]
        return [number, [set_id, key + "~" if len(found) == self._page_size else key]]


class BuriesWhatCameBack(Feed):
    """Sends what is gone at the end of a load, after rows that came back meanwhile."""

    def _last_page(self, books: Books, load: Any, _gone: Sequence[Key]) -> dict[str, Any]:
        late = [key for key, number in books.gone.items() if number >= load["from"]]
        return super()._last_page(books, load, late)


class SentIsDelivered(Carrier):
    """Takes a command for delivered as soon as it goes out."""

    def envelopes(self, send: Send) -> list[Envelope]:
        """Settle what has only been sent."""
        envelopes = super().envelopes(send)
        ids = [UUID(json.loads(envelope.body)["id"]) for envelope in envelopes]
        self.journal.outgoing.settle([Answer(each, "applied", {}) for each in ids])
        return envelopes


class MakesNewIds(Carrier):
    """Takes a lost command for a failed one, and sends it again as a new one."""

    def envelopes(self, send: Send) -> list[Envelope]:
        """Give another id to what went out before."""
        with self.journal._store.transaction() as now:
            before = now.execute("select seq, id from commands where state = 'sent'").fetchall()
            for seq, old in before:
                now.execute(
                    "update commands set id = ?2, body = replace(body, id, ?2)"
                    " where seq = ?1 and id = ?3",
                    (seq, str(uuid4()), old),
                )
        return super().envelopes(send)


class PrunesAtOnce(Carrier):
    """Forgets a command when it is answered."""

    def carry_out(self, action: Action) -> None:
        """Prune as if 36 days had passed."""
        super().carry_out(action)
        if isinstance(action, Settle):
            now = self.journal._now
            self.journal._now = lambda: now() + timedelta(days=36)
            self.journal.prune()
            self.journal._now = now


class ForgetsEffectsTooEarly(Carrier):
    """Takes an answered sale off the screen's sum before the feed has brought it back."""

    def carry_out(self, action: Action) -> None:
        """Absorb at the answer."""
        super().carry_out(action)
        if isinstance(action, Settle):
            self.journal.effects.absorb(self.journal.effects.acknowledged())


class FencesTheReplicaOnly(Carrier):
    """Reads the feed of a restored server anew, and sends it nothing again."""

    def _fence(self, server: Mapping[str, Any]) -> None:
        self.replica.restart()
        self.journal.memory.put("server", dict(server))


class KeepsPositionApart(FragileReplica):
    """Writes the feed's position in a transaction of its own."""

    def apply(self, response: Mapping[str, Any]) -> None:
        """Keep the position, then the rows."""
        super().apply({**response, "rows": {}, "gone": []})
        super().apply(response)


class RemovesLast(FragileReplica):
    """Removes what is gone after it has written what came back."""

    def apply(self, response: Mapping[str, Any]) -> None:
        """Keep the rows, then remove."""
        super().apply({**response, "gone": []})
        super().apply({**response, "rows": {}})


class NumbersApart(Journal):
    """Takes the number in one transaction and writes the command in another."""

    def _next_number(
        self, now: Any, counters: dict[str, int], series: str | None
    ) -> tuple[int | None, str | None]:
        if series is None:
            return None, None
        n = (self.memory.get("apart") or counters[series]) + 1
        write(now, "apart", n)
        now.execute("commit")
        now.execute("begin immediate")
        counters[series] = n
        return n, f"{self._prefix}-{n:06d}"


class WrapsAtAThousand(Journal):
    """Has room for three digits."""

    def _next_number(
        self, now: Any, counters: dict[str, int], series: str | None
    ) -> tuple[int | None, str | None]:
        n, number = super()._next_number(now, counters, series)
        return n, number if n is None or n % 1000 else f"{self._prefix}-000000"


class PrintsFirst(Shop):
    """Prints the receipt and then writes the journal."""

    def ring_up(self) -> None:
        """Hand over a receipt that nobody knows of yet."""
        sold = self.disk.row("select max(n) from commands") or (0,)
        self.print_receipt(f"{self.name}-{(sold[0] or self.start) + 1:06d}", UUID(int=0))
        self.fuse.burn()
        recorded = self.record()
        self.paper[-1] = (recorded.number or "", recorded.id)


class SeesNoOtherServer(Shop):
    """Does not look whose answers it reads."""

    def step(self, event: Event) -> Step:
        """Pretend that every server is the first one."""
        if isinstance(event, Pulled) and self.state.server is not None:
            event = replace(event, page={**event.page, "server": self._first(event)})
        return super().step(event)

    def _first(self, event: Pulled) -> dict[str, Any]:
        return {**event.page["server"], **(self.state.server or {})}


class WaitsBehindThePoisonedOne(Shop):
    """Tries the same batch again and again."""

    def step(self, event: Event) -> Step:
        """Never set one aside."""
        state, actions = super().step(event)
        return replace(state, held={}, limit=BATCH), actions


class GivesUp(Shop):
    """Stops trying after a few failures."""

    def step(self, event: Event) -> Step:
        """Wait for somebody to restart the program."""
        state, actions = super().step(event)
        return replace(state, retry_at=1e9) if state.failures > 3 else state, actions


class Flickers(Shop):
    """Changes its chip with every failure."""

    def step(self, event: Event) -> Step:
        """Forget when the chip changed."""
        self.state = replace(self.state, shown_at=float("-inf"))
        return super().step(event)


def _fed(feed: type[Feed]) -> Kit:
    return Kit(office=type(feed.__name__, (Office,), {"feed_type": feed}))


def _carried(carrier: type[Carrier]) -> Kit:
    return Kit(shop=type(carrier.__name__, (Shop,), {"carrier_type": carrier}))


def _kept(replica: type[FragileReplica]) -> Kit:
    return Kit(shop=type(replica.__name__, (Shop,), {"replica_type": replica}))


def _journalled(journal: type[Journal]) -> Kit:
    return Kit(shop=type(journal.__name__, (Shop,), {"journal_type": journal}))


OFFICES = (
    KnowsNoCommand,
    ForgetsSomeCommands,
    AnswersBeforeCommit,
)
FEEDS = (FeedsByNumber, SkipsAtTheEdgeOfAPage, BuriesWhatCameBack)
CARRIERS = (
    SentIsDelivered,
    MakesNewIds,
    PrunesAtOnce,
    ForgetsEffectsTooEarly,
    FencesTheReplicaOnly,
)
REPLICAS = (KeepsPositionApart, RemovesLast)
JOURNALS = (NumbersApart, WrapsAtAThousand)
SHOPS = (PrintsFirst, SeesNoOtherServer, WaitsBehindThePoisonedOne, GivesUp, Flickers)

MUTANTS: dict[str, Kit] = {
    **{each.__name__: Kit(office=each) for each in OFFICES},
    **{each.__name__: _fed(each) for each in FEEDS},
    **{each.__name__: _carried(each) for each in CARRIERS},
    **{each.__name__: _kept(each) for each in REPLICAS},
    **{each.__name__: _journalled(each) for each in JOURNALS},
    **{each.__name__: Kit(shop=each) for each in SHOPS},
}
