"""The keys of the till: the same under every keyboard, each shown on its button."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from erp_desktop.core.i18n import N_
from erp_desktop.ui import keys
from erp_desktop.ui.parts import button, row
from modules.till.widgets.corners import bind_shown
from modules.till.widgets.method_names import METHOD_NAMES

PAY = N_("Pay and print")
keys.declare(
    ("till.pay", PAY, "F12"),
    ("till.quantity", N_("Quantity"), "F3"),
    ("till.customer", N_("Customer"), "F4"),
    ("till.park", N_("Park"), "F6"),
    ("till.discount", N_("Discount"), "F7"),
    ("till.return", N_("Return"), "F8"),
    ("till.drawer", N_("Drawer"), "F9"),
    ("till.card", N_("Pay by card"), "F10"),
    ("till.cheque", N_("Pay by cheque"), "F11"),
    ("till.account", N_("Sell on account"), "Shift+F11"),
    ("till.undo", N_("Undo"), "Ctrl+Z"),
    ("till.reprint", N_("Print the last ticket again"), "Ctrl+P"),
)


def add_keys(page: Any) -> None:
    """Bind every key of the till page and show them below its lines."""
    change, ticket, windows = page.change, page.selling.ticket, page.windows
    for message, deed, icon, key in (
        (N_("Customer"), windows.choose_customer, "account-outline", "till.customer"),
        (N_("Park"), windows.park_or_resume, "pause", "till.park"),
        (N_("Discount"), partial(type_discount, page), "percent-outline", "till.discount"),
        (N_("Return"), windows.take_back, "keyboard-return", "till.return"),
        (N_("Drawer"), windows.open_drawer, "cash-register", "till.drawer"),
        (N_("Quantity"), partial(type_quantity, page), "numeric", "till.quantity"),
    ):
        bind_shown(page, page.add_key(message, deed, icon), message, key, deed)
    keys.bind(page, "page.remove_line", partial(change, ticket.remove))
    keys.bind(page, "till.undo", partial(change, ticket.undo))
    keys.bind(page, "till.reprint", partial(page.start_once, windows.parking.reprint))
    bind_shown(page, page.pay, PAY, "till.pay", page.on_pay)


def method_buttons(page: Any) -> QHBoxLayout:
    """Return the buttons for what is not cash; each key is told in its tooltip."""
    made = row(spacing=4)
    for method, key in (
        ("card", "till.card"),
        ("cheque", "till.cheque"),
        ("account", "till.account"),
    ):
        deed = partial(page.attempt, page.cash.ask_other, method)
        one = button(METHOD_NAMES[method], deed)
        one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keys.bind(page, key, deed)
        one.setToolTip(keys.shown(key))
        made.addWidget(one, 1)
    return made


def type_quantity(page: Any) -> None:
    """Let the user type a new quantity for the current line: the star is there already."""
    now = page.table.current_row()
    if now is not None:
        number = f"{now.line.quantity.normalize():f}"
        page.scan.setText(f"{number}*")
        page.scan.setFocus()
        page.scan.setSelection(0, len(number))


def type_discount(page: Any) -> None:
    """Let the user type per cent: once for the line, twice for the whole ticket."""
    typed = page.scan.text()
    sign = "%%" if typed.endswith("%") else "%"
    page.scan.setText(f"{typed.rstrip('%')}{sign}")
    page.scan.setFocus()
    page.scan.setCursorPosition(len(page.scan.text()) - len(sign))
