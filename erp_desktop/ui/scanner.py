"""One router for every scan: fast bursts of keys ending in Enter or Tab, wherever the focus is.

Keys are held back for 35 ms: a person's key is then typed as it was meant, a scanner's is part of
a burst that no field ever sees.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from typing_extensions import override

from erp_desktop.ui.scan_codes import Stroke, decode

FASTEST_TYPIST_MS = 35
_SHORTEST = 4
_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_SILENT = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_AltGr})
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)

Handler = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Held:
    """A key that may be a person's or a scanner's."""

    target: QObject
    event: QKeyEvent
    stroke: Stroke
    at: int


class ScanRouter(QObject):
    """Watches every key of the program.

    Routes are asked by prefix first, then `fallback` (the page in front); whoever returns True has
    taken the scan. If nobody does, the code is typed into the field that has the focus.

    Signals:
        scanned: Every scan, whoever takes it.
    """

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fallback: Handler | None = None
        self._routes: list[tuple[str, Handler]] = []
        self._held: list[_Held] = []
        self._is_replaying = False
        self._timer = QTimer(self, singleShot=True, interval=FASTEST_TYPIST_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.release)

    def start(self) -> None:
        """Watch the keys of the whole program."""
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def stop(self) -> None:
        """Watch no more."""
        self.release()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def route(self, prefix: str, handler: Handler) -> None:
        """Send codes that begin with `prefix` to `handler`: tickets, badges, lots."""
        self._routes.append((prefix, handler))
        self._routes.sort(key=lambda each: -len(each[0]))

    def release(self) -> None:
        """Type what was held back: it was a person."""
        held, self._held = self._held, []
        self._timer.stop()
        self._is_replaying = True
        try:
            for each in held:
                if shiboken6.isValid(each.target):
                    QCoreApplication.sendEvent(each.target, each.event)
        finally:
            self._is_replaying = False

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self._is_replaying:
            return self._on_key(watched, event)
        if kind in {QEvent.Type.MouseButtonPress, QEvent.Type.FocusAboutToChange} and self._held:
            self.release()
        return False

    def _on_key(self, target: QObject, event: QKeyEvent) -> bool:
        if event.key() in _SILENT:
            return False
        now = _moment(event)
        if self._held and now - self._held[-1].at >= FASTEST_TYPIST_MS:
            self.release()
        if event.key() in _ENDS:
            return self._on_end()
        text = event.text()
        is_letter = bool(text) and text.isprintable() and not event.modifiers() & _COMMANDS
        if not is_letter or event.isAutoRepeat():
            self.release()
            return False
        self._hold(target, event, text)
        return True

    def _hold(self, target: QObject, event: QKeyEvent, text: str) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        stroke = Stroke(text, event.nativeScanCode(), shift)
        self._held.append(_Held(target, _copy(event), stroke, _moment(event)))
        self._timer.start()

    def _on_end(self) -> bool:
        if len(self._held) < _SHORTEST:
            self.release()
            return False
        strokes = [each.stroke for each in self._held]
        self._held = []
        self._timer.stop()
        self.deliver(decode(strokes))
        return True

    def deliver(self, code: str) -> None:
        """Bring a code to whoever takes it; serial scanners and tests call this too."""
        self.scanned.emit(code)
        for prefix, handler in self._routes:
            if code.startswith(prefix) and handler(code):
                return
        if self.fallback is not None and self.fallback(code):
            return
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit) and not field.isReadOnly():
            field.insert(code)
            field.returnPressed.emit()


def _moment(event: QKeyEvent) -> int:
    """Return when the key went down, in milliseconds, even if the window was busy since."""
    return event.timestamp() or time.monotonic_ns() // 1_000_000


def _copy(event: QKeyEvent) -> QKeyEvent:
    """Return a copy that outlives the original, which Qt takes back."""
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
    )
