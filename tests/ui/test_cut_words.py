"""No word is cut: in three languages, on a small screen, at both row heights."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from erp_desktop.ui import language, theme
from erp_desktop.ui.main_window import Shell
from erp_desktop.ui.notices import MessageBar
from tests.ui.shells import front

pytestmark = pytest.mark.usefixtures("loop")

# 1366x768, and what is left of it at 125 %.
SMALL, SMALLER = QSize(1366, 768), QSize(1093, 614)


def cut_words(window: QWidget) -> Iterator[str]:
    """Return the words of a window that have less room than they need."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and (words := words_of(widget)):
            needed = widget.sizeHint().width()
            if widget.width() < needed and not gives_way(widget):
                yield f"{type(widget).__name__} {words!r}: {widget.width()} of {needed}"


def words_of(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and not widget.wordWrap():
        return widget.text()
    if isinstance(widget, QPushButton | QCheckBox):
        return widget.text()
    if isinstance(widget, QToolButton):
        shows_words = widget.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly
        return widget.text() if shows_words and isinstance(widget, QAbstractButton) else ""
    return ""


def gives_way(widget: QWidget) -> bool:
    """Whether a widget is meant to be shortened first: summaries, the open page's name."""
    return widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored


@pytest.mark.parametrize("size", [SMALL, SMALLER], ids=["100 %", "125 %"])
@pytest.mark.parametrize("density", theme.DENSITIES)
@pytest.mark.parametrize("code", language.NAMES)
def test_no_word_is_cut(shell: Shell, qtbot: QtBot, code: str, density: str, size: QSize) -> None:
    shell.prefer("language", code)
    shell.prefer("density", density)
    shell.resize(size)
    pages = ("sample.orders", "sample.form", "sample.counter")
    for name in (*pages, "core.sync", "core.printers", "core.modules"):
        shell.open_page(name)
        # Counts come to their chips a moment later, and each chip then takes its room.
        qtbot.waitUntil(lambda: not list(cut_words(shell)))
        assert shell.size() == size, f"{name} does not fit"


def test_the_longest_message_wraps_instead_of_being_cut(shell: Shell, qtbot: QtBot) -> None:
    shell.resize(SMALLER)
    front(shell).say("A long sentence that goes on. " * 12, "bad", details="x")
    qtbot.wait(20)

    bar = front(shell).findChild(MessageBar)
    assert isinstance(bar, MessageBar)
    assert bar.height() > 40
    assert shell.size() == SMALLER
