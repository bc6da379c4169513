"""Pages without a display: a loop that asyncio and Qt share, English, an empty memory."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from erp_desktop.ui import language, memory, theme
from tests.fakes import qt_loop


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Any]:
    """A desk at which pages can be opened."""
    if not qapp.styleSheet():
        theme.start(qapp, theme.Look("light"))
    memory.use(memory.Memory())
    language.use("en")
    with qt_loop(qapp) as running:
        yield running
        language.use("en")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let Qt's offscreen platform say what it cannot do; every other warning fails the test."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
