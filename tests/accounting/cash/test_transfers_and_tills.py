"""Cash between a till and the bank: the till's own entries are one half of the transfer."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.commands import Answer
from modules.accounting.internal_transfers import (
    RECEIVE_TRANSFER,
    SEND_TRANSFER,
    SETTLE_TRANSFER,
    TAKE_TRANSFER_BACK,
    UNDO_RECEIPT,
)
from modules.accounting.selectors.internal_transfers import (
    TransferFilter,
    TransferRow,
    get_receiving_choices,
    list_transfers,
)
from tests.accounting.books import Books, code_of, invariants
from tests.houses import ALGIERS, YEAR, Ask, House

pytestmark = pytest.mark.database
BALANCE = (
    "select coalesce(sum(l.debit - l.credit), 0) from accounting.entry_lines l"
    " join accounting.accounts a on a.id = l.account_id where a.code = '{}'"
)
Move = Callable[..., dict[str, Any]]


@pytest.fixture
def move(post: Any) -> Move:
    """Take cash out of a drawer (negative) or put it in, as the till books it."""

    def do(amount: str, number: int = 1, reason: str = "bank") -> dict[str, Any]:
        named = f"ALG-01-C{number:06}"
        source = {"module": "till", "kind": "cash_move", "id": f"m-{number}", "number": named}
        made: dict[str, Any] = post("till.cash_move", {f"moved {reason}": amount}, source=source)
        return made

    return do


def rows(ask: Ask) -> list[TransferRow]:
    found: list[TransferRow] = ask(list_transfers, TransferFilter())
    return found


def to_till(books: Books, amount: str = "200.00") -> str:
    """Send change from the bank to the till on 9 March; return the transfer."""
    told = {"branch_id": str(ALGIERS.id), "on": f"{YEAR}-03-09", "amount": amount}
    sent = books.send(SEND_TRANSFER, {**told, "account": "512", "to_account": "530"})
    return str(sent.result["id"])


def receive(books: Books, wanted: Any, amount: str) -> Answer:
    told = {"id": str(wanted), "on": f"{YEAR}-03-12", "amount": amount, "account": "512"}
    return books.send(RECEIVE_TRANSFER, told)


def test_what_a_till_took_to_the_bank_is_received(
    books: Books, house: House, ask: Ask, move: Move
) -> None:
    # 300.00 out of the drawer to the bank, 80.00 into the safe: only the first can be received.
    moved = move("-300.00")
    move("-80.00", 2, "safe")
    assert books.lines(moved["entry_id"]) == [("530", 0, 300), ("581", 300, 0)]
    (row,) = rows(ask)
    assert (row.number, row.account, row.is_of_till) == ("ALG-01-C000001", "530", True)
    assert row.amount == 300
    back = books.send(TAKE_TRANSFER_BACK, {"id": str(row.id)})
    assert code_of(back) == "accounting.transfer_of_till"

    got = receive(books, row.id, "300.00")
    assert got.state == "applied", got
    assert code_of(receive(books, row.id, "300.00")) == "accounting.transfer_not_waiting"
    (row,) = rows(ask)
    assert (row.state, row.to_account) == ("received", "512")
    assert house.value(BALANCE.format("581")) == 80
    assert books.send(UNDO_RECEIPT, {"id": str(row.id)}).state == "applied"
    assert [each.state for each in rows(ask)] == ["waiting"]
    invariants(house)


def test_what_a_till_got_from_the_bank_is_the_receipt_already(
    books: Books, house: House, ask: Ask, move: Move
) -> None:
    wanted = to_till(books)
    typed = move("200.00")
    move("199.00", 2)
    offered = ask(get_receiving_choices, UUID(wanted)).tills
    assert [each.number for each in offered] == ["ALG-01-C000001"]

    settled = {"id": wanted, "till_entry": typed["entry_id"]}
    assert books.send(SETTLE_TRANSFER, settled).state == "applied"
    (row,) = rows(ask)
    assert (row.state, row.to_account, row.difference) == ("received", "530", Decimal(0))
    # Nothing was posted twice: 200.00 and 199.00 in the drawer, and only the 199.00 on the way.
    assert house.value(BALANCE.format("530")) == 399
    assert house.value(BALANCE.format("581")) == -199
    letters = "select count(*) from accounting.matching_lines where letter is not null"
    assert house.value(letters) == 2

    # One movement of a till is the receipt of one transfer.
    other = to_till(books)
    again = books.send(SETTLE_TRANSFER, {"id": other, "till_entry": typed["entry_id"]})
    assert code_of(again) == "accounting.transfer_not_at_till"
    assert ask(get_receiving_choices, UUID(other)).tills == ()
    assert books.send(UNDO_RECEIPT, {"id": wanted}).state == "applied"
    assert house.value(letters) == 0
    assert house.value(BALANCE.format("530")) == 399
    taken = books.send(SETTLE_TRANSFER, {"id": other, "till_entry": typed["entry_id"]})
    assert taken.state == "applied"
    assert books.send(TAKE_TRANSFER_BACK, {"id": wanted}).state == "applied"
    invariants(house)


def test_another_amount_or_another_entry_is_no_receipt(books: Books, move: Move) -> None:
    wanted = to_till(books)
    less, safe = move("150.00"), move("200.00", 2, "safe")
    for entry in (less, safe):
        told = {"id": wanted, "till_entry": entry["entry_id"]}
        assert code_of(books.send(SETTLE_TRANSFER, told)) == "accounting.transfer_not_at_till"
