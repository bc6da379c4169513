"""The till: scan, pay, print; nothing needs the mouse, nothing waits for the network."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from typing_extensions import override

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui import memory
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.station_page import StationPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.till.open_ticket import LineRow
from modules.till.paid import PaidTicket
from modules.till.payments import Rules
from modules.till.pricing import Totals
from modules.till.session import SessionState
from modules.till.shelf import Offer
from modules.till.ticket import SaleDraft, TicketCustomer
from modules.till.widgets.corners import KeyGuard, ReplicaAge, pay_button
from modules.till.widgets.desk_windows import DeskWindows
from modules.till.widgets.entries import split_entry
from modules.till.widgets.pay_panel import PayPanel
from modules.till.widgets.product_popup import ProductPopup
from modules.till.widgets.selling import Selling
from modules.till.widgets.ticket_head import TicketHead
from modules.till.widgets.till_keys import PAY, add_keys, method_buttons

_OURS = ("page.remove_line", "till.undo")
_SHORTEST_SEARCH = 2


def _stock_text(row: LineRow) -> str:
    if row.left is None or row.left >= 0:
        return ""
    return _("short by {n}").format(n=current().number(-row.left))


def _price(row: LineRow) -> str:
    return current().amount(row.line.unit_price, row.currency)


def _total(row: LineRow) -> str:
    return current().amount(row.total, row.currency)


def _discount(row: LineRow) -> str:
    return current().amount(-row.discount, row.currency) if row.discount else ""


def _stock_tone(row: LineRow) -> Tone:
    return "warn" if row.left is not None and row.left < 0 else ""


COLUMNS: tuple[Column[LineRow], ...] = (
    Column(N_("No."), lambda row: current().number(row.place + 1), RIGHT, width=50),
    Column(N_("Product"), lambda row: row.line.named(current().language)),
    Column(N_("Code"), lambda row: current().isolate(row.line.barcode), width=130),
    Column(N_("Stock"), _stock_text, width=90, tone=_stock_tone),
    Column(N_("Quantity"), lambda row: current().number(row.line.quantity), RIGHT, width=80),
    Column(N_("Price"), _price, RIGHT, width=100),
    Column(N_("Discount"), _discount, RIGHT, width=84),
    Column(N_("Total"), _total, RIGHT, width=120, strong=True),
)


def status_of(draft: SaleDraft) -> str:
    """Say how much is on a ticket."""
    lines = count("{n} line", "{n} lines", len(draft.lines))
    pieces = count("{n} piece", "{n} pieces", draft.pieces)
    return f"{lines} · {pieces}" if draft.lines else ""


class TillPage(StationPage[LineRow]):
    """The hands and face of `Selling`."""

    columns: ClassVar[tuple[Column[Any], ...]] = COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.selling = Selling(self, backend, memory.current().drafts)
        self.popup = ProductPopup(self.scan, self)
        self.cash = PayPanel(self.selling.ticket.currency)
        self.windows = DeskWindows(self, self.selling, backend)
        self.pay = pay_button(PAY, self.on_pay)
        self.head = TicketHead()
        self.side.addWidget(self.head)
        self.side.addWidget(self.cash, 1)
        self.side.addLayout(method_buttons(self))
        self.side.addWidget(self.pay)
        self.side.addWidget(ReplicaAge(backend.workstation.link))
        add_keys(self)
        self._wire()
        self.table.empty.tell(
            N_("The ticket is empty. Scan a product, or type part of its name."),
            icon="barcode-scan",
        )
        self.pay.setEnabled(False)

    @override
    def on_first_show(self) -> None:
        super().on_first_show()
        self.start_once(self.selling.bring_back)

    @override
    def unsaved(self) -> str:
        return _("the open ticket") if self.selling.ticket.draft.lines else ""

    @override
    def on_entry(self, text: str) -> None:
        self.popup.show_offers("", ())
        self.notices.bar.hide()
        # Each entry is a deed of its own: two scans in a row are both taken, in order.
        self.start_once(partial(self.selling.enter, text))

    @override
    def on_scan(self, text: str) -> bool:
        if self.windows.is_open or self.cash.other.isVisible():
            return self.windows.take_scan(text)
        typed = self.scan.text().strip()
        return super().on_scan(f"{typed}{text}" if typed.endswith("*") else text)

    @override
    def on_search(self, text: str) -> None:
        if text.endswith("%"):
            self.popup.show_offers("", ())
            return
        if text in {"+", "-"}:
            self.scan.clear()
            self.change(self.selling.ticket.step, 1 if text == "+" else -1)
            return
        _quantity, words = split_entry(text)
        if len(words) >= _SHORTEST_SEARCH and not words.isdecimal():
            self.start_latest(self.selling.search, text)
        else:
            self.popup.show_offers("", ())

    def show_lines(self, rows: Sequence[LineRow], current_place: int) -> None:
        """Show these lines, one of them current."""
        self.model.show_rows(rows)
        self.table.select_row(current_place)
        self.status.setText(status_of(self.selling.ticket.draft))

    def show_totals(self, totals: Totals, taxes: Mapping[str, str]) -> None:
        """Show what the ticket amounts to; `taxes` names each tax code."""
        self.cash.show_totals(totals, taxes)
        self.pay.setEnabled(bool(totals.taxes))

    def show_customer(self, customer: TicketCustomer | None) -> None:
        """Show who buys."""
        self.head.show_customer(customer)

    def show_session(self, session: SessionState | None) -> None:
        """Show whether the drawer is open for selling."""
        self.head.show_session(session)

    def show_rules(self, rules: Rules) -> None:
        """Reckon stamp duty and cash rounding by these from now on."""
        self.cash.show_rules(rules)

    def show_offers(self, text: str, offers: Sequence[Offer]) -> None:
        """Let the user choose among products, if the text is still what is being asked."""
        still_asked = not offers or not self.scan.text() or self.scan.text().strip().endswith(text)
        self.popup.show_offers(text, offers if still_asked else ())

    def show_sold(self, ticket: PaidTicket) -> None:
        """Show that a ticket is paid, and the change to give."""
        self.cash.show_sold(ticket)
        self.focus_scan()

    def _wire(self) -> None:
        self.popup.chosen.connect(self._on_offer)
        self.cash.paid.connect(self._on_cash)
        self.table.chosen.connect(self._on_line)
        self.scan.installEventFilter(KeyGuard(_OURS, self))
        follow(self, self._on_language)

    def attempt(self, deed: Any, *args: Any) -> None:
        """Do something at once; what cannot be done is said."""
        try:
            deed(*args)
        except UserError as error:
            self.refuse(error)

    def change(self, deed: Callable[..., object], *args: Any) -> None:
        """Change the open ticket; what cannot be done is said."""
        self.attempt(self.selling.change, deed, *args)

    def _on_offer(self, offer: Offer) -> None:
        quantity, _words = split_entry(self.scan.text())
        self.scan.clear()
        self.attempt(self.selling.add, offer, quantity)

    def _on_line(self, row: LineRow | None) -> None:
        if row is not None:
            self.selling.ticket.place = row.place

    def on_pay(self) -> None:
        """The key asks for the cash first; pressed there, it sells."""
        if self.selling.session is None:
            self.windows.ask_float()
        elif self.cash.field.hasFocus() or (self.cash.others and not self.cash.cash.amount):
            self._on_cash()
        else:
            self.popup.show_offers("", ())
            self.cash.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_cash(self) -> None:
        try:
            tendered = self.cash.tendered.check()
        except ValueError:
            return
        self.start_once(self._pay, tendered)

    async def _pay(self, tendered: Decimal | None) -> None:
        sold = await self.selling.pay(tuple(self.cash.others), tendered)
        self.notices.bar.hide()
        self.start_once(partial(self.windows.parking.print, sold))

    def _on_language(self) -> None:
        self.cash.show_totals(self.selling.ticket.totals, self.selling.ticket.tax_names)
        self.status.setText(status_of(self.selling.ticket.draft))
