"""A door to a real PostgreSQL for the catalog's pages, and a desk to open them at."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

import pytest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from erp_desktop.ui.backend import Backend
from modules.catalog import errors
from tests.houses import SignIn

# The shell loads the refusals of a module with its manifest.
REFUSALS = errors.__name__
Open: TypeAlias = Callable[[Any], Any]


class CountingBackend(Backend):
    """The real door; it notes every round trip.

    Attributes:
        trips: The selectors and services that were asked, in order.
    """

    trips: list[str]

    @override
    async def _run(self, work: Any, function: Any, body: Any, *, reads: bool) -> Any:
        self.trips.append(function.__name__)
        return await super()._run(work, function, body, reads=reads)


@pytest.fixture
def door(signed_in: SignIn) -> Iterator[Callable[[str], CountingBackend]]:
    """Open the door for somebody: `door("nadia")`."""
    threads = ThreadPoolExecutor(3)
    made: list[CountingBackend] = []

    def enter(login: str) -> CountingBackend:
        session = signed_in(login)
        backend = CountingBackend(session.database, session.user, threads)
        backend.trips = []
        made.append(backend)
        return backend

    yield enter
    for backend in made:
        backend.close()
    threads.shutdown()


@pytest.fixture
def backend(door: Callable[[str], CountingBackend]) -> CountingBackend:
    """The door of the branch manager, who may do everything in the catalog."""
    return door("nadia")


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    """Show a page as the window would."""

    def show(page: Any) -> Any:
        qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
        page.resize(1140, 900)
        page.show()
        qtbot.waitExposed(page)
        return page

    return show
