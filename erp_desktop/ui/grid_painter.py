"""What is seen of a grid, and how its cells are opened, typed into and left."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget
from typing_extensions import override

from erp_desktop.ui import theme
from erp_desktop.ui.link_field import LinkEdit
from erp_desktop.ui.painting import CellPainter
from erp_desktop.ui.parts import kind

if TYPE_CHECKING:
    from erp_desktop.ui.grid import Grid

Index = QModelIndex | QPersistentModelIndex
_FORTH = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class GridPainter(CellPainter):
    """Frames the current cell, makes its editor, and moves on when what is typed can be taken."""

    def __init__(self, grid: "Grid") -> None:
        super().__init__(grid)
        self._grid = grid
        self._step = 1
        self._editor: QWidget | None = None

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index == self._grid.currentIndex() and self._grid.hasFocus():
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -2, -2), 4, 4)
            painter.restore()

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        cell = self._grid.lines.line_columns[index.column()].cell
        assert cell is not None  # noqa: S101 - only such cells are editable
        editor: QWidget = kind(cell.make(), "cell")
        editor.setParent(parent)
        self._step, self._editor = 1, editor
        if isinstance(editor, LinkEdit):
            editor.confirmed.connect(lambda: self._leave(editor))
        return editor

    @override
    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self._editor = None
        super().destroyEditor(editor, index)

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Qt asks again when the line is reckoned afresh; what is being typed stays.
        if editor.property("filled") is None:
            editor.setProperty("filled", True)  # noqa: FBT003 - Qt's own
            cell = self._grid.lines.line_columns[index.column()].cell
            if cell is not None:
                cell.show(editor, self._grid.lines.start_of(index))

    @override
    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:
        self._grid.take(editor, index)

    @override
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(option.rect)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget) and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and not event.modifiers() & _COMMANDS:
                return self._on_key(watched, event.key()) or super().eventFilter(watched, event)
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _on_key(self, editor: QWidget, key: int) -> bool:
        if key in _FORTH or key == Qt.Key.Key_Backtab:
            self._step = -1 if key == Qt.Key.Key_Backtab else 1
            if isinstance(editor, LinkEdit):
                editor.confirm()
            else:
                self._leave(editor)
            return True
        if key in _ROWS and isinstance(editor, QLineEdit) and not isinstance(editor, LinkEdit):
            if self._grid.can_take(editor):
                self._close(editor)
                self._grid.step_rows(_ROWS[Qt.Key(key)])
            return True
        return False

    def _leave(self, editor: QWidget) -> None:
        # A link that was left may find its record only now; its line has been asked for it.
        if editor is self._editor and self._grid.can_take(editor):
            self._close(editor)
            self._grid.advance(self._step)

    def _close(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, self.EndEditHint.NoHint)
