"""Hands and eyes for the guided day: they press real keys in real widgets and take pictures."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from erp_desktop.ui.page import Page

_WINDOW = (1440, 860)
_BREATH, _KEY, _LOOK = 0.05, 0.06, 0.12


class NotSeenError(Exception):
    """Something that the day waits for did not happen in time."""


class Hands:
    """Types, presses, waits, and takes numbered pictures."""

    def __init__(
        self, output: Path, say: Callable[[str], None], *, takes_pictures: bool = True
    ) -> None:
        """Put pictures into `output` and tell `say` what is done."""
        self.output = output
        self._takes_pictures = takes_pictures
        self._say = say
        self._pictures = 0

    async def until(self, seen: Callable[[], Any], what: str, *, seconds: float = 30) -> Any:
        """Wait until `seen()` is true and return what it returned.

        Raises:
            NotSeenError: It took too long.
        """
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            found = seen()
            if found:
                return found
            await asyncio.sleep(_BREATH)
        raise NotSeenError(what)

    async def type(self, field: QWidget, text: str, *, enter: bool = False) -> None:
        """Type into a field, replacing what it holds."""
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        for letter in text:
            _strike(field, letter)
        if enter:
            QTest.keyClick(field, Qt.Key.Key_Return)
        await asyncio.sleep(_BREATH)

    async def write(self, text: str, *pressed: Qt.Key) -> None:
        """Type where the focus is, as slowly as a person does: a scanner is quicker."""
        each: Any
        for each in (*text, *pressed):
            focus = await self.until(QApplication.focusWidget, "a field to type into")
            QTest.keyClick(focus, each)
            await asyncio.sleep(_KEY)

    async def press(self, widget: QWidget, key: Qt.Key, control: bool = False) -> None:  # noqa: FBT001, FBT002 - Ctrl is held or not
        """Press a key in a widget."""
        held = Qt.KeyboardModifier
        QTest.keyClick(widget, key, held.ControlModifier if control else held.NoModifier)
        await asyncio.sleep(_BREATH)

    async def click(self, widget: QWidget) -> None:
        """Click with the left button."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        await asyncio.sleep(_BREATH)

    @staticmethod
    async def pause() -> None:
        """Let the program go on for a moment."""
        await asyncio.sleep(_BREATH)

    async def advance(self, page: QWidget) -> None:
        """Click a page's primary button and wait until it says something else."""
        primary = await self.ready(page)
        words = primary.text()
        await self.click(primary)
        await self.until(lambda: primary.text() != words, f"after {words}")

    async def ready(self, page: QWidget) -> QPushButton:
        """Wait until a page's primary button can be pressed."""
        button: QPushButton = await self.until(lambda: _primary_of(page), "a primary button")
        return button

    async def picture(self, window: QWidget, name: str, *, settle: float = 1.5) -> None:
        """Let the window settle, and keep what it shows under the next number."""
        if not self._takes_pictures:
            await asyncio.sleep(_BREATH)
            QApplication.processEvents()
            return
        await self._settle(window, settle)
        self._pictures += 1
        path = self.output / f"{self._pictures:02d}-{name}.png"
        window.grab().save(str(path))
        self._say(f"  picture {path.name}")

    async def _settle(self, window: QWidget, most: float) -> None:
        """Wait until nothing is on its way in a window and it looks as it did a moment ago."""
        ends, before = time.monotonic() + most, None
        while time.monotonic() < ends:
            await asyncio.sleep(_LOOK)
            QApplication.processEvents()
            seen = window.grab().toImage()
            if seen == before and not any(p.is_at_work for p in window.findChildren(Page)):
                return
            before = seen

    @staticmethod
    def size(window: QWidget) -> None:
        """Give a window the size of the pictures."""
        window.resize(*_WINDOW)


def _strike(field: QWidget, letter: str) -> None:
    """Press the key of a letter; the test library has only those of ASCII."""
    if letter.isascii():
        QTest.keyClicks(field, letter)
        return
    none = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, 0, none, letter))


def _primary_of(page: QWidget) -> QPushButton | None:
    """Return the one button of a page that its user presses next, once it can be pressed."""
    buttons = page.findChildren(QPushButton)
    ready = (b for b in buttons if b.isVisible() and b.isEnabled())
    return next((b for b in ready if b.property("kind") == "primary"), None)
