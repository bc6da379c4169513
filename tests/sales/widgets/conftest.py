"""Nadia's desk in Algiers: she may post, settle and approve; and whoever else signs in."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.documents.outlets import Outlet, choose_outlet
from erp_desktop.plugins.finding import find_modules
from erp_desktop.workstation.workstation import Workstation
from tests.houses import House, SignIn
from tests.sales.widgets.desks import CountingBackend, Desk, limit
from tests.till.shops import open_till

SitDown = Callable[[str], Desk]


@pytest.fixture
def sit_down(qtbot: QtBot, desk: Any, house: House, signed_in: SignIn) -> Iterator[SitDown]:
    """Sit a user down at a desk: `sit_down("nadia")`."""
    del desk
    # As the program does: refusals of every module have their sentences.
    find_modules().prepare()
    limit(house, "nadia", "sales.discount", "20")
    opened: list[tuple[CountingBackend, ThreadPoolExecutor]] = []

    def sit(login: str) -> Desk:
        threads = ThreadPoolExecutor(3)
        backend = CountingBackend(signed_in(login), threads)
        opened.append((backend, threads))
        return Desk(qtbot, backend)

    yield sit
    for backend, threads in opened:
        backend.close()
        threads.shutdown()


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Workstation]:
    """A workstation without a line, whose papers come out as PDF files."""
    with open_till(tmp_path / "till", lambda _shelf: None) as opened:
        choose_outlet(opened, "a4", Outlet("folder", str(tmp_path / "a4")))
        choose_outlet(opened, "receipt", Outlet("folder", str(tmp_path / "receipts")))
        yield opened


@pytest.fixture
def nadia(sit_down: SitDown) -> Desk:
    """The manager's desk."""
    return sit_down("nadia")
