"""The sync engine: given what has just happened, what to do next.

Pure: no clock, no chance, no thread, no network and no store in here, so that thousands of bad
days can be simulated. At most one request is on its way. What became of a lost one is not known:
the same envelopes go out again, and the gate knows them by their ids.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from erp_desktop.workstation.outgoing import Queued
from erp_desktop.workstation.sync.words import (
    Action,
    Answered,
    Event,
    Failed,
    Fence,
    Hold,
    Keep,
    Prune,
    Pull,
    Pulled,
    Request,
    Restart,
    Send,
    Settle,
    Show,
    Urged,
    Woke,
)

BATCH = 50
BATCH_BYTES = 1_000_000
PULL_EVERY = 5.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
SHORTEST_SHOW = 5.0
PRUNE_EVERY = 3600.0
# How often in a row a command may keep the server busy, or lose the line, until it goes aside.
_PATIENCE, _LONG_PATIENCE = 5, 10
_LONG_AGO = float("-inf")
_OFFLINE = Show(online=False, trouble="")


@dataclass(frozen=True, slots=True)
class Held:
    """A command that could not be delivered by itself."""

    tries: int
    retry_at: float


@dataclass(frozen=True, slots=True)
class State:
    """What the engine knows.

    Attributes:
        server: Identity of the server to which the journal's answers belong.
        request: What is on its way.
        is_sure: Whether the server's identity was checked since the line came back.
        failures: Requests that failed in a row.
        stuck: Batches that failed in a row, even if the feed answers in between.
        retry_at: Nothing goes out before.
        limit: How many commands go out at once; halved to find the one that poisons a batch.
        held: Commands that are retried one by one, so that the others go on.
        pull_at: When the feed is asked next.
        pulled_last: Whether the last request was a pull: the two take turns.
        trouble: Why the server takes nothing.
        feed_trouble: Why the feed cannot be read or kept.
        has_feed_failed: Whether it failed after the last page came.
    """

    server: Mapping[str, Any] | None = None
    request: Request | None = None
    is_sure: bool = False
    failures: int = 0
    stuck: int = 0
    retry_at: float = _LONG_AGO
    limit: int = BATCH
    held: Mapping[int, Held] = field(default_factory=dict)
    pull_at: float = _LONG_AGO
    pulled_last: bool = False
    online: bool = False
    trouble: str = ""
    feed_trouble: str = ""
    has_feed_failed: bool = False
    shown: Show = _OFFLINE
    shown_at: float = _LONG_AGO
    prune_at: float = _LONG_AGO


def step(state: State, event: Event) -> tuple[State, tuple[Action, ...]]:
    """Return what the engine knows after `event`, and what is to be done now, in order."""
    match event:
        case Woke():
            state, actions = _wake(state, event)
        case Urged():
            state, actions = replace(state, retry_at=event.at, pull_at=event.at), ()
        case Answered():
            state, actions = _answered(state, event)
        case Pulled():
            state, actions = _pulled(state, event)
        case Failed():
            state, actions = _failed(state, event)
    return _show(state, event.at, actions)


def next_wake(state: State) -> float:
    """Return when the engine wants to be woken, if nothing happens before."""
    wakes = [state.prune_at]
    if _wanted(state) != state.shown:
        wakes.append(state.shown_at + SHORTEST_SHOW)
    if state.request is not None:
        return min(wakes)
    if state.retry_at != _LONG_AGO:
        return min([*wakes, state.retry_at])
    return min([*wakes, state.pull_at, *(held.retry_at for held in state.held.values())])


def _wake(state: State, event: Woke) -> tuple[State, tuple[Action, ...]]:
    if event.at >= state.prune_at:
        return replace(state, prune_at=event.at + PRUNE_EVERY), (Prune(),)
    if state.request is not None or event.at < state.retry_at:
        return state, ()
    request = _choose(state, event)
    if request is None:
        return state, ()
    pulls = isinstance(request, Pull)
    return replace(state, request=request, pulled_last=pulls), (request,)


def _choose(state: State, event: Woke) -> Request | None:
    """Find out who the server is, then send and pull in turns."""
    if not state.is_sure:
        return Pull()
    seqs = _batch(state, event.queue) or _due_alone(state, event.at)
    send = Send(seqs) if seqs else None
    pull = Pull() if event.at >= state.pull_at else None
    return (send or pull) if state.pulled_last else (pull or send)


def _due_alone(state: State, at: float) -> tuple[int, ...]:
    due = [seq for seq, held in sorted(state.held.items()) if held.retry_at <= at]
    return tuple(due[:1])


def _batch(state: State, queue: Sequence[Queued]) -> tuple[int, ...]:
    """Return the oldest commands that fit into one message; one always does."""
    return tuple(_fitting([each for each in queue if each.seq not in state.held], state.limit))


def _fitting(queue: Sequence[Queued], limit: int) -> Iterator[int]:
    size = 0
    for number, queued in enumerate(queue[:limit]):
        size += queued.size
        if number and size > BATCH_BYTES:
            return
        yield queued.seq


def _answered(state: State, event: Answered) -> tuple[State, tuple[Action, ...]]:
    sent = state.request.seqs if isinstance(state.request, Send) else ()
    held = {seq: known for seq, known in state.held.items() if seq not in sent}
    limit = min(BATCH, state.limit * 2)
    return replace(_reached(state), held=held, limit=limit, stuck=0), (Settle(event.answers),)


def _pulled(state: State, event: Pulled) -> tuple[State, tuple[Action, ...]]:
    server = _identity(event.page)
    # A page that has come is not kept yet: the trouble is over when the next one comes.
    feed_trouble = state.feed_trouble if state.has_feed_failed else ""
    state = replace(_reached(state), is_sure=True)
    state = replace(state, feed_trouble=feed_trouble, has_feed_failed=False)
    if server != state.server:
        return replace(state, server=server, pull_at=event.at), (Fence(server),)
    if event.page.get("reset"):
        return replace(state, pull_at=event.at + FIRST_PAUSE), (Restart(),)
    pause = 0.0 if event.page.get("more") else PULL_EVERY
    return replace(state, pull_at=event.at + pause), (Keep(event.page),)


def _identity(page: Mapping[str, Any]) -> dict[str, Any]:
    return {part: page["server"][part] for part in ("system", "timeline", "epoch")}


def _reached(state: State) -> State:
    """The server has answered."""
    return replace(state, request=None, failures=0, retry_at=_LONG_AGO, online=True, trouble="")


def _failed(state: State, event: Failed) -> tuple[State, tuple[Action, ...]]:
    sent = state.request.seqs if isinstance(state.request, Send) else ()
    state = replace(state, request=None)
    match event.fault:
        case "poison":
            return _narrow(state, event, sent)
        case "busy":
            return _wait_for_busy(state, event, sent)
        case "line" | "barred":
            return _wait_for_line(state, event, sent)


def _pause(failures: int, dice: float) -> float:
    """Full jitter: after a cut, a whole company must not come back in one second."""
    longest = FIRST_PAUSE * float(1 << min(failures - 1, 10))
    return min(LONGEST_PAUSE, longest) * dice


def _narrow(state: State, event: Failed, sent: tuple[int, ...]) -> tuple[State, tuple[Action, ...]]:
    """Halve the batch, until the one command that poisons it stands alone."""
    state = replace(_reached(state), is_sure=True)
    if not sent:
        # It is the feed that fails; what is to be sent does not wait for it.
        state = replace(state, feed_trouble=event.reason, has_feed_failed=True)
        return replace(state, pull_at=event.at + PULL_EVERY), ()
    if len(sent) > 1:
        return replace(state, limit=len(sent) // 2), ()
    return _hold(state, event, sent[0])


def _wait_for_busy(
    state: State, event: Failed, sent: tuple[int, ...]
) -> tuple[State, tuple[Action, ...]]:
    """Ask a busy server for less, later; a command that keeps it busy goes aside."""
    state = replace(_reached(state), is_sure=True)
    if not sent:
        return replace(state, pull_at=event.at + PULL_EVERY), ()
    stuck = state.stuck + 1
    if len(sent) == 1 and (stuck >= _PATIENCE or sent[0] in state.held):
        return _hold(state, event, sent[0])
    again = event.at + _pause(stuck, event.dice)
    return replace(state, stuck=stuck, retry_at=again, limit=max(1, len(sent) // 2)), ()


def _wait_for_line(
    state: State, event: Failed, sent: tuple[int, ...]
) -> tuple[State, tuple[Action, ...]]:
    """Try less, later, and longer and longer later; a command that cuts the line goes aside."""
    failures, stuck = state.failures + 1, state.stuck + bool(sent)
    again = event.at + _pause(max(failures, stuck), event.dice)
    state = replace(state, failures=failures, stuck=stuck, retry_at=again)
    state = replace(state, online=False, is_sure=False, trouble=event.reason)
    if len(sent) == 1 and stuck >= _LONG_PATIENCE:
        return _hold(state, event, sent[0])
    return replace(state, limit=max(1, len(sent) // 2) if sent else state.limit), ()


def _hold(state: State, event: Failed, seq: int) -> tuple[State, tuple[Action, ...]]:
    tries = state.held[seq].tries + 1 if seq in state.held else 1
    held = {**state.held, seq: Held(tries, event.at + _pause(tries, event.dice))}
    state = replace(state, held=held, limit=BATCH, stuck=0)
    return state, (Hold(seq, event.reason),)


def _wanted(state: State) -> Show:
    return Show(online=state.online, trouble=state.trouble or state.feed_trouble)


def _show(state: State, at: float, actions: tuple[Action, ...]) -> tuple[State, tuple[Action, ...]]:
    """Let the chip follow, but not flicker."""
    wanted = _wanted(state)
    if wanted == state.shown or at < state.shown_at + SHORTEST_SHOW:
        return state, actions
    return replace(state, shown=wanted, shown_at=at), (*actions, wanted)
