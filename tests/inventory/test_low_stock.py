"""The branch is told what runs low: once per product and day, in each reader's own words."""

from typing import Any

import pytest

from erp_desktop.core.i18n import speaking
from erp_desktop.core.session import sign_in
from modules.inventory.subscribers import LOW, tell_of_low_stock
from tests.houses import ALGIERS, House, MakeProduct, SignIn, Till
from tests.inventory.conftest import Mover

pytestmark = pytest.mark.database


def told(house: House, payload: Any) -> None:
    """Run the subscriber as the worker does."""
    session = sign_in(house.dsn("erp_worker", house.founded.worker_password))
    try:
        with session.database.begin(session.user, "inventory") as ctx:
            tell_of_low_stock(ctx, payload)
    finally:
        session.database.close()


def events(house: House) -> list[Any]:
    """Return what was published."""
    with house.connect() as connection:
        found = connection.execute("select payload from core.events where topic like 'inventory%'")
        return [row[0] for row in found]


def test_a_sale_that_reaches_the_reorder_point_is_told_once(
    house: House, product: MakeProduct, till: Till, signed_in: SignIn
) -> None:
    coffee = product("CAF-1", stock=4)
    till.send(till.sale(coffee, number=1, quantity=1))
    assert events(house) == []
    till.send(till.sale(coffee, number=2, quantity=1))
    till.send(till.sale(coffee, number=3, quantity=1))

    (event,) = events(house)
    told(house, event)
    told(house, event)

    session = signed_in("karim")
    with session.database.begin(session.user, "core") as ctx:
        rows = list(ctx.connection.exec_driver_sql("select * from core.notification_list_v1()"))
    (notice,) = rows
    with speaking("en"):
        sentence = notice.message.format(**notice.details)
    assert (notice.message, sentence) == (LOW, "CAF-1 Caf-1 is running low: 2 left.")
    assert notice.details["product_id"] == str(coffee)


def test_each_product_of_an_event_has_its_own_notice(
    house: House, product: MakeProduct, mover: Mover
) -> None:
    coffee, tea = product("CAF-1", stock=3), product("THE-1", stock=3)
    mover.issue((coffee, "1"), (tea, "2.5"))

    (event,) = events(house)
    assert event["branch_id"] == str(ALGIERS.id)
    told(house, event)

    with house.connect() as connection:
        found = connection.execute(
            "select details ->> 'on_hand' from core.notifications order by 1"
        )
        assert [row[0] for row in found] == ["0.5", "2"]
