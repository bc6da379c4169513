"""How a cell of a small table is edited: a line of text, or one of a few; kept with each key."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

Index = QModelIndex | QPersistentModelIndex
# What a cell may be, as pairs of value and words; and the direction in which it is typed.
ChoicesRole = int(Qt.ItemDataRole.UserRole) + 1
DirectionRole = ChoicesRole + 1


class CellEditor(QStyledItemDelegate):
    """Edits texts and choices; what is typed is in the model at once, so that saving finds it."""

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        choices = index.data(ChoicesRole)
        if choices is not None:
            box = QComboBox(parent)
            for value, words in choices:
                box.addItem(words, value)
            box.activated.connect(lambda _place: self.commitData.emit(box))
            return box
        line = QLineEdit(parent)
        direction = index.data(DirectionRole)
        if direction is not None:
            line.setLayoutDirection(direction)
        line.textEdited.connect(lambda _text: self.commitData.emit(line))
        return line

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value))
        elif isinstance(editor, QLineEdit) and editor.text() != value:
            # Not while it is being typed: the cursor would jump to the end.
            editor.setText(value)

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            if editor.currentIndex() >= 0:
                model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    @override
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(option.rect)
