"""The page of every import: a file, its columns, its problems, its rows, its result."""

from pathlib import Path
from typing import Any, ClassVar

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot
from typing_extensions import override

from erp_desktop.core.errors import CancelledError
from erp_desktop.core.i18n import count
from erp_desktop.imports.checking import check_table
from erp_desktop.imports.writing import ImportReport
from erp_desktop.ui import import_problems, language, memory
from erp_desktop.ui.forms import TextField
from erp_desktop.ui.import_page import ImportPage
from erp_desktop.ui.import_presenter import ImportJob
from erp_desktop.ui.import_result import ImportWords
from erp_desktop.ui.table_files import with_suffix
from tests.fakes import FakeBackend
from tests.imports.things import KIND, Thing
from tests.ui.test_cut_words import SMALLER, cut_words

pytestmark = pytest.mark.usefixtures("loop")

TEXT = "code;nom;prix\nA;Un;10\nB;;dix\nC;Trois;1,2345\nD;Quatre;4\n"


def get_kind(_ctx: Any) -> Any:
    """Stand for a module's selector."""
    return KIND


def dry_run(table: Any, options: Any, kind: Any) -> Any:
    """Stand for a module's selector: nothing exists yet."""
    return check_table(table, options, kind, lambda _codes, _tags: (frozenset(), {}))


def write(*_args: Any) -> Any:
    """Stand for a module's service."""


class ThingImportPage(ImportPage[Thing]):
    """Imports things."""

    title = "Import things"
    job: ClassVar[ImportJob[Any]] = ImportJob("things.import", get_kind, dry_run, write)
    words = ImportWords(
        action=lambda n: count("Import {n} thing", "Import {n} things", n),
        ready=lambda n: count("{n} thing to import", "{n} things to import", n),
        created=lambda n: count("{n} thing created", "{n} things created", n),
    )
    done = "Show the things"
    done_page = "things.list"

    @override
    def defaults(self) -> Any:
        return (TextField("name", "Name"),)


def door() -> Any:
    """A door behind which nothing exists yet."""
    return FakeBackend({get_kind: KIND, dry_run: dry_run, write: ImportReport(2, 0)})


@pytest.fixture
def page(qtbot: QtBot) -> ThingImportPage:
    return shown(qtbot, door())


def shown(qtbot: QtBot, backend: Any) -> ThingImportPage:
    made = ThingImportPage(backend)
    qtbot.addWidget(made, before_close_func=lambda closing: closing.stop())
    made.resize(1100, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def things(tmp_path: Path) -> Path:
    path = tmp_path / "things.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def read(qtbot: QtBot, page: ThingImportPage, path: Path) -> None:
    page.open_file(path)
    qtbot.waitUntil(lambda: page._is_read)


def checked(qtbot: QtBot, page: ThingImportPage, path: Path) -> None:
    read(qtbot, page, path)
    page.go_on()
    qtbot.waitUntil(lambda: page._plan is not None)
    qtbot.waitUntil(lambda: not page.is_busy(page._presenter.check))


def test_a_file_is_imported_in_three_steps(
    qtbot: QtBot, page: ThingImportPage, things: Path
) -> None:
    assert page._header.primary.text() == "Choose a file…"
    assert not page.board._top.isVisible()

    checked(qtbot, page, things)
    assert page.board.result.verdict.startswith("4 rows read · 3 things to import · 1 row left out")
    assert page._header.primary.text() == "Import 3 things"

    page.go_on()
    qtbot.waitUntil(lambda: page._header.primary.text() == "Show the things")
    assert page.board.result.verdict.startswith("2 things created · 0 changed · 1 row left out")
    with qtbot.waitSignal(page.opens) as opened:
        page.go_on()
    assert opened.args[0] == "things.list"


def test_a_dropped_file_is_read(qtbot: QtBot, page: ThingImportPage, things: Path) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(things))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)

    QApplication.sendEvent(page, QDragEnterEvent(QPoint(5, 5), copy, carried, left, none))
    QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), copy, carried, left, none))

    qtbot.waitUntil(lambda: page.board.mapping.columns() == ("code", "name", "price"))
    assert page.state() == {"file": str(things)}


def test_what_changes_the_reading_must_be_checked_again(
    qtbot: QtBot, page: ThingImportPage, things: Path
) -> None:
    checked(qtbot, page, things)

    page.board.options.form.fields["name"].show_value("Sans nom")
    page.board.options.changed.emit()
    assert page._header.primary.text() == "Check the file"
    page.go_on()

    qtbot.waitUntil(lambda: page._plan is not None)
    assert [problem.code for problem in page.board.result.model.rows] == [
        "amount_unreadable",
        "amount_rounded",
    ]


def test_one_column_is_the_name_and_no_other(
    qtbot: QtBot, page: ThingImportPage, things: Path
) -> None:
    read(qtbot, page, things)
    first, second, _third = page.board.mapping.findChildren(QComboBox)

    first.setCurrentIndex(second.currentIndex())
    first.activated.emit(first.currentIndex())

    assert page.board.mapping.columns() == ("name", "", "price")


def test_problems_are_filtered_by_words_and_by_kind(
    qtbot: QtBot, page: ThingImportPage, things: Path
) -> None:
    checked(qtbot, page, things)
    problems = page.board.result.problems
    assert [p.row for p in problems.model.rows] == [3, 3, 4]

    problems.filter.entry.setText("dix")
    assert [p.code for p in problems.model.rows] == ["amount_unreadable"]
    problems.filter.entry.clear()
    problems.filter.press(["doubt"])
    assert [p.row for p in problems.model.rows] == [4]
    problems.filter.press(["doubt", "wrong"])
    assert len(problems.model.rows) == 3


