"""What the ticket amounts to, and how it is paid: cash, card, cheque, on account, or several."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.money import Currency
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import AmountField
from erp_desktop.ui.parts import clear, column, label, line, row
from modules.till.errors import TicketEmptyError
from modules.till.paid import PaidTicket
from modules.till.payments import CashDue, Method, Payment, Rules, cash_due
from modules.till.pricing import Totals
from modules.till.widgets.method_names import METHOD_NAMES
from modules.till.widgets.other_payment import OtherPayment
from modules.till.widgets.sold_panel import SoldPanel

_ZERO = Decimal(0)
_CHANGE, _MISSING = N_("Change"), N_("Still missing")
_RIGHT = (
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
)


class PayPanel(QWidget):
    """The money side of the ticket.

    Signals:
        paid: The ticket is to be sold as it is paid now.
    """

    paid = Signal()

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._currency = currency
        self._totals = Totals(_ZERO, _ZERO, (), (), _ZERO)
        self._taxes: Mapping[str, str] = {}
        self._rules = Rules()
        self.others: list[Payment] = []
        self.due = label(look="due")
        # A large amount must not widen the card.
        self.due.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._sums = QGridLayout()
        self.other = OtherPayment(currency)
        self.tendered = AmountField("tendered", N_("Cash received"), currency=currency.code)
        self._caption = label(look="muted")
        self.change = label(look="figure")
        self.sold = SoldPanel(currency)
        self._lay_out()
        self.tendered.changed.connect(self._show_change)
        self.field.returnPressed.connect(self.paid)
        self.other.added.connect(self._on_other)
        follow(self, self._show)

    @property
    def field(self) -> QLineEdit:
        """The cash field."""
        editor = self.tendered.editor
        assert isinstance(editor, QLineEdit)  # noqa: S101 - an amount is one line
        return editor

    @property
    def cash(self) -> CashDue:
        """What is left to be paid in cash."""
        try:
            return cash_due(self._totals.total, self.others, self._rules, self._currency)
        except UserError:
            return CashDue(_ZERO, _ZERO, _ZERO)

    def show_totals(self, totals: Totals, taxes: Mapping[str, str]) -> None:
        """Show what the ticket amounts to; payments that no longer fit are dropped."""
        if totals.total != self._totals.total:
            self.others.clear()
            self.other.hide()
        self._totals, self._taxes = totals, taxes
        if totals.taxes:
            self.sold.hide()
        self._show()

    def show_rules(self, rules: Rules) -> None:
        """Reckon stamp duty and cash rounding by these from now on."""
        self._rules = rules
        self._show()

    def show_sold(self, ticket: PaidTicket) -> None:
        """Show the change to give until the next ticket begins."""
        self.others.clear()
        self.other.hide()
        self.tendered.show_value(None)
        self.tendered.show_error("")
        self._show()
        self.sold.show_ticket(ticket)

    def ask_other(self, method: Method) -> None:
        """Ask for a card or cheque, or lend what is left to the customer.

        Raises:
            TicketEmptyError: There is nothing to pay.
        """
        if not self._totals.total:
            raise TicketEmptyError
        if method == "account":
            self._on_other(Payment("account", self.cash.part))
        else:
            self.other.ask(method, self.cash.part)

    def forget_others(self) -> bool:
        """Take back all that was to be paid otherwise; whether there was anything."""
        had = bool(self.others) or self.other.isVisible()
        self.others.clear()
        self.other.hide()
        self._show()
        return had

    def _on_other(self, payment: Payment) -> None:
        if payment.amount > 0:
            self.others.append(payment)
        self.other.hide()
        self._show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self) -> None:
        words = current()
        due = self.cash
        lent = sum((p.amount for p in self.others), _ZERO)
        self.due.setText(words.money(due.amount if lent else self._whole(due), self._currency))
        clear(self._sums)
        pairs = pairs_of(self._totals, self._taxes, due, self.others)
        for place, (caption, amount) in enumerate(pairs):
            name, value = label(look="muted"), label()
            name.setText(caption)
            value.setText(words.isolate(words.amount(amount, self._currency)))
            self._sums.addWidget(name, place, 0)
            value.setAlignment(_RIGHT)
            self._sums.addWidget(value, place, 1)
        self._show_change()

    def _whole(self, due: CashDue) -> Decimal:
        return self._totals.total + due.stamp + due.rounding

    def _show_change(self) -> None:
        try:
            given = self.tendered.read()
        except ValueError:
            given = None
        back = None if given is None else given - self.cash.amount
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
                self.other,
                self.tendered,
                row(self._caption, None, self.change),
                None,
                self.sold,
            )
        )


def pairs_of(
    totals: Totals, taxes: Mapping[str, str], due: CashDue, others: Sequence[Payment]
) -> Sequence[tuple[str, Decimal]]:
    """Return what stands between the ticket and what is due, as words and amounts."""
    named = [(taxes.get(tax.code) or tax.code, tax.amount) for tax in totals.taxes]
    more = [
        (_("Discount"), -totals.discount),
        (_("Stamp duty"), due.stamp),
        (_("Cash rounding"), due.rounding),
    ]
    paid = [(_(METHOD_NAMES[p.method]), -p.amount) for p in others]
    shown = [pair for pair in more if pair[1]]
    return [(_("Net of tax"), totals.net), *named, *shown, *paid]
