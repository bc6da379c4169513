"""Locking the window: by key, by menu, or when nobody has touched it for a while."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from erp_desktop.ui.lock import IdleWatch, LockScreen, Unlock


class Locker(QObject):
    """Hides `content` and covers `window` until the password has been typed.

    Signals:
        sign_out_asked: Somebody else wants to sign in.

    Attributes:
        screen: What covers the window now.
    """

    sign_out_asked = Signal()

    def __init__(
        self, window: QWidget, content: QWidget, unlock: Unlock, name: Callable[[], str]
    ) -> None:
        super().__init__(window)
        self.screen: LockScreen | None = None
        self._window = window
        self._content = content
        self._unlock = unlock
        self._name = name
        self._watch: IdleWatch | None = None

    def watch(self, minutes: float) -> None:
        """Lock by itself after so long; with 0 never."""
        self._watch = IdleWatch(minutes, self)
        self._watch.idle.connect(self.lock)
        self._watch.start()

    def lock(self) -> None:
        """Lock, unless the window is locked already."""
        if self.screen is None:
            self.screen = LockScreen(self._window, self._name(), self._unlock)
            self.screen.unlocked.connect(self._on_unlocked)
            self.screen.sign_out_asked.connect(self.sign_out_asked)
            self._content.hide()
            self.screen.cover(self._window)

    def release(self) -> None:
        """Cover nothing any more and watch no more: the user leaves."""
        if self._watch is not None:
            self._watch.stop()
        if self.screen is not None:
            self.screen.leave()
            self._on_unlocked()

    def _on_unlocked(self) -> None:
        self.screen = None
        self._content.show()
        if self._watch is not None:
            self._watch.touch()
