"""The till: scan, pay, print; nothing needs the mouse, nothing waits for the network."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from typing_extensions import override

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui import keys, memory
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.station_page import StationPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.till.open_ticket import LineRow
from modules.till.paid import PaidTicket
from modules.till.pricing import Totals
from modules.till.shelf import Offer
from modules.till.ticket import SaleDraft
from modules.till.widgets.cash_panel import CashPanel
from modules.till.widgets.corners import KeyGuard, ReplicaAge, bind_shown, pay_button
from modules.till.widgets.product_popup import ProductPopup
from modules.till.widgets.selling import Selling, split_entry

_PAY = N_("Pay and print")
keys.declare(
    ("till.pay", _PAY, "F12"),
    ("till.quantity", N_("Quantity"), "F3"),
    ("till.undo", N_("Undo"), "Ctrl+Z"),
    ("till.reprint", N_("Print the last ticket again"), "Ctrl+P"),
)
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


def _stock_tone(row: LineRow) -> Tone:
    return "warn" if row.left is not None and row.left < 0 else ""


COLUMNS: tuple[Column[LineRow], ...] = (
    Column(N_("No."), lambda row: current().number(row.place + 1), RIGHT, width=50),
    Column(N_("Product"), lambda row: row.line.named(current().language)),
    Column(N_("Code"), lambda row: current().isolate(row.line.barcode), width=130),
    Column(N_("Stock"), _stock_text, width=90, tone=_stock_tone),
    Column(N_("Quantity"), lambda row: current().number(row.line.quantity), RIGHT, width=80),
    Column(N_("Price"), _price, RIGHT, width=100),
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
        self.cash = CashPanel(self.selling.ticket.currency)
        self.pay = pay_button(_PAY, self._on_pay)
        self.side.addWidget(self.cash, 1)
        self.side.addWidget(self.pay)
        self.side.addWidget(ReplicaAge(backend.workstation.link))
        self._add_keys()
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
        typed = self.scan.text().strip()
        return super().on_scan(f"{typed}{text}" if typed.endswith("*") else text)

    @override
    def on_search(self, text: str) -> None:
        if text in {"+", "-"}:
            self.scan.clear()
            self._change(self.selling.ticket.step, 1 if text == "+" else -1)
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

    def show_offers(self, text: str, offers: Sequence[Offer]) -> None:
        """Let the user choose among products, if the text is still what is being asked."""
        still_asked = not offers or not self.scan.text() or self.scan.text().strip().endswith(text)
        self.popup.show_offers(text, offers if still_asked else ())

    def show_sold(self, ticket: PaidTicket) -> None:
        """Show that a ticket is paid, and the change to give."""
        self.cash.show_sold(ticket)
        self.focus_scan()

    def _add_keys(self) -> None:
        change, ticket = self._change, self.selling.ticket
        reprint = partial(self.start_once, self.selling.reprint)
        for message, deed, icon, key in (
            (N_("Quantity"), self._on_quantity, "numeric", "till.quantity"),
            (N_("Remove"), partial(change, ticket.remove), "delete-outline", "page.remove_line"),
            (N_("Undo"), partial(change, ticket.undo), "undo", "till.undo"),
            (N_("Reprint"), reprint, "printer-outline", "till.reprint"),
        ):
            bind_shown(self, self.add_key(message, deed, icon), message, key, deed)
        bind_shown(self, self.pay, _PAY, "till.pay", self._on_pay)

    def _wire(self) -> None:
        self.popup.chosen.connect(self._on_offer)
        self.cash.paid.connect(self._on_cash)
        self.table.chosen.connect(self._on_line)
        self.scan.installEventFilter(KeyGuard(_OURS, self))
        follow(self, self._on_language)

    def _do(self, deed: Any, *args: Any) -> None:
        """Do something at once; what cannot be done is said."""
        try:
            deed(*args)
        except UserError as error:
            self.refuse(error)

    def _change(self, deed: Callable[..., object], *args: Any) -> None:
        self._do(self.selling.change, deed, *args)

    def _on_offer(self, offer: Offer) -> None:
        quantity, _words = split_entry(self.scan.text())
        self.scan.clear()
        self._do(self.selling.add, offer, quantity)

    def _on_line(self, row: LineRow | None) -> None:
        if row is not None:
            self.selling.ticket.place = row.place

    def _on_quantity(self) -> None:
        """Let the user type a new quantity for the current line: the star is there already."""
        row = self.table.current_row()
        if row is not None:
            number = f"{row.line.quantity.normalize():f}"
            self.scan.setText(f"{number}*")
            self.scan.setFocus()
            self.scan.setSelection(0, len(number))

    def _on_pay(self) -> None:
        """The key asks for the cash first; pressed there, it sells."""
        if self.cash.field.hasFocus():
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
        ticket = await self.selling.pay(tendered)
        self.notices.bar.hide()
        self.start_once(partial(self.selling.print, ticket))

    def _on_language(self) -> None:
        ticket = self.selling.ticket
        self.cash.show_totals(ticket.totals, ticket.tax_names)
        self.status.setText(status_of(self.selling.ticket.draft))
