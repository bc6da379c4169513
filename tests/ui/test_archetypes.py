"""The kinds of page that are written once: list, form, report, station."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from erp_desktop.ui import language
from tests.fakes import FakeBackend
from tests.ui.pages import ORDERS, Balance, Counter, Draft, OrderForm, OrderList

pytestmark = pytest.mark.usefixtures("loop")


@pytest.fixture
def orders(qtbot: QtBot) -> OrderList:
    made = OrderList(FakeBackend())
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    qtbot.waitUntil(lambda: bool(made.model.rows))
    return made


def test_a_list_loads_as_it_scrolls(orders: OrderList, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(orders.model.rows) == len(ORDERS))

    assert list(orders.model.rows) == ORDERS
    qtbot.waitUntil(lambda: orders.header._summary.text() == "7 lines")


def test_typing_filters_after_a_pause_and_asks_once(orders: OrderList, qtbot: QtBot) -> None:
    orders.asked.clear()

    QTest.keyClicks(orders.filter.entry, "A-7")

    qtbot.waitUntil(lambda: [o.number for o in orders.model.rows] == ["A-7"])
    assert [query.text for query in orders.asked if query.text] == ["A-7"]


def test_a_chip_filters_at_once_with_a_count(orders: OrderList, qtbot: QtBot) -> None:
    orders.filter.show_counts({"big": 4})
    big = orders.filter._chips["big"]
    assert big.text() == "Big  4"

    big.click()

    qtbot.waitUntil(lambda: len(orders.model.rows) == 4)


def test_escape_clears_the_filter(orders: OrderList, qtbot: QtBot) -> None:
    QTest.keyClicks(orders.filter.entry, "zzz")
    qtbot.waitUntil(lambda: not orders.model.rows)

    orders.filter.clear()

    qtbot.waitUntil(lambda: bool(orders.model.rows))


def test_the_current_row_shows_at_the_side(orders: OrderList) -> None:
    orders.table.select_row(1)

    assert orders.previewed.text() == "A-2"
    assert orders.previewed.isVisible()


def test_a_row_opens_with_enter(orders: OrderList) -> None:
    orders.table.select_row(2)

    QTest.keyClick(orders.table, Qt.Key.Key_Return)

    assert orders.opened == [ORDERS[2]]


def test_a_click_on_a_heading_orders_the_list(orders: OrderList, qtbot: QtBot) -> None:
    orders.asked.clear()

    orders.table.horizontalHeader().sectionClicked.emit(0)
    qtbot.waitUntil(lambda: bool(orders.asked) and orders.asked[-1].order == "number")
    orders.table.horizontalHeader().sectionClicked.emit(0)

    qtbot.waitUntil(lambda: orders.asked[-1].descending)


def test_an_export_holds_every_row_and_not_only_those_loaded(
    orders: OrderList, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "orders.csv"

    orders.exporter.export("csv", target)

    qtbot.waitUntil(target.exists)
    assert len(target.read_text("utf-8-sig").splitlines()) == 1 + len(ORDERS)


def test_columns_are_remembered_for_the_next_time(orders: OrderList, qtbot: QtBot) -> None:
    orders.table.horizontalHeader().resizeSection(0, 200)

    again = OrderList(FakeBackend())
    qtbot.addWidget(again)

    assert again.table.horizontalHeader().sectionSize(0) == 200


def test_a_list_comes_back_with_its_filter(orders: OrderList, qtbot: QtBot) -> None:
    orders.filter.entry.setText("A-5")
    orders.filter.press({"big"})

    again = OrderList(FakeBackend())
    qtbot.addWidget(again)
    again.restore(orders.state())
    again.show()

    qtbot.waitUntil(lambda: [o.number for o in again.model.rows] == ["A-5"])


@pytest.fixture
def form(qtbot: QtBot) -> OrderForm:
    made = OrderForm(FakeBackend())
    qtbot.addWidget(made)
    made.show()
    return made


def typed(form: OrderForm, text: str) -> None:
    """Type a code."""
    editor = form.form.fields["code"].editor
    assert isinstance(editor, QLineEdit)
    editor.clear()
    QTest.keyClicks(editor, text)


def test_a_form_saves_what_is_typed_and_says_so(form: OrderForm, qtbot: QtBot) -> None:
    assert not form._save.isEnabled()
    typed(form, "B-1")
    assert form.unsaved() == "New order"

    form.save_now()

    qtbot.waitUntil(lambda: form.saved == [Draft("B-1")])
    qtbot.waitUntil(lambda: form.notices.bar.text == "Saved.")
    assert form.unsaved() == ""
    assert form.header.title.text() == "B-1"
    language.use("fr")
    assert form.header.title.text() == "B-1"


def test_a_form_with_wrong_fields_is_not_saved_and_keeps_what_was_typed(form: OrderForm) -> None:
    typed(form, "B-1")
    typed(form, "")

    form.save_now()

    assert form.form.fields["code"].error
    assert not form.saved
    assert "red" in form.notices.bar.text


def test_a_refusal_goes_beneath_its_field(form: OrderForm, qtbot: QtBot) -> None:
    typed(form, "taken")

    form.save_now()

    qtbot.waitUntil(lambda: "Choose another." in form.form.fields["code"].error)
    assert form.form.fields["code"].read() == "taken"


def test_a_form_that_was_being_edited_survives_a_crash(form: OrderForm, qtbot: QtBot) -> None:
    typed(form, "half-typed")
    form.state()

    after_the_crash = OrderForm(FakeBackend())
    qtbot.addWidget(after_the_crash)

    assert after_the_crash.form.fields["code"].read() == "half-typed"
    assert "is here again" in after_the_crash.notices.bar.text


def test_what_was_given_up_does_not_come_back(form: OrderForm, qtbot: QtBot) -> None:
    typed(form, "half-typed")
    form.state()
    form.forget_draft()

    again = OrderForm(FakeBackend())
    qtbot.addWidget(again)

    assert again.form.fields["code"].read() == ""


@pytest.fixture
def report(qtbot: QtBot) -> Balance:
    made = Balance(FakeBackend())
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    qtbot.waitUntil(lambda: bool(made.model.rows))
    return made


def test_a_report_shows_rows_totals_and_the_age_of_its_figures(report: Balance) -> None:
    assert report.totals.isVisible()
    assert report.totals.model().index(0, 2).data() == "2,800.00"
    assert report.header._summary.text().startswith("Waiting · figures of 20/11/2026")


def test_a_report_shows_other_columns_and_its_totals_follow(report: Balance) -> None:
    report.table.horizontalHeader().moveSection(0, 2)
    number, total = report.model.columns[0], report.model.columns[2]

    report.show_columns((number, replace(total, title="A"), replace(total, title="B", hidden=True)))
    report.show_report(report.report)

    assert report.table.columns.shown() == [0, 1]
    assert report.model.index(0, 1).data() == f"{ORDERS[0].total:,.2f}"
    assert report.totals.model().index(0, 1).data() == "2,800.00"
    assert report.totals.isColumnHidden(2)
    assert report.totals.columnWidth(1) == report.table.columnWidth(1)


def test_what_a_report_says_of_itself_follows_the_language(report: Balance) -> None:
    language.use("fr")

    assert report.header._summary.text().startswith("En attente · chiffres")


def test_parameters_are_asked_with_and_remembered(report: Balance, qtbot: QtBot) -> None:
    report.parameters["until"].show_value(date(2026, 3, 31))
    report.parameters["branch"].show_value("ALG")
    report.refresh()
    qtbot.waitUntil(lambda: report.asked[-1]["branch"] == "ALG")

    again = Balance(FakeBackend())
    qtbot.addWidget(again)

    assert again.parameters["until"].read() == date(2026, 3, 31)
    assert again.parameters["branch"].read() == "ALG"


def test_a_parameter_that_cannot_be_read_says_so_and_nothing_is_asked(report: Balance) -> None:
    before = len(report.asked)
    editor = report.parameters["until"].editor
    assert isinstance(editor, QLineEdit)
    editor.setText("32/13")

    report.refresh()

    assert report.parameters["until"].error
    assert len(report.asked) == before


@pytest.fixture
def counter(qtbot: QtBot) -> Counter:
    made = Counter(FakeBackend())
    qtbot.addWidget(made)
    made.show()
    made.model.show_rows(ORDERS)
    qtbot.waitUntil(made.scan.hasFocus)
    return made


def test_the_scan_field_has_the_focus_and_gets_it_back(counter: Counter, qtbot: QtBot) -> None:
    counter.pay.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    counter.pay.setFocus()

    qtbot.waitUntil(counter.scan.hasFocus)


def test_a_field_that_is_typed_into_keeps_the_focus(counter: Counter, qtbot: QtBot) -> None:
    received = QLineEdit()
    counter.side.addWidget(received)

    received.setFocus()
    qtbot.wait(30)

    assert received.hasFocus()


def test_what_is_typed_and_confirmed_is_an_entry_and_on_the_way_a_search(counter: Counter) -> None:
    QTest.keyClicks(counter.scan, "caf")
    QTest.keyClick(counter.scan, Qt.Key.Key_Return)

    assert counter.searches == ["c", "ca", "caf"]
    assert counter.entries == ["caf"]
    assert counter.scan.text() == ""


def test_a_scan_is_an_entry_whatever_was_half_typed(counter: Counter) -> None:
    QTest.keyClicks(counter.scan, "ca")

    assert counter.on_scan("6130000012348")

    assert counter.entries == ["6130000012348"]
    assert counter.scan.text() == ""


def test_arrow_keys_step_through_the_lines_without_leaving_the_scan_field(counter: Counter) -> None:
    counter.table.select_row(0)

    QTest.keyClick(counter.scan, Qt.Key.Key_Down)
    QTest.keyClick(counter.scan, Qt.Key.Key_Down)
    QTest.keyClick(counter.scan, Qt.Key.Key_Up)

    assert counter.table.current_row() == ORDERS[1]
    assert counter.scan.hasFocus()


def test_the_key_of_a_button_stands_on_it(counter: Counter) -> None:
    assert counter.pay.text() == "Pay   Ctrl+Return"


def test_a_list_that_comes_back_to_the_front_shows_what_is_true_now(
    orders: OrderList, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: len(orders.model.rows) == len(ORDERS))
    orders.asked.clear()

    orders.hide()
    orders.show()

    qtbot.waitUntil(lambda: bool(orders.asked))
