"""Counting the drawer by note and coin, with the keyboard alone."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from erp_desktop.core.i18n import N_, current
from erp_desktop.core.money import Currency
from erp_desktop.ui import theme
from erp_desktop.ui.entry import only_digits
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import column, label, line, row

_MOST_DIGITS = 5
_RIGHT = (
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
)


class CountGrid(QWidget):
    """A field for each note and coin; Enter goes to the next, and after the last is done.

    Signals:
        changed: Something was counted.
        finished: Enter was pressed in the last field.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, currency: Currency, values: Sequence[Decimal]) -> None:
        super().__init__()
        self._currency = currency
        self._values = list(values)
        self.fields = [self._field(place) for place in range(len(self._values))]
        self._sums = [label() for _value in self._values]
        self._total = label(look="figure")
        self._lay_out()
        follow(self, self._show)

    @property
    def pieces(self) -> dict[Decimal, int]:
        """How many there are of each note and coin."""
        return {
            value: int(field.text() or 0)
            for value, field in zip(self._values, self.fields, strict=True)
        }

    @property
    def cash(self) -> Decimal:
        """What they are worth."""
        return sum((value * number for value, number in self.pieces.items()), Decimal(0))

    def _field(self, place: int) -> QLineEdit:
        field = QLineEdit(placeholderText="0")
        field.setMaxLength(_MOST_DIGITS)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        field.setMaximumWidth(110)
        field.textEdited.connect(lambda text: field.setText(only_digits(text)))
        field.textChanged.connect(self._on_change)
        field.returnPressed.connect(lambda: self._on_return(place))
        return field

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.SPACE_XS)
        grid.setHorizontalSpacing(theme.SPACE_M)
        self._names = [label() for _value in self._values]
        for place, field in enumerate(self.fields):
            grid.addWidget(self._names[place], place, 0)
            grid.addWidget(field, place, 1)
            self._sums[place].setAlignment(_RIGHT)
            grid.addWidget(self._sums[place], place, 2)
        grid.setColumnStretch(2, 1)
        total = row(label(N_("Counted"), "muted"), None, self._total)
        self.setLayout(column(grid, line(), total, spacing=theme.SPACE_S))

    def _on_change(self) -> None:
        self._show()
        self.changed.emit()

    def _on_return(self, place: int) -> None:
        if place + 1 < len(self.fields):
            self.fields[place + 1].setFocus()
            self.fields[place + 1].selectAll()
        else:
            self.finished.emit()

    def _show(self) -> None:
        words, code = current(), self._currency.code
        for place, (value, number) in enumerate(self.pieces.items()):
            self._names[place].setText(f"{words.isolate(words.number(value))} ×")
            amount = value * number
            self._sums[place].setText(words.isolate(words.amount(amount, code)) if number else "")
        self._total.setText(words.money(self.cash, self._currency))
