"""Money sent and received at a desk: windows, list, what is on its way, and the way back."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.ui.form_dialog import FormDialog
from modules.accounting.permissions import Permission
from modules.accounting.selectors.internal_transfers import (
    TransferSum,
    list_transfers,
    sum_in_transit,
)
from modules.accounting.widgets.cash.transfers import TransferListPage
from tests.fakes import FakeBackend, make_user
from tests.houses import ALGIERS, ORAN, YEAR, House
from tests.sales.widgets.desks import Desk, said

pytestmark = pytest.mark.database
FIRST = f"VI-ALG-{YEAR}-000001"


def typed(**more: Any) -> dict[str, Any]:
    """Return 500.00 of cash for the bank of Algiers, sent on 10 March."""
    return {
        "source": (ALGIERS.id, "530"),
        "target": (ALGIERS.id, "512"),
        "on": date(YEAR, 3, 10),
        "amount": Decimal("500.00"),
        **more,
    }


def key_in(editor: Any, text: str) -> None:
    """Type what no key of a French keyboard writes."""
    editor.selectAll()
    for sign in text:
        pressed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(editor, pressed)


def sent(desk: Desk, **more: Any) -> TransferListPage:
    """Open the list and send money."""
    page: TransferListPage = desk.open(TransferListPage)
    desk.until(lambda: len(desk.backend.asked) == 2)
    page.start_once(page.send)
    desk.confirm_dialog(page, **typed(**more))
    desk.until(lambda: page.model.rowCount() == 1)
    return page


def test_money_is_sent_received_and_let_wait_again(salim: Desk) -> None:
    page = sent(salim)
    assert salim.backend.asked[:2] == ["list_transfers", "sum_in_transit"]
    row = page.model.rows[0]
    assert (row.number, row.state, row.to_account) == (FIRST, "waiting", "512")
    assert FIRST in said(page)

    salim.backend.asked.clear()
    page.on_open(row)
    salim.until(lambda: page.findChildren(FormDialog))
    assert salim.backend.asked == ["get_receiving_choices"]
    dialog = page.findChildren(FormDialog)[-1]
    # Typed with the digits of Arabic.
    key_in(dialog.form.fields["amount"].editor, "٤٨٠")
    salim.confirm_dialog(page, on=date(YEAR, 3, 12))
    salim.until(lambda: page.model.rows and page.model.rows[0].state == "received")
    assert "difference" in said(page)
    assert page.model.rows[0].difference == -20
    assert page.model.rows[0].difference_account == "6571"

    page.on_open(page.model.rows[0])
    assert salim.opened == [("accounting.entries", page.model.rows[0].entry)]
    page.start_once(page.undo_receipt, page.model.rows[0])
    assert FIRST in salim.answer(page, "Undo the receipt")
    salim.until(lambda: page.model.rows and page.model.rows[0].state == "waiting")
    page.start_once(page.take_back, page.model.rows[0])
    salim.answer(page, "Take the transfer back")
    salim.until(lambda: page.model.rows and page.model.rows[0].state == "returned")
    page.start_once(page.receive, page.model.rows[0])
    salim.until(lambda: "does not wait" in said(page))


def test_another_branch_says_itself_where_it_arrives(salim: Desk) -> None:
    page = sent(salim, target=(ORAN.id, ""))
    assert page.model.rows[0].to_account == ""
    page.on_open(page.model.rows[0])
    salim.confirm_dialog(page, account="530", on=date(YEAR, 3, 11))
    salim.until(lambda: page.model.rows and page.model.rows[0].state == "received")
    assert page.model.rows[0].to_account == "530"


def test_what_a_till_has_typed_already_is_not_posted_again(
    salim: Desk, house: House, post: Any
) -> None:
    amount = Decimal("200.00")
    page = sent(salim, source=(ALGIERS.id, "512"), target=(ALGIERS.id, "530"), amount=amount)
    source = {"module": "till", "kind": "cash_move", "id": "m", "number": "ALG-01-C000001"}
    moved = post("till.cash_move", {"moved bank": "200.00"}, source=source)
    entries = house.value("select count(*) from accounting.entries")

    page.on_open(page.model.rows[0])
    salim.until(lambda: page.findChildren(FormDialog))
    field: Any = page.findChildren(FormDialog)[-1].form.fields["till_entry"]
    assert "ALG-01-C000001" in field.editor.itemText(1)
    salim.confirm_dialog(page, till_entry=UUID(moved["entry_id"]))
    salim.until(lambda: page.model.rows and page.model.rows[0].state == "received")
    assert house.value("select count(*) from accounting.entries") == entries


def test_what_is_refused_is_proposed_again(salim: Desk, house: House) -> None:
    house.run("update accounting.periods set state = 'closed' where kind = 'month'")
    page = salim.open(TransferListPage)
    salim.until(lambda: len(salim.backend.asked) == 2)
    page.start_once(page.send)
    salim.confirm_dialog(page, **typed())
    salim.until(lambda: "closed" in said(page))
    salim.until(lambda: page.start_once(page.send))
    salim.until(lambda: page.findChildren(FormDialog))
    dialog = page.findChildren(FormDialog)[-1]
    assert dialog.form.fields["amount"].read() == 500
    # Nothing is sent to where it comes from.
    targets = dialog.form.fields["target"].editor
    offered = [targets.itemText(place) for place in range(targets.count())]
    assert [each.partition(":")[0] for each in offered] == ["Alger Centre", *["Oran"] * 3]
    assert "the branch says where" in offered[-1]
    dialog.reject()
    salim.come_back(page)


@pytest.mark.usefixtures("desk")
def test_who_may_only_look_is_offered_no_step(qtbot: QtBot) -> None:
    answers = {list_transfers: [], sum_in_transit: TransferSum(0, Decimal(0), 0, "DZD")}
    backend: Any = FakeBackend(answers, make_user(Permission.VIEW_LEDGER))
    page = TransferListPage(backend)
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.show()
    qtbot.waitUntil(lambda: bool(backend.asked(list_transfers)))
    offered = {each.text() for each in page.header.findChildren(QPushButton)}
    assert "Send money" not in offered