def test_of_very_many_problems_the_first_are_listed(
    qtbot: QtBot, page: ThingImportPage, things: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_problems, "_MOST", 2)

    checked(qtbot, page, things)

    problems = page.board.result.problems
    assert len(problems.model.rows) == 2
    assert problems._more.isVisible()


def test_a_double_click_goes_to_the_cell_of_the_problem(
    qtbot: QtBot, page: ThingImportPage, things: Path
) -> None:
    checked(qtbot, page, things)
    problems, rows = page.board.result.problems, page.board.result.rows
    place = next(n for n, p in enumerate(problems.model.rows) if p.code == "amount_unreadable")

    problems.table.activated.emit(problems.model.index(place, 0))

    qtbot.waitUntil(rows.isVisible)
    assert rows.table is not None
    current = rows.table.currentIndex()
    assert current.data() == "\u2068dix\u2069"
    assert rows.table.rows_model.row(current).number == 3
    assert rows.table.rows_model.row(current).tones == {1: "bad", 2: "bad"}
    assert rows.table.rows_model.index(1, 2).data() == "—"

    page.board.result.back()
    assert not rows.isVisible()


def test_the_file_with_remarks_is_saved_and_says_so(
    qtbot: QtBot, page: ThingImportPage, things: Path, tmp_path: Path
) -> None:
    checked(qtbot, page, things)
    path = with_suffix(str(tmp_path / "back"), "XLSX (*.xlsx)")

    page.save_remarks(path, only_wrong=True)

    qtbot.waitUntil(lambda: page.notices.bar.text.startswith("Saved as back.xlsx"))
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    assert rows[0] == ("code", "nom", "prix", "Remarks")
    assert [row[0] for row in rows[1:]] == ["B"]
    assert with_suffix("a.xlsx", "CSV (*.csv)").name == "a.xlsx"
    assert with_suffix("prix 1.5", "CSV (*.csv)").name == "prix 1.5.csv"


def test_a_folder_that_takes_nothing_says_so(
    qtbot: QtBot, page: ThingImportPage, things: Path
) -> None:
    checked(qtbot, page, things)

    page.save_remarks(things / "back.csv", only_wrong=False)

    qtbot.waitUntil(lambda: page.notices.bar.text.startswith("back.csv cannot be written."))


def test_what_columns_mean_is_remembered_for_the_next_file_of_that_kind(
    qtbot: QtBot, page: ThingImportPage, things: Path
) -> None:
    read(qtbot, page, things)
    assert not page.board.remembered.isVisible()
    page.board.mapping.show_columns(("code", "", "stock"))
    page.board.options.form.fields["existing"].show_value("change")
    page._on_check()
    qtbot.waitUntil(lambda: page._plan is not None)

    other = shown(qtbot, door())
    read(qtbot, other, things)

    assert other.board.mapping.columns() == ("code", "", "stock")
    assert other.board.remembered.isVisible()
    kept = memory.current().get("things.import/code|nom|prix")
    assert (kept["columns"], kept["existing"]) == (["code", "", "stock"], "change")


def test_another_sheet_is_a_click_away(qtbot: QtBot, page: ThingImportPage, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["code"])
    book.create_sheet("Gros").append(["nom", "prix"])
    book.save(tmp_path / "things.xlsx")
    read(qtbot, page, tmp_path / "things.xlsx")
    fields = page.board.reading.form.fields
    assert fields["sheet"].isVisible()
    assert not fields["encoding"].isVisible()

    fields["sheet"].show_value("Gros")
    page.board.reading.changed.emit()

    qtbot.waitUntil(lambda: page.board.mapping.columns() == ("name", "price"))
    assert "Gros" in page._header._summary.text()


def test_the_user_may_say_where_headings_are_and_how_a_text_is_cut(
    qtbot: QtBot, page: ThingImportPage, things: Path
) -> None:
    read(qtbot, page, things)
    fields = page.board.reading.form.fields
    assert not fields["sheet"].isVisible()

    fields["headings_in"].show_value(0)
    fields["delimiter"].show_value("|")
    page.board.reading.changed.emit()

    qtbot.waitUntil(lambda: len(page.board.mapping.columns()) == 1)
    assert page.board.reading.reading()["headings_in"] == 0


def test_a_file_that_cannot_be_read_leaves_the_page_as_it_was_found(
    qtbot: QtBot, page: ThingImportPage, tmp_path: Path
) -> None:
    path = tmp_path / "prices.csv"
    path.write_bytes(b"%PDF-1.7")

    page.open_file(path)

    qtbot.waitUntil(lambda: "it is a PDF" in page.notices.bar.text)
    assert page._header.primary.text() == "Choose a file…"
    assert page.state() == {"file": ""}


def test_who_cancels_can_go_on_where_they_were(
    qtbot: QtBot, page: ThingImportPage, things: Path
) -> None:
    checked(qtbot, page, things)
    page._presenter._backend.answers[write] = CancelledError()  # type: ignore[attr-defined]

    page.go_on()

    qtbot.waitUntil(lambda: page.notices.bar.text == "Cancelled. Nothing was changed.")
    assert page._header.primary.text() == "Import 3 things"
    assert page._header.primary.isEnabled()


@pytest.mark.parametrize("code", ["ar", "fr", "en"])
def test_no_word_is_cut(qtbot: QtBot, page: ThingImportPage, things: Path, code: str) -> None:
    page.resize(SMALLER)
    checked(qtbot, page, things)
    language.use(code)
    qtbot.wait(20)

    assert list(cut_words(page)) == []
    assert page.width() == SMALLER.width()
