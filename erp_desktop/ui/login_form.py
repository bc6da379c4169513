"""What is typed to sign in: server, name, password; and what is said about it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from erp_desktop.core.i18n import N_, _
from erp_desktop.settings import ServerProfile, Settings
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow, worded
from erp_desktop.ui.parts import button, column, kind, label, row, set_tone

_WIDTH = 360


class LoginForm(QWidget):
    """Fields, one button, one message.

    Signals:
        entered: The user wants in.
    """

    entered = Signal()

    def __init__(self, settings: Settings, on_servers: Callable[[], object]) -> None:
        super().__init__()
        self.server = QComboBox()
        self.name = QLineEdit(settings.login)
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.remember = worded(QCheckBox(), N_("Remember the password on this computer"))
        self.remember.setChecked(settings.remember)
        self.message = kind(label(), "chip", tone="bad")
        self.message.setWordWrap(True)
        self.message.hide()
        self.enter = button(N_("Sign in"), self.entered.emit, look="primary")
        self._said = ""
        self._error: Any = None
        self._lay_out(button(N_("Servers…"), on_servers, look="quiet"))
        self.password.returnPressed.connect(self.entered)
        self.name.returnPressed.connect(self.password.setFocus)
        follow(self, self._word)
        (self.password if settings.login else self.name).setFocus()

    def show_profiles(
        self, profiles: Sequence[ServerProfile], chosen: ServerProfile | None
    ) -> None:
        """Offer these servers."""
        self.server.clear()
        self.server.addItems([profile.name for profile in profiles])
        if chosen is not None:
            self.server.setCurrentIndex(list(profiles).index(chosen))
        self.server.setEnabled(bool(profiles))

    def say(self, message: str, error: Any = None) -> None:
        """Say why it did not work: the error's sentence, or `message`, marked `N_`."""
        self._said, self._error = message, error
        self._word()
        self.message.setVisible(bool(message))
        set_tone(self.message, "bad")

    def show_busy(self, *, busy: bool) -> None:
        """Show that the answer is on its way."""
        self.enter.setEnabled(not busy)
        self.enter.setText(_("Signing in…") if busy else _("Sign in"))

    def ask_again(self) -> None:
        """Let the password be typed again."""
        self.password.setFocus()
        self.password.selectAll()

    def _word(self) -> None:
        self.message.setText(self._error.sentence() if self._error else _(self._said))

    def _lay_out(self, servers: QWidget) -> None:
        choice = row(self.server, servers, spacing=theme.SPACE_S)
        choice.setStretch(0, 1)
        self.setLayout(
            column(
                label(N_("Sign in"), "title"),
                self.message,
                column(label(N_("Server"), "caption"), choice, spacing=theme.SPACE_XS),
                column(label(N_("Name"), "caption"), self.name, spacing=theme.SPACE_XS),
                column(label(N_("Password"), "caption"), self.password, spacing=theme.SPACE_XS),
                self.remember,
                self.enter,
                spacing=theme.SPACE_L,
            )
        )
        for field in (self.name, self.password):
            field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setFixedWidth(_WIDTH)
