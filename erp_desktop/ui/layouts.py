"""Shortcuts under every keyboard layout: where a key types Arabic, its position counts."""

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from erp_desktop.ui import keys
from erp_desktop.ui.scan_codes import latin_at

_LAST_LATIN = 0xFF
_FIRST_NAMED = 0x01000000
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class LatinKeys(QObject):
    """Does what Ctrl or Alt with a US letter would do, when the layout has no Latin letters."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def start(self) -> None:
        """Watch the keys of the whole program."""
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def stop(self) -> None:
        """Watch no more."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            sequence = meant(event)
            if sequence is not None and self._window.isActiveWindow():
                return keys.press(sequence)
        return False


def meant(event: QKeyEvent) -> QKeySequence | None:
    """Return the Latin shortcut that an Arabic key with Ctrl or Alt means, if it means one."""
    is_foreign = _LAST_LATIN < event.key() < _FIRST_NAMED
    if not is_foreign or not event.modifiers() & _COMMANDS:
        return None
    letter = latin_at(event.nativeScanCode())
    if not letter:
        return None
    return QKeySequence(QKeyCombination(event.modifiers(), Qt.Key(ord(letter))))
