"""The list that opens below a link field: the records that fit, by name and code."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui import keys, theme
from erp_desktop.ui.parts import column, kind, label

_WIDTH, _ROWS = 440, 8
_MARGIN = 10
_NOTE = int(Qt.ItemDataRole.UserRole) + 1
NOTHING_FOUND = N_("Nothing found.")
CREATE = N_("Create")


class LinkPopup(QFrame):
    """Lies over the window below its line; the line keeps the focus and steers it.

    Signals:
        picked: A `LinkChoice` was clicked.
    """

    picked = Signal(object)

    def __init__(self, entry: QLineEdit) -> None:
        super().__init__(entry.window())
        kind(self, "popup")
        self._entry = entry
        self._choices: tuple[LinkChoice, ...] = ()
        self._list = QListWidget()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(LinkPainter(self._list))
        self._list.itemClicked.connect(lambda _item: self.picked.emit(self.choice))
        self._foot = label(look="muted")
        self._foot.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        self.setLayout(column(self._list, self._foot, margins=theme.SPACE_XS, spacing=0))
        self.hide()

    @property
    def choice(self) -> LinkChoice | None:
        """The choice that Enter takes."""
        place = self._list.currentRow()
        return self._choices[place] if 0 <= place < len(self._choices) else None

    def show_choices(self, choices: Sequence[LinkChoice], *, may_create: bool) -> None:
        """Show what was found, the first one current; with nothing found, say so."""
        self._choices = tuple(choices)
        self._list.clear()
        for each in self._choices:
            item = QListWidgetItem(each.named(current().language), self._list)
            notes = filter(None, (each.note, each.code))
            item.setData(_NOTE, "   ".join(current().isolate(note) for note in notes))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()} {each.code}")
        self._list.setCurrentRow(0)
        self._word_foot(may_create=may_create)
        self._place()
        self.show()
        self.raise_()

    def move_by(self, steps: int) -> None:
        """Make another choice current."""
        last = self._list.count() - 1
        if last >= 0:
            self._list.setCurrentRow(max(0, min(self._list.currentRow() + steps, last)))

    def _word_foot(self, *, may_create: bool) -> None:
        words = [] if self._choices else [_(NOTHING_FOUND)]
        if may_create:
            words.append(f"{_(CREATE)}   {keys.shown('link.create')}")
        self._foot.setText("      ".join(words))
        self._foot.setVisible(bool(words))

    def _place(self) -> None:
        """Stand below the line, or above it where there is no room below."""
        window = self._entry.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        rows = min(len(self._choices), _ROWS)
        self._list.setFixedHeight(rows * theme.look().row_height)
        self._list.setVisible(bool(rows))
        width = min(max(self._entry.width(), _WIDTH), window.width())
        self.resize(width, self.sizeHint().height())
        corner = self._entry.mapTo(window, QPoint(0, 0))
        x = corner.x()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x += self._entry.width() - width
        below = corner.y() + self._entry.height() + theme.SPACE_XS
        fits = below + self.height() <= window.height() or corner.y() < self.height()
        y = below if fits else corner.y() - self.height() - theme.SPACE_XS
        self.move(max(0, min(x, window.width() - width)), y)


class LinkPainter(QStyledItemDelegate):
    """Paints a name at the leading edge and, in grey, its code at the other."""

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self.initStyleOption(option, index)
        name, option.text = option.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        note, metrics = str(index.data(_NOTE)), QFontMetrics(option.font)
        room = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        taken = metrics.horizontalAdvance(note)
        painter.save()
        painter.setFont(option.font)
        painter.setPen(theme.color("muted"))
        edge, middle = Qt.AlignmentFlag, Qt.AlignmentFlag.AlignVCenter
        painter.drawText(_place(option, edge.AlignTrailing, taken, room), middle, note)
        painter.setPen(theme.color("text"))
        width = room.width() - taken - 2 * _MARGIN
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, width)
        place = _place(option, edge.AlignLeading, metrics.horizontalAdvance(shown), room)
        painter.drawText(place, middle, shown)
        painter.restore()

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, theme.look().row_height)


def _place(option: QStyleOptionViewItem, edge: Qt.AlignmentFlag, width: int, room: QRect) -> QRect:
    size = QSize(width + 1, room.height())
    return QStyle.alignedRect(option.direction, edge, size, room)


def over(window: QWidget) -> LinkPopup | None:
    """Return the list that is open over a window, if one is."""
    return next((each for each in window.findChildren(LinkPopup) if each.isVisible()), None)
