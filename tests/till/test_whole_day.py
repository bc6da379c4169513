"""A day at the till by keys alone: float, discount, card, on account, park, return, count."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.ui.backend import Backend
from erp_desktop.workstation.workstation import Workstation
from modules.till.session import current_session, last_session
from modules.till.widgets.till_page import TillPage
from tests.fakes import make_user
from tests.till.shops import AMINA, Shelf, open_till, two_shelves

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Key = Qt.Key
NO_DATABASE: Any = None
COFFEE, SUGAR = "6130000012345", "6130000098764"
STAMP = {
    "type": "brackets",
    "slice": "100",
    "free_up_to": "300",
    "minimum": "5",
    "brackets": [{"up_to": "30000", "per_slice": "1"}, {"per_slice": "2"}],
}


def algerian(shelf: Shelf) -> None:
    """Put goods on the shelf, with the law of the land and two customers."""
    two_shelves(shelf)
    shelf.law("stamp", "cash", STAMP)
    shelf.law("cash_rounding", "till", {"unit": "5"})
    shelf.law("denominations", "DZD", {"notes": ["1000", "200"], "coins": ["100", "5"]})
    shelf.customer("Benali", limit="5000")
    shelf.customer("Ziani")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workstation]:
    """A till in Algiers; nothing answers at head office."""
    with open_till(tmp_path / "till", algerian) as opened:
        from modules.till.paper import choose_folder  # noqa: PLC0415 - only here

        choose_folder(opened, tmp_path / "paper")
        yield opened


@pytest.fixture
def page(shop: Workstation, loop: Any, qtbot: QtBot) -> Iterator[TillPage]:
    """The page of a cashier who may give five per cent, in front."""
    assert loop.is_running()
    user = make_user("till.ticket.sell", limits={"till.discount": "5"})
    with ThreadPoolExecutor(2) as threads:
        backend = Backend(NO_DATABASE, user, threads, shop, AMINA)
        made = TillPage(backend)
        qtbot.addWidget(made)
        made.resize(1220, 780)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.scan.hasFocus)
        yield made
        backend.close()


def press(widget: QWidget, key: Qt.Key, *, ctrl: bool = False, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.NoModifier
    if ctrl:
        held = Qt.KeyboardModifier.ControlModifier
    if shift:
        held = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(widget, key, held)


def type_into(widget: QWidget, text: str) -> None:
    """Type letter by letter, in any script."""
    for letter in text:
        pressed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(widget, pressed)


def enter(page: TillPage, *texts: str) -> None:
    for text in texts:
        QTest.keyClicks(page.scan, text)
        press(page.scan, Key.Key_Return)


def told(shop: Workstation, name: str) -> list[dict[str, Any]]:
    """Return the payloads of a command, oldest first."""
    found = [entry for entry in shop.journal.entries() if entry.name == name]
    bodies = [shop.journal.body_of(entry.id) or "" for entry in reversed(found)]
    return [json.loads(body)["payload"] for body in bodies]


def window(page: TillPage, name: str, qtbot: QtBot) -> Any:
    def shown() -> bool:
        now = page.windows.shown
        return now is not None and type(now).__name__ == name and now.isVisible()

    qtbot.waitUntil(shown)
    return page.windows.shown


def count_float(page: TillPage, qtbot: QtBot) -> None:
    press(page.scan, Key.Key_F12)
    dialog = window(page, "OpeningDialog", qtbot)
    for field, number in zip(dialog.grid.fields, ("5", "à&"), strict=False):
        type_into(field, number)
    press(dialog.main, Key.Key_Return)
    qtbot.waitUntil(lambda: page.selling.session is not None and page.isActiveWindow())


def fill(page: TillPage, qtbot: QtBot, *codes: str) -> None:
    enter(page, *codes)
    qtbot.waitUntil(lambda: len(page.model.rows) == len(codes))


def test_without_a_session_nothing_is_sold_and_one_key_leads_to_it(
    page: TillPage, shop: Workstation, qtbot: QtBot
) -> None:
    fill(page, qtbot, COFFEE)

    count_float(page, qtbot)

    (opened,) = told(shop, "till.open_session_v1")
    # `à&` is `01` on a French keyboard without Shift.
    assert (opened["number"], opened["float"]) == ("ALG-01-S000001", "5200")
    assert opened["counts"] == {"1000": 5, "200": 1}
    assert told(shop, "till.sell_v1") == []


def test_a_discount_and_a_card_leave_the_rest_to_cash_with_its_stamp(
    page: TillPage, shop: Workstation, qtbot: QtBot
) -> None:
    count_float(page, qtbot)
    fill(page, qtbot, COFFEE, SUGAR)

    enter(page, "5%%")
    qtbot.waitUntil(lambda: page.selling.ticket.draft.discount_rate > 0)
    press(page.scan, Key.Key_F10)
    qtbot.waitUntil(page.cash.other.isVisible)
    amount, reference = page.cash.other.amount.editor, page.cash.other.reference.editor
    press(amount, Key.Key_A, ctrl=True)
    QTest.keyClicks(amount, "1000")
    QTest.keyClicks(reference, "004217")
    press(reference, Key.Key_Return)
    qtbot.waitUntil(page.cash.field.hasFocus)
    press(page.cash.field, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(told(shop, "till.sell_v1")))

    (sold,) = told(shop, "till.sell_v1")
    # 1450 + 95 less 5 % is 1467.75; 467.75 in cash bears 5 of stamp and is rounded to 475.
    assert (sold["total"], sold["discount"]) == ("1467.75", "77.25")
    assert (sold["stamp"], sold["rounding"]) == ("5.00", "2.25")
    assert [(p["method"], p["amount"]) for p in sold["payments"]] == [
        ("card", "1000"),
        ("cash", "475.00"),
    ]
    state = current_session(shop)
    assert state is not None
    assert state.expected == {"cash": 5675, "card": 1000, "cheque": 0}


def test_more_than_ones_limit_is_not_given(page: TillPage, qtbot: QtBot) -> None:
    fill(page, qtbot, COFFEE)

    enter(page, "6%")

    qtbot.waitUntil(lambda: "5 %" in page.notices.bar.text)
    assert page.selling.ticket.totals.discount == 0


@pytest.mark.parametrize(("name", "is_sold"), [("Benali", True), ("Ziani", False)])
def test_on_account_buys_who_may_owe_so_much(
    page: TillPage, shop: Workstation, qtbot: QtBot, name: str, is_sold: Any
) -> None:
    count_float(page, qtbot)
    fill(page, qtbot, COFFEE)
    press(page.scan, Key.Key_F4)
    dialog = window(page, "PickerDialog", qtbot)
    QTest.keyClicks(dialog.field, name.lower())
    qtbot.waitUntil(lambda: [row.name for row in dialog.model.rows] == [name])
    press(dialog, Key.Key_Return)
    qtbot.waitUntil(lambda: page.selling.ticket.draft.customer is not None)
    qtbot.waitUntil(page.isActiveWindow)

    press(page.scan, Key.Key_F11, shift=True)
    press(page.cash.field, Key.Key_F12)

    if is_sold:
        qtbot.waitUntil(lambda: bool(told(shop, "till.sell_v1")))
        (sold,) = told(shop, "till.sell_v1")
        assert sold["payments"] == [{"method": "account", "amount": "1450.00"}]
        assert sold["stamp"] == "0"
    else:
        qtbot.waitUntil(lambda: "1,450.00" in page.notices.bar.text)
        assert told(shop, "till.sell_v1") == []


def test_a_ticket_waits_while_another_is_sold(page: TillPage, qtbot: QtBot) -> None:
    fill(page, qtbot, COFFEE)
    press(page.scan, Key.Key_F6)
    qtbot.waitUntil(lambda: page.model.rows == [])
    fill(page, qtbot, SUGAR)
    press(page.scan, Key.Key_Delete, ctrl=True)

    press(page.scan, Key.Key_F6)
    press(window(page, "PickerDialog", qtbot), Key.Key_Return)

    qtbot.waitUntil(lambda: [row.line.code for row in page.model.rows] == ["CAF-001"])


def test_goods_come_back_once_and_the_drawer_is_counted_short(
    page: TillPage, shop: Workstation, qtbot: QtBot
) -> None:
    count_float(page, qtbot)
    fill(page, qtbot, f"2*{COFFEE}")
    press(page.scan, Key.Key_F12)
    press(page.cash.field, Key.Key_Return)
    qtbot.waitUntil(lambda: page.selling.last is not None)

    press(page.scan, Key.Key_F8)
    dialog = window(page, "ReturnDialog", qtbot)
    dialog.show_ticket(page.selling.last, "ALG-01-000001")
    press(dialog.table, Key.Key_Right)
    press(dialog.table, Key.Key_Return, ctrl=True)
    qtbot.waitUntil(lambda: bool(told(shop, "till.refund_v1")))

    (back,) = told(shop, "till.refund_v1")
    assert (back["total"], back["original_number"]) == ("-1450.00", "ALG-01-000001")
    press(page.scan, Key.Key_F9)
    picker = window(page, "PickerDialog", qtbot)
    press(picker, Key.Key_Down)
    press(picker, Key.Key_Down)
    press(picker, Key.Key_Return)
    closing = window(page, "ClosingDialog", qtbot)
    for field, number in zip(closing.grid.fields, ("6", "3", "0", "15"), strict=True):
        QTest.keyClicks(field, number)
    closing.note.show_value("a coin is missing")
    press(closing.main, Key.Key_Return)
    qtbot.waitUntil(lambda: page.selling.session is None)

    state = last_session(shop)
    assert state is not None
    assert state.counted is not None
    # 5200 and 2930 of the sale (2900, 29 of stamp, rounded) less 1450.
    assert [state.expected["cash"], state.counted["cash"]] == [6680, 6675]
