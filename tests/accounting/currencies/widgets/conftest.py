"""Salim's desk over books in euros."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.plugins.finding import find_modules
from tests.accounting.currencies.exchange import Exchange, exchange
from tests.houses import House, SignIn
from tests.sales.widgets.desks import CountingBackend, Desk


@pytest.fixture
def books(house: House) -> Iterator[Exchange]:
    """Salim's books."""
    with exchange(house) as opened:
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
