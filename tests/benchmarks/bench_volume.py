"""What an accountant opens over millions of lines: trial balance, balance sheet, one account.

Give the number of lines as an argument; ten millions take some minutes to write. Balances are
rolled up as the worker does it, and a tail comes after, so that every figure is exact.
"""

import sys
from datetime import date
from typing import Any

from tests.benchmarks.bench_trial_balance import FIRST, LAST, YEAR, Ways, books
from tests.benchmarks.harness import Contest, Result, compare, report

LINES = 2_000_000
# Ten millions must be fifty times faster; fewer lines give GROUP BY less to do.
LIMIT, LIMIT_OF_MILLIONS = 1 / 50, 1 / 25
# One page is as quick over a thousand lines as over a million: adding up is not.
PAGE_LIMIT = 1
ROUNDS, WARM_UP = 10, 2

_SHEET = """
    select accounting.statement_v2(jsonb_build_object(
        'codes', jsonb_build_array('assets', 'liabilities'), 'budget', false,
        'spans', jsonb_build_array(
            jsonb_build_object('first', %s::date, 'last', %s::date),
            jsonb_build_object('first', %s::date, 'last', %s::date))))
"""
_BARE_SHEET = """
    select a.code, sum(l.debit - l.credit)
      from accounting.entry_lines l join accounting.accounts a on a.id = l.account_id
     where l.dated_on <= %s group by a.code
"""
_HEAD = "select * from accounting.ledger_head_v1(%s, %s, %s, null)"
_PAGE = """
    select * from accounting.ledger_lines
     where account_id = (select id from accounting.accounts where code = %s)
       and dated_on between %s and %s and period_kind = 'month'
     order by dated_on, xid, number, line_no limit 200
"""
_BARE_HEAD = """
    select sum(l.debit - l.credit) filter (where l.dated_on < %s), sum(l.debit), sum(l.credit)
      from accounting.entry_lines l
     where l.account_id = (select id from accounting.accounts where code = %s) and l.dated_on <= %s
"""


class Reader(Ways):
    """Asks as the accountant does, and beside it adds up every line."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self.account: str = connection.execute(
            "select a.code from accounting.accounts a join accounting.balances b"
            " on b.account_id = a.id order by b.debit desc limit 1"
        ).fetchone()[0]

    def _ask(self, *questions: tuple[str, list[Any]]) -> list[Any]:
        with self._connection.transaction():
            self._connection.execute("set local session authorization root_admin")
            self._connection.execute("set local role accounting_app")
            return [self._connection.execute(*each).fetchall() for each in questions]

    def sheet(self, _number: int) -> Any:
        """Read the balance sheet."""
        before = [date(YEAR - 1, 6, 1), date(YEAR - 1, 12, 31)]
        return self._ask((_SHEET, [FIRST, LAST, *before]))

    def bare_sheet(self, _number: int) -> Any:
        """Add up every account."""
        return self._connection.execute(_BARE_SHEET, [LAST]).fetchall()

    def page(self, _number: int) -> Any:
        """Open the ledger of the account with the most lines: its sums, and its first page."""
        december = date(YEAR, 12, 1)
        return self._ask(
            (_HEAD, [self.account, december, LAST]), (_PAGE, [self.account, december, LAST])
        )

    def bare_page(self, _number: int) -> Any:
        """Add up all lines of the account."""
        asked = [date(YEAR, 12, 1), self.account, LAST]
        return self._connection.execute(_BARE_HEAD, asked).fetchall()


def measure(lines: int) -> list[Result]:
    """Ask each way by turns."""
    with books(lines) as connection:
        reader = Reader(connection)
        if reader.ours(0) != reader.bare(0):
            message = "the two trial balances differ"
            raise AssertionError(message)
        limit = LIMIT if lines >= 10_000_000 else LIMIT_OF_MILLIONS
        contests = (
            ("trial balance", Contest(reader.ours, reader.bare), limit),
            ("balance sheet of two years", Contest(reader.sheet, reader.bare_sheet), limit),
            (
                "an account's sums and first page",
                Contest(reader.page, reader.bare_page),
                PAGE_LIMIT,
            ),
        )
        results = [
            compare(
                f"{name} over {lines} lines", contest, rounds=ROUNDS, limit=most, warm_up=WARM_UP
            )
            for name, contest, most in contests
        ]
    for result in results:
        print(f"{result.name}: {result.bare / result.ours:.0f} times faster than adding up")
    return results


if __name__ == "__main__":
    sys.exit(report(measure(int(sys.argv[1]) if sys.argv[1:] else LINES)))
