"""What every list can do besides loading: saved filters, counts, totals, copies, files, paper."""

import asyncio
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.core.i18n import N_, words
from erp_desktop.ui import language, memory
from erp_desktop.ui.exports import MOST_ON_PAPER, Table, TooLongForPaperError, is_strong, render
from erp_desktop.ui.filters import Query
from erp_desktop.ui.notices import ProgressPanel
from erp_desktop.ui.tables import Column
from tests.fakes import FakeBackend
from tests.ui.pages import COLUMNS, ORDERS, Balance, Order, OrderList

pytestmark = pytest.mark.usefixtures("loop")


class CountedList(OrderList):
    """A list whose chips say how much they would find, with a line of totals."""

    def __init__(self, backend: Any) -> None:
        super().__init__(backend)
        self.counted: list[Query] = []
        self.closed: list[Order] = []
        self.add_bulk_action(N_("Close"), self.closed.extend)

    async def count(self, query: Query) -> int | None:
        """Count what is big."""
        self.counted.append(query)
        return 4 if query.has("big") else 1

    async def total(self, query: Query) -> Order | None:
        """Return the sum of all."""
        del query
        return Order("Total", sum((order.total for order in ORDERS), Decimal(0)))


@pytest.fixture
def orders(qtbot: QtBot) -> CountedList:
    made = CountedList(FakeBackend())
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    qtbot.waitUntil(lambda: len(made.model.rows) == len(ORDERS))
    qtbot.waitUntil(lambda: len(made.counted) == 1)
    return made


def chips(page: OrderList) -> list[str]:
    found = page.filter.findChildren(QPushButton)
    return [each.text() for each in found if each.isCheckable() and not each.isHidden()]


def test_a_filter_is_kept_under_a_name_and_shown_as_a_chip(
    orders: CountedList, qtbot: QtBot
) -> None:
    orders.filter.press({"big"})
    orders.filter.entry.setText("A-5")

    QTest.keyClick(
        orders,
        Qt.Key.Key_F,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    dialog = orders.findChild(QInputDialog)
    assert isinstance(dialog, QInputDialog)
    dialog.setTextValue("Benali")
    dialog.accept()
    orders.filter.clear()
    again = CountedList(FakeBackend())
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: "Benali  4" in chips(again))
    next(b for b in again.findChildren(QPushButton) if b.text() == "Benali  4").click()

    qtbot.waitUntil(lambda: [order.number for order in again.model.rows] == ["A-5"])
    assert again.filter.query().chips == {"big"}


def test_a_saved_filter_pressed_again_asks_for_everything(
    orders: CountedList, qtbot: QtBot
) -> None:
    orders.filter.saved.save("Five", "A-5", ())
    chip = orders.filter.saved._chips["Five"]
    chip.click()
    qtbot.waitUntil(lambda: len(orders.model.rows) == 1)
    assert chip.isChecked()

    chip.click()

    qtbot.waitUntil(lambda: len(orders.model.rows) > 1)
    assert orders.filter.entry.text() == ""


def test_a_saved_filter_can_be_removed(orders: CountedList, qtbot: QtBot) -> None:
    orders.filter.saved.save("Five", "A-5", ())
    qtbot.wait(10)
    chip = orders.filter.saved._chips["Five"]

    chip.customContextMenuRequested.emit(chip.rect().center())
    menu = chip.findChild(QMenu)
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()

    assert list(orders.filter.saved.all()) == []


def test_the_save_button_shows_only_for_a_filter_that_is_not_kept(orders: CountedList) -> None:
    save = orders.filter.saved._save
    assert save.isHidden()

    orders.filter.entry.setText("A-5")
    assert not save.isHidden()

    orders.filter.saved.save("Five", "A-5", ())
    assert save.isHidden()


def test_chips_say_how_much_they_find_but_only_after_the_rows_are_there(
    orders: CountedList, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "Big  4" in chips(orders))

    assert orders.counted == [Query(chips=frozenset({"big"}))]


