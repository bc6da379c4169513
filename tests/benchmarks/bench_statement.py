"""Ten thousand movements of a bank statement against a bare join of the same tables.

Ours proposes one line of the ledger for each movement, first by reference, then by day, and none
twice, of what is outstanding and may be seen, whatever the spelling; then, for five hundred more
that only the bank knows, one of two hundred rules by its words. The bare way joins the tables
and takes for each movement the line of the same amount that is named or nearest, twice or not.
"""

import sys
from typing import Any

import psycopg

from erp_desktop.server import embedded
from erp_desktop.server.company import BranchDraft, CompanyDraft, found
from erp_desktop.server.migrate import migrate
from tests.benchmarks.harness import Contest, Result, compare, report

LINES, FEES, RULES = 10_000, 500, 200
# A list may be waited for; the accountant asks for proposals once per statement.
LIMIT, SECONDS = 25.0, 5.0
ROUNDS, WARM_UP = 5, 1
YEAR = 2026

# A third of the movements names its document, amounts come again every 2,500 lines.
_FILL = """
    with branch as (select id from core.branches limit 1),
    period as (select id from accounting.periods where starts_on = '2026-01-01'),
    account as (select a.id from accounting.accounts a where a.code = '512'),
    bank as (
        insert into accounting.bank_accounts (id, code, name, account_id, journal, branch_id,
                                              currency)
        select gen_random_uuid(), 'BENCH', 'Bench', account.id, 'OD', branch.id, 'DZD'
          from branch, account
        returning id, branch_id),
    said as (
        insert into accounting.bank_statements (id, bank_account_id, branch_id, opened_on, opening,
                                                closed_on, closing, source, imported_by)
        select gen_random_uuid(), bank.id, bank.branch_id, '2026-01-01', 0, '2026-01-31', 0,
               'file', 'bench'
          from bank returning id, bank_account_id, branch_id),
    moved as (
        insert into accounting.bank_movements (id, statement_id, bank_account_id, branch_id,
                                               booked_on, valued_on, amount, reference, label,
                                               occurrence)
        select gen_random_uuid(), said.id, said.bank_account_id, said.branch_id, d.day, d.day,
               100 + n %% 2500, case when n %% 3 = 0 then 'FA-' || 100000 + n else '' end,
               'VIREMENT ' || n, n
          from said, generate_series(1, %(lines)s) n,
               lateral (select date '2026-01-01' + n %% 28 as day) d),
    made as (
        insert into accounting.entries (id, journal, branch_id, period_id, number, dated_on, label,
                                        posted_by)
        select gen_random_uuid(), 'OD', branch.id, period.id, 'B-' || n,
               date '2026-01-01' + (n + 1) %% 28, 'FA-' || 100000 + n, 'bench'
          from branch, period, generate_series(1, %(lines)s) n
        returning id, branch_id, period_id, dated_on, substring(number from 3)::bigint as n)
    insert into accounting.entry_lines (entry_id, line_no, branch_id, period_id, dated_on,
                                        account_id, debit, credit, currency, amount)
    select m.id, 1, m.branch_id, m.period_id, m.dated_on, account.id, 100 + m.n %% 2500, 0, 'DZD',
           100 + m.n %% 2500
      from made m, account
"""
# Half of the rules share their first word with all transfers, half know five fees each.
_KNOW = """
    insert into accounting.bank_rules (id, branch_id, words, direction, account_id, made_by)
    select gen_random_uuid(), b.branch_id,
           case when n %% 2 = 0 then array['transfer', 'virement', w.word]
                else array['frais', w.word] end, 'any', a.id, 'bench'
      from accounting.bank_accounts b
      join accounting.accounts a on a.code = '627'
     cross join generate_series(1, %(rules)s) n
     cross join lateral (select translate(n::text, '0123456789', 'abcdefghij') || 'x' as word) w;
    insert into accounting.bank_movements (id, statement_id, bank_account_id, branch_id, booked_on,
                                           valued_on, amount, label, occurrence)
    select gen_random_uuid(), s.id, s.bank_account_id, s.branch_id, s.opened_on, s.opened_on, -7,
           'FRAIS ' || translate((2 * (n %% 100) + 1)::text, '0123456789', 'abcdefghij') || 'X', n
      from accounting.bank_statements s cross join generate_series(1, %(fees)s) n
"""
_OURS = """
    select count(*), count(distinct entry_id), array_agg(movement_id), array_agg(entry_id)
      from accounting.bank_proposals_v1('BENCH')
"""
_RULED = "select count(*) from accounting.bank_rule_proposals_v1('BENCH', %s, %s)"
_BARE = """
    select count(*) from (
        select distinct on (m.id) m.id, l.entry_id
          from accounting.bank_movements m
          join accounting.entry_lines l on l.amount = m.amount and l.account_id = (
                   select account_id from accounting.bank_accounts where code = 'BENCH')
          join accounting.entries e on e.id = l.entry_id
         where strpos(e.label, nullif(m.reference, '')) > 0
            or strpos(m.reference || ' ' || m.label, e.number) > 0
            or abs(l.dated_on - m.booked_on) <= 5
         order by m.id, strpos(e.label, nullif(m.reference, '')) > 0 desc nulls last,
                  abs(l.dated_on - m.booked_on)) pairs
"""


class Ways:
    """Both ways, reading what an accountant sees."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.found = 0

    def ours(self, _number: int) -> None:
        """Propose as the page asks for it."""
        with self._connection.transaction():
            self._connection.execute("set local session authorization root_admin")
            self._connection.execute("set local role accounting_app")
            self.found, lines, *paired = self._connection.execute(_OURS).fetchone()
            ruled = self._connection.execute(_RULED, paired).fetchone()[0]
        assert lines == self.found > LINES * 0.9
        # Words of two letters are none, so the first rules know nothing.
        assert ruled > FEES * 0.9

    def bare(self, _number: int) -> None:
        """Join amounts and days."""
        assert self._connection.execute(_BARE).fetchone()[0] > 0


def _fill(connection: Any) -> None:
    """Fill bank and books behind the guards' backs; the administrator may read them."""
    connection.execute("set session_replication_role = replica")
    connection.execute(_FILL, {"lines": LINES})
    for statement in _KNOW.split(";"):
        connection.execute(statement, {"rules": RULES, "fees": FEES})
    connection.execute("reset session_replication_role")
    connection.execute(
        "insert into core.user_roles (user_id, role)"
        " select id, 'accountant' from core.users where login = 'root_admin'"
    )
    connection.execute("update core.users set sees_all_branches = true where login = 'root_admin'")
    connection.execute("vacuum analyze")


def measure() -> list[Result]:
    """Propose by turns."""
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
            _fill(connection)
            ways = Ways(connection)
            result = compare(
                f"proposals for {LINES} movements",
                Contest(ways.ours, ways.bare),
                rounds=ROUNDS,
                limit=LIMIT,
                p95_limit=SECONDS * 1000,
                warm_up=WARM_UP,
            )
    print(f"{result.ours / 1000:.1f} s, bare {result.bare / 1000:.1f} s; {ways.found} proposals")
    return [result]


if __name__ == "__main__":
    sys.exit(report(measure()))
