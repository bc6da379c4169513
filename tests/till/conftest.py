"""A till with goods on its shelf; windows without a display."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends.fail import Keyring
from PySide6.QtWidgets import QApplication

from erp_desktop.ui import keys, language, memory, theme
from erp_desktop.workstation.workstation import Workstation
from modules.till.paper import choose_folder
from tests.fakes import qt_loop
from tests.till.shops import open_till, two_shelves


@pytest.fixture(autouse=True, scope="session")
def _no_keyring() -> Iterator[None]:
    """Tests never touch the keyring of whoever runs them."""
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Workstation]:
    """A till in Algiers whose replica was filled once; nothing answers at head office."""
    with open_till(tmp_path / "till", two_shelves) as opened:
        choose_folder(opened, tmp_path / "paper")
        yield opened


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[Any]:
    """Qt's event loop as asyncio's; a plain look and an empty memory before and after."""
    _reset(qapp)
    with qt_loop(qapp) as running:
        yield running
    _reset(qapp)


def _reset(application: QApplication) -> None:
    if not application.styleSheet():
        theme.start(application, theme.Look("light"))
    memory.use(memory.Memory())
    keys.use({})
    language.use("en")
