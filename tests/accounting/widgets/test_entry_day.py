"""An accountant's entry from the keyboard to PostgreSQL and back: nothing in between is played."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.ui import language
from erp_desktop.ui.backend import Backend
from modules.accounting.selectors import list_drafts, list_entries
from modules.accounting.widgets.asking_one import OneDialog
from modules.accounting.widgets.entry_list import EntryListPage
from modules.accounting.widgets.entry_page import EntryPage
from modules.accounting.widgets.year_page import YearPage
from tests.accounting.books import invariants
from tests.accounting.widgets.test_entry_page import lines_of, press
from tests.houses import YEAR, Ask, House, SignIn

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("desk")]
Open = Callable[..., Any]


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


@pytest.fixture
def backend(signed_in: SignIn) -> Iterator[Backend]:
    """The accountant's door."""
    session = signed_in("salim")
    with ThreadPoolExecutor(3) as threads:
        made = Backend(session.database, session.user, threads)
        yield made
        made.close()


@pytest.fixture
def opened(qtbot: QtBot, backend: Backend) -> Open:
    """Open a page of the accountant's."""

    def make(kind: Any, argument: str = "") -> Any:
        page = kind(backend)
        if argument:
            page.open(argument)
        qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
        page.resize(1280, 720)
        page.show()
        qtbot.waitExposed(page)
        return page

    return make


def click(page: Any, words: str) -> None:
    next(b for b in page.header.findChildren(QPushButton) if b.text() == words).click()


def type_rent(page: Any, qtbot: QtBot) -> None:
    """Type the rent by keys: the second amount is what is missing."""
    page.body.form.type_values({"label": "Loyer", "dated": date(YEAR, 3, 10)})
    page.body.grid.setFocus()
    page.body.grid.start()
    qtbot.waitUntil(page.body.grid.hasFocus)
    press("6132", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: codes_of(page) == ["6132"] and page.body.grid.hasFocus())
    press("50000", Qt.Key.Key_Return)
    qtbot.waitUntil(page.body.grid.hasFocus)
    press(Qt.Key.Key_Return)
    press("512", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: codes_of(page) == ["6132", "512"] and page.body.grid.hasFocus())
    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)


def codes_of(page: Any) -> list[str]:
    """Return the accounts of the lines."""
    return [line.account.code if line.account else "" for line in lines_of(page)]


def enter_and_reverse(page: Any, ask: Ask, qtbot: QtBot) -> None:
    """Type the rent, keep it, post it and reverse it."""
    qtbot.waitUntil(lambda: page.document is not None)
    type_rent(page, qtbot)
    page.save_now()
    qtbot.waitUntil(lambda: len(ask(list_drafts)) == 1)
    qtbot.waitUntil(lambda: page.version == 1)
    click(page, "Post")
    qtbot.waitUntil(lambda: bool(page.document.number))
    assert ask(list_drafts) == []
    click(page, "Reverse")
    qtbot.waitUntil(lambda: page.findChild(OneDialog) is not None)
    page.findChild(OneDialog).take()
    qtbot.waitUntil(lambda: page.document.state == "Reversed")


def test_an_entry_is_typed_kept_posted_and_reversed(
    house: House, ask: Ask, opened: Open, qtbot: QtBot
) -> None:
    enter_and_reverse(opened(EntryPage), ask, qtbot)

    numbers = [entry.number for entry in ask(list_entries)]
    assert numbers == [f"OD-ALG-{YEAR}-000002", f"OD-ALG-{YEAR}-000001"]
    invariants(house)


def test_a_refusal_of_the_gate_is_read_in_arabic(ask: Ask, opened: Open, qtbot: QtBot) -> None:
    language.use("ar")
    page = opened(EntryPage)
    qtbot.waitUntil(lambda: page.document is not None)
    page.body.form.type_values({"label": "إيجار"})

    click(page, "ترحيل")
    qtbot.waitUntil(lambda: "سطران" in page.notices.bar.text)

    assert ask(list_entries) == []


def test_a_year_is_closed_from_its_page_and_its_entries_are_listed(
    house: House, ask: Ask, opened: Open, qtbot: QtBot
) -> None:
    enter_and_reverse(opened(EntryPage), ask, qtbot)
    page = opened(YearPage)
    page.wanted = YEAR
    page.refresh()
    qtbot.waitUntil(lambda: page.model.rowCount() == 10 and page.year.year == YEAR)

    page.run.click()
    qtbot.waitUntil(lambda: page.year.state == "provisional", timeout=10_000)

    listed = opened(EntryListPage)
    qtbot.waitUntil(lambda: listed.model.rowCount() == 2)
    invariants(house)
