"""What surrounds the pages: language, theme, line, palette, keys, lock, news."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from erp_desktop.core import wall_clock
from erp_desktop.settings import Settings
from erp_desktop.ui import keys, memory, theme
from erp_desktop.ui.main_window import Shell
from erp_desktop.ui.sync_page import SyncPage
from erp_desktop.workstation.link import LinkState
from tests.ui.pages import Balance, OrderForm
from tests.ui.shells import News, front, make_shell

pytestmark = pytest.mark.usefixtures("loop")


def test_the_language_changes_at_once_and_keeps_what_was_typed(shell: Shell) -> None:
    form = shell.open_page("sample.form")
    assert isinstance(form, OrderForm)
    form.form.type_values({"code": "half-typed"})

    shell.prefer("language", "ar")

    assert QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert shell.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert form.form.fields["code"].read() == "half-typed"
    assert "أمينة" in shell.top_bar._person.text()
    shell.prefer("language", "en")
    assert "Amina" in shell.top_bar._person.text()


def test_theme_and_row_height_change_at_once_and_are_kept(shell: Shell) -> None:
    shell.prefer("theme", "dark")
    shell.prefer("density", "compact")

    assert theme.look() == theme.Look("dark", "compact")
    assert theme.DARK.surface in QApplication.instance().styleSheet()  # type: ignore[union-attr]
    assert memory.current().get("theme") == "dark"


def test_the_chip_tells_how_the_line_is(shell: Shell, qtbot: QtBot) -> None:
    chip = shell.top_bar.chip
    assert chip.text() == "online · up to date"

    link = shell.backend.workstation.link
    today = wall_clock.now().replace(hour=10, minute=32)
    link.show(LinkState(online=True, waiting=3))
    qtbot.waitUntil(lambda: chip.text() == "online · 3 waiting")
    link.show(LinkState(online=False, waiting=12, data_at=today))
    qtbot.waitUntil(lambda: chip.text() == "offline · 12 waiting · data 10:32")

    chip.click()
    assert isinstance(front(shell), SyncPage)


def test_the_palette_finds_pages_data_and_deeds_by_keyboard(shell: Shell, qtbot: QtBot) -> None:
    palette = shell.open_palette()
    palette.type("a-3")
    qtbot.waitUntil(lambda: any(found.title == "A-3" for found in palette._found))

    QTest.keyClick(palette._entry, Qt.Key.Key_Return)

    assert front(shell).header.title.text() == "A-3"


def test_the_palette_runs_the_windows_own_deeds(shell: Shell, qtbot: QtBot) -> None:
    palette = shell.open_palette()
    palette.type("dark")
    qtbot.waitUntil(lambda: [found.title for found in palette._found] == ["Theme: Dark"])

    QTest.keyClick(palette._entry, Qt.Key.Key_Return)

    assert theme.look().theme == "dark"


def test_a_shortcut_of_a_page_opens_it(shell: Shell, qtbot: QtBot) -> None:
    shell.open_page("sample.orders")
    with qtbot.waitActive(shell):
        shell.activateWindow()

    QTest.keyClick(shell, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)

    assert isinstance(front(shell), Balance)
    assert keys.shown("app.page.sample.balance") == "Ctrl+3"


def test_the_lock_hides_everything_and_the_password_brings_it_back(
    shell: Shell, qtbot: QtBot
) -> None:
    form = shell.open_page("sample.form")
    assert isinstance(form, OrderForm)
    form.form.type_values({"code": "half-typed"})

    shell.do("lock")
    lock = shell.locker.screen
    assert lock is not None
    assert not form.isVisible()
    QTest.keyClick(lock, Qt.Key.Key_Escape)
    assert lock.isVisible()

    password = lock.findChild(QLineEdit)
    assert isinstance(password, QLineEdit)
    password.setText("wrong")
    lock.enter()
    qtbot.waitUntil(lock._error.isVisible)
    password.setText("sesame")
    lock.enter()

    qtbot.waitUntil(lambda: shell.locker.screen is None)
    assert form.isVisible()
    assert form.form.fields["code"].read() == "half-typed"


def test_an_idle_window_locks_itself(shell: Shell, qtbot: QtBot) -> None:
    shell.locker.watch(0.001)

    qtbot.waitUntil(lambda: shell.locker.screen is not None)

    assert shell.locker.screen is not None
    shell.locker.release()


def test_a_locked_window_takes_no_scan(shell: Shell) -> None:
    shell.open_page("sample.counter")
    counter = front(shell)
    shell.scanner.deliver("6130000012348")
    shell.do("lock")

    shell.scanner.deliver("5449000000996")

    assert counter.entries == ["6130000012348"]
    assert shell.locker.screen is not None
    shell.locker.release()


def test_news_ring_the_bell_and_lead_to_their_page(settings: Settings, qtbot: QtBot) -> None:
    news = News()
    made = make_shell(settings, notices=news)
    qtbot.addWidget(made)
    made.show()
    bell = made.top_bar.bell
    qtbot.waitUntil(lambda: len(bell.notices) == 1)

    bell.chosen.emit(bell.notices[0])

    assert front(made).header.title.text() == "A-1"
    qtbot.waitUntil(lambda: not bell.notices)
    made.close()


def test_signing_out_remembers_and_stops(shell: Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.signed_out):
        shell.do("sign_out")

    assert shell.isHidden()
    assert memory.current().get("tabs")["open"]


def test_a_badge_opens_the_lock_and_a_product_is_no_try(shell: Shell, qtbot: QtBot) -> None:
    shell.do("lock")
    lock = shell.locker.screen
    assert lock is not None

    shell.scanner.deliver("5449000000996")
    assert lock._task is None
    shell.scanner.deliver("sesame")

    qtbot.waitUntil(lambda: shell.locker.screen is None)


def test_a_pages_key_works_wherever_the_focus_is(shell: Shell, qtbot: QtBot) -> None:
    orders = shell.open_page("sample.orders")
    shell.open_page("sample.form")
    with qtbot.waitActive(shell):
        shell.activateWindow()
    shell.open_page("sample.orders")
    shell.navigation._buttons["sample.orders"].setFocus()
    assert orders is front(shell)

    QTest.keyClick(shell, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    assert isinstance(front(shell), OrderForm)
