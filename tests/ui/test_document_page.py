"""Documents: the grid like a spreadsheet, totals, states, and nothing that was typed ever lost."""

from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from erp_desktop.ui import language
from erp_desktop.ui.document_page import Action
from erp_desktop.ui.drafts import FileDraftStore
from erp_desktop.ui.grid import Grid
from tests.fakes import FakeBackend
from tests.ui.documents import CUSTOMERS, PRODUCTS, Line, OrderPage

pytestmark = pytest.mark.usefixtures("loop")

REF, NAME, QUANTITY, PRICE, TAX = 1, 2, 3, 4, 5
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot) -> OrderPage:
    made = OrderPage(FakeBackend())
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.body.grid.setFocus()
    made.body.grid.start()
    qtbot.waitUntil(made.body.grid.hasFocus)
    return made


def grid_of(page: OrderPage) -> Grid:
    return page.body.grid


def lines_of(page: OrderPage) -> tuple[Line, ...]:
    return page.body.grid.lines.lines


def here(page: OrderPage) -> tuple[int, int]:
    index = page.body.grid.currentIndex()
    return index.row(), index.column()


def go(page: OrderPage, row: int, column: int) -> None:
    page.body.grid.setCurrentIndex(page.body.grid.lines.index(row, column))


def press(*keys_pressed: Any) -> None:
    """Type texts and press keys wherever the focus is: the first letter opens an editor."""
    for each in keys_pressed:
        typed: Any = each if isinstance(each, str) else [each]
        for key in typed:
            widget = QApplication.focusWidget()
            assert widget is not None
            QTest.keyClick(widget, key)


def texts(page: OrderPage) -> list[str]:
    return [label.text() for label in page.body.totals.findChildren(QLabel)]


def named(page: OrderPage, words: str) -> QPushButton:
    return next(b for b in page.header.findChildren(QPushButton) if b.text() == words)


def test_a_line_is_typed_without_the_mouse(page: OrderPage, qtbot: QtBot) -> None:
    press("FIL-POL", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(lines_of(page)) == 1)
    assert here(page) == (0, QUANTITY)

    press("12*3,5", Qt.Key.Key_Tab)
    assert here(page) == (0, PRICE)
    press("100", Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)

    [line] = lines_of(page)
    assert (line.product, line.quantity, line.price) == (PRODUCTS[1], Decimal(42), Decimal(100))
    assert line.net == Decimal(4200)
    assert here(page) == (1, REF)


def test_totals_follow_each_change(page: OrderPage, qtbot: QtBot) -> None:
    press("TIS-150", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(lines_of(page)) == 1)
    press("120", Qt.Key.Key_Return)

    assert "144,999.60" in texts(page)
    assert "172,549.52\u00a0DZD" in texts(page)


def test_what_cannot_be_read_keeps_its_cell_open_and_says_why(
    page: OrderPage, qtbot: QtBot
) -> None:
    page.show_old(is_editable=True)
    go(page, 0, QUANTITY)

    press("twelve", Qt.Key.Key_Return)

    editor = QApplication.focusWidget()
    assert editor is not None
    assert editor.property("wrong") == "true"
    assert lines_of(page)[0].quantity == Decimal(120)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(grid_of(page).hasFocus)


def test_backtab_goes_back_and_tab_leaves_the_grid_at_its_end(page: OrderPage) -> None:
    page.show_old(is_editable=True)
    go(page, 1, REF)

    press(Qt.Key.Key_Backtab)
    assert here(page) == (0, TAX)

    go(page, 2, TAX)
    press(Qt.Key.Key_Tab)
    assert not grid_of(page).hasFocus()


def test_arrows_in_an_amount_take_it_and_change_the_row(page: OrderPage) -> None:
    page.show_old(is_editable=True)
    go(page, 0, QUANTITY)

    press("7", Qt.Key.Key_Down)

    assert lines_of(page)[0].quantity == Decimal(7)
    assert here(page) == (1, QUANTITY)


def test_the_look_up_key_opens_the_list_of_a_link(page: OrderPage, qtbot: QtBot) -> None:
    press(Qt.Key.Key_F2)
    qtbot.wait(50)
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)

    assert [line.product for line in lines_of(page)] == [PRODUCTS[1]]


def test_a_spreadsheet_is_pasted_as_lines(page: OrderPage, qtbot: QtBot) -> None:
    go(page, 0, REF)
    QGuiApplication.clipboard().setText(
        "TIS-150\tTissu\t12\t1 208,33\t19 %\r\nBTN-12\tBouton\t3\t35\t9 %\r\n"
    )

    QTest.keyClick(grid_of(page), Qt.Key.Key_V, CONTROL)

    qtbot.waitUntil(lambda: len(lines_of(page)) == 2)
    first, second = lines_of(page)
    assert (first.quantity, first.price, first.name) == (Decimal(12), Decimal("1208.33"), "Tissu")
    assert (second.product, second.tax) == (PRODUCTS[2], "9")
    assert page.notices.bar.text == "2 lines pasted."


