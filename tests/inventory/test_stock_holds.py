"""Stock is the sum of its movements, whatever the order and however many move it at once."""

import random
import threading
from contextlib import closing
from decimal import Decimal
from typing import Literal
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.houses import House, MakeProduct
from tests.inventory.conftest import Mover, allow_moving, refusal_code

pytestmark = pytest.mark.database

SUMS = """
select s.product_id from inventory.stock s
  left join (select product_id, warehouse_id, sum(quantity) as quantity, sum(value) as value
               from inventory.movements group by product_id, warehouse_id) m
    using (product_id, warehouse_id)
 where s.on_hand <> coalesce(m.quantity, 0) or s.value <> coalesce(m.value, 0)
    or s.value < 0 or (s.on_hand < 0) <> s.is_short
"""

Move = tuple[Literal["in", "out", "request"], int, int]
quantities = st.integers(1, 4000)  # thousandths
costs = st.integers(0, 99999)  # centimes
moves = st.lists(
    st.one_of(
        st.tuples(st.just("in"), quantities, costs),
        st.tuples(st.sampled_from(["out", "request"]), quantities, st.just(0)),
    ),
    max_size=14,
)


def test_on_hand_and_value_follow_the_movements_in_any_order(
    house: House, product: MakeProduct, mover: Mover
) -> None:
    names = iter(range(10_000))

    @given(moves)
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    def hold(history: list[Move]) -> None:
        goods = product(f"P-{next(names)}")
        left = Decimal(0)
        for move in history:
            left += make(mover, goods, move, left)
        with house.connect() as connection:
            row = connection.execute(
                "select on_hand, is_short from inventory.stock s"
                " join inventory.warehouses w on w.id = s.warehouse_id and w.code = 'ALG'"
                " where product_id = %s",
                [goods],
            ).fetchone()
            assert row == ((left, left < 0) if history and row else None)
            assert connection.execute(SUMS).fetchall() == []

    hold()


def make(mover: Mover, goods: UUID, move: Move, left: Decimal) -> Decimal:
    """Make one move and return what it changes; a request for too much changes nothing."""
    kind, thousandths, centimes = move
    quantity = Decimal(thousandths) / 1000
    if kind == "in":
        mover.receive((goods, str(quantity), str(Decimal(centimes) / 100)))
        return quantity
    if kind == "request" and quantity > left:
        with pytest.raises(psycopg.Error) as refused:
            mover.issue((goods, str(quantity)), is_fact=False)
        assert refusal_code(refused.value) == "inventory.not_enough"
        return Decimal(0)
    mover.issue((goods, str(quantity)))
    return -quantity


def test_goods_that_come_after_a_shortage_can_be_sold_again(
    house: House, product: MakeProduct, mover: Mover
) -> None:
    """Average cost of less than nothing once left a value below zero, which no sale could take."""
    goods = product("P-1")
    mover.receive((goods, "5", "100"))
    mover.issue((goods, "8"))
    mover.receive((goods, "4", "10"))

    sold = mover.issue((goods, "1"))

    assert Decimal(sold["cost"]) == 40
    assert house.value("select on_hand from inventory.stock where value = 0") == 0


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "Infinity", "1e12"])
def test_what_is_no_quantity_moves_nothing(
    house: House, product: MakeProduct, mover: Mover, quantity: str
) -> None:
    goods = product("P-1")

    with pytest.raises(psycopg.Error) as refused:
        mover.issue((goods, quantity))
    with pytest.raises(psycopg.Error) as refused_too:
        mover.receive((goods, quantity, "1"))

    codes = {refusal_code(refused.value), refusal_code(refused_too.value)}
    assert codes == {"inventory.quantity_must_be_positive"}
    assert house.value("select count(*) from inventory.movements") == 0


def test_eight_tills_never_wait_for_each_other_in_a_ring(
    house: House, product: MakeProduct
) -> None:
    """Each takes five products in an order of its own; the locks are taken in key order."""
    allow_moving(house)
    goods = [product(f"P-{n}", stock=1000) for n in range(12)]
    problems: list[BaseException] = []

    def sell(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - the same sales in every run
        try:
            with closing(Mover(house, ("nadia", "karim")[seed % 2])) as till:
                for _sale in range(40):
                    till.issue(*((each, "1") for each in chance.sample(goods, 5)))
        except BaseException as error:  # noqa: BLE001 - told to the test below
            problems.append(error)

    threads = [threading.Thread(target=sell, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    sold = house.value("select sum(-quantity) from inventory.movements where kind = 'sale'")
    assert sold == 8 * 40 * 5
    with house.connect() as connection:
        assert connection.execute(SUMS).fetchall() == []
