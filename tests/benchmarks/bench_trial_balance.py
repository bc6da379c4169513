"""The trial balance from maintained balances against GROUP BY over the same million lines.

Balances are rolled up as the worker does it, and a tail of lines comes after: the report adds it,
so it is exact. Both ways must agree to the cent.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from erp_desktop.server import embedded
from erp_desktop.server.company import WORKER, BranchDraft, CompanyDraft, found
from erp_desktop.server.migrate import migrate
from tests.benchmarks.harness import Contest, Result, compare, report

LINES, LINES_OF_AN_ENTRY, TAIL = 1_000_000, 4, 1_000
# A chart has twice as many, but so many are those that a company posts to.
ACCOUNTS = 200
LIMIT = 1 / 20
ROUNDS, WARM_UP = 20, 3
YEAR = 2026
_BATCH = 250_000

# As many entries as it takes, spread over months, branches and accounts.
_FILL = """
    with made as (
        insert into accounting.entries (id, journal, branch_id, period_id, number, dated_on, label,
                                        posted_by)
        select gen_random_uuid(), 'OD', b.ids[1 + n %% array_length(b.ids, 1)],
               p.ids[1 + n %% 12], 'B-' || %(from)s + n, p.days[1 + n %% 12], 'bench', 'bench'
          from generate_series(1, %(entries)s) n,
               (select array_agg(id order by code) as ids from core.branches) b,
               (select array_agg(id order by starts_on) as ids,
                       array_agg(starts_on order by starts_on) as days
                  from accounting.periods) p
        returning id, branch_id, period_id, dated_on, substring(number from 3)::bigint as place)
    insert into accounting.entry_lines (entry_id, line_no, branch_id, period_id, dated_on,
                                        account_id, debit, credit, currency, amount)
    select m.id, l.no, m.branch_id, m.period_id, m.dated_on,
           a.ids[1 + (m.place * l.step + l.no) %% array_length(a.ids, 1)],
           case when l.no %% 2 = 1 then l.worth else 0 end,
           case when l.no %% 2 = 0 then l.worth else 0 end, 'DZD', l.worth
      from made m,
           (select array_agg(id order by code) as ids
              from (select id, code from accounting.accounts order by code limit %(accounts)s) s) a,
           lateral (select no, (no + 1) / 2 as step,
                           ((m.place * 7919 + (no + 1) / 2 * 104729) %% 9999999 + 1) / 100.0
                               as worth
                      from generate_series(1, %(lines)s) no) l
"""
_OURS = "select * from accounting.trial_balance_v1(%s, %s)"
_BARE = """
    select a.code, a.name, a.name_ar,
           greatest(s.opening, 0), greatest(-s.opening, 0), s.debit, s.credit,
           greatest(s.opening + s.debit - s.credit, 0), greatest(s.credit - s.debit - s.opening, 0)
      from (select l.account_id,
                   coalesce(sum(l.debit - l.credit) filter (where l.dated_on < %(first)s), 0)
                       as opening,
                   coalesce(sum(l.debit) filter (where l.dated_on >= %(first)s), 0) as debit,
                   coalesce(sum(l.credit) filter (where l.dated_on >= %(first)s), 0) as credit
              from accounting.entry_lines l
             where l.dated_on <= %(last)s
             group by l.account_id) s
      join accounting.accounts a on a.id = s.account_id
     order by a.code
"""
FIRST, LAST = f"{YEAR}-06-01", f"{YEAR}-12-31"


@contextmanager
def books(lines: int = LINES) -> Iterator[Any]:
    """Give a superuser's connection to a company with many lines in its ledger."""
    branches = tuple(BranchDraft(f"BR{n}", f"Branch {n}") for n in range(1, 6))
    with embedded.temporary() as server:
        with psycopg.connect(server.dsn(), autocommit=True) as connection:
            connection.execute("create database bench")
        migrate(server.dsn("bench"), say=lambda _name: None)
        draft = CompanyDraft(
            name="Bench",
            name_ar="",
            country="DZ",
            year=YEAR,
            branches=branches,
            admin_login="root_admin",
            admin_name="Admin",
            admin_password="Correct-Horse-7",
        )
        found(server.dsn("bench"), draft)
        with psycopg.connect(server.dsn("bench"), autocommit=True) as connection:
            fill(connection, lines)
            yield connection


def fill(connection: Any, lines: int = LINES) -> None:
    """Post lines behind the guards' backs, roll them up, and post a tail."""
    entries = lines // LINES_OF_AN_ENTRY
    connection.execute("set session_replication_role = replica")
    shape = {"lines": LINES_OF_AN_ENTRY, "accounts": ACCOUNTS}
    for begun in range(0, entries, _BATCH):
        some = min(_BATCH, entries - begun)
        connection.execute(_FILL, {"entries": some, "from": begun, **shape})
    connection.execute("reset session_replication_role")
    connection.execute(f"set session authorization {WORKER}")
    connection.execute("select accounting.roll_balances_v1()")
    connection.execute("reset session authorization")
    tail = {"entries": TAIL // LINES_OF_AN_ENTRY, "from": entries, **shape}
    connection.execute("set session_replication_role = replica")
    connection.execute(_FILL, tail)
    connection.execute("reset session_replication_role")
    connection.execute("vacuum analyze")


class Ways:
    """Both ways to the trial balance, on one connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        connection.execute(
            "insert into core.user_roles (user_id, role)"
            " select id, 'accountant' from core.users where login = 'root_admin'"
        )
        connection.execute("grant accounting_app to root_admin")

    def ours(self, _number: int) -> list[tuple[Any, ...]]:
        """Ask as the accountant does, under row-level security."""
        with self._connection.transaction():
            self._connection.execute("set local session authorization root_admin")
            self._connection.execute("set local role accounting_app")
            found: list[tuple[Any, ...]] = self._connection.execute(_OURS, [FIRST, LAST]).fetchall()
        return found

    def bare(self, _number: int) -> list[tuple[Any, ...]]:
        """Add up every line, with nothing in between."""
        with self._connection.transaction():
            asked = {"first": FIRST, "last": LAST}
            found: list[tuple[Any, ...]] = self._connection.execute(_BARE, asked).fetchall()
        return found


def measure() -> list[Result]:
    """Ask both by turns, after seeing that they agree."""
    with books() as connection:
        ways = Ways(connection)
        lines = connection.execute("select count(*) from accounting.entry_lines").fetchone()[0]
        if ways.ours(0) != ways.bare(0):
            message = "the two trial balances differ"
            raise AssertionError(message)
        name = f"trial balance over {lines} lines, equal to the cent"
        contest = Contest(ways.ours, ways.bare)
        result = compare(name, contest, rounds=ROUNDS, limit=LIMIT, warm_up=WARM_UP)
    print(f"{result.bare / result.ours:.0f} times faster than GROUP BY (at least {1 / LIMIT:.0f})")
    return [result]


if __name__ == "__main__":
    sys.exit(report(measure()))
