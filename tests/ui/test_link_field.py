"""Fields that choose a record of another module."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from erp_desktop.core.links import LinkChoice, meant
from erp_desktop.ui import language
from erp_desktop.ui.link_field import LinkEdit
from erp_desktop.ui.link_popup import LinkPopup, over
from erp_desktop.ui.packing import packed, unpacked
from tests.fakes import FakeBackend
from tests.ui.documents import CUSTOMERS, OrderPage

pytestmark = pytest.mark.usefixtures("loop")


@pytest.fixture
def page(qtbot: QtBot) -> OrderPage:
    made = OrderPage(FakeBackend())
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.body.form.fields["customer"].setFocus()
    qtbot.waitUntil(lambda: line_of(made).hasFocus())
    return made


def line_of(page: OrderPage) -> LinkEdit:
    editor = page.body.form.fields["customer"].editor
    assert isinstance(editor, LinkEdit)
    return editor


def choice_of(page: OrderPage) -> Any:
    return page.body.form.fields["customer"].read()


def opened(page: OrderPage, qtbot: QtBot) -> LinkPopup:
    qtbot.waitUntil(lambda: over(page) is not None)
    popup = over(page)
    assert popup is not None
    return popup


def test_typing_shows_what_fits_and_enter_takes_it(page: OrderPage, qtbot: QtBot) -> None:
    QTest.keyClicks(line_of(page), "bahdja")
    popup = opened(page, qtbot)
    assert popup.choice == CUSTOMERS[1]

    QTest.keyClick(line_of(page), Qt.Key.Key_Return)

    assert choice_of(page) == CUSTOMERS[1]
    assert line_of(page).text() == "Épicerie El Bahdja"
    assert over(page) is None


def test_arrows_choose_another_one(page: OrderPage, qtbot: QtBot) -> None:
    QTest.keyClick(line_of(page), Qt.Key.Key_F2)
    opened(page, qtbot)

    QTest.keyClick(line_of(page), Qt.Key.Key_Down)
    QTest.keyClick(line_of(page), Qt.Key.Key_Down)
    QTest.keyClick(line_of(page), Qt.Key.Key_Return)

    assert choice_of(page) == CUSTOMERS[2]


def test_a_code_typed_in_haste_is_found_without_the_list(page: OrderPage, qtbot: QtBot) -> None:
    QTest.keyClicks(line_of(page), "c-001")
    QTest.keyClick(line_of(page), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: line_of(page).is_settled)
    assert choice_of(page) == CUSTOMERS[0]


def test_a_field_that_is_left_finds_what_its_text_can_only_mean(
    page: OrderPage, qtbot: QtBot
) -> None:
    QTest.keyClicks(line_of(page), "pharm")
    QTest.keyClick(line_of(page), Qt.Key.Key_Tab)

    qtbot.waitUntil(lambda: line_of(page).is_settled)
    assert choice_of(page) == CUSTOMERS[2]
    assert not line_of(page).hasFocus()


def test_what_names_nobody_cannot_be_taken_and_is_not_lost(page: OrderPage, qtbot: QtBot) -> None:
    QTest.keyClicks(line_of(page), "nobody")
    popup = opened(page, qtbot)
    assert popup.choice is None

    with pytest.raises(ValueError, match="Choose one from the list"):
        page.body.form.fields["customer"].check()
    assert line_of(page).text() == "nobody"


def test_escape_brings_back_what_was_chosen(page: OrderPage, qtbot: QtBot) -> None:
    line_of(page).show_choice(CUSTOMERS[0])
    line_of(page).selectAll()
    QTest.keyClicks(line_of(page), "bah")
    opened(page, qtbot)

    QTest.keyClick(line_of(page), Qt.Key.Key_Escape)

    assert line_of(page).text() == "Textiles Benali SARL"
    assert choice_of(page) == CUSTOMERS[0]
    assert over(page) is None


def test_an_emptied_field_chooses_nobody(page: OrderPage) -> None:
    line_of(page).show_choice(CUSTOMERS[0])
    line_of(page).selectAll()

    QTest.keyClick(line_of(page), Qt.Key.Key_Delete)

    assert choice_of(page) is None
    assert page.heads[-1] == "customer"


def test_the_create_key_opens_the_page_that_makes_one(page: OrderPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.opens) as opening:
        QTest.keyClick(line_of(page), Qt.Key.Key_F3)

    assert opening.args == ["sample.form", None]


def test_a_click_in_the_list_takes_it(page: OrderPage, qtbot: QtBot) -> None:
    QTest.keyClick(line_of(page), Qt.Key.Key_F2)
    popup = opened(page, qtbot)
    second = popup._list.visualItemRect(popup._list.item(1)).center()

    QTest.mouseClick(popup._list.viewport(), Qt.MouseButton.LeftButton, pos=second)

    assert choice_of(page) == CUSTOMERS[1]


def test_names_follow_the_language_and_the_list_stands_below_its_field(
    page: OrderPage, qtbot: QtBot
) -> None:
    line_of(page).show_choice(CUSTOMERS[0])

    language.use("ar")

    assert line_of(page).text() == "نسيج بن علي"
    QTest.keyClick(line_of(page), Qt.Key.Key_F2)
    popup = opened(page, qtbot)
    corner = line_of(page).mapTo(page, line_of(page).rect().topRight())
    assert popup.geometry().right() == corner.x()
    assert page.rect().contains(popup.geometry())


def test_the_newest_search_wins(page: OrderPage, qtbot: QtBot) -> None:
    async def slow(_backend: Any, text: str) -> Sequence[LinkChoice]:
        await asyncio.sleep(0.2 if text == "c" else 0)
        return CUSTOMERS[:1] if text == "c" else CUSTOMERS[1:2]

    line_of(page)._provider = slow
    QTest.keyClicks(line_of(page), "c")
    qtbot.wait(150)
    QTest.keyClicks(line_of(page), "-")

    assert opened(page, qtbot).choice == CUSTOMERS[1]
    qtbot.wait(200)
    assert opened(page, qtbot).choice == CUSTOMERS[1]


def test_a_choice_survives_a_crash_without_what_its_provider_added() -> None:
    choice = LinkChoice(UUID(int=5), "A", "Name", "اسم", "note", record=object())

    assert unpacked(packed(choice)) == choice
    assert unpacked(packed([[choice]])) == [[choice]]


@pytest.mark.parametrize(
    ("text", "found"),
    [("C-002", 1), ("epicerie el bahdja", 1), ("نسيج بن علي", 0), ("c-00", None), ("", None)],
)
def test_what_a_text_can_only_mean(text: str, found: int | None) -> None:
    assert meant(CUSTOMERS, text) == (None if found is None else CUSTOMERS[found])


def test_a_locked_field_cannot_be_changed(page: OrderPage) -> None:
    page.show_old()
    line = line_of(page)
    assert isinstance(line, QLineEdit)

    QTest.keyClicks(line, "x")
    QTest.keyClick(line, Qt.Key.Key_F2)

    assert line.text() == "Textiles Benali SARL"
    assert over(page) is None
