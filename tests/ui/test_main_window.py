"""The window: pages as tabs, what a user may open, failing modules, lock, and coming back."""

import asyncio
import logging
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from erp_desktop.core.errors import SignInRefusedError
from erp_desktop.plugins.manifest import (
    CommandEntry,
    Manifest,
    PageEntry,
    SearchEntry,
)
from erp_desktop.plugins.modules import Modules
from erp_desktop.settings import Settings
from erp_desktop.ui import keys, memory, theme
from erp_desktop.ui.failed_page import FailedPage
from erp_desktop.ui.main_window import Shell
from erp_desktop.ui.modules_page import ModulesPage, module_rows
from erp_desktop.ui.notifications import Notice
from erp_desktop.ui.sync_page import SyncPage
from erp_desktop.workstation.link import Link, LinkState
from tests.fakes import FakeBackend, make_user
from tests.ui.pages import Balance, Counter, OrderForm, OrderList

pytestmark = pytest.mark.usefixtures("loop")


def page(name: str, factory: str, **more: Any) -> PageEntry:
    """Return a page of the sample module."""
    return PageEntry(
        id=f"sample.{name}", title=name.title(), factory=f"tests.ui.pages:{factory}", **more
    )


def sample() -> Modules:
    """Return a module with a page of each kind, and some that are broken."""
    manifest = Manifest(
        id="sample",
        title="Sample",
        pages=(
            page("orders", "OrderList", permission="sample.order.view"),
            page("form", "OrderForm", navigation=False),
            page("balance", "Balance", home_for=("accountant",), shortcut="Ctrl+3"),
            page("counter", "Counter", home_for=("cashier",)),
            page("secret", "OrderList", permission="sample.secret.view"),
            page("missing", "NoSuchPage"),
            page("broken", "Broken"),
        ),
        commands=(
            CommandEntry(id="sample.explode", title="Explode", action="tests.ui.pages:explode"),
        ),
        search=(SearchEntry(provider="tests.ui.pages:find_orders"),),
    )
    return Modules([manifest])


class Desk:
    """A workstation that is all shop window."""

    def __init__(self) -> None:
        self.link = Link(LinkState(online=True))
        self.journal = SimpleNamespace(entries=lambda _limit: [])
        self.sync = None


class News:
    """One piece of news."""

    def __init__(self) -> None:
        self.notices = [
            Notice(1, "Stock is low", datetime(2026, 11, 20, tzinfo=UTC), "sample.form", "A-1")
        ]

    async def unread(self) -> list[Notice]:
        """Return the news."""
        return self.notices

    async def mark_read(self, ids: Any) -> None:
        """Forget them."""
        self.notices = [n for n in self.notices if n.id not in ids]


async def unlock(password: str) -> None:
    """Let in whoever knows the word."""
    await asyncio.sleep(0)
    if password != "sesame":
        raise SignInRefusedError


def make_shell(settings: Settings, *, role: str = "accountant", **options: Any) -> Shell:
    backend: Any = FakeBackend(user=make_user("sample.order.view"))
    object.__setattr__(backend.user, "roles", (role,))
    backend.workstation = Desk()
    return Shell(backend, sample(), settings, unlock=unlock, **options)


def give_up(shell: Shell) -> None:
    """Let the window close without asking what shall become of what is typed."""
    shell.leave()
    for tab in shell.tabs:
        tab.page.unsaved = lambda: ""  # type: ignore[method-assign]


@pytest.fixture
def shell(qtbot: QtBot, settings: Settings) -> Shell:
    made = make_shell(settings)
    qtbot.addWidget(made, before_close_func=give_up)
    made.show()
    return made


def front(shell: Shell) -> Any:
    tab = shell.tabs.current
    assert tab is not None
    return tab.page


def test_the_first_page_fits_the_role(settings: Settings, qtbot: QtBot) -> None:
    for role, kind in (("accountant", Balance), ("cashier", Counter)):
        made = make_shell(settings, role=role)
        qtbot.addWidget(made)
        memory.use(memory.Memory())
        made.show()

        assert isinstance(front(made), kind)
        made.close()


def test_a_page_that_a_user_may_not_open_is_not_shown(shell: Shell) -> None:
    assert "sample.orders" in shell.navigation._buttons
    assert "sample.secret" not in shell.navigation._buttons

    assert shell.open_page("sample.secret") is None
    assert "right" in front(shell).notices.bar.text


def test_a_page_opens_once_and_then_comes_to_the_front(shell: Shell) -> None:
    first = shell.open_page("sample.orders")
    shell.open_page("sample.counter")

    assert shell.open_page("sample.orders") is first
    assert len(shell.tabs) == 3
    assert shell.navigation._buttons["sample.orders"].isChecked()


def test_each_record_has_a_tab_with_its_name(shell: Shell) -> None:
    shell.open_page("sample.form", "A-1")
    shell.open_page("sample.form", "A-2")

    assert [tab.words for tab in shell.tabs] == ["Balance", "A-1", "A-2"]


