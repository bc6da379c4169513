"""Small parts of the till: how old its prices are, and keys that a field would keep for itself."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import _, current
from erp_desktop.ui import keys, theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, kind
from erp_desktop.workstation.link import Link

_MILLISECONDS_BETWEEN_LOOKS = 5000


def pay_button(message: str, on_click: Callable[[], object]) -> QPushButton:
    """Return the big button that ends a sale; it never takes the focus from a field."""
    made = button(message, on_click, icon="printer-outline", look="pay")
    made.setIconSize(theme.ICON * 1.4)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def bind_shown(
    page: QWidget, shown_on: QPushButton, message: str, key: str, deed: Callable[[], object]
) -> None:
    """Let a key work wherever the focus is on the page, and show it on a button."""
    keys.bind(page, key, deed)
    follow(shown_on, lambda: shown_on.setText(f"{_(message)}   {keys.shown(key)}"))


class ReplicaAge(QLabel):
    """Says of when prices and stock are."""

    def __init__(self, link: Link) -> None:
        super().__init__()
        kind(self, "caption")
        self._link = link
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        follow(self, self._show)
        timer = QTimer(self, interval=_MILLISECONDS_BETWEEN_LOOKS)
        timer.timeout.connect(self._show)
        timer.start()

    def _show(self) -> None:
        data_at = self._link.state.data_at
        if data_at is None:
            self.setText(_("No prices yet: connect this till to head office once."))
        else:
            moment = current().moment(wall_clock.local(data_at))
            self.setText(_("Prices and stock of {moment}").format(moment=moment))


class KeyGuard(QObject):
    """Lets keys through to the page that a line edit would use for editing its own text."""

    def __init__(self, actions: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            if any(pressed == QKeySequence(keys.key_of(each)) for each in self._actions):
                event.ignore()
                return True
        return super().eventFilter(watched, event)
