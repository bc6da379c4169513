"""The engine, step by step, without a clock or a line."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.commands import Answer
from erp_desktop.workstation.outgoing import Queued
from erp_desktop.workstation.sync.core import BATCH, State, next_wake, step
from erp_desktop.workstation.sync.words import (
    Action,
    Answered,
    Event,
    Failed,
    Fault,
    Fence,
    Hold,
    Keep,
    Prune,
    Pull,
    Pulled,
    Restart,
    Send,
    Settle,
    Show,
    Urged,
    Woke,
)
from tests.workstation.deeds import page

SERVER = {"system": "7", "timeline": 1, "epoch": 1}
ONLINE = State(
    server=SERVER,
    is_sure=True,
    online=True,
    shown=Show(online=True, trouble=""),
    pull_at=1000.0,
    prune_at=10_000.0,
)


def queue(*seqs: int, size: int = 1000) -> tuple[Queued, ...]:
    return tuple(Queued(seq, size) for seq in seqs)


def run(state: State, *events: Event) -> tuple[State, list[Action]]:
    """Return the last state and all actions."""
    done: list[Action] = []
    for event in events:
        state, actions = step(state, event)
        done.extend(actions)
    return state, done


def sending(*seqs: int, **changes: Any) -> State:
    return replace(ONLINE, request=Send(seqs), **changes)


def answers(count: int) -> Sequence[Answer]:
    return [Answer(UUID(int=number), "applied", {}) for number in range(count)]


def test_first_it_asks_who_the_server_is() -> None:
    state, actions = run(replace(State(), prune_at=9.0), Woke(0.0, queue(1)))
    assert actions == [Pull()]

    state, actions = run(state, Pulled(1.0, page()))
    assert actions == [Fence(SERVER), Show(online=True, trouble="")]

    _state, actions = run(state, Woke(1.0, queue(1)))
    assert actions == [Send((1,))]


def test_a_new_command_goes_out_at_once() -> None:
    _state, actions = run(ONLINE, Woke(1.0, queue(7)))

    assert actions == [Send((7,))]


def test_nothing_goes_out_while_a_request_is_on_its_way() -> None:
    _state, actions = run(ONLINE, Woke(1.0, queue(7)), Woke(1.1, queue(7, 8)))

    assert actions == [Send((7,))]


@pytest.mark.parametrize(
    ("waiting", "sent"),
    [
        (queue(*range(1, 101)), tuple(range(1, BATCH + 1))),
        (queue(1, 2, 3, size=400_000), (1, 2)),
        (queue(1, 2, size=5_000_000), (1,)),
    ],
)
def test_a_batch_has_at_most_50_commands_and_a_megabyte(
    waiting: Sequence[Queued], sent: tuple[int, ...]
) -> None:
    _state, actions = run(ONLINE, Woke(1.0, waiting))

    assert actions == [Send(sent)]


def test_sending_and_pulling_take_turns() -> None:
    state, sent = run(replace(ONLINE, pull_at=0.0, pulled_last=True), Woke(1.0, queue(1, 2)))
    state, settled = run(state, Answered(1.1, answers(1)))
    state, pulled = run(state, Woke(1.1, queue(2)))
    state, kept = run(state, Pulled(1.2, page(more=True)))
    _state, again = run(state, Woke(1.2, queue(2)))

    assert [sent, pulled, again] == [[Send((1, 2))], [Pull()], [Send((2,))]]
    assert [settled, kept] == [[Settle(answers(1))], [Keep(page(more=True))]]


def test_the_feed_is_asked_every_five_seconds() -> None:
    state, _kept = run(replace(ONLINE, request=Pull()), Pulled(10.0, page()))

    assert next_wake(state) == 15.0
    assert run(state, Woke(14.9))[1] == []
    assert run(state, Woke(15.0))[1] == [Pull()]


def test_a_long_feed_is_read_without_a_pause() -> None:
    state, _kept = run(replace(ONLINE, request=Pull()), Pulled(10.0, page(more=True)))

    assert run(state, Woke(10.0))[1] == [Pull()]


def test_a_lost_request_goes_out_again_with_the_same_commands() -> None:
    state, _lost = run(sending(1), Failed(10.0, 0.5, "line"))
    state, probe = run(state, Woke(next_wake(state), queue(1)))
    state, _kept = run(state, Pulled(11.0, page()))
    _state, again = run(state, Woke(11.0, queue(1, 2)))

    assert probe == [Pull()]
    assert again == [Send((1,))]


def test_pauses_double_up_to_a_minute_with_full_jitter() -> None:
    state, pauses = ONLINE, []
    for _failure in range(9):
        state, _actions = run(replace(state, request=Pull()), Failed(100.0, 1.0, "line"))
        pauses.append(state.retry_at - 100.0)

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    state, _actions = run(replace(state, request=Pull()), Failed(100.0, 0.25, "line"))
    assert state.retry_at - 100.0 == 15.0


def test_the_user_need_not_wait_for_the_next_try() -> None:
    state, _lost = run(sending(1), Failed(10.0, 1.0, "line"))

    _state, actions = run(state, Urged(10.1), Woke(10.1, queue(1)))

    assert actions == [Pull()]


def test_the_chip_does_not_flicker() -> None:
    state, shows = ONLINE, []
    for tenth in range(200):
        at = 10.0 + tenth / 10
        event = Failed(at, 0.0, "line") if tenth % 2 else Pulled(at, page())
        state, actions = run(replace(state, request=Pull()), event)
        shows += [at for action in actions if isinstance(action, Show)]

    assert len(shows) >= 2
    assert all(later - sooner >= 5.0 for sooner, later in pairwise(shows))


def test_the_chip_tells_the_truth_in_the_end() -> None:
    state, cut = run(sending(1, shown_at=8.0), Failed(10.0, 1.0, "line"))
    assert cut == []

    _state, later = run(state, Woke(next_wake(state)), Woke(13.0))

    assert Show(online=False, trouble="") in later


def test_another_server_is_fenced_before_anything_is_kept() -> None:
    restored = page({"catalog.products": []}, epoch=2)

    state, actions = run(replace(ONLINE, request=Pull()), Pulled(10.0, restored))

    assert actions == [Fence({**SERVER, "epoch": 2})]
    assert run(state, Woke(10.0))[1] == [Pull()]


def test_a_feed_that_forgot_us_is_read_anew_without_haste() -> None:
    state, actions = run(replace(ONLINE, request=Pull()), Pulled(10.0, page(reset=True)))

    assert actions == [Restart()]
    assert next_wake(state) == 11.0


def deliver(state: State, waiting: set[int], poisoned: set[int]) -> tuple[State, list[Action]]:
    """Let a server that chokes on some commands take what it can."""
    done: list[Action] = []
    for _turn in range(100):
        state, actions = run(state, Woke(1.0, queue(*sorted(waiting - state.held.keys()))))
        if not actions:
            return state, done
        (sent,) = (action for action in actions if isinstance(action, Send))
        chokes = poisoned & set(sent.seqs)
        waiting -= set() if chokes else set(sent.seqs)
        event = Failed(1.0, 1.0, "poison", "no") if chokes else Answered(1.0, [])
        state, actions = run(state, event)
        done += [action for action in actions if isinstance(action, Hold)]
    raise AssertionError(waiting)


def test_poisoned_commands_are_found_and_the_others_go_on() -> None:
    waiting = set(range(1, 101))

    state, held = deliver(ONLINE, waiting, poisoned={1, 37, 38, 100})

    assert waiting == {1, 37, 38, 100}
    assert held == [Hold(seq, "no") for seq in (1, 37, 38, 100)]
    assert next_wake(state) == 2.0


def test_a_poisoned_command_is_tried_again_alone_and_ever_more_rarely() -> None:
    waiting = {1, 2}
    state, _held = deliver(ONLINE, waiting, poisoned={1})
    pauses = []
    for _try in range(8):
        at = next_wake(state)
        state, actions = run(state, Woke(at))
        assert actions == [Send((1,))]
        state, _actions = run(state, Failed(at, 1.0, "poison", "no"))
        pauses.append(next_wake(state) - at)
    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]

    at = next_wake(state)
    state, _actions = run(state, Woke(at), Answered(at, answers(1)))
    assert state.held == {}


PATIENCE: dict[Fault, int] = {"busy": 5, "line": 10}


@pytest.mark.parametrize("fault", PATIENCE)
def test_one_command_that_keeps_failing_does_not_hold_up_the_others_for_ever(
    fault: Fault,
) -> None:
    state, tries = replace(ONLINE, pull_at=0.0), 0
    while not state.held:
        state, _actions = run(state, Woke(1e6, queue(1, 2)))
        if isinstance(state.request, Pull):
            event: Event = Pulled(0.0, page())
        else:
            event = Failed(0.0, 0.0, fault, "why")
            tries += 1
        state, _actions = run(state, event)

    assert list(state.held) == [1]
    assert tries <= PATIENCE[fault] + 1


def test_a_busy_server_is_online_and_asked_for_less() -> None:
    state, actions = run(sending(*range(1, 41)), Failed(10.0, 1.0, "busy"))

    assert actions == []
    assert (state.online, state.limit, state.retry_at) == (True, 20, 11.0)


def test_a_server_that_takes_nothing_is_trouble_to_be_shown() -> None:
    state, actions = run(sending(1), Failed(10.0, 1.0, "barred", "Call the administrator."))

    assert actions == [Show(online=False, trouble="Call the administrator.")]
    assert state.held == {}


@pytest.mark.parametrize("fault", ["poison", "busy"])
def test_a_feed_that_fails_does_not_stop_the_sales(fault: Fault) -> None:
    state, _actions = run(
        replace(ONLINE, request=Pull(), is_sure=False), Failed(10.0, 1.0, fault, "feed")
    )

    assert run(state, Woke(10.0, queue(1)))[1] == [Send((1,))]
    assert state.pull_at == 15.0


def test_old_rows_are_forgotten_once_an_hour() -> None:
    state, actions = run(replace(ONLINE, prune_at=5.0), Woke(5.0))

    assert actions == [Prune()]
    assert state.prune_at == 3605.0
