"""One command sent many times at once is applied once and answered each time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import Answer
from tests.attacks.intruder import direct, healthy, send
from tests.houses import Device, House, MakeProduct, Till

pytestmark = pytest.mark.database


def test_twenty_at_once_make_one_sale_and_nineteen_replays(
    house: House, till: Till, device: Device, product: MakeProduct
) -> None:
    # Lines that have just hung up still count for a moment, and the till holds one of its own.
    house.run("alter role ws_alg_01 connection limit -1")
    sale = till.sale(product("COF-1", stock=10), number=1)

    def deliver(_time: int) -> Answer:
        with house.connect(device.login) as connection:
            return send(connection, sale)[0]

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(deliver, range(20)))

    assert sorted(answer.replayed for answer in answers) == [False, *[True] * 19]
    assert {(answer.state, str(answer.result)) for answer in answers} == {
        ("applied", str(answers[0].result))
    }
    assert house.value("select count(*) from till.tickets") == 1
    healthy(house)


def test_tills_that_sell_the_same_goods_at_once_wait_for_each_other(
    house: House, devices: tuple[Device, Device], product: MakeProduct
) -> None:
    shelf = [product(f"P-{n}", stock=100) for n in range(5)]

    def sell(device: Device) -> list[Answer]:
        with house.connect(device.login) as connection:
            till = Till(connection, device)
            order = shelf if device is devices[0] else shelf[::-1]
            return [
                answer
                for number in range(1, 16)
                for answer in till.send(till.sale(order[number % 5], number=number, actor="salim"))
            ]

    with ThreadPoolExecutor(2) as pool:
        answers = [answer for answers in pool.map(sell, devices) for answer in answers]

    assert {answer.state for answer in answers} == {"flagged"}  # an accountant may not sell
    assert house.value("select count(*) from till.tickets") == 30
    assert house.value("select sum(on_hand) from inventory.stock") == 970
    healthy(house)


def test_a_period_that_closes_takes_nothing_that_was_on_its_way(
    house: House, till: Till, device: Device, product: MakeProduct
) -> None:
    sale = till.sale(product("COF-1", stock=10), number=1)
    month = house.value(
        "select id from accounting.periods"
        " where core.local_date(now()) between starts_on and ends_on"
    )
    with house.connect(device.login) as slow, house.connect("salim") as accountant:
        slow.execute("begin; set local role core_app")
        slow.execute("select core.execute_v1(%s)", [Jsonb([sale.as_json()])])
        accountant.execute("set role accounting_app; set lock_timeout = '200ms'")
        with pytest.raises(Exception, match="lock timeout"):
            accountant.execute("select accounting.close_period_v1(%s, 'closed')", [month])
        slow.execute("commit")
        accountant.execute("select accounting.close_period_v1(%s, 'closed')", [month])
        (late,) = till.send(till.sale(house.value("select id from catalog.products"), number=2))

    assert [flag.code for flag in late.flags] == ["accounting.period_closed"]
    healthy(house)


def test_a_direct_wish_sent_twice_is_two_wishes_only_with_two_ids(
    house: House, product: MakeProduct
) -> None:
    coffee = product("COF-1")
    lines = {"lines": [{"product_id": str(coffee), "quantity": "1", "unit_cost": "1"}]}
    with house.connect("karim") as connection:
        states = [direct(connection, "inventory.open_stock_v1", lines, "karim") for _ in range(2)]

    assert [answer.replayed for answer in states] == [False, False]
    assert house.value("select sum(on_hand) from inventory.stock") == 2
    healthy(house)
