"""The door to everything that takes time: on a real PostgreSQL, and the window never waits."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from erp_desktop.core.context import Context
from erp_desktop.core.errors import CancelledError, InvalidValueError, UserError
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.work import Progress, Work
from tests.houses import SignIn

LONGEST_STALL_MS = 50


def as_core(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a test's function run as the house itself."""
    function.__module__ = "erp_desktop.core.tests"
    return function


@as_core
def sleep(ctx: Context, seconds: float) -> int:
    """Ask PostgreSQL to sleep, then who is asking."""
    ctx.connection.execute(text("select pg_sleep(:seconds)"), {"seconds": seconds})
    return threading.get_ident()


@as_core
def try_to_write(ctx: Context) -> None:
    """Write where only reading is allowed."""
    ctx.connection.execute(text("create temporary table scratch (id integer)"))


@as_core
def count_slowly(ctx: Context, *, steps: int, progress: Callable[[int, int, str], None]) -> int:
    """Long work that says how far it is."""
    for number in range(steps):
        ctx.connection.execute(text("select pg_sleep(0.02)"))
        progress(number + 1, steps, f"Step {number + 1}")
    return steps


@pytest.fixture
def backend(signed_in: SignIn) -> Iterator[Backend]:
    session = signed_in("amina")
    threads = ThreadPoolExecutor(3)
    made = Backend(session.database, session.user, threads)
    yield made
    made.close()
    threads.shutdown()


def wait_for(qtbot: QtBot, loop: Any, coroutine: Any) -> Any:
    """Turn Qt's loop until a coroutine has ended, and return or raise what it did."""
    task = loop.create_task(coroutine)
    qtbot.waitUntil(task.done, timeout=10_000)
    return task.result()


class Watchdog(QTimer):
    """Measures the longest time in which the window could not have reacted."""

    def __init__(self) -> None:
        super().__init__(interval=5)
        self.longest = 0.0
        self._last = time.perf_counter()
        self.timeout.connect(self._on_timeout)

    def watch(self) -> None:
        """Begin."""
        self.longest, self._last = 0.0, time.perf_counter()
        self.start()

    def _on_timeout(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def test_the_window_never_waits_while_a_query_sleeps(
    backend: Backend, qtbot: QtBot, loop: Any
) -> None:
    wait_for(qtbot, loop, backend.ask(sleep, 0))  # sign-in has connected already
    watchdog = Watchdog()
    watchdog.watch()
    before = time.perf_counter()

    wait_for(qtbot, loop, backend.ask(sleep, 0.5))

    watchdog.stop()
    assert time.perf_counter() - before >= 0.5
    assert watchdog.longest * 1000 < LONGEST_STALL_MS


def test_a_question_cannot_write(backend: Backend, qtbot: QtBot, loop: Any) -> None:
    with pytest.raises(DBAPIError, match="read-only"):
        wait_for(qtbot, loop, backend.ask(try_to_write))


def test_a_question_nobody_waits_for_is_cancelled_on_the_server(
    backend: Backend, qtbot: QtBot, loop: Any
) -> None:
    task = loop.create_task(backend.ask(sleep, 30))
    qtbot.wait(300)
    started = time.perf_counter()

    task.cancel()
    qtbot.waitUntil(lambda: not backend.database._running, timeout=5000)

    assert time.perf_counter() - started < 5
    with pytest.raises(asyncio.CancelledError):
        task.result()


def test_the_same_connection_serves_after_a_cancel(
    backend: Backend, qtbot: QtBot, loop: Any
) -> None:
    task = loop.create_task(backend.ask(sleep, 30))
    qtbot.wait(200)
    task.cancel()
    qtbot.waitUntil(lambda: not backend.database._running)

    for _time in range(5):
        wait_for(qtbot, loop, backend.ask(sleep, 0))


def test_long_work_says_how_far_it_is(backend: Backend, qtbot: QtBot, loop: Any) -> None:
    told: list[Progress] = []

    done = wait_for(qtbot, loop, backend.run(Work(told.append), count_slowly, steps=10))

    assert done == 10
    assert told[-1].done == 10
    assert told[-1].doing == "Step 10"
    assert all(each.total == 10 for each in told)


def test_long_work_is_cancelled_in_the_middle_of_a_query(
    backend: Backend, qtbot: QtBot, loop: Any
) -> None:
    work = Work()
    task = loop.create_task(backend.run(work, sleep, 30))
    qtbot.wait(300)

    work.cancel()

    qtbot.waitUntil(task.done, timeout=5000)
    with pytest.raises(CancelledError):
        task.result()


def test_long_work_is_cancelled_between_two_queries(
    backend: Backend, qtbot: QtBot, loop: Any
) -> None:
    work = Work()
    task = loop.create_task(backend.run(work, count_slowly, steps=1000))
    qtbot.wait(200)

    backend.cancel(work)

    qtbot.waitUntil(task.done, timeout=5000)
    with pytest.raises(CancelledError):
        task.result()


def test_the_store_has_one_thread_of_its_own(backend: Backend, qtbot: QtBot, loop: Any) -> None:
    backend.workstation = object()

    async def several() -> list[tuple[Any, int]]:
        look = [backend.local(lambda desk: (desk, threading.get_ident())) for _n in range(8)]
        return list(await asyncio.gather(*look))

    found = wait_for(qtbot, loop, several())

    assert {desk for desk, _thread in found} == {backend.workstation}
    assert len({thread for _desk, thread in found}) == 1
    assert found[0][1] != threading.get_ident()


def test_what_a_service_refuses_reaches_whoever_awaits(
    backend: Backend, qtbot: QtBot, loop: Any
) -> None:
    @as_core
    def refuse(_ctx: Context) -> None:
        raise InvalidValueError(field="price", cure="")

    with pytest.raises(InvalidValueError):
        wait_for(qtbot, loop, backend.do(refuse))


def test_a_deed_is_committed_whole(backend: Backend, qtbot: QtBot, loop: Any) -> None:
    @as_core
    def add(ctx: Context, number: Decimal) -> Any:
        return ctx.connection.execute(
            text("select cast(:n as numeric) + 1"), {"n": number}
        ).scalar()

    assert wait_for(qtbot, loop, backend.do(add, Decimal("1.10"))) == Decimal("2.10")


def test_an_unknown_command_is_refused_in_words(backend: Backend, qtbot: QtBot, loop: Any) -> None:
    with pytest.raises(UserError):
        wait_for(qtbot, loop, backend.execute("till.nothing_v1", {}))
