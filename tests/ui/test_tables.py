"""Tables: alignment in both directions, loading as one scrolls, copying, remembered columns."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from erp_desktop.core.i18n import N_, current
from erp_desktop.ui import language, theme
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel, ToneRole
from erp_desktop.ui.totals import TotalsRow
from erp_desktop.ui.trees import TreeModel


@dataclass(frozen=True)
class Order:
    """One row."""

    number: str
    total: Decimal
    tone: Tone = ""


COLUMNS: tuple[Column[Order], ...] = (
    Column(N_("Number"), lambda order: order.number, width=140),
    Column(N_("Customer"), lambda order: f"Customer of {order.number}"),
    Column(N_("Total"), lambda order: current().amount(order.total, "DZD"), RIGHT, width=120),
    Column(N_("State"), lambda _order: "paid", width=90, tone=lambda order: order.tone),
)
ROWS = [Order("A", Decimal(-12300), "ok"), Order("B", Decimal("9610.5"))]


@pytest.fixture
def model() -> TableModel[Order]:
    made: TableModel[Order] = TableModel(COLUMNS)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.show_rows(ROWS)
    return made


@pytest.fixture
def table(qtbot: QtBot, model: TableModel[Order]) -> TableView:
    made = TableView(model)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


def test_money_is_on_the_right_in_both_directions(model: TableModel[Order]) -> None:
    align = model.data(model.index(0, 2), Qt.ItemDataRole.TextAlignmentRole)

    assert align & Qt.AlignmentFlag.AlignRight
    assert align & Qt.AlignmentFlag.AlignAbsolute


def test_a_minus_sign_stays_before_its_number_in_arabic(model: TableModel[Order]) -> None:
    language.use("ar")

    assert model.data(model.index(0, 2)) == "\u2066-12\u00a0300,00\u2069"


def test_a_state_has_a_tone(model: TableModel[Order]) -> None:
    assert model.data(model.index(0, 3), ToneRole) == "ok"
    assert model.data(model.index(0, 0), ToneRole) is None


def test_the_end_of_a_page_asks_for_the_next_once(model: TableModel[Order], qtbot: QtBot) -> None:
    model.show_rows(ROWS, has_more=True)
    root = model.index(-1, -1)

    with qtbot.waitSignal(model.wants_more):
        model.fetchMore(root)
    assert not model.canFetchMore(root)

    model.add_rows([Order("C", Decimal(1))], has_more=False)
    assert [order.number for order in model.rows] == ["A", "B", "C"]
    assert not model.canFetchMore(root)


def test_headings_follow_the_language(model: TableModel[Order]) -> None:
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Number"

    language.use("fr")

    assert model.headerData(0, Qt.Orientation.Horizontal) == current().say("Number")


def test_rows_are_as_high_as_the_user_likes(table: TableView) -> None:
    assert table.rowHeight(0) == 38

    theme.use(theme.Look("light", "compact"))

    assert table.rowHeight(0) == 26


def test_a_column_without_width_takes_what_the_others_leave(table: TableView) -> None:
    header = table.horizontalHeader()

    assert header.length() == table.viewport().width()
    table.resize(900, 300)
    assert header.length() == table.viewport().width()
    table.resize(300, 300)
    assert header.sectionSize(1) == 130


def test_columns_come_back_as_the_user_left_them(
    table: TableView, model: Any, qtbot: QtBot
) -> None:
    table.horizontalHeader().moveSection(2, 0)
    table.hideColumn(3)
    table.horizontalHeader().resizeSection(0, 222)
    state = table.columns.state()

    other = TableView(model)
    qtbot.addWidget(other)
    other.columns.restore(state)

    assert other.columns.state() == state
    assert other.isColumnHidden(3)
    assert other.horizontalHeader().sectionSize(0) == 222


def test_unknown_columns_of_an_older_version_do_no_harm(table: TableView) -> None:
    table.columns.restore({"order": ["Gone", "Total"], "hidden": ["Gone"], "widths": {"Gone": 5}})

    assert table.columns.state()["order"][0] == "Total"


def test_rows_are_copied_for_a_spreadsheet_without_direction_marks(table: TableView) -> None:
    language.use("ar")
    table.selectAll()
    table.copy_rows()

    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["A", "Customer of A", "-12\u00a0300,00"]
    assert len(lines) == 2


def test_enter_opens_a_row(table: TableView, qtbot: QtBot) -> None:
    table.select_row(1)

    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)

    assert opened.args == [ROWS[1]]


def test_an_empty_table_says_what_belongs_there_and_offers_the_first_step(
    table: TableView, model: TableModel[Order]
) -> None:
    steps: list[str] = []
    table.empty.tell(N_("No orders yet."), N_("New order"), lambda: steps.append("new"))
    assert table.empty.isHidden()

    model.show_rows([])

    assert table.empty.isVisible()
    model.show_rows(ROWS)
    assert table.empty.isHidden()


def test_the_columns_menu_hides_a_column(table: TableView) -> None:
    menu = QMenu()
    table.columns.fill_menu(menu)

    menu.actions()[3].trigger()

    assert table.isColumnHidden(3)


def test_totals_stand_under_their_columns(table: TableView, qtbot: QtBot) -> None:
    totals: TotalsRow[Order] = TotalsRow(table, COLUMNS)
    qtbot.addWidget(totals)
    totals.show_totals(Order("", Decimal("-2689.5")))

    table.horizontalHeader().resizeSection(2, 177)
    table.horizontalHeader().moveSection(3, 0)

    assert totals.columnWidth(2) == 177
    assert totals.horizontalHeader().visualIndex(3) == 0
    assert totals.model().index(0, 2).data() == "-2,689.50"


def test_a_tree_shows_rows_under_rows() -> None:
    children = {"1": ["11", "12"], "11": ["111"]}
    model: TreeModel[str] = TreeModel(
        (Column(N_("Account"), str),), lambda account: children.get(account, [])
    )
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    model.show_rows(["1", "2"])

    first = model.index(0, 0)
    assert model.rowCount(first) == 2
    assert model.data(model.index(0, 0, model.index(0, 0, first))) == "111"
    assert model.rows == ["1", "11", "111", "12", "2"]
    assert model.parent(model.index(1, 0, first)) == first


def test_every_heading_is_read_until_the_user_wants_it_narrower(
    qtbot: QtBot, model: TableModel[Order]
) -> None:
    words = "A heading that is much longer than the column was made for"
    long = (Column(words, lambda order: order.number, width=60), *COLUMNS[1:])
    model.show_columns(long)
    table = TableView(model)
    qtbot.addWidget(table)
    table.show()
    header = table.horizontalHeader()
    assert header.sectionSize(0) == header.sectionSizeHint(0) > 300

    header.resizeSection(0, 80)
    language.use("ar")

    assert header.sectionSize(0) == 80
