"""The end of a year: result, closing and opening; run again it reverses; then final for good."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.context import Context
from erp_desktop.core.errors import (
    NotAllowedError,
    NotFoundError,
    OtherBranchError,
    UserError,
)
from modules.accounting import selectors, services
from modules.accounting.entries import save_draft
from modules.accounting.period_errors import (
    PeriodFinalError,
    YearFinalError,
    YearNotClosedError,
    YearNotReadyError,
)
from modules.accounting.years import close_year, finish_year
from tests.accounting.books import Books, code_of, draft, invariants, pair
from tests.houses import YEAR, Ask, House

pytestmark = pytest.mark.database
NEXT = YEAR + 1
LABELS = {"result": "Résultat", "closing": "Clôture", "opening": "À-nouveaux"}
WHOLE = {"first_day": date(YEAR, 1, 1), "last_day": date(YEAR, 12, 31)}


def standing(books: Books, journal: str) -> set[tuple[str, str, str, Decimal]]:
    """Return branch, date, account and balance of what a journal comes to, zero left out."""
    with books.house.connect() as connection:
        found = connection.execute(
            "select b.code, l.dated_on::text, a.code, sum(l.debit - l.credit)"
            " from accounting.entry_lines l join accounting.entries e on e.id = l.entry_id"
            " join accounting.accounts a on a.id = l.account_id"
            " join core.branches b on b.id = l.branch_id where e.journal = %s"
            " group by 1, 2, 3 having sum(l.debit - l.credit) <> 0",
            [journal],
        ).fetchall()
        return {tuple(row) for row in found}


def opening(branch: str, **balances: int) -> set[tuple[str, str, str, Decimal]]:
    """Return what stands on the first of January; accounts as `a512`."""
    day = f"{NEXT}-01-01"
    return {(branch, day, code[1:], Decimal(value)) for code, value in balances.items()}


def figures(ask: Ask, **days: date) -> dict[str, Any]:
    """Return opening and closing of each account of the trial balance."""
    balance = ask(selectors.get_trial_balance, **days)
    return {
        row.code: (
            row.opening_debit - row.opening_credit,
            row.closing_debit - row.closing_credit,
        )
        for row in balance.rows
    }


def test_each_branch_gets_its_result_and_begins_the_next_year_with_its_balances(
    books: Books, ask: Ask
) -> None:
    ask(close_year, YEAR, LABELS)

    algiers = opening("ALG", a512=1300, a110=-1000, a120=-300)
    assert standing(books, "AN") == algiers | opening("ORN", a401=-50, a129=50)
    evening = f"{YEAR}-12-31"
    assert ("ALG", evening, "700", Decimal(500)) in standing(books, "CL")
    invariants(books.house)


@pytest.mark.usefixtures("books")
def test_the_year_keeps_its_figures_and_the_next_one_opens_with_them(ask: Ask) -> None:
    before = figures(ask, **WHOLE)

    ask(close_year, YEAR, LABELS)

    assert figures(ask, **WHOLE) == before
    after = figures(ask, first_day=date(NEXT, 1, 1), last_day=date(NEXT, 3, 31))
    assert {code: sums for code, sums in after.items() if any(sums)} == {
        "512": (1300, 1300),
        "110": (-1000, -1000),
        "120": (-300, -300),
        "129": (50, 50),
        "401": (-50, -50),
    }


@pytest.mark.usefixtures("books")
def test_the_ledger_of_the_next_year_begins_with_the_opening_entry(ask: Ask) -> None:
    ask(close_year, YEAR, LABELS)

    closed = ask(selectors.get_ledger, "512", days=(date(YEAR, 1, 1), date(YEAR, 12, 31)))
    assert (closed.closing, len(closed.rows), closed.rows[-1].balance) == (1300, 3, 1300)
    over = ask(selectors.get_ledger, "512", days=(date(YEAR, 12, 1), date(NEXT, 1, 31)))
    assert (over.opening, over.closing, over.rows[-1].balance) == (1500, 1300, 1300)
    assert [row.journal for row in over.rows] == ["OD", "CL", "AN"]
    whole = ask(selectors.get_ledger, "512", days=(date(NEXT, 1, 1), date(NEXT, 12, 31)))
    assert (whole.opening, whole.closing) == (0, 1300)
    assert [row.journal for row in whole.rows] == ["AN"]
    later = ask(selectors.get_ledger, "512", days=(date(NEXT, 1, 2), date(NEXT, 1, 31)))
    assert (later.opening, later.closing) == (1300, 1300)
    december = ask(selectors.get_ledger, "512", days=(date(YEAR, 12, 20), date(YEAR, 12, 30)))
    assert (december.opening, december.closing) == (1300, 1300)


def test_a_run_anew_reverses_what_stood_and_posts_afresh(books: Books, ask: Ask) -> None:
    ask(close_year, YEAR, LABELS)
    first = books.house.value("select count(*) from accounting.entries")
    assert code_of(books.post(draft(*pair("6132", "401", "10.00"), on=date(YEAR, 12, 20)))) == ""
    assert [c.number for c in ask(selectors.get_year, YEAR).checks if c.id == "stale"] == [2]

    ask(close_year, YEAR, LABELS)

    assert opening("ALG", a120=-290, a401=-10) <= standing(books, "AN")
    assert books.house.value("select count(*) from accounting.entries") == first + 1 + 2 * 6
    assert ask(selectors.get_year, YEAR).runs == 2
    assert {c.id for c in ask(selectors.get_year, YEAR).checks if c.number} == {"months"}
    invariants(books.house)


def test_locks_do_not_stop_the_closing_but_nothing_else_enters_its_periods(
    books: Books, ask: Ask
) -> None:
    ask(services.lock_role, "accountant", date(NEXT, 1, 1))
    ask(close_year, YEAR, LABELS)
    ask(services.lock_role, "accountant", None)
    opened = books.house.value(
        "select count(*) from accounting.periods where kind <> 'month' and state = 'open'"
    )
    assert opened == 0

    entry = books.house.value("select id from accounting.entries where journal = 'AN' limit 1")
    assert code_of(books.reverse(entry)) == "accounting.entry_of_year"
    posted = books.post(draft(on=date(NEXT, 1, 1))).result["entry_id"]
    kind = "select p.kind from accounting.periods p join accounting.entries e on e.period_id = p.id"
    assert books.house.value(f"{kind} where e.id = '{posted}'") == "month"


def close_months(books: Books) -> None:
    """Close all months of the year."""
    books.close(*range(1, 13))


def test_a_year_is_closed_for_good_when_every_check_is_clear(books: Books, ask: Ask) -> None:
    with pytest.raises(YearNotClosedError):
        ask(finish_year, YEAR)
    ask(close_year, YEAR, LABELS)
    with pytest.raises(YearNotReadyError, match="months"):
        ask(finish_year, YEAR)
    close_months(books)

    ask(finish_year, YEAR)

    assert ask(selectors.get_year, YEAR).state == "final"
    with pytest.raises(YearFinalError):
        ask(close_year, YEAR, LABELS)
    june = next(p for p in ask(selectors.list_periods) if p.starts_on == date(YEAR, 6, 1))
    with pytest.raises(PeriodFinalError):
        ask(services.reopen_period, june.id, "please")
    assert code_of(books.post(draft(on=date(YEAR, 6, 1)))) == "accounting.period_closed"
    assert code_of(books.post(draft(on=date(NEXT, 1, 5)))) == ""
    states = "select string_agg(distinct state, ',') from accounting.periods where ends_on <= '{}'"
    assert books.house.value(states.format(f"{YEAR}-12-31")) == "final"
    invariants(books.house)


def a_draft(_books: Books, ask: Ask) -> None:
    ask(save_draft, uuid7(), draft(on=date(YEAR, 5, 5)))


def a_late_entry(books: Books, _ask: Ask) -> None:
    books.close(12, state="open")
    books.post(draft(on=date(YEAR, 12, 20)))
    books.close(12)


def an_open_month(books: Books, _ask: Ask) -> None:
    books.close(7, state="open")


def a_year_before(books: Books, _ask: Ask) -> None:
    books.house.run(f"select accounting.open_year({YEAR - 1})")


@pytest.mark.parametrize(
    ("obstacle", "check"),
    [
        (a_draft, "drafts"),
        (a_late_entry, "stale"),
        (an_open_month, "months"),
        (a_year_before, "before"),
    ],
)
def test_what_is_in_the_way_of_the_end_is_told(
    books: Books, ask: Ask, obstacle: Callable[[Books, Ask], None], check: str
) -> None:
    ask(close_year, YEAR, LABELS)
    close_months(books)
    obstacle(books, ask)

    assert {c.id for c in ask(selectors.get_year, YEAR).checks if c.number} == {check}
    with pytest.raises(YearNotReadyError, match=check):
        ask(finish_year, YEAR)


def test_suspense_accounts_and_what_is_due_are_shown_and_block_nothing(
    books: Books, ask: Ask
) -> None:
    books.post(draft(*pair("581", "512", "5.00")))
    ask(close_year, YEAR, LABELS)
    close_months(books)

    found = {c.id: c.details for c in ask(selectors.get_year, YEAR).checks if c.number}
    assert found == {"suspense": "581"}
    ask(finish_year, YEAR)


@pytest.mark.usefixtures("books")
def test_the_result_of_a_year_is_the_same_before_and_after(ask: Ask) -> None:
    assert ask(selectors.get_year, YEAR).result == 250
    ask(close_year, YEAR, LABELS)
    year = ask(selectors.get_year, YEAR)
    assert (year.result, year.state, year.closed_by) == (250, "provisional", "salim")
    assert year.years == (YEAR, NEXT)


def test_two_years_in_a_row(books: Books, ask: Ask) -> None:
    ask(close_year, YEAR, LABELS)
    close_months(books)
    ask(finish_year, YEAR)
    books.post(draft(*pair("512", "700", "70.00"), on=date(NEXT, 2, 1)))

    ask(close_year, NEXT, LABELS)

    last = {row[2]: row[3] for row in standing(books, "AN") if row[1] == f"{NEXT + 1}-01-01"}
    assert last == {"512": 1370, "110": -1000, "120": -370, "129": 50, "401": -50}
    assert ask(selectors.get_year, NEXT).result == 70
    invariants(books.house)


def a_year_that_is_not_there(ctx: Context) -> None:
    close_year(ctx, YEAR + 40, LABELS)


def this_year(ctx: Context) -> None:
    close_year(ctx, YEAR, LABELS)


@pytest.mark.parametrize(
    ("deed", "login", "refusal"),
    [
        (a_year_that_is_not_there, "salim", NotFoundError),
        (this_year, "nadia", NotAllowedError),
        (this_year, "salim", OtherBranchError),
    ],
)
def test_a_closing_is_refused(
    house: House, ask: Ask, deed: Callable[[Context], Any], login: str, refusal: type[UserError]
) -> None:
    if refusal is OtherBranchError:
        house.run("update core.users set sees_all_branches = false where login = 'salim'")
    deed.__module__ = "modules.accounting.years"
    with pytest.raises(refusal):
        ask(deed, as_user=login)
