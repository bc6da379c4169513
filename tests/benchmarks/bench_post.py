"""A ten-line entry by hand through the gate against a bare insert of the same rows.

The rows are the command as it came, the number's counter, the entry and its ten lines. Ours checks
accounts, balance, period, lock and rights besides; both commit.
"""

import json
import sys
from datetime import UTC, datetime
from typing import Any

import psycopg

from erp_desktop.core.commands import Command, Envelope, uuid7
from erp_desktop.server import embedded
from erp_desktop.server.company import BranchDraft, CompanyDraft, found
from erp_desktop.server.migrate import migrate
from modules.accounting.entries import POST_ENTRY
from tests.benchmarks.harness import Contest, Result, compare, report

LIMIT = 4.0
ROUNDS = 300
YEAR = 2026
DEBITS = ("600", "601", "602", "6031", "6032", "604", "605", "6071", "6072")

_COMMAND = """
    insert into bare.commands (id, name, body, content_hash, actor_login, happened_at,
                               received_from, state)
    values (%s, 'accounting.post_entry_v1', %s, '', 'root_admin', now(), 'root_admin', 'running')
"""
_ANSWER = "update bare.commands set state = 'applied' where id = %s"
_COUNT = """
    insert into bare.series values ('OD', %s, 2026, 1)
    on conflict (journal, branch_id, year) do update set last_number = bare.series.last_number + 1
"""
_ENTRY = """
    insert into bare.entries (id, journal, branch_id, period_id, number, dated_on, label, posted_by)
    values (%s, 'OD', %s, %s, %s, %s, 'Charges', 'root_admin')
"""
_LINES = """
    insert into bare.entry_lines (entry_id, line_no, branch_id, period_id, dated_on, account_id,
                                  debit, credit, currency, amount, label)
    select %s, n, %s, %s, %s, a, case when n < 10 then 10 else 0 end,
           case when n < 10 then 0 else 90 end, 'DZD', case when n < 10 then 10 else 90 end, 'C'
      from unnest(%s::uuid[]) with ordinality as t (a, n)
"""


def _found(server: embedded.Embedded) -> None:
    """Found a company with one branch."""
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("create database bench")
    migrate(server.dsn("bench"), say=lambda _name: None)
    draft = CompanyDraft(
        name="Bench",
        name_ar="",
        country="DZ",
        year=YEAR,
        branches=(BranchDraft("ALG", "Alger"),),
        admin_login="root_admin",
        admin_name="Admin",
        admin_password="Correct-Horse-7",
    )
    found(server.dsn("bench"), draft)


class Books:
    """A company, an accountant's connection to the gate, and bare tables beside it."""

    def __init__(self, server: embedded.Embedded) -> None:
        _found(server)
        self.bare = psycopg.connect(server.dsn("bench"), autocommit=True)
        self.bare.execute("create schema bare")
        for table in (
            "accounting.entries",
            "accounting.entry_lines",
            "accounting.series",
            "core.commands",
        ):
            name = table.partition(".")[2]
            self.bare.execute(f"create table bare.{name} (like {table} including all)")
        self.bare.execute(
            "insert into core.user_roles (user_id, role)"
            " select id, 'accountant' from core.users where login = 'root_admin'"
        )
        self.body = ""
        self.gate = psycopg.connect(server.dsn("bench", "root_admin", "Correct-Horse-7"))
        ask = self.bare.execute
        self.branch = ask("select id from core.branches").fetchone()[0]  # type: ignore[index]
        self.period = ask(
            "select id from accounting.periods where starts_on = %s and kind = 'month'",
            [f"{YEAR}-03-01"],
        ).fetchone()[0]  # type: ignore[index]
        self.accounts = [
            ask("select id from accounting.accounts where code = %s", [code]).fetchone()[0]  # type: ignore[index]
            for code in (*DEBITS, "512")
        ]

    def post(self, _number: int) -> None:
        """Post an entry as the page does."""
        lines: list[dict[str, Any]] = [
            {"account": code, "debit": "10", "label": "C"} for code in DEBITS
        ]
        lines.append({"account": "512", "credit": "90", "label": "C"})
        payload: dict[str, Any] = {"journal": "OD", "branch_id": str(self.branch), "lines": lines}
        payload |= {"on": f"{YEAR}-03-10", "label": "Charges"}
        with self.gate.transaction():
            self.gate.execute("set local role core_app")
            command = Command(POST_ENTRY, payload, "root_admin", datetime.now(UTC))
            self.body = command.body()
            batch = json.dumps([Envelope(self.body).as_json()])
            row: Any = self.gate.execute("select core.execute_v1(%s::jsonb)", [batch]).fetchone()
        if row[0][0]["state"] != "applied":
            raise AssertionError(row[0])

    def insert(self, number: int) -> None:
        """Insert the same rows, and nothing else."""
        command, entry, day = uuid7(), uuid7(), f"{YEAR}-03-10"
        about = [self.branch, self.period]
        with self.bare.transaction():
            self.bare.execute(_COMMAND, [command, self.body])
            self.bare.execute(_COUNT, [self.branch])
            self.bare.execute(_ENTRY, [entry, *about, f"OD-{number}", day])
            self.bare.execute(_LINES, [entry, *about, day, self.accounts])
            self.bare.execute(_ANSWER, [command])


def measure() -> list[Result]:
    """Post and insert by turns."""
    with embedded.temporary() as server:
        books = Books(server)
        contest = Contest(books.post, books.insert)
        result = compare("ten-line entry by hand", contest, rounds=ROUNDS, limit=LIMIT)
        books.gate.close()
        books.bare.close()
    return [result]


if __name__ == "__main__":
    sys.exit(report(measure()))
