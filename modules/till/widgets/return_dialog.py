"""Giving back of a ticket: its number, how many of each line, how the money goes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.parts import label, row
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel
from modules.till.paid import PaidLine, PaidTicket
from modules.till.payments import Method
from modules.till.services.refund import reckon_refund
from modules.till.widgets.method_names import METHOD_NAMES
from modules.till.widgets.till_dialog import TillDialog


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A line of the ticket, and how many of it come back now."""

    line: PaidLine
    back: Decimal
    currency: str

    @property
    def most(self) -> Decimal:
        """How many can still come back."""
        return self.line.quantity - self.line.returned


_COLUMNS: tuple[Column[ReturnRow], ...] = (
    Column(N_("Product"), lambda r: r.line.named(current().language)),
    Column(N_("Sold"), lambda r: current().number(r.line.quantity), RIGHT, width=80),
    Column(N_("Given back"), lambda r: current().number(r.line.returned), RIGHT, width=100),
    Column(N_("Comes back"), lambda r: current().number(r.back), RIGHT, width=110, strong=True),
    Column(N_("Amount"), lambda r: current().amount(r.line.amount, r.currency), RIGHT, width=110),
)


class ReturnDialog(TillDialog):
    """First the number of the ticket, then `+` and `-` on its lines; everything by keys.

    Signals:
        asked: The number of a ticket that is looked for.
        returned: Original, lines that come back, and how the money goes back.
    """

    asked = Signal(str)
    returned = Signal(object, object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(N_("Return"), parent)
        self._original: PaidTicket | None = None
        self._backs: dict[UUID, Decimal] = {}
        self.number = QLineEdit()
        follow(
            self, lambda: self.number.setPlaceholderText(_("Scan the receipt, or type its number"))
        )
        self.model: TableModel[ReturnRow] = TableModel(_COLUMNS, self)
        self.table = TableView(self.model)
        ways = [(way, METHOD_NAMES[way]) for way in ("cash", "card", "account")]
        self.method = ChoiceField("method", N_("Money goes back"), ways, required=True)
        self.method.show_value("cash")
        self._total = label(look="figure")
        self._hint = label(N_("+ and − change the current line, A takes all of it."), "muted")
        self._why = label(look="error")
        self.lay_out(
            self.number, self.table, self._why, row(self._hint, None, self._total), self.method
        )
        self.number.returnPressed.connect(self._on_number)
        self.table.installEventFilter(self)
        self.resize(760, 520)

    @property
    def quantities(self) -> dict[UUID, Decimal]:
        """How many of each line come back."""
        return {line: back for line, back in self._backs.items() if back}

    def show_ticket(self, ticket: PaidTicket | None, number: str) -> None:
        """Show the ticket that was found, or that nobody knows it."""
        self._original = ticket
        self._backs = {}
        words = _("No ticket {number} is known here. Check the number on the receipt.")
        self._why.setText("" if ticket else words.format(number=current().isolate(number)))
        if ticket is not None:
            self.method.show_value("cash" if _was_cash(ticket) else "account")
        self._show()
        if ticket is not None:
            self.table.select_row(0)
            self.table.setFocus()

    def show_refusal(self, sentence: str) -> None:
        """Say why nothing was given back."""
        self._why.setText(sentence)

    def take(self, step: Decimal | None) -> None:
        """Let more or less of the current line come back; without a step, all of it."""
        now = self.table.current_row()
        if now is None:
            return
        wanted = now.most if step is None else now.back + step
        self._backs[now.line.id] = max(Decimal(0), min(wanted, now.most))
        place = self.table.currentIndex().row()
        self._show()
        self.table.select_row(place)

    def _show(self) -> None:
        ticket = self._original
        rows: Sequence[ReturnRow] = ()
        if ticket is not None:
            rows = [
                ReturnRow(line, self._backs.get(line.id, Decimal(0)), ticket.currency)
                for line in ticket.lines
            ]
        self.model.show_rows(rows)
        self._total.setText(self._amount())

    def _amount(self) -> str:
        if self._original is None or not self.quantities:
            return ""
        try:
            _lines, reckoning = reckon_refund(self._original, self.quantities)
        except UserError:
            return ""
        return current().money(-reckoning.total, self._original.currency)

    def _on_number(self) -> None:
        if self.number.text().strip():
            self.asked.emit(self.number.text().strip().upper())

    @override
    def eventFilter(self, watched: object, event: object) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent) and self._takes(event):
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type] # Qt's own

    def _takes(self, event: QKeyEvent) -> bool:
        if event.type() != QKeyEvent.Type.KeyPress:
            return False
        key, text = event.key(), event.text()
        if text in {"+", "-"} or key in {Qt.Key.Key_Right, Qt.Key.Key_Left}:
            is_more = text == "+" or key == Qt.Key.Key_Right
            self.take(Decimal(1) if is_more else Decimal(-1))
            return True
        if key == Qt.Key.Key_A:
            self.take(None)
            return True
        return False

    @override
    def _on_main(self) -> None:
        if self._original is None:
            self._on_number()
            return
        try:
            lines, _reckoning = reckon_refund(self._original, self.quantities)
        except UserError as error:
            self._why.setText(error.sentence())
            return
        method: Method = self.method.read()
        self.returned.emit(self._original, lines, method)
        self.accept()


def _was_cash(ticket: PaidTicket) -> bool:
    return any(payment.method == "cash" for payment in ticket.payments) or not ticket.payments
