"""What the lists of inventory show, and to whom."""

from decimal import Decimal
from itertools import pairwise

import pytest

from modules.inventory import selectors
from modules.inventory.selectors import (
    MovementFilter,
    MovementRow,
    OpeningState,
    StockFilter,
    StockRow,
    get_opening,
    list_movements,
    list_stock,
)
from tests.houses import ALGIERS, Ask, House, MakeProduct
from tests.inventory.conftest import Mover

pytestmark = pytest.mark.database


def test_a_branch_sees_its_own_stock_and_head_office_all(ask: Ask, product: MakeProduct) -> None:
    product("CAF-1", stock=10, cost="70")

    seen = {who: ask(list_stock, StockFilter(), as_user=who) for who in ("nadia", "bilal", "salim")}

    assert {who: {row.branch for row in rows} for who, rows in seen.items()} == {
        "nadia": {"ALG"},
        "bilal": {"ORN"},
        "salim": {"ALG", "ORN"},
    }
    (row,) = seen["nadia"]
    assert (row.on_hand, row.value, row.currency) == (10, 700, "DZD")


def test_stock_is_low_or_short_and_found_by_word(
    ask: Ask, product: MakeProduct, mover: Mover
) -> None:
    low, short = product("LOW", stock=2), product("SHORT", stock=1)
    product("PLENTY", stock=50)
    mover.issue((short, "3"))

    found = {
        "low": ask(list_stock, StockFilter(is_low=True)),
        "short": ask(list_stock, StockFilter(is_short=True)),
        "there": ask(list_stock, StockFilter(is_there=True)),
        "out": ask(list_stock, StockFilter(is_out=True)),
        "word": ask(list_stock, StockFilter(text="plen")),
        "branch": ask(list_stock, StockFilter(branch="orn")),
        "most": ask(list_stock, StockFilter(order="on_hand", descending=True)),
    }

    assert {name: [row.code for row in rows] for name, rows in found.items()} == {
        "low": ["LOW", "SHORT"],
        "short": ["SHORT"],
        "there": ["LOW", "PLENTY"],
        "out": ["SHORT"],
        "word": ["PLENTY"],
        "branch": [],
        "most": ["PLENTY", "LOW", "SHORT"],
    }
    assert found["low"][0].product_id == low


def test_pages_of_stock_show_every_row_once(
    ask: Ask, product: MakeProduct, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        product(f"P-{number}", stock=number % 3 + 1)
    monkeypatch.setattr(selectors, "PAGE_SIZE", 4)

    for order in ("code", "on_hand"):
        wanted = StockFilter(order=order)
        seen: list[StockRow] = []
        while page := ask(list_stock, wanted, after=seen[-1] if seen else None):
            seen += page
        assert sorted(row.code for row in seen) == [f"P-{number}" for number in range(9)]


def test_the_movements_of_a_product_say_what_was_left_by_each(
    ask: Ask, product: MakeProduct, mover: Mover, monkeypatch: pytest.MonkeyPatch
) -> None:
    coffee = product("CAF-1", stock=10)
    product("THE-1", stock=10)
    for quantity in ("1", "2.5", "3"):
        mover.issue((coffee, quantity))
    mover.receive((coffee, "4", "70"))
    monkeypatch.setattr(selectors, "PAGE_SIZE", 2)

    seen: list[MovementRow] = []
    while page := ask(list_movements, MovementFilter(coffee), after=seen[-1] if seen else None):
        seen += page

    assert [(row.kind, row.quantity, row.on_hand) for row in seen] == [
        ("receipt", Decimal(4), Decimal("7.5")),
        ("sale", Decimal(-3), Decimal("3.5")),
        ("sale", Decimal("-2.5"), Decimal("6.5")),
        ("sale", Decimal(-1), Decimal(9)),
        ("opening", Decimal(10), Decimal(10)),
    ]
    assert all(newer.recorded_at >= older.recorded_at for newer, older in pairwise(seen))


def test_movements_of_a_kind_are_listed_for_all_products(
    ask: Ask, product: MakeProduct, mover: Mover
) -> None:
    coffee = product("CAF-1", stock=10)
    product("THE-1", stock=10)
    mover.issue((coffee, "1"))

    openings = ask(list_movements, MovementFilter(kind="opening"))
    sales = ask(list_movements, MovementFilter(kind="sale"))

    assert sorted(row.code for row in openings) == ["CAF-1", "THE-1"]
    assert [(row.code, row.on_hand) for row in sales] == [("CAF-1", None)]


def test_what_was_opened_already_is_known(ask: Ask, product: MakeProduct, house: House) -> None:
    coffee, tea = product("CAF-1", stock=10), product("THE-1")

    assert ask(get_opening, ALGIERS.id, [coffee, tea]) == OpeningState("DZD", frozenset({coffee}))
    assert house.value("select count(*) from inventory.movements") == 2
