"""Salim's desk: he may match, write off and set the tolerance; the books are real."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.plugins.finding import find_modules
from tests.accounting.matching.matchbook import MatchBook, matchbook
from tests.houses import House, SignIn
from tests.sales.widgets.desks import CountingBackend, Desk


@pytest.fixture
def book(house: House) -> Iterator[MatchBook]:
    """Salim's books."""
    with matchbook(house) as opened:
        yield opened


@pytest.fixture
def salim(qtbot: QtBot, desk: Any, signed_in: SignIn) -> Iterator[Desk]:
    """His desk."""
    del desk
    find_modules().prepare()
    threads = ThreadPoolExecutor(3)
    backend = CountingBackend(signed_in("salim"), threads)
    yield Desk(qtbot, backend)
    backend.close()
    threads.shutdown()
