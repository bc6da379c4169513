"""The replica: pages in, rows out; never half a page, never a lost one."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from erp_desktop.workstation.replica import Replica
from erp_desktop.workstation.sets import ReplicaSet
from erp_desktop.workstation.store import IN_MEMORY
from tests.workstation.deeds import NINE, PRODUCTS, SETS, STOCK, page, product

KEY = bytes(range(32))


def codes(replica: Replica, text: str) -> list[str]:
    return [row["code"] for row in replica.find("catalog.products", text)]


@pytest.fixture
def replica() -> Replica:
    """A replica of three products."""
    replica = Replica(IN_MEMORY, KEY, SETS)
    rows = {
        "catalog.products": [product(1), product(2, name="Sucre roux"), product(10)],
        "inventory.stock": [{"warehouse": "w1", "product": "p1", "quantity": "12.500"}],
    }
    replica.apply(page(rows))
    return replica


def test_rows_come_back_with_their_types(replica: Replica) -> None:
    row = replica.get("catalog.products", "p1")

    assert row == {**product(1), "price": Decimal("119.00")}
    stock = replica.get("inventory.stock", "w1", "p1")
    assert stock is not None
    assert str(stock["quantity"]) == "12.500"
    assert replica.read_at == NINE


def test_rows_are_asked_for_by_their_columns(replica: Replica) -> None:
    assert [row["id"] for row in replica.by("catalog.products", is_active=True)] == [
        "p1",
        "p10",
        "p2",
    ]
    assert replica.by("catalog.products", code="A00002", is_active=False) == []
    with pytest.raises(KeyError):
        replica.by("catalog.products", nothing="x")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a00010", ["A00010"]),
        ("CAFÉ CREME", ["A00001", "A00010"]),
        ("cre caf", ["A00001", "A00010"]),
        ("قهوة", ["A00001", "A00002", "A00010"]),
        ("القهوه", []),
        ("roux", ["A00002"]),
        ("A0000", ["A00001", "A00002"]),
        ("", ["A00001", "A00002", "A00010"]),
        ("\"'; drop table x --", []),
        ("%*", ["A00001", "A00002", "A00010"]),
    ],
)
def test_the_search_box_folds_and_completes(replica: Replica, text: str, found: list[str]) -> None:
    assert sorted(codes(replica, text)) == found


def test_the_code_comes_before_words_and_words_before_beginnings(replica: Replica) -> None:
    rows = [
        product(20, code="X1", name="Huile 10"),
        product(21, code="10", name="Sel fin"),
        product(22, code="X2", name="Lot 1000"),
    ]
    replica.apply(page({"catalog.products": rows}, position="2"))

    assert codes(replica, "10") == ["10", "A00010", "X1", "X2"]


def test_a_changed_row_is_found_by_its_new_words_only(replica: Replica) -> None:
    changed = product(1, name="Thé vert", price="20.00")

    replica.apply(page({"catalog.products": [changed]}, position="2"))

    assert codes(replica, "the vert") == ["A00001"]
    assert codes(replica, "cafe") == ["A00010"]
    assert len(replica.by("catalog.products")) == 3


def test_what_is_gone_is_gone(replica: Replica) -> None:
    gone = [
        {"set": "catalog.products", "key": "p1"},
        {"set": "inventory.stock", "key": "w1|p1"},
        {"set": "hr.staff", "key": "unknown here"},
    ]

    replica.apply(page(gone=gone, position="2"))

    assert replica.get("catalog.products", "p1") is None
    assert replica.get("inventory.stock", "w1", "p1") is None
    assert codes(replica, "a00001") == []


def test_what_left_and_came_back_is_there(replica: Replica) -> None:
    gone = [{"set": "catalog.products", "key": "p1"}]

    replica.apply(page({"catalog.products": [product(1)]}, gone=gone, position="2"))

    assert codes(replica, "a00001") == ["A00001"]


def test_unknown_sets_and_columns_do_no_harm(replica: Replica) -> None:
    rows = {"hr.staff": [{"id": "1"}], "catalog.products": [product(3, colour="red")]}

    replica.apply(page(rows, position="2"))

    assert codes(replica, "a00003") == ["A00003"]


def test_a_page_is_kept_whole_or_not_at_all(replica: Replica) -> None:
    without_key = {name: value for name, value in product(5).items() if name != "id"}

    with pytest.raises(KeyError):
        replica.apply(page({"catalog.products": [product(4), without_key]}, position="2"))

    assert replica.get("catalog.products", "p4") is None
    assert replica.position == "1"


def test_old_rows_stay_until_a_new_load_is_complete(replica: Replica) -> None:
    replica.restart()
    assert replica.position is None

    replica.apply(page({"catalog.products": [product(7)]}, position="a", more=True))
    assert codes(replica, "a0000") == ["A00001", "A00002", "A00007"]

    replica.apply(page({"catalog.products": [product(2)]}, position="b"))
    assert sorted(codes(replica, "a0000")) == ["A00002", "A00007"]
    assert replica.by("inventory.stock") == []


def test_a_load_that_was_cut_off_sweeps_only_when_it_is_complete(replica: Replica) -> None:
    replica.restart()
    replica.apply(page({"catalog.products": [product(7)]}, position="a", more=True))
    replica.restart()

    replica.apply(page({"catalog.products": [product(8)]}, position="c"))

    assert [row["id"] for row in replica.by("catalog.products")] == ["p8"]


def test_another_shape_reads_the_feed_anew(tmp_path: Path) -> None:
    path = tmp_path / "replica.db"
    before = Replica(path, KEY, SETS)
    before.apply(page({"catalog.products": [product(1)]}))
    before.close()

    wider = replace(PRODUCTS, columns={**PRODUCTS.columns, "unit": "text"})
    after = Replica(path, KEY, (wider, STOCK))

    assert after.position is None
    after.apply(page({"catalog.products": [product(1, unit="KG")]}))
    row = after.get("catalog.products", "p1")
    assert row is not None
    assert row["unit"] == "KG"
    after.close()


def test_a_set_that_nobody_asks_for_any_more_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "replica.db"
    Replica(path, KEY, SETS).close()

    after = Replica(path, KEY, (STOCK,))

    assert list(after.sets) == ["inventory.stock"]
    assert after._store.rows("select name from sqlite_master where name like 'catalog%'") == []
    after.close()


@pytest.mark.parametrize("damage", [b"\0" * 32, b"not a database at all, but some text"])
def test_a_damaged_replica_is_set_aside_and_begins_empty(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "replica.db"
    before = Replica(path, KEY, SETS)
    before.apply(page({"catalog.products": [product(1)]}))
    before.close()
    content = bytearray(path.read_bytes())
    content[5000 : 5000 + len(damage)] = damage
    path.write_bytes(content)

    after = Replica(path, KEY, SETS)

    assert after.position is None
    assert after.by("catalog.products") == []
    assert len(list(tmp_path.glob("replica.damaged-*.db"))) == 1
    after.close()


def test_damage_while_it_is_open_heals_too(tmp_path: Path) -> None:
    path = tmp_path / "replica.db"
    replica = Replica(path, KEY, SETS)
    rows = [product(number, name="x" * 2000) for number in range(3000)]
    replica.apply(page({"catalog.products": rows}))
    replica.close()
    replica = Replica(path, KEY, SETS)
    with path.open("r+b") as file:
        for place in range(4096 * 4, path.stat().st_size, 4096):
            file.seek(place + 100)
            file.write(b"damage")

    assert replica.by("catalog.products") == []

    replica.apply(page({"catalog.products": [product(1)]}))
    assert codes(replica, "a00001") == ["A00001"]
    replica.close()


def test_numbers_as_keys_are_gone_by_their_text() -> None:
    years = ReplicaSet("accounting.years", {"year": "integer", "name": "text"}, ("year",))
    replica = Replica(IN_MEMORY, KEY, (years,))
    replica.apply(page({"accounting.years": [{"year": 2025, "name": "x"}, {"year": 2026}]}))

    replica.apply(page(gone=[{"set": "accounting.years", "key": "2025"}], position="2"))

    assert replica.by("accounting.years") == [{"year": 2026, "name": None}]
