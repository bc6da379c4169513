"""The money side of the till: what is due, its taxes, what was given, what to give back."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from erp_desktop.core.i18n import N_, current
from erp_desktop.core.money import Currency
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.number_fields import AmountField
from erp_desktop.ui.parts import card, chip, clear, column, kind, label, line, row, set_tone
from modules.accounting.api import TaxGroup
from modules.till.paid import PaidTicket
from modules.till.pricing import Totals

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
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
        self._taxes: dict[str, tuple[str, str]] = {}
        self.due = label(look="due")
        self.due.setSizePolicy(
            self.due.sizePolicy().Policy.Ignored, self.due.sizePolicy().Policy.Fixed
        )
        self._sums = QGridLayout()
        self.tendered = AmountField("tendered", N_("Cash received"), currency=currency.code)
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

    def name_tax(self, code: str, names: tuple[str, str]) -> None:
        """Note what a tax is called, in French and Arabic."""
        self._taxes[code] = names

    def show_totals(self, totals: Totals) -> None:
        """Show what the ticket amounts to."""
        self._totals = totals
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
            self._sums.addWidget(kind(QLabel(caption), "muted"), place, 0)
            value = QLabel(words.isolate(words.amount(amount, self._currency)))
            value.setAlignment(_RIGHT | Qt.AlignmentFlag.AlignVCenter)
            self._sums.addWidget(value, place, 1)
        self._show_change()

    def _pairs(self) -> Sequence[tuple[str, Decimal]]:
        words = current()
        groups = [(self._named(group), group.tax) for group in self._totals.taxes]
        return [(words.say(N_("Net of tax")), self._totals.net), *groups]

    def _named(self, group: TaxGroup) -> str:
        name, name_ar = self._taxes.get(group.tax_code, (group.tax_code, ""))
        return name_ar if current().language == "ar" and name_ar else name

    def _show_change(self) -> None:
        try:
            given = self.tendered.read()
        except ValueError:
            given = None
        back = None if given is None else given - self._totals.total
        words = current()
        self.change.setText("" if back is None else words.money(back, self._currency))
        set_tone(self.change, "bad" if back is not None and back < 0 else "")

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
                row(label(N_("Change"), "muted"), None, self.change),
                None,
                self.sold,
            )
        )


class SoldPanel(QWidget):
    """The ticket that was just sold: its number, how far it has come, the change to give."""

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._currency = currency
        self._ticket: PaidTicket | None = None
        self._number = label(look="strong")
        self.state = chip()
        self._change = label(look="due")
        inside = card(
            row(label(N_("Sold"), "muted"), self._number, None, self.state),
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
        self.state.hide()
        self._show()
        self.show()

    def _show(self) -> None:
        if self._ticket is not None:
            self._number.setText(current().isolate(self._ticket.number))
            self._change.setText(current().money(self._ticket.change, self._currency))
