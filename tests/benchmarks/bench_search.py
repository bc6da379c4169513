"""Product search in 50,000 against a bare FTS5 query on the same rows.

Names are those of the real products in `../shared/data/products-maghreb`, if they are there; what
is asked for is what people type: a code, the beginning of a word, of two words, of an Arabic word.
"""

import csv
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from erp_desktop.core.search import terms
from erp_desktop.workstation.replica import Replica
from erp_desktop.workstation.sets import ReplicaSet
from erp_desktop.workstation.store import Store
from tests.benchmarks.harness import Contest, Result, compare, report

PRODUCTS = 50_000
LIMIT, P95_LIMIT = 3.0, 30.0
ROUNDS = 1000
DATA = Path(__file__).parents[3] / "shared" / "data" / "products-maghreb"
KEY = bytes(32)

SET = ReplicaSet(
    id="catalog.products",
    columns={
        "id": "text",
        "code": "text",
        "name": "text",
        "name_ar": "text",
        "price": "numeric",
        "tax_code": "text",
        "is_active": "boolean",
    },
    key=("id",),
    indexes=(("code",),),
    search=("code", "name", "name_ar"),
)
_BARE = """
    create virtual table products using fts5
        (code, name, name_ar, price unindexed, prefix='2 3', tokenize="unicode61")
"""
_WORDS = ("lait", "café", "sucre", "huile", "farine", "eau", "jus", "thon", "riz", "sel")
_ARABIC = ("حليب", "قهوة", "سكر", "زيت", "دقيق", "ماء", "عصير", "تونة", "أرز", "ملح")


def names(path: Path, spare: tuple[str, ...]) -> list[str]:
    """Return the names of real products, or some that could be."""
    if not path.exists():
        return [f"{one} {other}" for one in spare for other in spare]
    with path.open(encoding="utf-8") as file:
        return [row["name"] for row in csv.DictReader(file) if row["name"]]


def products() -> Iterator[Mapping[str, Any]]:
    """Make as many products as a large chain has."""
    french = names(DATA / "off_maghreb_ean13.csv", _WORDS)
    arabic = names(DATA / "off_arabic_names_all_countries.csv", _ARABIC)
    for number in range(PRODUCTS):
        yield {
            "id": f"{number:08d}",
            "code": f"613{number:010d}",
            "name": f"{french[number % len(french)]} {number % 997}",
            "name_ar": f"{arabic[number % len(arabic)]} {number % 991}",
            "price": "119.00",
            "tax_code": "TVA19",
            "is_active": True,
        }


class Shelves:
    """The same products in the replica and in a bare index."""

    def __init__(self, folder: Path) -> None:
        self.rows = list(products())
        self.replica = Replica(folder / "replica.db", KEY, (SET,))
        server = {"now": "2026-01-01T00:00:00+00:00"}
        self.replica.apply(
            {"server": server, "position": 1, "more": False, "rows": {SET.id: self.rows}}
        )
        self.bare = Store(folder / "bare.db", KEY, (_BARE,))
        with self.bare.transaction() as now:
            now.executemany(
                "insert into products (code, name, name_ar, price) values (?, ?, ?, ?)",
                [
                    tuple(r[name] for name in ("code", "name", "name_ar", "price"))
                    for r in self.rows
                ],
            )
        self.questions = list(self._questions(random.Random(5)))  # noqa: S311

    def _questions(self, dice: random.Random) -> Iterator[str]:
        while True:
            row = dice.choice(self.rows)
            french, arabic = terms(row["name"]), terms(row["name_ar"])
            yield row["code"]
            yield dice.choice(french)[: dice.randint(1, 5)]
            yield " ".join(word[:3] for word in french[:2])
            yield dice.choice(arabic)[: dice.randint(1, 5)]
            if dice.random() < 4 / ROUNDS:
                return

    def find(self, number: int) -> int:
        """Search as the till does."""
        return len(self.replica.find(SET.id, self.questions[number % len(self.questions)]))

    def match(self, number: int) -> int:
        """Ask FTS5 itself."""
        words = terms(self.questions[number % len(self.questions)])
        query = " ".join(f'"{word}"*' for word in words)
        with self.bare.reading() as now:
            return len(
                now.execute(
                    "select code, name, name_ar, price from products where products match ?"
                    " limit 50",
                    (query,),
                ).fetchall()
            )

    def close(self) -> None:
        """Close both files."""
        self.replica.close()
        self.bare.close()


def measure() -> list[Result]:
    """Search both by turns."""
    with tempfile.TemporaryDirectory() as folder:
        shelves = Shelves(Path(folder))
        contest = Contest(shelves.find, shelves.match)
        result = compare(
            f"search in {PRODUCTS} products",
            contest,
            rounds=ROUNDS,
            limit=LIMIT,
            p95_limit=P95_LIMIT,
        )
        shelves.close()
    return [result]


if __name__ == "__main__":
    sys.exit(report(measure()))
