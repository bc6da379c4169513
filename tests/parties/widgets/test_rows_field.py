"""The small table inside a form: typed into like a spreadsheet, by keyboard alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.core.i18n import N_
from modules.parties.widgets.rows_field import Cell, RowsField

pytestmark = pytest.mark.usefixtures("desk")

CELLS = (
    Cell("kind", N_("Kind"), 100, is_choice=True),
    Cell("name", N_("Name")),
    Cell("city_ar", N_("City"), 100, Qt.LayoutDirection.RightToLeft),
)


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[RowsField]:
    """A field with one line, and another field behind it."""
    window = QWidget()
    made = RowsField(
        "lines", N_("Lines"), CELLS, lambda: {"kind": "a", "name": "", "city_ar": ""}, N_("Add")
    )
    layout = QVBoxLayout(window)
    layout.addWidget(made)
    layout.addWidget(QLineEdit())
    qtbot.addWidget(window)
    made.offer("kind", [("a", "First"), ("b", "Second")])
    made.show_value(({"kind": "a", "name": "Lina", "city_ar": "وهران"},))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield made
    window.close()


def focused() -> Any:
    """Return whatever has the focus."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def typing(text: str, key: Qt.Key = Qt.Key.Key_Tab) -> None:
    """Type into whatever has the focus, then press a key."""
    editor = focused()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, key)
    QApplication.processEvents()


def test_a_line_is_added_and_filled_by_keyboard_and_tab_leaves_at_the_end(
    field: RowsField,
) -> None:
    field.add_line()

    typing("Samir")
    typing("Alger")

    assert [(line["name"], line["city_ar"]) for line in field.read()] == [
        ("Lina", "وهران"),
        ("Samir", "Alger"),
    ]
    assert not field.table.isAncestorOf(focused())


def test_what_is_typed_counts_before_the_cell_is_left(field: RowsField, qtbot: QtBot) -> None:
    field.add_line()

    with qtbot.waitSignal(field.changed):
        QTest.keyClicks(focused(), "Sa")

    assert field.read()[-1]["name"] == "Sa"


def test_a_cell_in_the_middle_of_typing_keeps_its_cursor(field: RowsField) -> None:
    field.table.setCurrentIndex(field.model.index(0, 1))
    editor = focused()
    editor.setCursorPosition(0)

    QTest.keyClicks(editor, "Dr ")

    assert (editor.text(), editor.cursorPosition()) == ("Dr Lina", 3)


def test_a_choice_is_offered_by_its_words_and_kept_by_its_value(field: RowsField) -> None:
    field.table.setCurrentIndex(field.model.index(0, 0))
    box = field.table.findChildren(QComboBox)[-1]
    assert [box.itemText(place) for place in range(box.count())] == ["First", "Second"]

    box.setCurrentIndex(1)
    box.activated.emit(1)

    assert field.read()[0]["kind"] == "b"


def test_texts_keep_their_direction_whatever_stands_around_them(field: RowsField) -> None:
    shown = [field.model.index(0, place).data() for place in range(3)]

    assert shown == ["\u2068First\u2069", "\u2068Lina\u2069", "\u2067وهران\u2069"]


def test_a_removed_line_is_gone_and_an_empty_one_is_none(field: RowsField) -> None:
    field.add_line()
    assert len(field.read()) == 1

    field.table.setCurrentIndex(field.model.index(0, 1))
    field.remove_line()

    assert field.read() == ()
