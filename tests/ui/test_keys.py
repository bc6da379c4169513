"""Keys: shown, changed without a clash, and working under every layout."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.core.i18n import N_
from erp_desktop.ui import keys, language, memory
from erp_desktop.ui.key_help import KeyHelp, fitting, rebind
from erp_desktop.ui.layouts import meant
from erp_desktop.ui.parts import button
from tests.ui.layouts import PLACES

keys.declare(
    ("shop.pay", N_("Toll"), "F18"),
    ("shop.park", N_("Moor"), "F16"),
    ("store.count", N_("Count"), "F16"),
)


def test_two_places_may_use_one_key_for_different_things() -> None:
    assert keys.clash("shop.pay", "F16") is not None
    assert keys.clash("store.count", "F18") is None


def test_a_key_that_works_everywhere_is_taken_everywhere() -> None:
    found = keys.clash("shop.pay", "Ctrl+K")

    assert found is not None
    assert found.id == "app.palette"


def test_a_clash_is_refused_by_naming_the_other() -> None:
    assert "“Moor”" in rebind("shop.pay", "F16")
    assert keys.key_of("shop.pay") == "F18"


def test_a_changed_key_is_used_shown_and_kept(qtbot: QtBot) -> None:
    pay = button(N_("Toll"), key="shop.pay")
    qtbot.addWidget(pay)
    assert pay.toolTip() == "Toll   F18"

    assert rebind("shop.pay", "Ctrl+Shift+P") == ""

    assert pay.toolTip() == "Toll   Ctrl+Shift+P"
    assert memory.current().get("keys") == {"shop.pay": "Ctrl+Shift+P"}


def test_keys_never_go_through_a_catalogue() -> None:
    language.use("ar")

    assert keys.key_of("app.palette") == "Ctrl+K"
    assert keys.shown("app.palette") == "\u2066Ctrl+K\u2069"


def test_the_key_help_finds_by_words_and_by_key() -> None:
    assert fitting("moor")[0].id == "shop.park"
    assert any(action.id == "app.keys" for action in fitting("ctrl f1"))


def test_the_key_help_changes_a_key_and_takes_it_back(qtbot: QtBot) -> None:
    dialog = KeyHelp()
    qtbot.addWidget(dialog)
    dialog._filter.setText("moor")
    dialog._edit.setKeySequence(QKeySequence("F18"))

    dialog._on_change()
    assert "“Toll”" in dialog._message.text()

    dialog._edit.setKeySequence(QKeySequence("Ctrl+9"))
    dialog._on_change()
    assert keys.key_of("shop.park") == "Ctrl+9"
    dialog._on_default()
    assert keys.key_of("shop.park") == "F16"


def test_an_arabic_key_with_ctrl_means_its_latin_neighbour() -> None:
    position, _shift = PLACES["k"]
    control = Qt.KeyboardModifier.ControlModifier
    event = QKeyEvent(QEvent.Type.KeyPress, ord("ن"), control, position, 0, 0, "ن")

    assert meant(event) == QKeySequence("Ctrl+K")
    plain = QKeyEvent(
        QEvent.Type.KeyPress, ord("ن"), Qt.KeyboardModifier.NoModifier, position, 0, 0, "ن"
    )
    assert meant(plain) is None


def test_what_an_arabic_key_means_is_done_where_the_focus_is(qtbot: QtBot) -> None:
    done: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    keys.bind(window, "app.palette", lambda: done.append("palette"))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()

    assert keys.press(QKeySequence("Ctrl+K"))
    assert not keys.press(QKeySequence("Ctrl+Y"))

    assert done == ["palette"]
