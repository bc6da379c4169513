"""Booking the history of a shop against `COPY` of its rows into a bare table.

    uv run python tests/benchmarks/bench_history.py [FILE]

Then its years are closed one after the other, and trial balance, ageing and statements must agree
with the file to the cent. Without a file, 4,000 made rows.

The bare table has text columns, no key, no index, no trigger. Ours are invoices, credit notes tied
to their sales, goods at average cost, a ledger that balances, and what customers owe. Must hold:
every row is booked or rejected, and the books agree with the file.
"""

import csv
import io
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import text

from erp_desktop.core.commands import uuid7
from erp_desktop.core.money import DZD
from erp_desktop.core.session import Session, sign_in
from erp_desktop.plugins.roles import module_of
from erp_desktop.server import embedded
from erp_desktop.server.company import BranchDraft, CompanyDraft, found
from erp_desktop.server.migrate import migrate
from modules.accounting.selectors import get_statements, get_trial_balance, list_aged
from modules.accounting.years import close_year
from modules.sales.history.booking import ImportState, booking
from modules.sales.history.history import read_history
from modules.sales.history.job import Job, Options
from modules.sales.history.reading import open_history
from tests.benchmarks.harness import Result, report

PASSWORD = "Correct-Horse-7"
ALGIERS = BranchDraft("ALG", "Alger")
MADE_INVOICES, LINES_OF_ONE = 200, 20
HEADINGS = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
# How many times longer than COPY: a third of a millisecond for each row is the measure.
LIMIT = 400.0
ZERO = Decimal(0)
_LABELS = {"result": "Résultat", "closing": "Clôture", "opening": "À-nouveaux"}
# Years that were traded in, the first one first.
_YEARS = text(
    "select distinct extract(year from dated_on)::int as y from accounting.entries order by y"
)
_SUMS = """
select (select sum(debit - credit) from accounting.entry_lines),
       (select sum(l.debit - l.credit) from accounting.entry_lines l
          join accounting.account_roles r on r.account_id = l.account_id
         where r.role = 'receivable' and r.qualifier = ''),
       (select sum(l.debit - l.credit) from accounting.entry_lines l
          join accounting.account_roles r on r.account_id = l.account_id
         where r.role = 'inventory' and r.qualifier = '')
       - (select sum(s.value) from inventory.stock s),
       pg_size_pretty(pg_database_size(current_database()))
"""


def made(folder: Path) -> Path:
    """Write a file of a shop that sells, and takes every tenth invoice back."""
    path = folder / "made.csv"
    began = datetime(2010, 12, 1, 8, tzinfo=UTC)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS.split(","))
        for number in range(MADE_INVOICES):
            at = f"{began + timedelta(hours=number):%Y-%m-%d %H:%M:%S}"
            for line in range(LINES_OF_ONE):
                code, price = f"{10000 + (number * 7 + line) % 900}", f"{1 + line % 9}.49"
                about = [f"THING {code}", 2 + line % 5, at, price, number % 50, "France"]
                writer.writerow([number + 1, code, *about])
                if number % 10 == 9:
                    about[1] = -1
                    writer.writerow([f"C{number + 1}", code, *about])
    return path


def make_company(server: embedded.Embedded) -> None:
    """Found the company that the history belongs to."""
    with psycopg.connect(server.dsn(), autocommit=True) as admin:
        admin.execute("create database bench")
    migrate(server.dsn("bench"), say=lambda _name: None)
    year = datetime.now(UTC).year
    draft = CompanyDraft("Bench", "", "DZ", year, (ALGIERS,), "boss", "Boss", PASSWORD)
    found(server.dsn("bench"), draft)


def ours(session: Session, path: Path) -> ImportState:
    """Read and book a file."""
    job = Job.of(read_history(path), Options("EXO"), ALGIERS.id, DZD)
    steps = booking(job)
    answer: Any = None
    while True:
        try:
            step = steps.send(answer)
        except StopIteration as end:
            finished: ImportState = end.value
            return finished
        with session.database.begin(session.user, module_of(step)) as ctx:
            answer = step(ctx)


