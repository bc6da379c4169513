"""What head office says of what a till did: facts are never refused, each hurt rule is told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.commands import Answer, uuid7
from tests.houses import Device, House, MakeProduct, Till, open_session
from tests.till.deeds import (
    Payload,
    closing,
    codes,
    do,
    moving,
    opening,
    paid,
    refund,
    sale,
)
from tests.till.test_books import a_customer

pytestmark = pytest.mark.database

Deed = Callable[["Desk"], Answer]


@dataclass(frozen=True)
class Desk:
    """A till with coffee on its shelf."""

    house: House
    till: Till
    device: Device
    coffee: UUID

    def sell(self, payload: Payload) -> Answer:
        """Sell it."""
        return do(self.till, "sell", payload)

    def sale(self, number: int = 1, **changes: Any) -> Payload:
        """Return a sale of coffee."""
        return sale(self.till, self.coffee, number=number, **changes)


@pytest.fixture
def desk(house: House, till: Till, device: Device, product: MakeProduct) -> Desk:
    """Amina's till."""
    return Desk(house, till, device, product("COF-1", stock=10))


def without_a_session(desk: Desk) -> Answer:
    return desk.sell(desk.sale(session_id=None))


def in_another_tills_session(desk: Desk) -> Answer:
    other = Device(uuid7(), "ws_other", "ALG-02")
    desk.house.run(
        "insert into core.workstations (id, branch_id, name, prefix, login)"
        f" select '{other.id}', branch_id, 'Other', '{other.prefix}', '{other.login}'"
        " from core.workstations"
    )
    open_session(desk.house, other)
    return desk.sell(desk.sale(session_id=str(other.session)))


def after_its_session_was_closed(desk: Desk) -> Answer:
    do(desk.till, "close_session", closing(desk.device.session, cash="0", expected="0"))
    return desk.sell(desk.sale())


def with_a_hole_in_the_numbers(desk: Desk) -> Answer:
    return desk.sell(desk.sale(2))


def at_another_price(desk: Desk) -> Answer:
    desk.house.run("update catalog.products set price = 130")
    return desk.sell(desk.sale())


def with_another_tax(desk: Desk) -> Answer:
    taxes = [{"code": "TVA19", "rate": "0.09", "after": []}]
    return desk.sell(desk.sale(line={"taxes": taxes, "net": "109.17"}))


def too_cheaply(desk: Desk) -> Answer:
    desk.house.run("""update core.users set limits = '{"till.discount": "5"}'""")
    line = {"discount": "7.14", "amount": "111.86", "net": "94.00"}
    card = [paid("card", "111.86", reference="1")]
    return desk.sell(desk.sale(line=line, discount="7.14", total="111.86", payments=card))


def without_stamp_duty(desk: Desk) -> Answer:
    cash = [paid("cash", "357.00", tendered="400.00", change="43.00")]
    return desk.sell(desk.sale(quantity=3, payments=cash))


def on_account_above_the_limit(desk: Desk) -> Answer:
    customer = a_customer(desk.house, limit="118.99")
    return desk.sell(desk.sale(customer_id=customer, payments=[paid("account", "119.00")]))


def on_account_without_a_limit(desk: Desk) -> Answer:
    customer = a_customer(desk.house)
    return desk.sell(desk.sale(customer_id=customer, payments=[paid("account", "119.00")]))


def more_back_than_was_sold(desk: Desk) -> Answer:
    sold = desk.sale()
    desk.sell(sold)
    return do(desk.till, "refund", refund(sold, 2, number="ALG-01-000002"))


def more_money_back_than_was_paid(desk: Desk) -> Answer:
    sold = desk.sale()
    desk.sell(sold)
    back = refund(sold, 1, number="ALG-01-000002")
    back["lines"][0] |= {"amount": "-150.00", "net": "-126.05"}
    back |= {"total": "-150.00", "payments": [paid("card", "-150.00")]}
    return do(desk.till, "refund", back)


def a_second_session(desk: Desk) -> Answer:
    return do(desk.till, "open_session", opening(uuid7(), "ALG-01-S000002"))


def a_session_out_of_turn(desk: Desk) -> Answer:
    do(desk.till, "close_session", closing(desk.device.session, cash="0", expected="0"))
    return do(desk.till, "open_session", opening(uuid7(), "ALG-01-S000004", 0))


def cash_out_of_turn(desk: Desk) -> Answer:
    move = moving(desk.device.session, "200", number="ALG-01-C000002")
    return do(desk.till, "move_cash", move)


def a_count_that_is_short(desk: Desk) -> Answer:
    return do(desk.till, "close_session", closing(desk.device.session, cash="1", expected="0"))


def another_expectation(desk: Desk) -> Answer:
    return do(desk.till, "close_session", closing(desk.device.session, cash="0", expected="7"))


