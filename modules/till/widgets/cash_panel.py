"""The money side of the till: what is due, its taxes, what was given, what to give back."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from erp_desktop.core.i18n import N_, current
from erp_desktop.core.money import Currency
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.number_fields import AmountField
from erp_desktop.ui.parts import card, clear, column, label, line, row
from modules.till.paid import PaidTicket
from modules.till.pricing import Totals

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
_CHANGE, _MISSING = N_("Change"), N_("Still missing")
_NOTHING = Totals(Decimal(0), ())


class CashPanel(QWidget):
    """Shows totals, takes the cash.

    Signals:
        paid: Enter was pressed in the cash field.
    """

    paid = Signal()

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._currency = currency
        self._totals = _NOTHING
        self._taxes: Mapping[str, str] = {}
        self.due = label(look="due")
        # A large amount must not widen the card.
        self.due.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._sums = QGridLayout()
        self.tendered = AmountField("tendered", N_("Cash received"), currency=currency.code)
        self._caption = label(look="muted")
        self.change = label(look="figure")
        self.sold = SoldPanel(currency)
        self._lay_out()
        self.tendered.changed.connect(self._show_change)
        self.field.returnPressed.connect(self.paid)
        follow(self, self._show)

    @property
    def field(self) -> QLineEdit:
        """The cash field."""
        editor = self.tendered.editor
        assert isinstance(editor, QLineEdit)  # noqa: S101 - an amount is one line
        return editor

    def show_totals(self, totals: Totals, taxes: Mapping[str, str]) -> None:
        """Show what the ticket amounts to; `taxes` names each tax code."""
        self._totals, self._taxes = totals, taxes
        if totals.taxes:
            self.sold.hide()
        self._show()

    def show_sold(self, ticket: PaidTicket) -> None:
        """Show the change to give until the next ticket begins."""
        self.tendered.show_value(None)
        self.tendered.show_error("")
        self._show()
        self.sold.show_ticket(ticket)

    def _show(self) -> None:
        words = current()
        self.due.setText(words.money(self._totals.total, self._currency))
        clear(self._sums)
        for place, (caption, amount) in enumerate(self._pairs()):
            name, value = label(look="muted"), label()
            name.setText(caption)
            value.setText(words.isolate(words.amount(amount, self._currency)))
            self._sums.addWidget(name, place, 0)
            value.setAlignment(_RIGHT | Qt.AlignmentFlag.AlignVCenter)
            self._sums.addWidget(value, place, 1)
        self._show_change()

    def _pairs(self) -> Sequence[tuple[str, Decimal]]:
        words = current()
        groups = [
            (self._taxes.get(group.tax_code) or group.tax_code, group.tax)
            for group in self._totals.taxes
        ]
        return [(words.say(N_("Net of tax")), self._totals.net), *groups]

    def _show_change(self) -> None:
        try:
            given = self.tendered.read()
        except ValueError:
            given = None
        back = None if given is None else given - self._totals.total
        is_missing = back is not None and back < 0
        words = current()
        self._caption.setText(words.say(_MISSING if is_missing else _CHANGE))
        self.change.setText("" if back is None else words.money(abs(back), self._currency))

    def _lay_out(self) -> None:
        self._sums.setVerticalSpacing(theme.SPACE_S)
        self._sums.setColumnStretch(0, 1)
        self.field.setMinimumHeight(44)
        self.setLayout(
            column(
                label(N_("Amount due"), "muted"),
                self.due,
                self._sums,
                line(),
                self.tendered,
                row(self._caption, None, self.change),
                None,
                self.sold,
            )
        )


class SoldPanel(QWidget):
    """The ticket that was just sold: its number and the change to give."""

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._currency = currency
        self._ticket: PaidTicket | None = None
        self._number = label(look="strong")
        self._change = label(look="due")
        inside = card(
            row(label(N_("Sold"), "muted"), None, self._number),
            label(N_("Change to give"), "muted"),
            self._change,
            spacing=theme.SPACE_S,
        )
        self.setLayout(column(inside))
        self.hide()
        follow(self, self._show)

    def show_ticket(self, ticket: PaidTicket) -> None:
        """Show a ticket that was paid."""
        self._ticket = ticket
        self._show()
        self.show()

    def _show(self) -> None:
        if self._ticket is not None:
            self._number.setText(current().isolate(self._ticket.number))
            self._change.setText(current().money(self._ticket.change, self._currency))