def test_headings_say_which_columns_are_pasted(page: OrderPage, qtbot: QtBot) -> None:
    go(page, 0, REF)
    QGuiApplication.clipboard().setText("Quantity\tRef.\tColour\n5\tFIL-POL\tred")

    grid_of(page).paste()

    qtbot.waitUntil(lambda: len(lines_of(page)) == 1)
    assert (lines_of(page)[0].product, lines_of(page)[0].quantity) == (PRODUCTS[1], Decimal(5))


def test_what_cannot_be_pasted_is_told_and_the_rest_is_there(page: OrderPage, qtbot: QtBot) -> None:
    go(page, 0, REF)
    QGuiApplication.clipboard().setText("NO-SUCH\tX\t2\nFIL-POL\tY\tmany")

    grid_of(page).paste()

    qtbot.waitUntil(lambda: page.notices.bar.text.startswith("2 cells were not taken."))
    assert "NO-SUCH" in page.notices.bar.text
    assert "many" in page.notices.bar._details
    assert [line.name for line in lines_of(page)] == ["X", "Y"]


def test_lines_are_added_and_removed_by_key_and_every_step_is_undone(
    page: OrderPage, qtbot: QtBot
) -> None:
    page.show_old(is_editable=True)
    go(page, 0, REF)
    before = lines_of(page)

    QTest.keyClick(page, Qt.Key.Key_Insert, CONTROL)
    assert here(page) == (1, REF)
    assert lines_of(page) == before
    press("BTN-12", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(lines_of(page)) == 3)
    assert lines_of(page)[1].product == PRODUCTS[2]

    go(page, 0, REF)
    QTest.keyClick(page, Qt.Key.Key_Delete, CONTROL)
    assert [line.product for line in lines_of(page)] == [PRODUCTS[2], PRODUCTS[1]]

    for _step in range(3):
        QTest.keyClick(page, Qt.Key.Key_Z, CONTROL)
    assert lines_of(page) == before
    QTest.keyClick(page, Qt.Key.Key_Y, CONTROL)
    QTest.keyClick(page, Qt.Key.Key_Y, CONTROL)
    assert len(lines_of(page)) == 3


def test_a_cell_that_is_left_by_mouse_finds_its_record_afterwards(
    page: OrderPage, qtbot: QtBot
) -> None:
    press("FIL-POL")
    page.body.form.fields["terms"].setFocus()

    qtbot.waitUntil(lambda: [line.product for line in lines_of(page)] == [PRODUCTS[1]])


def test_the_primary_key_saves_what_is_typed_and_does_the_next_state(
    page: OrderPage, qtbot: QtBot
) -> None:
    page.body.form.fields["customer"].show_value(CUSTOMERS[0])
    press("FIL-POL", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(lines_of(page)) == 1)

    QTest.keyClick(page, Qt.Key.Key_Return, CONTROL)

    qtbot.waitUntil(lambda: page.posted == [True])
    [(head, lines)] = page.saved
    assert head.customer == CUSTOMERS[0]
    assert [line.product for line in lines] == [PRODUCTS[1]]
    assert page.notices.bar.text == "Posted."
    assert page.unsaved() == ""


def test_nothing_is_posted_while_a_field_is_wrong(page: OrderPage, qtbot: QtBot) -> None:
    press("FIL-POL", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(lines_of(page)) == 1)

    QTest.keyClick(page, Qt.Key.Key_Return, CONTROL)

    qtbot.waitUntil(lambda: bool(page.body.form.fields["customer"].error))
    assert page.posted == []


def test_a_refusal_stands_beneath_its_field(page: OrderPage, qtbot: QtBot) -> None:
    page.body.form.fields["customer"].show_value(CUSTOMERS[2])
    page.body.form.fields["customer"].edited()

    QTest.keyClick(page, Qt.Key.Key_S, CONTROL)

    qtbot.waitUntil(lambda: "Choose another." in page.body.form.fields["customer"].error)


@pytest.mark.parametrize(("answer", "posted"), [("Cancel", [False]), ("Stay", [])])
def test_a_dangerous_action_asks_by_naming_the_document(
    page: OrderPage, qtbot: QtBot, answer: str, posted: list[bool]
) -> None:
    page.show_old()

    named(page, "Cancel").click()
    qtbot.waitUntil(lambda: page.findChild(QMessageBox) is not None)
    box = page.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert box.text() == "Cancel Order BC-ALG-2026-0302?"
    next(button for button in box.buttons() if button.text() == answer).click()

    qtbot.waitUntil(lambda: not page.is_busy(page._actions._do))
    assert page.posted == posted


