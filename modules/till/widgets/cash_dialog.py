"""Cash that is put into the drawer or taken out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_
from erp_desktop.core.money import Currency
from erp_desktop.ui.forms import AmountField, ChoiceField, TextField
from modules.till.services.cash import REASONS, Reason
from modules.till.widgets.till_dialog import TillDialog

REASON_NAMES = {
    "safe": N_("Safe"),
    "bank": N_("Bank"),
    "expense": N_("Small expense"),
    "other": N_("Other reason"),
}


class CashDialog(TillDialog):
    """Puts cash into the drawer or takes it out.

    Signals:
        moved: Amount (negative goes out), reason and note.
    """

    moved = Signal(object, str, str)

    def __init__(self, currency: Currency, parent: QWidget) -> None:
        super().__init__(N_("Cash in or out"), parent)
        ways = ((-1, N_("Take out")), (1, N_("Put in")))
        self.way = ChoiceField("way", N_("What happens"), ways, required=True)
        self.way.show_value(-1)
        self.amount = AmountField("amount", N_("Amount"), currency=currency.code, required=True)
        reasons = [(reason, REASON_NAMES[reason]) for reason in REASONS]
        self.reason = ChoiceField("reason", N_("Reason"), reasons, required=True)
        self.reason.show_value("safe")
        self.note = TextField("note", N_("Note"))
        self.lay_out(self.way, self.amount, self.reason, self.note)
        self.main.setAutoDefault(True)
        for field in (self.amount, self.note):
            editor = field.editor
            if isinstance(editor, QLineEdit):
                editor.returnPressed.connect(self.focusNextChild)
        self.amount.setFocus()

    @override
    def _on_main(self) -> None:
        try:
            amount, reason = self.amount.check(), self.reason.check()
        except ValueError:
            return
        chosen: Reason = reason
        self.moved.emit(abs(amount) * self.way.read(), chosen, self.note.read())
        self.accept()
