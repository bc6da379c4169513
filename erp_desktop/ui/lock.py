"""The locked window: nothing is seen, nothing is lost, one password brings it back."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from typing_extensions import override

from erp_desktop.core.errors import UserError
from erp_desktop.core.gs1 import is_ean
from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import theme
from erp_desktop.ui.parts import button, card, column, kind, label, row

Unlock = Callable[[str], Awaitable[None]]

_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Notices when nobody has touched the program for a while.

    Signals:
        idle: The time is over.
    """

    idle = Signal()

    def __init__(self, minutes: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = minutes * 60
        self._touched = time.monotonic()
        self._timer = QTimer(self, interval=max(20, min(5000, round(self._seconds * 250))))
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Watch; with 0 minutes the window never locks."""
        if self._seconds > 0:
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
            self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = time.monotonic()

    def _look(self) -> None:
        if time.monotonic() - self._touched >= self._seconds:
            self.touch()
            self.idle.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self.touch()
        return False


class LockScreen(QDialog):
    """Covers the window until `unlock(password)` has not refused.

    Signals:
        unlocked: The user is back.
        sign_out_asked: Somebody else wants to sign in.
    """

    unlocked = Signal()
    sign_out_asked = Signal()

    def __init__(self, window: QWidget, name: str, unlock: Unlock) -> None:
        super().__init__(window, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self._unlock = unlock
        self._task: Any = None
        self._may_close = False
        self._covered: list[QWidget] = []
        kind(self, "ground")
        self.setModal(True)
        self.setWindowTitle(_("Locked"))
        self._password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self._error = label(look="error")
        self._error.setWordWrap(True)
        self._error.hide()
        self._enter = button(N_("Unlock"), self.enter, look="primary")
        self._lay_out(name)
        self._password.returnPressed.connect(self.enter)

    def cover(self, window: QWidget) -> None:
        """Cover `window`, and every dialog that is open."""
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QDialog) and each is not self and each.isVisible():
                each.setWindowOpacity(0)
                self._covered.append(each)
        self.setGeometry(window.geometry())
        self.show()
        self._password.setFocus()

    def enter(self) -> None:
        """Try the password."""
        if self._task is None:
            self._enter.setEnabled(False)
            self._task = asyncio.get_running_loop().create_task(self._try(self._password.text()))

    def take_scan(self, code: str) -> bool:
        """Take a badge for the password; a product that is scanned by mistake is no try."""
        if not is_ean(code):
            self._password.setText(code)
            self.enter()
        return True

    async def _try(self, password: str) -> None:
        try:
            await self._unlock(password)
        except UserError as error:
            self._error.setText(error.sentence())
            self._error.show()
            self._password.selectAll()
            self._password.setFocus()
        else:
            self.leave()
            self.unlocked.emit()
        finally:
            self._task = None
            self._enter.setEnabled(True)

    def leave(self) -> None:
        """Cover nothing any more."""
        self._may_close = True
        for each in self._covered:
            each.setWindowOpacity(1)
        self.accept()
        self.deleteLater()

    def _lay_out(self, name: str) -> None:
        person = label(look="title")
        person.setText(name)
        hint = label(N_("The window is locked. Everything is as you left it."), "muted")
        out = button(N_("Sign out"), self.sign_out_asked.emit, look="quiet")
        box = card(
            person,
            hint,
            column(label(N_("Password"), "caption"), self._password, spacing=theme.SPACE_XS),
            self._error,
            row(out, None, self._enter),
            margins=theme.SPACE_XL,
            spacing=theme.SPACE_L,
        )
        box.setFixedWidth(400)
        self.setLayout(column(None, row(None, box, None), None))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            super().closeEvent(event)
        else:
            event.ignore()
