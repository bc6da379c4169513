"""The list of 50,000 products: its first rows against bare rows, and deep pages against the first.

Ours goes as a user does: a transaction under the module's role, row-level security, the columns of
the list. Bare is one statement of the superuser for the same rows. Scrolling is flat: a page from
anywhere costs what the first one costs. The round trips are counted, not timed.
"""

import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg

from erp_desktop.core.session import Session, sign_in
from erp_desktop.plugins.roles import module_of
from erp_desktop.server import embedded
from erp_desktop.server.company import BranchDraft, CompanyDraft, found
from erp_desktop.server.migrate import migrate
from modules.catalog.selectors import PAGE_SIZE, ProductFilter, ProductRow, list_products
from tests.benchmarks.harness import Contest, Result, compare, report

PRODUCTS, ROUNDS = 50_000, 200
PASSWORD = "Correct-Horse-7"
FIRST_LIMIT, WORDS_LIMIT, FLAT_LIMIT = 4.0, 4.0, 1.5
ROUND_TRIPS = 2
TYPED, WORDS = "produit 49", "'produit':* & '49':*"

_FILL = """
    insert into catalog.products (id, code, name, name_ar, unit, tax_code, price)
    select gen_random_uuid(), 'P-' || lpad(n::text, 6, '0'), 'Produit du magasin ' || n,
           'منتج رقم ' || n, 'PCE', 'TVA19', 100 + n
      from generate_series(1, %s) n
"""
_BARE = f"""
    select p.id, p.version, p.code, p.name, p.name_ar, p.unit, p.tax_code, p.price, p.is_active,
           (select coalesce(min(b.barcode), '') from catalog.barcodes b where b.product_id = p.id),
           (select c.currency from core.company c)
      from catalog.products p
     where p.deleted_at is null and (%(words)s::tsquery is null or p.words @@ %(words)s::tsquery)
     order by p.code, p.id limit {PAGE_SIZE}
"""


class Shop:
    """A company with many products, its list, and a connection for the bare way."""

    def __init__(self, session: Session, admin: Any) -> None:
        self._session = session
        self._admin = admin
        self._dice = random.Random(3)  # noqa: S311 - which page is looked at
        self._somewhere = [self._row_before(number) for number in range(0, PRODUCTS, 997)]

    def page(self, after: ProductRow | None = None, **wanted: Any) -> list[ProductRow]:
        """Read one page as the list does."""
        session = self._session
        with session.database.begin(session.user, module_of(list_products), read_only=True) as ctx:
            return list_products(ctx, ProductFilter(**wanted), after=after)

    def any_page(self, _number: int) -> object:
        """Read a page from anywhere in the list."""
        return self.page(self._dice.choice(self._somewhere))

    def bare(self, words: str | None = None) -> list[tuple[Any, ...]]:
        """Read the same rows with nothing in between."""
        found: list[tuple[Any, ...]] = self._admin.execute(_BARE, {"words": words}).fetchall()
        return found

    def round_trips(self) -> int:
        """Count the messages that the first page sends and waits for."""
        session = self._session
        with session.database.begin(session.user, module_of(list_products)) as ctx:
            raw: Any = ctx.connection.connection.dbapi_connection
        with tempfile.TemporaryFile() as log:
            raw.pgconn.trace(log.fileno())
            self.page()
            raw.pgconn.untrace()
            log.seek(0)
            return sum(b"\tQuery\t" in line or b"\tSync" in line for line in log)

    def _row_before(self, number: int) -> ProductRow:
        first = self.page()[0]
        return replace(first, code=f"P-{number:06d}", id=UUID(int=0))


@contextmanager
def shop() -> Iterator[Shop]:
    """Found a company with many products, and sign in."""
    branch = BranchDraft("ALG", "Alger")
    draft = CompanyDraft("Bench", "", "DZ", 2026, (branch,), "boss", "Boss", PASSWORD)
    with embedded.temporary() as server:
        with psycopg.connect(server.dsn(), autocommit=True) as admin:
            admin.execute("create database bench")
        migrate(server.dsn("bench"), say=lambda _name: None)
        found(server.dsn("bench"), draft)
        with psycopg.connect(server.dsn("bench"), autocommit=True) as admin:
            admin.execute(_FILL, [PRODUCTS])
            admin.execute("vacuum analyze")
            session = sign_in(server.dsn("bench", "boss", PASSWORD))
            with closing(session.database):
                yield Shop(session, admin)


def measure() -> list[Result]:
    """Read both ways by turns."""
    with shop() as goods:
        trips = goods.round_trips()
        codes = [row.code for row in goods.page()]
        if trips > ROUND_TRIPS or codes != [row[2] for row in goods.bare()]:
            message = f"the first page took {trips} round trips, or has other rows"
            raise AssertionError(message)
        print(f"first {PAGE_SIZE} of {PRODUCTS} products in {trips} round trips")
        typed = Contest(lambda _: goods.page(text=TYPED), lambda _: goods.bare(WORDS))
        contests = (
            ("first page", Contest(lambda _: goods.page(), lambda _: goods.bare()), FIRST_LIMIT),
            ("page of two words", typed, WORDS_LIMIT),
            ("a page from anywhere", Contest(goods.any_page, lambda _: goods.page()), FLAT_LIMIT),
        )
        return [
            compare(name, contest, rounds=ROUNDS, limit=limit) for name, contest, limit in contests
        ]


if __name__ == "__main__":
    sys.exit(report(measure()))
