"""Locks by role and periods that are opened again: who may post when, and why."""

from datetime import date

import psycopg
import pytest

from modules.accounting import selectors, services
from modules.accounting.period_errors import PeriodFinalError, PeriodLockedError, ReasonMissingError
from tests.accounting.books import MARCH, books_of, code_of, details_of
from tests.houses import YEAR, Ask, House

pytestmark = pytest.mark.database
APRIL = date(YEAR, 4, 1)


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


def test_a_role_posts_nothing_before_its_lock(house: House, ask: Ask) -> None:
    with books_of(house) as books:
        entry = books.post().result["entry_id"]
        ask(services.lock_role, "accountant", APRIL)

        refused = books.post()
        assert code_of(refused) == "accounting.period_locked"
        assert details_of(refused) == {"date": MARCH.isoformat(), "until": APRIL.isoformat()}
        moved = books.reverse(entry)
        assert (moved.result["dated_on"], moved.result["is_moved"]) == (APRIL.isoformat(), True)

        ask(services.lock_role, "accountant", None)
        assert code_of(books.post()) == ""


def test_who_has_two_roles_posts_as_the_freer_one(house: House, ask: Ask) -> None:
    house.run("insert into core.role_permissions values ('manager', 'accounting.entry.post')")
    house.run(
        "insert into core.user_roles (user_id, role)"
        " select id, 'manager' from core.users where login = 'salim'"
    )
    ask(services.lock_role, "accountant", APRIL)

    with books_of(house) as books:
        assert code_of(books.post()) == ""
        ask(services.lock_role, "manager", APRIL)
        assert code_of(books.post()) == "accounting.period_locked"


def test_a_lock_holds_by_whatever_way(house: House, ask: Ask) -> None:
    ask(services.lock_role, "accountant", APRIL)
    house.run("grant accounting_owner to salim")
    try:
        with house.connect("salim") as connection:
            connection.execute("set role accounting_owner")
            with pytest.raises(psycopg.DatabaseError, match=PeriodLockedError.code):
                connection.execute(
                    "insert into accounting.entries (id, journal, branch_id, period_id, number,"
                    " dated_on, label, posted_by) select gen_random_uuid(), 'OD', b.id, p.id, 'x',"
                    " p.starts_on, 'x', 'x' from accounting.periods p, core.branches b limit 1"
                )
    finally:
        house.run("revoke accounting_owner from salim")


def test_every_role_is_listed_with_its_lock(ask: Ask) -> None:
    ask(services.lock_role, "manager", APRIL)

    locks = {row.role: row.locked_before for row in ask(selectors.list_role_locks)}

    assert locks["manager"] == APRIL
    assert locks["cashier"] is None
    assert "system" not in locks


def test_a_period_is_opened_again_with_a_reason_only(house: House, ask: Ask) -> None:
    january = ask(selectors.list_periods)[-1]
    ask(services.close_period, january.id)

    with pytest.raises(ReasonMissingError):
        ask(services.reopen_period, january.id, "  ")
    ask(services.reopen_period, january.id, "a bill came late")

    assert ask(selectors.list_periods)[-1].reason == "a bill came late"
    told = "select new ->> 'reason' from core.audit where relation = 'accounting.periods'"
    assert (
        house.value(f"{told} order by at desc, new ->> 'version' desc limit 1")
        == "a bill came late"
    )


def test_what_is_closed_for_good_is_not_opened_again(house: House, ask: Ask) -> None:
    january = ask(selectors.list_periods)[-1]
    house.run(f"update accounting.periods set state = 'final' where id = '{january.id}'")

    with pytest.raises(PeriodFinalError):
        ask(services.reopen_period, january.id, "please")
    assert ask(selectors.list_periods)[-1].is_final