def test_a_page_can_open_another(shell: Shell) -> None:
    orders = shell.open_page("sample.orders")
    assert isinstance(orders, OrderList)

    orders.opens.emit("sample.form", "A-7")

    assert isinstance(front(shell), OrderForm)


def test_the_last_tab_closed_leads_home(shell: Shell) -> None:
    assert shell.opener.close_tab()

    assert isinstance(front(shell), Balance)


def test_a_page_that_raises_is_shown_as_failed_while_the_rest_goes_on(
    shell: Shell, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        for name in ("sample.missing", "sample.broken"):
            assert isinstance(shell.open_page(name), FailedPage)

    assert isinstance(shell.open_page("sample.orders"), OrderList)
    assert {failure.stage for failure in shell.modules.failed} == {"import", "page"}
    assert len(caplog.records) == 2


def test_a_failed_page_can_be_tried_again(shell: Shell) -> None:
    from tests.ui import pages  # noqa: PLC0415 - the module that is mended

    failed = shell.open_page("sample.missing")
    assert isinstance(failed, FailedPage)
    pages.NoSuchPage = OrderList  # type: ignore[attr-defined]

    shell.opener._retry("sample.missing", None)

    assert isinstance(front(shell), OrderList)
    del pages.NoSuchPage  # type: ignore[attr-defined]


def test_a_slot_that_raises_is_noted_under_its_module(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("erp_desktop.plugins.modules.module_of_package", lambda _p: "sample")
    monkeypatch.setattr("erp_desktop.ui.guard.module_behind", lambda _error: "sample")
    error = ZeroDivisionError()

    shell._guard.take(ZeroDivisionError, error, None)

    assert shell.modules.failed[-1].stage == "slot"
    assert "Something went wrong" in front(shell).notices.bar.text


def test_the_modules_page_lists_what_failed_with_its_log(shell: Shell) -> None:
    shell.open_page("sample.broken")
    shell.do("modules")

    assert isinstance(front(shell), ModulesPage)
    [row] = module_rows(shell.modules)
    assert row.failure is not None
    assert "ZeroDivisionError" in row.failure.details
    front(shell)._on_copy()
    assert "ZeroDivisionError" in QApplication.clipboard().text()


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


def test_tabs_and_preferences_come_back_after_a_restart(shell: Shell, qtbot: QtBot) -> None:
    shell.open_page("sample.form", "A-1")
    shell.open_page("sample.orders")
    front(shell).filter.entry.setText("A-5")
    shell.open_page("sample.form", "A-1")
    shell.prefer("language", "fr")
    shell.navigation.toggle()
    settings = shell.settings
    shell.close()

    again = make_shell(settings)
    qtbot.addWidget(again)
    again.show()

    assert [tab.page_id for tab in again.tabs] == ["sample.balance", "sample.form", "sample.orders"]
    assert isinstance(front(again), OrderForm)
    assert again.navigation.is_narrow
    orders = again.tabs.tab_of("sample.orders")
    assert orders is not None
    assert isinstance(orders.page, OrderList)
    assert orders.page.filter.entry.text() == "A-5"
    assert not orders.page.asked  # asleep until looked at
    again.close()


def test_closing_what_is_not_saved_asks_and_can_keep_it_for_later(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = shell.open_page("sample.form")
    assert isinstance(form, OrderForm)
    form.form.type_values({"code": "half-typed"})
    asked: list[str] = []

    def keep(box: QMessageBox) -> int:
        asked.append(box.text())
        box.buttons()[0].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", keep)
    assert shell.opener.close_tab()

    assert asked == ["“New order” is not saved."]
    again = shell.open_page("sample.form")
    assert isinstance(again, OrderForm)
    assert again.form.fields["code"].read() == "half-typed"


def test_the_chip_tells_how_the_line_is(shell: Shell, qtbot: QtBot) -> None:
    chip = shell.top_bar.chip
    assert chip.text() == "online · up to date"

    link = shell.backend.workstation.link
    today = datetime.now().astimezone().replace(hour=10, minute=32)
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

    shell.lock()
    lock = shell.lock_screen
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

    qtbot.waitUntil(lambda: shell.lock_screen is None)
    assert form.isVisible()
    assert form.form.fields["code"].read() == "half-typed"


def test_an_idle_window_locks_itself(shell: Shell, qtbot: QtBot) -> None:
    shell._watch._seconds = 0.05
    shell._watch._timer.setInterval(10)

    qtbot.waitUntil(lambda: shell.lock_screen is not None)

    assert shell.lock_screen is not None
    shell.lock_screen.leave()
    shell._on_unlocked()


def test_a_locked_window_takes_no_scan(shell: Shell) -> None:
    shell.open_page("sample.counter")
    counter = front(shell)
    shell.scanner.deliver("6130000012348")
    shell.lock()

    shell.scanner.deliver("5449000000996")

    assert counter.entries == ["6130000012348"]
    assert shell.lock_screen is not None
    shell.lock_screen.leave()
    shell._on_unlocked()


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
