"""The feed loses nothing, tells nobody too much, and can always begin again."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import uuid7
from tests.houses import ALGIERS, ORAN, Device, House, MakeProduct, SignIn, Till

pytestmark = pytest.mark.database

SETS = ["catalog.barcodes", "catalog.products", "core.users", "inventory.stock"]


class Replica:
    """What a workstation keeps of the feed, as bare as can be."""

    def __init__(self, connection: Any, *, limit: int = 500) -> None:
        self._connection = connection
        self.limit = limit
        self.position: Any = None
        self.rows: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in SETS}

    def ask(self, **changes: Any) -> dict[str, Any]:
        """Return the server's answer to one request."""
        request = {"position": self.position, "sets": SETS, "limit": self.limit, **changes}
        with self._connection.transaction():
            self._connection.execute("set local role core_app")
            (page,) = self._connection.execute(
                "select core.pull_v1(%s)", [Jsonb(request)]
            ).fetchone()
        return dict(page)

    def pull(self) -> int:
        """Take pages until there is no more; what is gone goes first. Return how many it took."""
        pages, more = 0, True
        while more:
            page = self.ask()
            pages += 1
            for gone in page["gone"]:
                self.rows[gone["set"]].pop(gone["key"], None)
            for name, rows in page["rows"].items():
                self.rows[name].update({key_of(name, row): row for row in rows})
            self.position, more = page["position"], page["more"]
        return pages


def key_of(name: str, row: dict[str, Any]) -> str:
    """Return the key of a row in its set."""
    fields = {"catalog.barcodes": "barcode", "inventory.stock": "product_id"}
    return str(row[fields.get(name, "id")])


@pytest.fixture
def replica(house: House, device: Device) -> Iterator[Replica]:
    """The replica of the till in Algiers."""
    with house.connect(device.login) as connection:
        yield Replica(connection)


def barcode(house: House, product: UUID, code: str) -> None:
    """Give a product a barcode."""
    house.run(f"insert into catalog.barcodes (barcode, product_id) values ('{code}', '{product}')")


@pytest.mark.parametrize("limit", [1, 2, 500])
def test_pages_of_every_size_bring_everything_once(
    house: House, replica: Replica, product: MakeProduct, limit: int
) -> None:
    with house.connect() as connection:  # many rows of one transaction, some of their own
        connection.execute(
            "insert into catalog.products (id, code, name, unit, tax_code, price)"
            " select gen_random_uuid(), 'P-' || n, 'x', 'PCE', 'TVA19', n"
            " from generate_series(1, 7) n"
        )
    stocked = {str(product(f"Q-{n}", stock=n)) for n in (1, 2, 3)}
    replica.limit = limit

    replica.pull()

    assert len(replica.rows["catalog.products"]) == 10
    assert set(replica.rows["inventory.stock"]) == stocked


def test_a_poll_brings_what_changed_and_nothing_else(
    house: House, replica: Replica, product: MakeProduct
) -> None:
    coffee, tea = product("COF-1"), product("TEA-1")
    replica.pull()
    house.run(f"update catalog.products set price = 120 where id = '{coffee}'")

    page = replica.ask()

    assert [row["price"] for row in page["rows"]["catalog.products"]] == ["120"]
    assert (page["more"], page["reset"], page["gone"]) == (False, False, [])
    assert str(tea) not in str(page["rows"])


def test_what_is_taken_away_leaves_and_what_comes_back_stays(
    house: House, replica: Replica, product: MakeProduct
) -> None:
    coffee, tea = product("COF-1"), product("TEA-1")
    barcode(house, coffee, "111")
    barcode(house, coffee, "222")
    replica.pull()
    house.run("delete from catalog.barcodes")
    barcode(house, tea, "222")

    replica.pull()

    assert {key: row["product_id"] for key, row in replica.rows["catalog.barcodes"].items()} == {
        "222": str(tea)
    }


@pytest.mark.parametrize("limit", [1, 2])
def test_what_left_and_came_back_while_the_till_was_away_is_there(
    house: House, replica: Replica, product: MakeProduct, limit: int
) -> None:
    """So much has changed that the poll becomes pages again."""
    coffee = product("COF-1")
    for code in ("111", "222", "333"):
        barcode(house, coffee, code)
    replica.pull()
    house.run("delete from catalog.barcodes")
    for code in ("222", "333", "444"):
        barcode(house, coffee, code)
    house.run("update catalog.products set name = 'Café'")
    replica.limit = limit

    pages = replica.pull()

    assert pages > 1
    assert set(replica.rows["catalog.barcodes"]) == {"222", "333", "444"}
    assert replica.rows["catalog.products"][str(coffee)]["name"] == "Café"


def test_who_begins_is_told_of_nothing_that_is_gone(
    house: House, replica: Replica, product: MakeProduct
) -> None:
    barcode(house, product("COF-1"), "111")
    house.run("delete from catalog.barcodes")

    assert replica.ask()["gone"] == []


def test_a_branch_has_its_own_stock_and_its_own_people(
    house: House, replica: Replica, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=5)
    house.run(f"update inventory.stock set on_hand = 9 where branch_id = '{ORAN.id}'")

    replica.pull()

    assert replica.rows["inventory.stock"][str(coffee)]["on_hand"] == "5"
    logins = {row["login"] for row in replica.rows["core.users"].values()}
    assert logins == {"amina", "karim", "nadia", "yacine", "salim", "root_admin"}


