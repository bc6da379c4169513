"""Importing a file of products, dry run and write, against `COPY` of its rows into a bare table.

    uv run python tests/benchmarks/bench_import.py [FILE ...]

Without files, those of `../shared/data` are imported that are there, and 20,000 made rows. The bare
table has text columns, no key, no index, no trigger; ours are what the program has: keys, search
words, audit, feed, row-level security.
"""

import csv
import lzma
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import psycopg
from psycopg import sql

from erp_desktop.core.gs1 import check_digit
from erp_desktop.core.session import sign_in
from erp_desktop.imports.fields import propose_columns, repeats_codes
from erp_desktop.imports.reading import read_table
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.plugins.roles import module_of
from erp_desktop.server import embedded
from erp_desktop.server.company import BranchDraft, CompanyDraft, found
from erp_desktop.server.migrate import migrate
from modules.catalog.imports.dry_run import dry_run, get_product_kind
from modules.catalog.services import import_products
from tests.benchmarks.harness import Result, report

PASSWORD = "Correct-Horse-7"
DATA = Path(__file__).parents[3] / "shared" / "data"
REAL = (
    "products-maghreb/off_maghreb_ean13.csv",
    "medicines/ma_medicines.csv",
    "online-retail/online-retail.csv.xz",
)
MADE = 20_000
ROUNDS = 3
# How many times longer than COPY: a row is read, judged and compared, and becomes a product with
# words to search, barcodes, audit and feed. A tenth of a millisecond for each is the measure.
LIMIT = 200.0


def made(folder: Path) -> Path:
    """Write a price list as a supplier sends it."""
    path = folder / "made.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Référence", "Code-barres", "Désignation", "Nom en arabe", "Prix TTC"])
        for number in range(MADE):
            digits = f"613{number:09d}"
            name = f"Produit du magasin numéro {number}"
            row = [f"P-{number}", digits + check_digit(digits), name, f"منتج {number}", "119,50"]
            writer.writerow(row)
    return path


def unpacked(path: Path, folder: Path) -> Path:
    """Return a file as it can be read."""
    if path.suffix != ".xz":
        return path
    target = folder / path.stem
    target.write_bytes(lzma.decompress(path.read_bytes()))
    return target


class Bench:
    """A founded company, and both ways to take a file."""

    def __init__(self, server: embedded.Embedded) -> None:
        with psycopg.connect(server.dsn(), autocommit=True) as admin:
            admin.execute("create database bench")
        migrate(server.dsn("bench"), say=lambda _name: None)
        year, branch = datetime.now(UTC).year, BranchDraft("ALG", "Alger")
        draft = CompanyDraft("Bench", "", "DZ", year, (branch,), "boss", "Boss", PASSWORD)
        found(server.dsn("bench"), draft)
        self.admin = psycopg.connect(server.dsn("bench"), autocommit=True)
        self.admin.execute("create schema bare")
        self.session = sign_in(server.dsn("bench", "boss", PASSWORD))

    def close(self) -> None:
        """Close both connections."""
        self.session.database.close()
        self.admin.close()

    def clean(self, path: Path) -> None:
        """Forget what was imported; what a file needs is there."""
        table = read_table(path)
        # Nobody deletes products, not even the superuser, unless triggers sleep.
        self.admin.execute("set session_replication_role = replica")
        self.admin.execute("delete from catalog.barcodes")
        self.admin.execute("delete from catalog.products")
        self.admin.execute("reset session_replication_role")
        self.admin.execute("drop table if exists bare.rows")
        columns = [
            sql.SQL("{} text").format(sql.Identifier(f"c{place}"))
            for place, _heading in enumerate(table.headings)
        ]
        listed = sql.SQL(", ").join(columns)
        self.admin.execute(sql.SQL("create table bare.rows ({})").format(listed))
        self.admin.execute("vacuum analyze catalog.products, catalog.barcodes")

    def ours(self, path: Path) -> tuple[int, int]:
        """Read, check and write a file; return how many rows it had, and how many products."""
        database, user = self.session.database, self.session.user
        table = read_table(path)
        with database.begin(user, module_of(dry_run), read_only=True) as ctx:
            kind = get_product_kind(ctx)
            columns = propose_columns(table, kind.fields)
            is_merging = repeats_codes(table, columns)
            options = ImportOptions(
                columns,
                {**kind.usual(), "price": "0"},
                repeated="merge" if is_merging else "refuse",
                name_from_code=is_merging,
                code_prefix="N-",
            )
            plan = dry_run(ctx, table, options, kind)
        with database.begin(user, module_of(import_products), read_only=False) as ctx:
            written = import_products(ctx, plan.drafts, may_change=False)
        return plan.rows_read, written.created

    def bare(self, path: Path) -> None:
        """Let PostgreSQL read the file itself."""
        delimiter = read_table(path).delimiter
        statement = sql.SQL(
            "copy bare.rows from stdin with (format csv, header, delimiter {})"
        ).format(sql.Literal(delimiter))
        with self.admin.cursor().copy(statement) as copy, path.open("rb") as file:
            while chunk := file.read(1 << 20):
                copy.write(chunk)


def contest(bench: Bench, path: Path) -> Result:
    """Take a file both ways by turns."""
    ours, bare = [], []
    rows = products = 0
    for _round in range(ROUNDS):
        bench.clean(path)
        began = time.perf_counter()
        rows, products = bench.ours(path)
        middle = time.perf_counter()
        bench.bare(path)
        ours.append((middle - began) * 1000)
        bare.append((time.perf_counter() - middle) * 1000)
    mine, other = median(ours), median(bare)
    rates = f"{rows / mine * 1000:,.0f} rows/s, COPY {rows / other * 1000:,.0f} rows/s"
    name = f"{path.name}: {rows:,} rows, {products:,} products, {rates}"
    return Result(name, mine, other, max(ours), LIMIT)


def measure(files: Iterator[Path], folder: Path) -> list[Result]:
    """Import every file."""
    with embedded.temporary() as server, closing(Bench(server)) as bench:
        return [contest(bench, unpacked(path, folder)) for path in files]


def main() -> int:
    """Import the files that are named, or those that are there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        usual = [made(folder), *(DATA / path for path in REAL)]
        named = [Path(path) for path in sys.argv[1:]] or [path for path in usual if path.exists()]
        return report(measure(iter(named), folder))


if __name__ == "__main__":
    sys.exit(main())
