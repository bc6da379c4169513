"""The products that a search means, below the scan field; the focus stays in the field."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QLineEdit, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, current
from erp_desktop.ui import theme
from erp_desktop.ui.parts import Tone, column, kind
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel
from modules.till.shelf import Offer

_MOST_ROWS = 8


def _stock_tone(offer: Offer) -> Tone:
    return "" if offer.on_hand > 0 else "warn"


_COLUMNS: tuple[Column[Offer], ...] = (
    Column(N_("Product"), lambda offer: offer.product.named(current().language)),
    Column(N_("Code"), lambda offer: current().isolate(offer.product.code), width=150),
    Column(N_("Stock"), lambda o: current().number(o.on_hand), width=80, tone=_stock_tone),
    Column(N_("Price"), lambda o: current().amount(o.product.price, o.currency), RIGHT, width=120),
)


class ProductPopup(QFrame):
    """Lies over the page, below the scan field; arrows and Enter in the field choose here.

    Signals:
        chosen: The offer that was chosen.
    """

    chosen = Signal(object)
    _STEPS: ClassVar[dict[int, int]] = {
        Qt.Key.Key_Up: -1,
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_PageUp: -_MOST_ROWS,
        Qt.Key.Key_PageDown: _MOST_ROWS,
    }

    def __init__(self, field: QLineEdit, parent: QWidget) -> None:
        super().__init__(parent)
        kind(self, "card")
        self._field = field
        self.text = ""
        self.model: TableModel[Offer] = TableModel(_COLUMNS, self)
        self.table = TableView(self.model)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.clicked.connect(lambda index: self.chosen.emit(self.model.row(index)))
        self.setLayout(column(self.table))
        shadow = QGraphicsDropShadowEffect(self, blurRadius=24)
        shadow.setOffset(0, theme.SPACE_XS)
        self.setGraphicsEffect(shadow)
        field.installEventFilter(self)
        self.hide()

    def show_offers(self, text: str, offers: Sequence[Offer]) -> None:
        """Offer these for `text`; none hides the popup."""
        self.text = text
        self.model.show_rows(offers)
        self.setVisible(bool(offers))
        if offers:
            self._place(min(len(offers), _MOST_ROWS))
            self.table.select_row(0)
            self.raise_()

    def _place(self, rows: int) -> None:
        under = self._field.geometry()
        height = (rows + 1) * theme.look().row_height + theme.SPACE_S
        self.setGeometry(under.x(), under.bottom() + theme.SPACE_XS, under.width(), height)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            self.isVisible()
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and self._takes(event)
        ):
            return True
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in self._STEPS:
            last = self.model.rowCount() - 1
            row = self.table.currentIndex().row() + self._STEPS[key]
            self.table.select_row(max(0, min(row, last)))
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # What is shown may still be the answer to fewer letters: then the page looks again.
            row_is_meant = self._field.text().strip().endswith(self.text)
            if row_is_meant and self.table.current_row() is not None:
                self.chosen.emit(self.table.current_row())
                return True
        return False