def test_who_leaves_the_branch_leaves_its_replica(replica: Replica, signed_in: SignIn) -> None:
    admin = signed_in("root_admin")
    draft = {
        "id": str(uuid7()),
        "login": "lina",
        "name": "Lina",
        "language": "fr",
        "roles": ["cashier"],
        "branches": [str(ALGIERS.id)],
        "sees_all_branches": True,
    }
    with admin.database.begin(admin.user, "core") as ctx:
        ctx.call("core.save_user_v1", draft, ctx.verifier("lina", "x"))
    replica.pull()
    assert draft["id"] in replica.rows["core.users"]

    with admin.database.begin(admin.user, "core") as ctx:
        moved = {**draft, "version": 1, "branches": [str(ORAN.id)], "sees_all_branches": False}
        ctx.call("core.save_user_v1", moved, None)
    replica.pull()

    assert draft["id"] not in replica.rows["core.users"]


@pytest.mark.parametrize(
    "position",
    [
        {"seen": "nonsense"},
        {"seen": "5:1:"},
        {"seen": 7},
        {"load": {"from": "x", "bound": "10"}},
        {"load": {"from": "0", "bound": "-"}},
    ],
)
def test_a_position_that_cannot_be_read_begins_again(replica: Replica, position: Any) -> None:
    page = replica.ask(position=position)

    assert (page["reset"], page["position"], page["more"]) == (True, None, True)
    assert page["server"]["system"]


@pytest.mark.parametrize("limit", [0, -5, 10**30, None, "7"])
def test_a_foolish_limit_is_made_a_wise_one(
    replica: Replica, product: MakeProduct, limit: Any
) -> None:
    product("COF-1", stock=1)
    replica.limit = limit

    replica.pull()

    assert len(replica.rows["catalog.products"]) == 1


def test_a_set_that_is_not_known_here_has_no_rows(replica: Replica) -> None:
    page = replica.ask(sets=["hr.salaries", "pg_authid"])

    assert page["rows"] == {}


def test_a_sale_shows_on_the_shelf_of_its_branch(
    replica: Replica, till: Till, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=5)
    replica.pull()
    till.send(till.sale(coffee, number=1, quantity=2))

    replica.pull()

    assert replica.rows["inventory.stock"][str(coffee)]["on_hand"] == "3"


class Writers:
    """Eight at once who write, pause, undo half of it or all of it."""

    def __init__(self, house: House, seconds: float) -> None:
        self._house = house
        self._end = time.monotonic() + seconds

    def write(self, seed: int) -> None:
        """Write until the time is over."""
        chance = random.Random(seed)  # noqa: S311 - a schedule, no secret
        with self._house.connect() as connection:
            while time.monotonic() < self._end:
                self._transaction(connection, chance)

    def _transaction(self, connection: Any, chance: random.Random) -> None:
        with connection.transaction(force_rollback=chance.random() < 0.1):
            for _row in range(chance.randint(1, 3)):
                self._change(connection, chance)
                time.sleep(0.3 if chance.random() < 0.02 else chance.random() / 200)
            if chance.random() < 0.15:
                with connection.transaction(force_rollback=chance.random() < 0.5):
                    self._change(connection, chance)

    def _change(self, connection: Any, chance: random.Random) -> None:
        if chance.random() < 0.7:
            connection.execute(
                "insert into catalog.products (id, code, name, unit, tax_code, price)"
                " values (%s, %s, 'x', 'PCE', 'TVA19', 1)",
                [uuid7(), uuid7().hex],
            )
        else:
            connection.execute(
                "update catalog.products set price = price + 1 where id ="
                " (select id from catalog.products offset %s limit 1"
                "   for no key update skip locked)",
                [chance.randint(0, 400)],
            )


def test_nothing_is_lost_under_writers_where_a_naive_cursor_loses_rows(
    house: House, replica: Replica
) -> None:
    replica.limit = 40
    done = threading.Event()
    writers = Writers(house, seconds=6)
    with house.connect() as control, ThreadPoolExecutor(10) as pool:
        naive = pool.submit(_follow, done, naive_cursor(control))
        feed = pool.submit(_follow, done, replica.pull)
        list(pool.map(writers.write, range(8)))
        done.set()
        feed.result()
        naive_keys = naive.result()

    replica.pull()
    truth = {
        str(row[0]): str(row[1]) for row in rows_of(house, "select id, price from catalog.products")
    }
    kept = {key: row["price"] for key, row in replica.rows["catalog.products"].items()}
    assert kept == truth
    assert len(truth) > 200
    assert len(naive_keys) < len(truth), "the control lost nothing: the test proves nothing"


def rows_of(house: House, query: str) -> list[Any]:
    """Return rows, as the superuser sees them."""
    with house.connect() as connection:
        return list(connection.execute(query))


def naive_cursor(connection: psycopg.Connection[Any]) -> Callable[[], set[str]]:
    """Follow by the greatest transaction id seen, as one would at first."""
    seen: set[str] = set()
    last = "0"

    def poll() -> set[str]:
        nonlocal last
        rows = connection.execute(
            "select id, changed_xid::text from catalog.products where changed_xid > %s::xid8"
            " order by changed_xid",
            [last],
        ).fetchall()
        seen.update(str(row[0]) for row in rows)
        last = rows[-1][1] if rows else last
        return seen

    return poll


def _follow(done: threading.Event, poll: Callable[[], Any]) -> Any:
    while not done.is_set():
        poll()
        time.sleep(0.02)
    return poll()
