"""The first window: which server, who, and in which language. It imports next to nothing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _
from erp_desktop.settings import ServerProfile, Settings, save_settings
from erp_desktop.ui import language, theme
from erp_desktop.ui.follow import follow, worded
from erp_desktop.ui.parts import Tone, button, column, kind, label, row, set_tone

_BRAND_WIDTH, _FORM_WIDTH = 360, 360


class SignIn(Protocol):
    """Who checks a name and a password: head office, or this workstation when it is away."""

    async def sign_in(self, profile: ServerProfile, name: str, password: str) -> Any:
        """Return a session.

        Raises:
            UserError: Nobody may sign in so; the sentence says why.
        """


class LoginWindow(QWidget):
    """Server, name, password; the language changes at once and mirrors the window.

    Signals:
        signed_in: The session that `SignIn` returned.
        closed: The user gave up.
    """

    signed_in = Signal(object)
    closed = Signal()

    def __init__(self, sign_in: SignIn, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self._sign_in = sign_in
        self._task: Any = None
        self._said = ""
        self._error: Any = None
        kind(self, "ground")
        language.use(settings.language, settings.country)
        self._server = QComboBox()
        self.name_field = QLineEdit(settings.login)
        self.password_field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self._remember = worded(QCheckBox(), N_("Remember the password on this computer"))
        self._remember.setChecked(settings.remember)
        self._message = kind(label(), "chip")
        self._enter = button(N_("Sign in"), self.enter, look="primary")
        self._languages = {code: self._language(code) for code in language.NAMES}
        self._lay_out()
        self._connect()
        follow(self, self._on_language)
        self.show_profiles(settings.profiles)
        self.resize(880, 580)
        (self.password_field if settings.login else self.name_field).setFocus()

    def show_profiles(self, profiles: Sequence[ServerProfile]) -> None:
        """Offer these servers."""
        self.settings = replace(self.settings, profiles=tuple(profiles))
        self._server.clear()
        self._server.addItems([profile.name for profile in profiles])
        chosen = self.settings.chosen()
        if chosen is not None:
            self._server.setCurrentIndex(list(profiles).index(chosen))
        self._server.setEnabled(bool(profiles))

    def say(self, message: str, tone: Tone = "bad") -> None:
        """Say why it did not work, marked `N_`; empty says nothing."""
        self._said = message
        self._message.setText(_(message))
        self._message.setVisible(bool(message))
        set_tone(self._message, tone)

    async def recall(self) -> None:
        """Fill in the password that the user asked to be remembered; await it once shown."""
        profile = self.settings.chosen()
        if profile is None or not self.settings.remember or self.password_field.text():
            return
        from erp_desktop.ui import passwords  # noqa: PLC0415 - the keyring takes long to import

        password = await passwords.recall(profile.name, self.settings.login)
        if password and not self.password_field.text():
            self.password_field.setText(password)

    def enter(self) -> None:
        """Sign in with what is typed."""
        if self._task is not None:
            return
        place = self._server.currentIndex()
        if place < 0:
            self.say(N_("Choose a server first: “Servers…” adds one."))
        elif not self.name_field.text().strip():
            self.say(N_("Type your name."))
            self.name_field.setFocus()
        else:
            import asyncio  # noqa: PLC0415 - the window shows without it

            self._show_busy(busy=True)
            profile = self.settings.profiles[place]
            self._task = asyncio.get_running_loop().create_task(self._try(profile))

    async def _try(self, profile: ServerProfile) -> None:
        from erp_desktop.core.errors import UserError  # noqa: PLC0415 - needed once it is refused

        name, password = self.name_field.text().strip(), self.password_field.text()
        try:
            session = await self._sign_in.sign_in(profile, name, password)
        except UserError as error:
            self._refused(error)
        except Exception:  # the user reads an apology
            import logging  # noqa: PLC0415 - only for what is our fault

            logging.getLogger(__name__).exception("sign-in failed")
            self._refused(None)
        else:
            await self._keep(profile, name, password)
            self.password_field.clear()
            self.signed_in.emit(session)
        finally:
            self._task = None
            self._show_busy(busy=False)

    def _refused(self, error: Any) -> None:
        self._error = error
        self.say(N_("Signing in failed through a fault of the program. Try again."))
        self._on_language()
        self.password_field.setFocus()
        self.password_field.selectAll()

    async def _keep(self, profile: ServerProfile, name: str, password: str) -> None:
        wanted, before = self._remember.isChecked(), self.settings.remember
        if wanted or before:
            from erp_desktop.ui import passwords  # noqa: PLC0415 - the keyring takes long to import

            wanted &= await passwords.keep(profile.name, name, password if wanted else "")
        self.settings = replace(self.settings, profile=profile.name, login=name, remember=wanted)
        save_settings(self.settings)

    def _on_servers(self) -> None:
        from erp_desktop.ui.server_dialog import ServerDialog  # noqa: PLC0415 - rarely opened

        dialog = ServerDialog(self.settings.profiles, self)
        if dialog.exec():
            self.show_profiles(dialog.profiles())
            save_settings(self.settings)

    def _on_chosen_language(self, code: str) -> None:
        self.settings = replace(self.settings, language=code)
        language.use(code, self.settings.country)

    def _on_language(self) -> None:
        self.setWindowTitle(_("Sign in"))
        if self._said:
            self._message.setText(self._error.sentence() if self._error else _(self._said))
        for code, each in self._languages.items():
            each.setChecked(code == self.settings.language)

    def _show_busy(self, *, busy: bool) -> None:
        self._enter.setEnabled(not busy)
        self._enter.setText(_("Signing in…") if busy else _("Sign in"))
        if busy:
            self._error = None
            self.say("")

    def _language(self, code: str) -> QPushButton:
        made: QPushButton = kind(QPushButton(language.NAMES[code]), "quiet")
        made.setCheckable(True)
        made.setAutoExclusive(True)
        made.clicked.connect(lambda: self._on_chosen_language(code))
        return made

    def _connect(self) -> None:
        self.password_field.returnPressed.connect(self.enter)
        self.name_field.returnPressed.connect(self.password_field.setFocus)

    def _lay_out(self) -> None:
        self._message.setWordWrap(True)
        self._message.hide()
        servers = button(N_("Servers…"), self._on_servers, look="quiet")
        choice = row(self._server, servers, spacing=theme.SPACE_S)
        choice.setStretch(0, 1)
        form = column(
            label(N_("Sign in"), "title"),
            self._message,
            column(label(N_("Server"), "caption"), choice, spacing=theme.SPACE_XS),
            column(label(N_("Name"), "caption"), self.name_field, spacing=theme.SPACE_XS),
            column(label(N_("Password"), "caption"), self.password_field, spacing=theme.SPACE_XS),
            self._remember,
            self._enter,
            spacing=theme.SPACE_L,
        )
        for field in (self.name_field, self.password_field):
            field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        middle = QWidget()
        middle.setFixedWidth(_FORM_WIDTH)
        middle.setLayout(form)
        switch = row(None, *self._languages.values(), spacing=theme.SPACE_XS)
        whole = column(switch, None, row(None, middle, None), None, margins=theme.SPACE_XL)
        self.setLayout(row(self._brand(), whole, spacing=0))

    def _brand(self) -> QFrame:
        brand: QFrame = kind(QFrame(), "navigation")
        brand.setFixedWidth(_BRAND_WIDTH)
        name = label(N_("ERP Desktop"), "welcome")
        mark: QFrame = kind(QFrame(), "mark")
        words = label(N_("Sell, receive and count, also when the line is cut."))
        words.setWordWrap(True)
        brand.setLayout(column(None, mark, name, words, None, margins=theme.SPACE_XL * 2))
        return brand

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
