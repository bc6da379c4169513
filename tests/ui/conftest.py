"""Windows without a display: a loop that asyncio and Qt share, and nothing left behind."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erp_desktop.settings import ServerProfile, Settings
from erp_desktop.ui import keys, language, memory, theme
from erp_desktop.ui.main_window import Shell
from tests.fakes import qt_loop
from tests.ui.shells import give_up, make_shell


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[Any]:
    """Qt's event loop as asyncio's."""
    with qt_loop(qapp) as running:
        yield running


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> Iterator[None]:
    """English, light, comfortable, default keys, an empty memory: before and after each test."""
    _reset(qapp)
    yield
    _reset(qapp)


def _reset(application: QApplication) -> None:
    if not application.styleSheet():
        theme.start(application, theme.Look("light"))
    memory.use(memory.Memory())
    keys.use({})
    if theme.look() != theme.Look("light"):
        theme.use(theme.Look("light"))
    language.use("en")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a workstation with one server, in folders of its own."""
    return Settings(
        tmp_path / "config",
        tmp_path / "data",
        profiles=(ServerProfile("Head office", "localhost"),),
        language="en",
        theme="light",
    )


@pytest.fixture
def shell(qtbot: QtBot, loop: Any, settings: Settings) -> Shell:
    """A window with sample pages, shown to an accountant."""
    assert loop.is_running()
    made = make_shell(settings)
    qtbot.addWidget(made, before_close_func=give_up)
    made.show()
    return made
