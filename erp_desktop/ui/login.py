"""The first window: which server, who, and in which language. It imports next to nothing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _
from erp_desktop.settings import ServerProfile, Settings, save_settings
from erp_desktop.ui import language, theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.login_form import LoginForm
from erp_desktop.ui.parts import column, kind, label, row

_BRAND_WIDTH = 360
_FAULT = N_("Signing in failed through a fault of the program. Try again.")


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

    Attributes:
        settings: As they are now; they are saved when somebody has signed in.
    """

    signed_in = Signal(object)
    closed = Signal()

    def __init__(self, sign_in: SignIn, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self._sign_in = sign_in
        self._task: Any = None
        kind(self, "ground")
        language.use(settings.language, settings.country)
        self.form = LoginForm(settings, self._on_servers)
        self.name_field, self.password_field = self.form.name, self.form.password
        self._languages = {code: self._language(code) for code in language.NAMES}
        self._lay_out()
        self.form.entered.connect(self.enter)
        follow(self, self._on_language)
        self.show_profiles(settings.profiles)
        self.resize(880, 580)

    def show_profiles(self, profiles: Sequence[ServerProfile]) -> None:
        """Offer these servers."""
        self.settings = replace(self.settings, profiles=tuple(profiles))
        self.form.show_profiles(profiles, self.settings.chosen())

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
        place = self.form.server.currentIndex()
        if place < 0:
            self.form.say(N_("Choose a server first: “Servers…” adds one."))
        elif not self.name_field.text().strip():
            self.form.say(N_("Type your name."))
            self.name_field.setFocus()
        else:
            import asyncio  # noqa: PLC0415 - the window shows without it

            self.form.say("")
            self.form.show_busy(busy=True)
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
            self.form.show_busy(busy=False)

    def _refused(self, error: Any) -> None:
        self.form.say(_FAULT, error)
        self.form.ask_again()

    async def _keep(self, profile: ServerProfile, name: str, password: str) -> None:
        wanted, before = self.form.remember.isChecked(), self.settings.remember
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
        for code, each in self._languages.items():
            each.setChecked(code == self.settings.language)

    def _language(self, code: str) -> QPushButton:
        made: QPushButton = kind(QPushButton(language.NAMES[code]), "quiet")
        made.setCheckable(True)
        made.setAutoExclusive(True)
        made.clicked.connect(lambda: self._on_chosen_language(code))
        return made

    def _lay_out(self) -> None:
        switch = row(None, *self._languages.values(), spacing=theme.SPACE_XS)
        middle = row(None, self.form, None)
        whole = column(switch, None, middle, None, margins=theme.SPACE_XL)
        self.setLayout(row(_brand(), whole, spacing=0))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.password_field if self.name_field.text() else self.name_field).setFocus()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


def _brand() -> QFrame:
    brand: QFrame = kind(QFrame(), "navigation")
    brand.setFixedWidth(_BRAND_WIDTH)
    mark: QFrame = kind(QFrame(), "mark")
    words = label(N_("Sell, receive and count, also when the line is cut."))
    words.setWordWrap(True)
    name = label(N_("ERP Desktop"), "welcome")
    brand.setLayout(column(None, mark, name, words, None, margins=theme.SPACE_XL * 2))
    return brand
