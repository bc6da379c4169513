"""What the day at the till does to the books: refunds, sessions, and what is flagged."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from erp_desktop.core.commands import Answer, Command, uuid7
from tests.houses import House, MakeProduct, Till

pytestmark = pytest.mark.database

BALANCES = (
    "select coalesce(sum(abs(b)), 0) from (select sum(l.debit - l.credit) as b"
    " from accounting.entry_lines l group by l.account_id) s"
)


def command(till: Till, name: str, payload: dict[str, Any]) -> Answer:
    """Send one command of Amina's."""
    (answer,) = till.send(till.seal(Command(name, payload, "amina", datetime.now(UTC))))
    return answer


def sold(till: Till, product: Any, quantity: int) -> dict[str, Any]:
    """Sell so many and return the payload."""
    sale = till.sale(product, number=1, quantity=quantity)
    till.send(sale)
    payload: dict[str, Any] = json.loads(sale.body)["payload"]
    return payload


def refund(original: dict[str, Any], quantity: int, number: int) -> dict[str, Any]:
    """Return the payload that gives so many back."""
    (line,) = original["lines"]
    amount = f"-{119 * quantity}.00"
    back = {
        "id": str(uuid7()),
        "original_line_id": line["id"],
        "quantity": f"-{quantity}",
        "amount": amount,
        "net": f"-{100 * quantity}.00",
    }
    return {
        **original,
        "ticket_id": str(uuid7()),
        "number": f"ALG-01-{number:06d}",
        "original_ticket_id": original["ticket_id"],
        "original_number": original["number"],
        "lines": [line | back],
        "total": amount,
        "payments": [{"method": "card", "amount": amount}],
    }


def test_what_comes_back_in_parts_brings_every_account_back_to_zero(
    house: House, till: Till, product: MakeProduct
) -> None:
    original = sold(till, product("COF-1", stock=10, cost="33.33"), 3)

    first = command(till, "till.refund_v1", refund(original, 1, 2))
    second = command(till, "till.refund_v1", refund(original, 2, 3))

    assert [first.flags, second.flags] == [(), ()]
    assert house.value(BALANCES) == 0
    assert house.value("select sum(on_hand) from inventory.stock where branch_id = "
                       "(select id from core.branches where code = 'ALG')") == 10  # fmt: skip
    assert house.value("select sum(total) + sum(cost) from till.tickets") == 0


def test_more_than_was_sold_is_booked_and_flagged(till: Till, product: MakeProduct) -> None:
    original = sold(till, product("COF-1", stock=10), 1)

    answer = command(till, "till.refund_v1", refund(original, 2, 2))

    assert [flag.code for flag in answer.flags] == ["till.more_than_sold"]


def test_a_refund_of_an_unknown_ticket_waits_for_a_person(
    house: House, till: Till, product: MakeProduct
) -> None:
    original = sold(till, product("COF-1", stock=10), 1) | {"ticket_id": str(uuid7())}

    answer = command(till, "till.refund_v1", refund(original, 1, 2))

    assert [flag.code for flag in answer.flags] == ["till.original_unknown"]
    assert house.value("select count(*) from till.tickets") == 1


def test_a_session_is_closed_with_what_was_counted(house: House, till: Till) -> None:
    session = str(uuid7())
    opened = {"session_id": session, "number": "ALG-01-S000001", "currency": "DZD"}
    command(till, "till.open_session_v1", opened | {"float": "5000", "counts": {"1000": 5}})
    move = {"move_id": str(uuid7()), "number": "ALG-01-C000001", "session_id": session}
    command(till, "till.move_cash_v1", move | {"amount": "-1000", "reason": "bank", "note": ""})

    closed = command(
        till,
        "till.close_session_v1",
        {
            "session_id": session,
            "number": "ALG-01-S000001",
            "counts": {"1000": 3},
            "counted": {"cash": "3000", "card": "0", "cheque": "0"},
            "expected": {"cash": "4000", "card": "0", "cheque": "0"},
            "left_in_drawer": "2000",
            "note": "",
        },
    )

    # Amina may close with no difference alone.
    assert [flag.code for flag in closed.flags] == ["till.difference_above_limit"]
    assert closed.result["difference"] == "-1000"
    cash = "join accounting.accounts a on a.id = l.account_id where a.code = '530'"
    drawer = f"select sum(l.debit - l.credit) from accounting.entry_lines l {cash}"
    assert house.value(drawer) == 2000


def test_cash_bears_its_stamp_duty_or_somebody_hears_of_it(
    till: Till, product: MakeProduct
) -> None:
    sale = till.sale(product("COF-1", stock=10), number=1, quantity=3)
    payload = json.loads(sale.body)["payload"]
    till.seq -= 1
    till.hash = sale.prev
    cash = {"method": "cash", "amount": "357.00", "tendered": "400.00", "change": "43.00"}

    answer = command(till, "till.sell_v1", payload | {"payments": [cash]})

    assert [flag.code for flag in answer.flags] == ["till.stamp_differs"]
    assert answer.flags[0].details["duty"] == "5.00"