def bare(connection: Any, path: Path) -> None:
    """Let PostgreSQL take the same rows as text."""
    connection.execute(
        "create schema bare; create table bare.rows (a text, b text, c text, d text,"
        " e text, f text, g text, h text)"
    )
    rows = io.StringIO(newline="")
    with open_history(path) as file:
        csv.writer(rows).writerows(raw[1:] for raw in file.lines())
    with connection.cursor().copy("copy bare.rows from stdin with (format csv)") as copy:
        copy.write(rows.getvalue())


def hire(session: Session, server: embedded.Embedded) -> Session:
    """Let an accountant come, who sees all branches."""
    user: dict[str, Any] = {"id": str(uuid7()), "login": "books", "name": "Books", "language": "fr"}
    user |= {"roles": ["accountant"], "branches": [str(ALGIERS.id)], "sees_all_branches": True}
    with session.database.begin(session.user, "core") as ctx:
        ctx.call("core.save_user_v1", user, ctx.verifier("books", PASSWORD))
    return sign_in(server.dsn("bench", "books", PASSWORD))


def close(session: Session, state: ImportState) -> str:
    """Close every year that was booked; return what the books say, which must agree."""
    told: list[str] = []
    aged = ZERO

    def ask(function: Any, *args: Any, **more: Any) -> Any:
        with session.database.begin(session.user, "accounting") as ctx:
            return function(ctx, *args, **more)

    years = ask(lambda ctx: [row[0] for row in ctx.connection.execute(_YEARS)])
    for year in years:
        days = {"first_day": date(year, 1, 1), "last_day": date(year, 12, 31)}
        assets, liabilities, income = ask(
            get_statements, ["assets", "liabilities", "income"], **days
        ).shown
        if assets.total != liabilities.total or assets.differs or liabilities.differs:
            sys.exit(f"the balance sheet of {year} does not balance: {assets.total}")
        if not ask(get_trial_balance, **days).is_balanced:
            sys.exit(f"the trial balance of {year} does not balance")
        aged = sum((row.balance for row in ask(list_aged, "customer", days["last_day"])), ZERO)
        began = time.perf_counter()
        ask(close_year, year, _LABELS)
        took = time.perf_counter() - began
        told.append(
            f"{year}: result {income.total:,}, assets {assets.total:,}, aged {aged:,},"
            f" closed in {took:.1f} s"
        )
    if aged != state.booked_amount:
        sys.exit(f"what customers owe differs: {aged} {state.booked_amount}")
    return "; ".join(told)


def contest(server: embedded.Embedded, path: Path) -> Result:
    """Take a file both ways, once each: ours cannot be undone."""
    make_company(server)
    session = sign_in(server.dsn("bench", "boss", PASSWORD))
    began = time.perf_counter()
    with closing(session.database):
        state = ours(session, path)
        mine = time.perf_counter() - began
        accountant = hire(session, server)
        with closing(accountant.database):
            closed = close(accountant, state)
    with psycopg.connect(server.dsn("bench"), autocommit=True) as connection:
        difference, owed, astray, size = connection.execute(_SUMS).fetchone() or ()
        began = time.perf_counter()
        bare(connection, path)
        other = time.perf_counter() - began
    if difference or astray or owed != state.booked_amount or state.rows_done != state.rows:
        sys.exit(f"the books differ: {difference} {astray} {owed} {state}")
    name = (
        f"{path.name}: {state.rows:,} rows, {state.booked_rows:,} booked, {state.rejected_rows:,}"
        f" rejected, {state.rows / mine:,.0f} rows/s, COPY {state.rows / other:,.0f} rows/s, {size}"
        f"; {closed}"
    )
    return Result(name, mine * 1000, other * 1000, mine * 1000, LIMIT)


def main() -> int:
    """Import the file that is named, or a made one."""
    with tempfile.TemporaryDirectory() as name, embedded.temporary() as server:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else made(Path(name))
        return report([contest(server, path)])


if __name__ == "__main__":
    sys.exit(main())
