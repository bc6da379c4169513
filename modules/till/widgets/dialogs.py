"""Counting the drawer: the float before the first sale, everything at the end."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.money import Currency
from erp_desktop.ui import theme
from erp_desktop.ui.forms import AmountField, TextField
from erp_desktop.ui.parts import column, label, row
from modules.till.services.cash import Count
from modules.till.session import SessionState
from modules.till.widgets.counting import CountGrid
from modules.till.widgets.drawer import difference_of
from modules.till.widgets.till_dialog import TillDialog

_ZERO = Decimal(0)


class OpeningDialog(TillDialog):
    """Counts the float.

    Signals:
        counted: The count with which the session opens.
    """

    counted = Signal(object)

    def __init__(self, currency: Currency, values: Sequence[Decimal], parent: QWidget) -> None:
        super().__init__(N_("Open the cash session"), parent)
        self.grid = CountGrid(currency, values)
        self.grid.finished.connect(self.main.setFocus)
        why = label(N_("Count what is in the drawer before the first sale."), "muted")
        self.lay_out(why, self.grid)
        self.main.setAutoDefault(True)

    @override
    def _on_main(self) -> None:
        self.counted.emit(Count(self.grid.pieces))
        self.accept()


class ClosingDialog(TillDialog):
    """Counts the drawer at the end; the difference is shown once something is counted.

    Signals:
        counted: Count, what stays in the drawer, and the note.
    """

    counted = Signal(object, object, str)

    def __init__(
        self, state: SessionState, currency: Currency, values: Sequence[Decimal], parent: QWidget
    ) -> None:
        super().__init__(N_("Close the cash session"), parent)
        self._state = state
        self._currency = currency
        self.grid = CountGrid(currency, values)
        code = currency.code
        self.card = AmountField("card", N_("Card slips"), currency=code, least=_ZERO)
        self.cheque = AmountField("cheque", N_("Cheques"), currency=code, least=_ZERO)
        self.left = AmountField("left", N_("Stays in the drawer"), currency=code, least=_ZERO)
        self.note = TextField("note", N_("Note"))
        self._difference = label(look="strong")
        self._expected = label(look="muted")
        self.grid.changed.connect(self._show)
        self.grid.finished.connect(self.card.setFocus)
        sums = column(
            self.card, self.cheque, self.left, self.note, None, self._expected, self._difference
        )
        both = row(self.grid, sums, spacing=theme.SPACE_L)
        self.lay_out(both)
        for field in (self.card, self.cheque, self.left, self.note):
            field.changed.connect(self._show)
            self._chain(field.editor)
        self.main.setAutoDefault(True)
        self._show()

    def _chain(self, editor: QWidget) -> None:
        if isinstance(editor, QLineEdit):
            editor.returnPressed.connect(self.focusNextChild)

    def count(self) -> Count:
        """Return what is counted so far."""
        return Count(self.grid.pieces, _amount(self.card) or _ZERO, _amount(self.cheque) or _ZERO)

    def _show(self) -> None:
        words, count = current(), self.count()
        if not any((count.cash, count.card, count.cheque)):
            # Who sees what must be there counts until it is there.
            self._expected.setText(_("Count first; what had to be there is shown afterwards."))
            self._difference.clear()
            return
        expected = sum(self._state.expected.values(), _ZERO)
        difference = difference_of(self._state, count)
        shown = {"expected": words.money(expected, self._currency)}
        self._expected.setText(_("Expected: {expected}").format(**shown))
        shown = {"difference": words.money(difference, self._currency)}
        self._difference.setText(_("Difference: {difference}").format(**shown))

    @override
    def _on_main(self) -> None:
        try:
            values = [field.check() for field in (self.card, self.cheque, self.left)]
        except ValueError:
            return
        self.counted.emit(self.count(), values[2] or _ZERO, self.note.read())
        self.accept()


def _amount(field: AmountField) -> Decimal | None:
    try:
        return field.read()
    except ValueError:
        return None
