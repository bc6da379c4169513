"""The window: pages as tabs, what a user may open, failing modules, lock, and coming back."""

import logging

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from erp_desktop.settings import Settings
from erp_desktop.ui import memory
from erp_desktop.ui.failed_page import FailedPage, RefusedPage
from erp_desktop.ui.main_window import Shell
from erp_desktop.ui.modules_page import ModulesPage, module_rows
from erp_desktop.ui.navigation import Navigation, Place
from tests.ui.pages import Balance, Counter, OrderForm, OrderList
from tests.ui.shells import front, make_shell

pytestmark = pytest.mark.usefixtures("loop")


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


def test_a_page_that_refuses_this_desk_says_what_to_do_and_is_no_failure(shell: Shell) -> None:
    refused = shell.open_page("sample.refused")

    assert isinstance(refused, RefusedPage)
    assert refused.refusal.sentence().startswith("This computer is not enrolled")
    assert not shell.modules.failed


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

    shell.guard.take(ZeroDivisionError, error, None)

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


def test_a_long_name_of_a_page_is_shortened_in_the_navigation(qtbot: QtBot) -> None:
    title = "A page whose name is longer than the navigation is wide"
    navigation = Navigation()
    qtbot.addWidget(navigation)
    places = [Place(f"p{n}", title if n == 39 else f"Page {n}", "book", "Group") for n in range(40)]
    navigation.show_places(places)
    navigation.resize(navigation.width(), 400)
    navigation.show()
    last = navigation._buttons["p39"]

    assert last.text().endswith("…")
    assert last.toolTip() == title
    assert last.sizeHint().width() <= navigation.width()
    assert last.visibleRegion().isEmpty()
    navigation.mark("p39")
    assert not last.visibleRegion().isEmpty()
