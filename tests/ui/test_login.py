"""Signing in: errors in words, the language at once, the password only where asked."""

import asyncio
import subprocess
import sys
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erp_desktop.core.errors import SignInRefusedError
from erp_desktop.settings import ServerProfile, Settings, load_settings
from erp_desktop.ui import passwords
from erp_desktop.ui.login import LoginWindow
from erp_desktop.ui.server_dialog import ServerDialog

pytestmark = pytest.mark.usefixtures("loop")


class Door:
    """Lets in whoever knows the word."""

    def __init__(self) -> None:
        self.tried: list[tuple[str, str]] = []
        self.fault: Exception | None = None

    async def sign_in(self, profile: ServerProfile, name: str, password: str) -> str:
        """Return a session."""
        await asyncio.sleep(0.01)
        self.tried.append((profile.name, name))
        if self.fault is not None:
            raise self.fault
        if password != "sesame":
            raise SignInRefusedError
        return f"session of {name}"


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    kept: dict[str, str] = {}

    async def keep(server: str, login: str, password: str) -> bool:
        kept.update({f"{login}@{server}": password} if password else {})
        if not password:
            kept.pop(f"{login}@{server}", None)
        return True

    async def recall(server: str, login: str) -> str:
        return kept.get(f"{login}@{server}", "")

    monkeypatch.setattr(passwords, "keep", keep)
    monkeypatch.setattr(passwords, "recall", recall)
    return kept


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def window(qtbot: QtBot, door: Door, settings: Settings) -> LoginWindow:
    made = LoginWindow(door, settings)
    qtbot.addWidget(made)
    made.show()
    return made


def type_in(window: LoginWindow, name: str, password: str) -> None:
    window.name_field.setText(name)
    window.password_field.setText(password)


def test_the_right_password_opens_the_door(window: LoginWindow, qtbot: QtBot) -> None:
    type_in(window, " amina ", "sesame")

    with qtbot.waitSignal(window.signed_in) as signed_in:
        window.enter()

    assert signed_in.args == ["session of amina"]
    assert window.password_field.text() == ""


def test_a_wrong_password_is_refused_in_words_of_the_language_shown(
    window: LoginWindow, qtbot: QtBot
) -> None:
    type_in(window, "amina", "open")
    window.enter()
    assert not window.form.enter.isEnabled()
    qtbot.waitUntil(window.form.message.isVisible)

    assert window.form.message.text() == SignInRefusedError().sentence()
    window._on_chosen_language("fr")
    assert window.form.message.text() == SignInRefusedError().sentence()
    assert window.form.enter.isEnabled()


def test_a_fault_is_an_apology(
    window: LoginWindow, door: Door, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    door.fault = ZeroDivisionError()
    type_in(window, "amina", "sesame")

    window.enter()

    qtbot.waitUntil(window.form.message.isVisible)
    assert "fault of the program" in window.form.message.text()
    assert caplog.records


def test_without_a_name_nobody_is_asked(window: LoginWindow, door: Door) -> None:
    type_in(window, "  ", "sesame")

    window.enter()

    assert window.form.message.text() == "Type your name."
    assert not door.tried


def test_the_language_switch_mirrors_at_once(window: LoginWindow) -> None:
    window._languages["ar"].click()

    assert QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert window._languages["ar"].isChecked()
    assert window.name_field.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_a_password_is_remembered_only_if_asked_and_never_in_a_file(
    window: LoginWindow, qtbot: QtBot, keyring: dict[str, str], settings: Settings
) -> None:
    type_in(window, "amina", "sesame")
    with qtbot.waitSignal(window.signed_in):
        window.enter()
    assert keyring == {}

    type_in(window, "amina", "sesame")
    window.form.remember.setChecked(True)
    with qtbot.waitSignal(window.signed_in):
        window.enter()
    assert keyring == {"amina@Head office": "sesame"}
    files = [p.read_text() for p in settings.config_folder.rglob("*") if p.is_file()]
    assert not any("sesame" in text for text in files)

    type_in(window, "amina", "sesame")
    window.form.remember.setChecked(False)
    with qtbot.waitSignal(window.signed_in):
        window.enter()
    assert keyring == {}


def test_a_remembered_password_is_filled_in_at_the_next_start(
    window: LoginWindow,
    qtbot: QtBot,
    keyring: dict[str, str],
    door: Door,
    settings: Settings,
    loop: Any,
) -> None:
    type_in(window, "amina", "sesame")
    window.form.remember.setChecked(True)
    with qtbot.waitSignal(window.signed_in):
        window.enter()

    kept = load_settings({"ERP_CONFIG": str(settings.config_folder), "ERP_DATA": "/nowhere"})
    again = LoginWindow(door, kept)
    qtbot.addWidget(again)
    task = loop.create_task(again.recall())
    qtbot.waitUntil(task.done)

    assert (again.name_field.text(), again.password_field.text()) == ("amina", "sesame")
    assert keyring


def test_servers_are_edited_and_their_safety_is_said(qtbot: QtBot) -> None:
    dialog = ServerDialog([ServerProfile("Head office", "localhost")])
    qtbot.addWidget(dialog)
    assert "This computer" in dialog._safety.text()

    dialog._on_add()
    dialog._form.type_values({"name": "Oran", "hosts": "a.example, b.example", "port": "5433"})
    dialog._on_save()

    assert dialog.profiles()[1] == ServerProfile("Oran", "a.example, b.example", 5433)
    assert "encrypted" in dialog._safety.text()
    dialog._on_remove()
    dialog._on_remove()
    assert len(dialog.profiles()) == 1


def test_the_sign_in_window_imports_next_to_nothing() -> None:
    heavy = ("sqlalchemy", "babel", "reportlab", "psycopg", "pydantic", "qtawesome", "keyring")
    program = (
        "import sys; import erp_desktop.ui.login; import erp_desktop.settings\n"
        f"print([m for m in {heavy!r} if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
