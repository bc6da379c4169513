"""The grid of a document's lines, edited like a spreadsheet.

Typing opens a cell; Enter and Tab take it and go on, the arrows move, the look-up key opens a list,
amounts are reckoned (`12*3,5`), spreadsheets are pasted, and every step can be undone.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QToolTip, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, count
from erp_desktop.ui import grid_paste, keys, theme
from erp_desktop.ui.cells import LineColumn
from erp_desktop.ui.grid_model import GridModel
from erp_desktop.ui.grid_painter import GridPainter
from erp_desktop.ui.grid_walk import GridWalk
from erp_desktop.ui.link_field import LinkEdit
from erp_desktop.ui.page import page_of

Index = QModelIndex | QPersistentModelIndex

keys.declare(
    ("document.undo", N_("Undo"), "Ctrl+Z"),
    ("document.redo", N_("Redo"), "Ctrl+Y"),
)


class Grid(GridWalk):
    """Lines in columns; `lines` is their model, whose `edited` says that the user changed them."""

    def __init__(
        self,
        columns: Sequence[LineColumn[Any]],
        new_line: Callable[[], Any],
        placeholder: str,
    ) -> None:
        """Edit lines; `new_line` makes an empty one, which says `placeholder`, marked `N_`."""
        super().__init__(GridModel(columns, new_line, placeholder))
        self._new_line = new_line
        self.setItemDelegate(GridPainter(self))
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked)
        self.extra_actions = self._fill_menu

    @override
    def selected_rows(self) -> list[Any]:
        return [row for row in super().selected_rows() if row is not None]

    def can_take(self, editor: QWidget) -> bool:
        """Whether what is typed can be taken; if not, the cell says why and stays open."""
        try:
            self._cell().typed(editor)
        except ValueError as error:
            editor.setProperty("wrong", "true")
            theme.restyle(editor)
            QToolTip.showText(editor.mapToGlobal(editor.rect().bottomLeft()), str(error), editor)
            return False
        return True

    def take(self, editor: QWidget, index: Index) -> None:
        """Put what was typed into its line; what cannot be taken is told on the page."""
        cell = self.lines.line_columns[index.column()].cell
        if cell is None:
            return
        if isinstance(editor, LinkEdit) and not editor.is_settled:
            at = (index.row(), self.columns.shown().index(index.column()))
            self._start_paste(editor.text(), at)
            return
        try:
            self.lines.setData(index, cell.typed(editor))
        except ValueError as error:
            page_of(self).say(str(error), "warn")

    def paste(self) -> None:
        """Paste what a spreadsheet copied, from the current cell on."""
        shown, current = self.columns.shown(), self.currentIndex()
        if self.lines.is_open and current.isValid():
            place = (current.row(), shown.index(current.column()))
            self._start_paste(QGuiApplication.clipboard().text(), place)

    def add_line(self) -> None:
        """Add an empty line below the current one."""
        if not (self.lines.is_open and self.lines.grows):
            return
        stops = self.stops()
        row = min(self.currentIndex().row() + 1, len(self.lines.rows))
        if row < len(self.lines.rows):
            self.lines.insert_line(row)
        self.setCurrentIndex(self.lines.index(row, stops[0] if stops else 0))
        self.setFocus()

    def remove_lines(self) -> None:
        """Remove the selected lines; undo brings them back."""
        if self.lines.is_open:
            places = [index.row() for index in self.selectionModel().selectedRows()]
            self.lines.remove_lines(places or [self.currentIndex().row()])

    def _cell(self) -> Any:
        return self.lines.line_columns[self.currentIndex().column()].cell

    def _start_paste(self, text: str, at: tuple[int, int]) -> None:
        page_of(self).start_once(self._paste, text, at)

    async def _paste(self, text: str, at: tuple[int, int]) -> None:
        page = page_of(self)
        columns = [self.lines.line_columns[number] for number in self.columns.shown()]
        before = tuple(self.lines.rows)
        pasted = await grid_paste.paste(
            page.backend, text, before, self._new_line, columns=columns, at=at
        )
        if pasted.count:
            self.lines.change(pasted.lines)
        if pasted.faults:
            cells = count(
                "{n} cell was not taken.", "{n} cells were not taken.", len(pasted.faults)
            )
            first, details = pasted.faults[0], "\n".join(each.words() for each in pasted.faults)
            page.say(f"{cells} {first.text}: {first.sentence}", "warn", details=details)
        elif "\n" in text.strip():
            page.say(count("{n} line pasted.", "{n} lines pasted.", pasted.count))

    def _fill_menu(self, menu: QMenu) -> None:
        if self.lines.is_open:
            for words, identity, deed in (
                (_("Add a line"), "page.add_line", self.add_line),
                (_("Remove the line"), "page.remove_line", self.remove_lines),
                (_("Undo"), "document.undo", self.lines.undo),
            ):
                menu.addAction(f"{words}\t{keys.shown(identity)}", deed)
            menu.addAction(_("Paste"), self.paste)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_plain = event.key(), not event.modifiers()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif QKeySequence(event.keyCombination()) == QKeySequence(keys.key_of("link.look_up")):
            self._look_up()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_plain and self.lines.is_open:
            self.advance(1)
        else:
            super().keyPressEvent(event)

    def _look_up(self) -> None:
        index = self.currentIndex()
        if not self.lines.is_editable(index):
            return
        self.edit(index)
        editor = QApplication.focusWidget()
        if isinstance(editor, LinkEdit):
            editor.look_up()