@pytest.mark.parametrize(
    ("deed", "flag"),
    [
        (without_a_session, "till.session_not_open"),
        (in_another_tills_session, "till.session_not_open"),
        (after_its_session_was_closed, "till.session_not_open"),
        (with_a_hole_in_the_numbers, "till.number_gap"),
        (at_another_price, "till.price_differs"),
        (with_another_tax, "till.tax_differs"),
        (too_cheaply, "till.discount_above_limit"),
        (without_stamp_duty, "till.stamp_differs"),
        (on_account_above_the_limit, "till.credit_exceeded"),
        (on_account_without_a_limit, "till.credit_exceeded"),
        (more_back_than_was_sold, "till.more_than_sold"),
        (more_money_back_than_was_paid, "till.refund_differs"),
        (a_second_session, "till.session_left_open"),
        (a_session_out_of_turn, "till.number_gap"),
        (cash_out_of_turn, "till.number_gap"),
        (a_count_that_is_short, "till.difference_above_limit"),
        (another_expectation, "till.expected_differs"),
    ],
)
def test_a_hurt_rule_is_booked_and_told(desk: Desk, deed: Deed, flag: str) -> None:
    answer = deed(desk)

    assert (answer.state, codes(answer)) == ("flagged", [flag])
    assert desk.house.value("select count(*) from core.commands where is_parked") == 0
    assert answer.flags[0].as_error().sentence().count("{") == 0


def of_a_ticket_that_nobody_knows(desk: Desk) -> Answer:
    return do(desk.till, "refund", refund(desk.sale(), 1, number="ALG-01-000002"))


def with_taxes_that_were_not_sold(desk: Desk) -> Answer:
    sold = desk.sale()
    desk.sell(sold)
    back = refund(sold, 1, number="ALG-01-000002")
    back["lines"][0]["taxes"] = [{"code": "TVA19", "rate": "0.09", "after": []}]
    return do(desk.till, "refund", back)


def with_a_net_that_does_not_follow(desk: Desk) -> Answer:
    return desk.sell(desk.sale(line={"net": "99.00"}))


def with_a_discount_that_its_lines_do_not_have(desk: Desk) -> Answer:
    return desk.sell(desk.sale(discount="3.00"))


def with_notes_worth_something_else(desk: Desk) -> Answer:
    count = closing(desk.device.session, cash="0", expected="0") | {"counts": {"1000": 2}}
    return do(desk.till, "close_session", count)


def cash_of_no_session(desk: Desk) -> Answer:
    return do(desk.till, "move_cash", moving(uuid7(), "200"))


def the_end_of_no_session(desk: Desk) -> Answer:
    return do(desk.till, "close_session", closing(uuid7(), cash="0", expected="0"))


@pytest.mark.parametrize(
    ("deed", "flag"),
    [
        (of_a_ticket_that_nobody_knows, "till.original_unknown"),
        (with_taxes_that_were_not_sold, "till.original_unknown"),
        (with_a_net_that_does_not_follow, "till.figures_differ"),
        (with_a_discount_that_its_lines_do_not_have, "till.figures_differ"),
        (with_notes_worth_something_else, "till.figures_differ"),
        (cash_of_no_session, "till.session_not_open"),
        (the_end_of_no_session, "till.session_not_open"),
    ],
)
def test_what_cannot_be_booked_waits_for_a_person(desk: Desk, deed: Deed, flag: str) -> None:
    answer = deed(desk)

    assert (answer.state, codes(answer)) == ("flagged", [flag])
    assert desk.house.value("select count(*) from core.commands where is_parked") == 1


def test_a_price_of_the_customers_list_is_a_price(desk: Desk) -> None:
    customer = a_customer(desk.house)
    desk.house.run("insert into catalog.price_lists (code, name, includes_tax)"
                   " values ('GROS', 'Gros', false)")  # fmt: skip
    desk.house.run("update parties.parties set price_list = 'GROS'")
    for least, price in ((1, 90), (10, 80)):
        desk.house.run(
            "insert into catalog.prices"
            " (id, price_list, product_id, min_quantity, price, valid_from)"
            f" values (gen_random_uuid(), 'GROS', '{desk.coffee}', {least}, {price}, '2020-01-01')"
        )

    def answer(number: int, net: str, gross: str, buyer: str | None) -> list[str]:
        line = {"unit_price": gross, "amount": gross, "net": net}
        card = [paid("card", gross, reference="1")]
        told = desk.sale(number, line=line, total=gross, payments=card, customer_id=buyer)
        return codes(desk.sell(told))

    assert answer(1, "90.00", "107.10", customer) == []
    # Ten were not bought, and the list is not everybody's.
    assert answer(2, "80.00", "95.20", customer) == ["till.price_differs"]
    assert answer(3, "90.00", "107.10", None) == ["till.price_differs"]


def test_a_discount_within_the_limit_may_be_rounded(desk: Desk) -> None:
    desk.house.run("""update core.users set limits = '{"till.discount": "5"}'""")
    line = {"unit_price": "0.10", "discount": "0.01", "amount": "0.09", "net": "0.08"}
    desk.house.run("update catalog.products set price = 0.10")
    card = [paid("card", "0.09", reference="1")]

    answer = desk.sell(desk.sale(line=line, discount="0.01", total="0.09", payments=card))

    assert codes(answer) == []


def test_where_the_seller_bears_the_stamp_nobody_is_charged_it(desk: Desk) -> None:
    desk.house.run(
        """update accounting.law_values set value = '{"type": "part", "rate": "0.0025",
           "borne_by": "seller"}' where kind = 'stamp'"""
    )
    cash = [paid("cash", "119.00", tendered="119.00", change="0")]

    assert codes(desk.sell(desk.sale(payments=cash))) == []