def test_totals_stand_below_their_columns(orders: CountedList) -> None:
    assert orders.totals.isVisible()
    assert orders.totals.model().index(0, 2).data() == "2,800.00"


def test_what_can_be_done_with_several_rows_shows_while_several_are_selected(
    orders: CountedList,
) -> None:
    bar = orders.actions_of_row.bar
    orders.table.select_row(0)
    assert bar.isHidden()

    orders.table.selectAll()
    assert bar.isVisible()
    assert bar._words.text() == "7 lines selected"
    next(b for b in bar.findChildren(QPushButton) if b.text() == "Close").click()

    assert orders.closed == ORDERS
    orders.table.select_row(1)
    assert bar.isHidden()


def test_rows_are_copied_exactly_with_or_without_headings(orders: CountedList) -> None:
    orders.table.select_row(1)

    QTest.keyClick(orders.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "A-2\tCustomer of A-2\t200"

    language.use("fr")
    orders.table.copy_rows(headings=True)
    assert QGuiApplication.clipboard().text().splitlines()[0] == "Numéro\tClient\tTotal"

    orders.table.copy_cell()
    assert QGuiApplication.clipboard().text() == "A-2"


def test_an_excel_file_holds_every_row_as_shown(
    orders: CountedList, qtbot: QtBot, tmp_path: Path
) -> None:
    orders.table.setColumnHidden(1, True)  # noqa: FBT003 - Qt's own
    target = tmp_path / "orders.xlsx"

    orders.exporter.export("xlsx", target)

    qtbot.waitUntil(target.exists)
    sheet = load_workbook(target).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Number", "Total"]
    assert rows[1] == ["A-1", 100]
    assert rows[-1] == ["Total", 2800]
    assert len(rows) == 2 + len(ORDERS)
    assert sheet["B2"].number_format == "#,##0.00"
    qtbot.waitUntil(lambda: orders.notices.bar.text.startswith("Exported to"))


def test_a_pdf_holds_every_row(orders: CountedList, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "orders.pdf"

    orders.exporter.export("pdf", target)

    qtbot.waitUntil(target.exists)
    text = PdfReader(target).pages[0].extract_text()
    assert all(order.number in text for order in ORDERS)
    assert "2,800.00" in text


def test_an_export_can_be_cancelled_and_leaves_nothing(
    orders: CountedList, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "orders.xlsx"

    async def slow(_query: Query, _after: Order | None) -> Sequence[Order]:
        await asyncio.sleep(0.05)
        return ORDERS[:3]

    orders._list._load = slow
    orders.exporter.export("xlsx", target)
    qtbot.waitUntil(lambda: orders.findChild(ProgressPanel) is not None)
    panel = orders.findChild(ProgressPanel)
    assert isinstance(panel, ProgressPanel)
    panel._on_cancel()

    qtbot.waitUntil(lambda: orders.notices.bar.text.startswith("Cancelled"))
    assert list(tmp_path.iterdir()) == []


def test_the_file_dialog_begins_where_the_user_left_it(
    orders: CountedList, qtbot: QtBot, tmp_path: Path
) -> None:
    for _turn in range(2):
        orders.exporter.start("csv")
        qtbot.waitUntil(lambda: orders.findChild(QFileDialog) is not None)
        dialog = orders.findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        if _turn:
            assert Path(dialog.directory().absolutePath()) == tmp_path
            dialog.reject()
        else:
            dialog.setDirectory(str(tmp_path))
            name = dialog.findChild(QLineEdit)
            assert isinstance(name, QLineEdit)
            name.setText("orders")
            dialog.accept()
            qtbot.waitUntil((tmp_path / "orders.csv").exists)
            qtbot.waitUntil(lambda: orders.findChild(QFileDialog) is None)

    assert memory.current().get("folder") == str(tmp_path)


def test_without_a_workstation_print_opens_the_pdf(
    orders: CountedList, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def take(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)

    QTest.keyClick(orders, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: bool(opened))
    assert PdfReader(opened[0]).pages


def test_at_a_workstation_print_goes_to_its_printer(
    orders: CountedList, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[str, str]] = []

    def take(_station: Any, name: str, content: bytes, *, kind: str, at: Any) -> None:
        assert content.startswith(b"%PDF")
        assert at.tzinfo
        printed.append((name, kind))

    monkeypatch.setattr("erp_desktop.documents.outlets.print_document", take)
    orders.backend.workstation = object()

    orders.exporter.start_print()

    qtbot.waitUntil(lambda: printed == [("Orders", "a4")])
    qtbot.waitUntil(lambda: orders.notices.bar.text == "“Orders” is printed.")


def test_a_report_is_exported_with_its_totals_and_its_parameters(
    qtbot: QtBot, tmp_path: Path
) -> None:
    report = Balance(FakeBackend())
    qtbot.addWidget(report)
    report.parameters["branch"].show_value("ALG")
    report.show()
    qtbot.waitUntil(lambda: bool(report.model.rows))

    report.exporter.export("pdf", tmp_path / "a.pdf")
    qtbot.waitUntil((tmp_path / "a.pdf").exists)
    report.exporter.export("xlsx", tmp_path / "a.xlsx")
    qtbot.waitUntil((tmp_path / "a.xlsx").exists)

    text = PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    assert "Branch: Algiers" in text
    language.use("fr", "DZ")
    assert report._about(report.parameters["branch"]).endswith("\u00a0: Algiers")
    language.use("en", "DZ")
    assert load_workbook(tmp_path / "a.xlsx").active.max_row == 2 + len(ORDERS)


def test_a_report_may_have_a_paper_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    report = Balance(FakeBackend())
    qtbot.addWidget(report)
    report.set_paper(lambda shown: f"{len(shown.rows)} rows".encode(), "balance.pdf")
    report.show()
    qtbot.waitUntil(lambda: bool(report.model.rows))

    report.exporter.export("pdf", tmp_path / "a.pdf")

    qtbot.waitUntil((tmp_path / "a.pdf").exists)
    assert (tmp_path / "a.pdf").read_bytes() == b"7 rows"


def table_of(rows: Sequence[Order]) -> Table[Order]:
    return Table("Orders", COLUMNS, rows, about=("A-",))


def test_hundreds_of_pages_are_refused_with_the_cure() -> None:
    many = [ORDERS[0]] * (MOST_ON_PAPER + 1)

    with pytest.raises(TooLongForPaperError, match="export it as Excel"):
        render(table_of(many), "pdf", words("en"))


def test_an_arabic_reader_gets_an_arabic_sheet() -> None:
    content = render(table_of(ORDERS), "xlsx", words("ar"))

    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet.sheet_view.rightToLeft
    assert sheet["A1"].value == "الرقم"


def test_the_work_is_told_row_by_row() -> None:
    told: list[tuple[int, int]] = []

    for kind in ("xlsx", "csv", "pdf"):
        render(table_of(ORDERS), kind, words("en"), lambda *step: told.append(step))

    assert told == [(number, 7) for number in range(7)] * 3


def test_the_export_menu_names_each_kind(orders: CountedList) -> None:
    menu = QMenu(orders)
    orders.exporter.fill_menu(menu)

    titles = [action.text() for action in menu.actions()]
    assert titles[:3] == ["Export as Excel…", "Export as CSV…", "Export as PDF…"]
    assert titles[3].startswith("Print")


def test_rows_that_a_column_calls_strong_are_bold_on_paper() -> None:
    columns: tuple[Column[int], ...] = (
        Column("Number", str, strong=True),
        Column("Square", lambda n: str(n * n), strong=lambda n: n > 2),
    )

    assert [is_strong(columns, number) for number in (1, 2, 3)] == [False, False, True]
