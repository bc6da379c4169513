"""How cells are painted: state chips, focus without a frame, amounts on the right."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from erp_desktop.ui import theme
from erp_desktop.ui.tables import ToneRole

_TONES = {
    "ok": ("ok", "ok_soft"),
    "warn": ("warn", "warn_soft"),
    "bad": ("bad", "bad_soft"),
    "": ("text", "plain_soft"),
}
_MARGIN = 10


class CellPainter(QStyledItemDelegate):
    """Paints a cell with a tone as a chip; every other as the style sheet says."""

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        is_framed = option.state & QStyle.StateFlag.State_HasFocus and _marks(option.widget)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        tone = index.data(ToneRole)
        if tone is None:
            super().paint(painter, option, index)
            if is_framed:
                painter.setPen(theme.color("accent"))
                painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
            return
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if text:
            paint_chip(painter, option, text, tone)

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        chip = 3 * _MARGIN if index.data(ToneRole) is not None else 0
        size.setWidth(size.width() + chip)
        return size


def _marks(widget: Any) -> bool:
    """Whether a table frames its current cell."""
    return bool(getattr(widget, "marks_cell", False))


def paint_chip(painter: QPainter, option: QStyleOptionViewItem, text: str, tone: str) -> None:
    """Paint `text` as a chip of `tone` at the leading edge of the cell."""
    words, ground = _TONES[tone]
    metrics = QFontMetrics(option.font)
    room = option.rect.adjusted(_MARGIN - 2, 0, 2 - _MARGIN, 0)
    width = min(metrics.horizontalAdvance(text) + 2 * _MARGIN, room.width())
    height = min(metrics.height() + 6, room.height() - 5)
    place = QStyle.alignedRect(
        option.direction,
        Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter,
        QRect(0, 0, width, height).size(),
        room,
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ground))
    painter.drawRoundedRect(place, 8, 8)
    painter.setPen(theme.color(words))
    painter.setFont(option.font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - _MARGIN)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
