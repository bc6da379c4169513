"""Automatic matching of a hundred thousand open lines against a bare insert of the same matches.

Ours goes through the gate, as the page sends it: it locks, proposes by reference, amount and
oldest, checks, writes, and gives letters. The bare way knows the pairs: it joins both lines and
inserts.
"""

import sys
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import Command, Envelope
from erp_desktop.server import embedded
from erp_desktop.server.company import BranchDraft, CompanyDraft, found
from erp_desktop.server.migrate import migrate
from tests.benchmarks.harness import Contest, Result, compare, report

LINES, PARTIES = 100_000, 2_000
# A workstation waits fifteen seconds for an answer of the gate.
LIMIT, SECONDS = 10.0, 15.0
ROUNDS, WARM_UP = 3, 1
YEAR = 2026

# A third is found by reference, a third by amount, and what is left by the oldest, in parts.
_FILL = """
    with branch as (select id from core.branches limit 1),
    period as (select id from accounting.periods where starts_on = '2026-01-01'),
    account as (select a.id from accounting.accounts a where a.code = '411'),
    made as (
        insert into accounting.entries (id, journal, branch_id, period_id, number, dated_on, label,
                                        posted_by)
        select gen_random_uuid(), 'OD', branch.id, period.id, 'B-' || n,
               date '2026-01-01' + (n / 2) %% 30,
               case when n %% 6 < 2 then 'FA-' || 100000 + n / 2 else 'bench' end, 'bench'
          from branch, period, generate_series(0, %(lines)s - 1) n
        returning id, branch_id, period_id, dated_on, substring(number from 3)::bigint as n)
    insert into accounting.entry_lines (entry_id, line_no, branch_id, period_id, dated_on,
                                        account_id, party_id, debit, credit, currency, amount)
    select m.id, 1, m.branch_id, m.period_id, m.dated_on, account.id,
           ('00000000-0000-0000-0001-' || lpad((m.n / 2 %% %(parties)s)::text, 12, '0'))::uuid,
           case when m.n %% 2 = 0 then v.worth else 0 end,
           case when m.n %% 2 = 1 then v.worth else 0 end, 'DZD', v.worth
      from made m, account,
           lateral (select case when m.n %% 6 >= 4 then 900 + m.n %% 700
                                else 10000 + m.n / 2 end::numeric as worth) v
"""
_REQUEST = {"account": "41", "ways": ["reference", "amount", "oldest"]}
_BARE = """
    insert into bare (id, run_id, branch_id, credit_branch_id, account_id, party_id, debit_entry,
                      debit_line, credit_entry, credit_line, amount, reason, matched_on, matched_by)
    select gen_random_uuid(), p.run_id, d.branch_id, c.branch_id, d.account_id, d.party_id,
           d.entry_id, d.line_no, c.entry_id, c.line_no, p.amount, p.reason,
           greatest(d.dated_on, c.dated_on), 'x'
      from pairs p
      join accounting.entry_lines d on (d.entry_id, d.line_no) = (p.debit_entry, p.debit_line)
      join accounting.entry_lines c on (c.entry_id, c.line_no) = (p.credit_entry, p.credit_line)
"""


class Ways:
    """Both ways on one connection; each is taken back before it is gone again."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        connection.execute(
            "insert into core.user_roles (user_id, role)"
            " select id, 'accountant' from core.users where login = 'root_admin'"
        )
        connection.execute(
            "update core.users set sees_all_branches = true where login = 'root_admin'"
        )
        with connection.transaction():
            self.matched = self._match()
            connection.execute(
                "create temp table pairs as select run_id, debit_entry, debit_line, credit_entry,"
                " credit_line, amount, reason from accounting.matches"
            )
            connection.execute(
                "create temp table bare (like accounting.matches including all);"
                " set session_replication_role = replica;"
                " delete from accounting.matches; delete from accounting.matched_lines;"
                " delete from accounting.match_letters; set session_replication_role = origin"
            )
        connection.execute("vacuum analyze")
        connection.execute("analyze pairs")

    def ours(self, _number: int) -> None:
        """Match as the accountant does."""
        with self._connection.transaction(force_rollback=True):
            assert self._match() == self.matched

    def bare(self, _number: int) -> None:
        """Write the same matches, with nothing in between."""
        with self._connection.transaction(force_rollback=True):
            self._connection.execute(_BARE)

    def _match(self) -> int:
        self._connection.execute("set local session authorization root_admin")
        self._connection.execute("set local role core_app")
        now = datetime.now(UTC)
        command = Command("accounting.match_all_v1", _REQUEST, "root_admin", now)
        batch = Jsonb([Envelope(command.body()).as_json()])
        answers = self._connection.execute("select core.execute_v1(%s)", [batch]).fetchone()[0]
        self._connection.execute("reset session authorization")
        return int(answers[0]["result"]["matched"])


def measure() -> list[Result]:
    """Match by turns, after filling the books behind the guards' backs."""
    with embedded.temporary() as server:
        with psycopg.connect(server.dsn(), autocommit=True) as connection:
            connection.execute("create database bench")
        migrate(server.dsn("bench"), say=lambda _name: None)
        found(
            server.dsn("bench"),
            CompanyDraft(
                name="Bench",
                name_ar="",
                country="DZ",
                year=YEAR,
                branches=(BranchDraft("BR1", "Branch 1"),),
                admin_login="root_admin",
                admin_name="Admin",
                admin_password="Correct-Horse-7",
            ),
        )
        with psycopg.connect(server.dsn("bench"), autocommit=True) as connection:
            connection.execute("set session_replication_role = replica")
            connection.execute(_FILL, {"lines": LINES, "parties": PARTIES})
            connection.execute("reset session_replication_role")
            connection.execute("vacuum analyze")
            ways = Ways(connection)
            name = f"{LINES} open lines, {ways.matched} matches"
            result = compare(
                name,
                Contest(ways.ours, ways.bare),
                rounds=ROUNDS,
                limit=LIMIT,
                p95_limit=SECONDS * 1000,
                warm_up=WARM_UP,
            )
    print(f"{result.ours / 1000:.1f} s, bare {result.bare / 1000:.1f} s")
    return [result]


if __name__ == "__main__":
    sys.exit(report(measure()))
