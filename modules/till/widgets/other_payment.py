"""A card or a cheque: how much, and its number."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from erp_desktop.core.i18n import N_, _
from erp_desktop.core.money import Currency
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import AmountField, CodeField
from erp_desktop.ui.parts import button, card, column, label, row
from modules.till.payments import Method, Payment
from modules.till.widgets.method_names import METHOD_NAMES

_ZERO = Decimal(0)


class OtherPayment(QWidget):
    """Asks for the amount and number of a card or cheque.

    Signals:
        added: The payment, once its number is confirmed.
    """

    added = Signal(object)

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._method: Method = "card"
        self.amount = AmountField("amount", N_("Amount"), currency=currency.code)
        self.reference = CodeField("reference", N_("Number"), required=True)
        self._title = label(look="strong")
        inside = card(
            self._title,
            row(self.amount, self.reference, spacing=theme.SPACE_S),
            button(N_("Add"), self._on_add, icon="plus"),
            spacing=theme.SPACE_S,
        )
        self.setLayout(column(inside))
        self._reference_line.returnPressed.connect(self._on_add)
        self.hide()
        follow(self, self._reword)

    @property
    def _reference_line(self) -> QLineEdit:
        editor = self.reference.editor
        assert isinstance(editor, QLineEdit)  # noqa: S101 - a number is one line
        return editor

    def ask(self, method: Method, amount: Decimal) -> None:
        """Ask for a payment of what is left, or of less."""
        self._method = method
        self.amount.show_value(amount)
        self.reference.show_value("")
        self.reference.show_error("")
        self._reword()
        self.show()
        self._reference_line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _reword(self) -> None:
        self._title.setText(_(METHOD_NAMES[self._method]))

    def _on_add(self) -> None:
        try:
            amount, reference = self.amount.check(), self.reference.check()
        except ValueError:
            return
        self.added.emit(Payment(self._method, amount or _ZERO, reference=reference))