def test_what_is_posted_can_be_read_and_not_changed(page: OrderPage) -> None:
    page.show_old()
    go(page, 0, QUANTITY)
    before = lines_of(page)

    press("5", Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_Delete, CONTROL)
    QTest.keyClick(page, Qt.Key.Key_Insert, CONTROL)

    assert lines_of(page) == before
    assert grid_of(page).lines.rowCount() == 2
    buttons = page.header.findChildren(QPushButton)
    assert not any(b.text() == "Save" for b in buttons if not b.isHidden())


def test_a_document_says_its_number_its_state_and_its_path(page: OrderPage, qtbot: QtBot) -> None:
    page.show_old()
    qtbot.wait(20)

    assert page.header.title.text() == "Order BC-ALG-2026-0302"
    assert page.header.chip.text() == "Confirmed"
    chips = [label.text() for label in page.path.findChildren(QLabel) if not label.isHidden()]
    assert chips == ["Draft", "›", "Order", "›", "State 1/2", "›", "Invoice"]
    told = [label.text() for label in page.body.history.findChildren(QLabel)]
    assert "Created from DE-12 · S. Meziane" in told


def test_a_document_that_was_being_typed_survives_a_crash(
    page: OrderPage, qtbot: QtBot, tmp_path: Any
) -> None:
    store = FileDraftStore(tmp_path)
    assert page._keeper is not None
    page._keeper._store = store
    page.body.form.fields["customer"].show_value(CUSTOMERS[0])
    press("FIL-POL", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(lines_of(page)) == 1)
    press("7,5", Qt.Key.Key_Return)
    page.state()

    again = OrderPage(FakeBackend())
    qtbot.addWidget(again)
    assert again._keeper is not None
    again._keeper._store = store
    again._keeper.bring_back()

    assert lines_of(again) == lines_of(page)
    assert again.body.form.fields["customer"].read() == CUSTOMERS[0]
    assert again.unsaved() == "New order"


def test_words_and_directions_follow_the_language(page: OrderPage) -> None:
    page.show_old()

    language.use("ar")

    assert page.path.isRightToLeft()
    assert "154\u00a0999,60" in " ".join(texts(page))


def test_prices_follow_another_customer(page: OrderPage) -> None:
    page.show_old(is_editable=True)
    cheaper = [line.__class__(**{**vars(line), "price": Decimal(1)}) for line in lines_of(page)]

    page.change_lines(cheaper)

    assert [line.net for line in lines_of(page)] == [Decimal(120), Decimal(40)]
    assert page.unsaved()


class _GivenPage(OrderPage):
    """Lines that are given: they are changed, never added."""

    grows = False
    keeps_drafts = False


def test_lines_that_are_given_have_no_empty_one_below(qtbot: QtBot) -> None:
    page = _GivenPage(FakeBackend())
    qtbot.addWidget(page)
    page.show_old(is_editable=True)
    page.show()
    before = lines_of(page)
    assert grid_of(page).lines.rowCount() == 2

    go(page, 0, REF)
    QTest.keyClick(page, Qt.Key.Key_Insert, CONTROL)
    grid_of(page).lines.insert_line(0)

    assert lines_of(page) == before
    assert grid_of(page).lines.rowCount() == 2
    assert not any(b.text() == "Save" for b in page.header.findChildren(QPushButton))


def test_a_small_action_is_an_icon_with_its_words_as_tooltip(page: OrderPage, qtbot: QtBot) -> None:
    done: list[str] = []

    async def begin() -> None:
        done.append("begun")

    page.show_old()
    page.offer(Action("Go on", begin), Action("New order", begin, "plus", is_small=True))
    (new,) = [tool for tool in page.header.findChildren(QToolButton) if not tool.menu()]

    assert "New order" in new.toolTip()
    new.click()
    qtbot.waitUntil(lambda: done == ["begun"])


def test_an_action_offers_its_other_ways(page: OrderPage, qtbot: QtBot) -> None:
    said: list[str] = []

    async def print_in(language: str) -> str:
        said.append(language)
        return language

    ways = (("In Arabic", partial(print_in, "ar")), ("In French", partial(print_in, "fr")))
    page.show_old()
    page.offer(Action("Print", partial(print_in, ""), menu=ways))
    (opener,) = [tool for tool in page.header.findChildren(QToolButton) if tool.menu()]

    opener.menu().aboutToShow.emit()
    shown = opener.menu().actions()
    shown[1].trigger()

    assert [action.text() for action in shown] == ["In Arabic", "In French"]
    qtbot.waitUntil(lambda: said == ["fr"])
    qtbot.waitUntil(lambda: page.notices.bar.text == "fr")
