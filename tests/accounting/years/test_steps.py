"""A closing goes in steps: it says how far it is, can be stopped, and is whole or not at all."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from erp_desktop.core.context import Context
from erp_desktop.core.errors import CancelledError
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.work import Work
from modules.accounting import selectors
from modules.accounting.period_errors import YearHalfClosedError
from modules.accounting.years import close_year
from tests.accounting.books import Books, code_of, draft, invariants
from tests.houses import ALGIERS, YEAR, Ask, House, SignIn

pytestmark = pytest.mark.database
LABELS = {"result": "Résultat", "closing": "Clôture", "opening": "À-nouveaux"}


def of_the_closing(house: House) -> tuple[Any, ...]:
    """Return how many entries, years, periods and series a closing left."""
    with house.connect() as connection:
        found: tuple[Any, ...] = connection.execute(
            "select (select count(*) from accounting.entries where journal in ('CL', 'AN')),"
            " (select count(*) from accounting.years),"
            " (select count(*) from accounting.periods where kind <> 'month'),"
            " (select count(*) from accounting.series where journal in ('CL', 'AN'))"
        ).fetchone()
        return found


def test_a_closing_says_how_far_it_is(books: Books, ask: Ask) -> None:
    told: list[tuple[int, int, str]] = []

    ask(close_year, YEAR, LABELS, progress=lambda *step: told.append(step))

    assert told == [
        (0, 3, "Closing ALG…"),
        (1, 3, "Closing ORN…"),
        (2, 3, "Checking what is left…"),
        (3, 3, ""),
    ]
    assert of_the_closing(books.house) == (6, 1, 2, 4)


@pytest.mark.parametrize("last", [0, 1, 2, 3])
def test_a_closing_that_is_cancelled_leaves_nothing(books: Books, ask: Ask, last: int) -> None:
    def stop(done: int, _total: int, _doing: str) -> None:
        if done == last:
            raise CancelledError

    with pytest.raises(CancelledError):
        ask(close_year, YEAR, LABELS, progress=stop)

    assert of_the_closing(books.house) == (0, 0, 0, 0)
    assert code_of(books.post(draft(on=date(YEAR, 12, 20)))) == ""
    ask(close_year, YEAR, LABELS)
    standing_now = of_the_closing(books.house)
    with pytest.raises(CancelledError):
        ask(close_year, YEAR, LABELS, progress=stop)
    assert of_the_closing(books.house) == standing_now
    assert ask(selectors.get_year, YEAR).runs == 1
    invariants(books.house)


def until_somebody_waits(house: House) -> None:
    """Return once a session waits for a lock."""
    while not house.value("select count(*) from pg_locks where not granted"):
        time.sleep(0.02)


def test_a_closing_is_cancelled_while_it_waits_for_the_ledger(
    books: Books, signed_in: SignIn
) -> None:
    session = signed_in("salim")

    async def cancel_while_it_waits(backend: Backend) -> None:
        work = Work()
        closing = asyncio.create_task(backend.run(work, close_year, YEAR, LABELS))
        await asyncio.to_thread(until_somebody_waits, books.house)
        work.cancel()
        with pytest.raises(CancelledError):
            await closing

    with books.house.connect() as selling, ThreadPoolExecutor(1) as threads, selling.transaction():
        selling.execute("lock table accounting.entries in row exclusive mode")
        asyncio.run(cancel_while_it_waits(Backend(session.database, session.user, threads)))

    assert of_the_closing(books.house) == (0, 0, 0, 0)


def begin_only(ctx: Context) -> None:
    ctx.call("accounting.begin_closing_v1", YEAR)


def one_branch_only(ctx: Context) -> None:
    begin_only(ctx)
    ctx.call("accounting.close_branch_v1", YEAR, ALGIERS.id, LABELS)
    ctx.call("accounting.end_closing_v1", YEAR)


def a_branch_without_beginning(ctx: Context) -> None:
    ctx.call("accounting.close_branch_v1", YEAR, ALGIERS.id, LABELS)


def an_end_without_beginning(ctx: Context) -> None:
    ctx.call("accounting.end_closing_v1", YEAR)


@pytest.mark.parametrize(
    "deed", [begin_only, one_branch_only, a_branch_without_beginning, an_end_without_beginning]
)
def test_nobody_commits_half_a_closing(books: Books, ask: Ask, deed: Callable[..., Any]) -> None:
    deed.__module__ = "modules.accounting.years"

    with pytest.raises(YearHalfClosedError):
        ask(deed)

    assert of_the_closing(books.house) == (0, 0, 0, 0)
