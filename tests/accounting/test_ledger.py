"""The ledger against its own owner: entries balance, never change, and have no gaps."""

import json
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from tests.houses import ALGIERS, ORAN, YEAR, House

pytestmark = pytest.mark.database

POST = "select accounting.post_v1(%s::jsonb)"


def entry(value: object = "119.00", *, branch: UUID = ALGIERS.id, on: date | None = None) -> str:
    """Return what a document asks to be posted."""
    day = on or wall_clock.today()
    return json.dumps(
        {
            "id": str(uuid7()),
            "rule": "inventory.opening",
            "branch_id": str(branch),
            "on": day.isoformat(),
            "label": "test",
            "document": {},
            "by": "salim",
            "currency": "DZD",
            "amounts": [{"amount": "value", "value": str(value)}],
        }
    )


Connect = Callable[..., Any]


@pytest.fixture
def as_owner(house: House) -> Iterator[Connect]:
    """Connect as a login that was made owner of the ledger: the worst that can happen."""
    logins: set[str] = set()

    def connect(login: str = "salim") -> Any:
        house.run(f"grant accounting_owner to {login}")
        logins.add(login)
        connection = house.connect(login)
        connection.execute("set role accounting_owner")
        return connection

    yield connect
    for login in logins:
        house.run(f"revoke accounting_owner from {login}")


Attempt = Callable[[Any, UUID], object]


def write(statement: str) -> Attempt:
    """Return an attempt to do something to an entry, as the owner of the tables."""
    return lambda connection, wanted: connection.execute(statement, {"id": wanted})


INSERT_LINE = (
    "insert into accounting.entry_lines"
    " (entry_id, line_no, branch_id, period_id, account_id, debit, credit, currency, amount)"
    " select entry_id, line_no + {n}, {branch}, period_id, account_id, {debit}, {credit}, 'DZD', 5"
    " from accounting.entry_lines where entry_id = %(id)s and line_no = 1"
)
LINE_OF_NOTHING = INSERT_LINE.replace("select entry_id", "select gen_random_uuid()")


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        (write("update accounting.entries set label = 'x' where id = %(id)s"), "append_only"),
        (write("delete from accounting.entries where id = %(id)s"), "append_only"),
        (
            write("update accounting.entry_lines set debit = debit + 1 where entry_id = %(id)s"),
            "append_only",
        ),
        (write("delete from accounting.entry_lines where entry_id = %(id)s"), "append_only"),
        (write("truncate accounting.entry_lines cascade"), "append_only"),
        (write("truncate accounting.entries cascade"), "append_only"),
        (write(INSERT_LINE.format(n=10, branch="branch_id", debit=5, credit=0)), "append_only"),
        (write(LINE_OF_NOTHING.format(n=0, branch="branch_id", debit=5, credit=0)), "append_only"),
        (write("truncate accounting.entries"), "append_only"),
    ],
)
def test_a_posted_entry_never_changes_not_even_for_the_owner_of_its_table(
    house: House, as_owner: Connect, attempt: Attempt, refusal: str
) -> None:
    with as_owner() as connection:
        posted = connection.execute(POST, [entry()]).fetchone()[0]
        with pytest.raises(psycopg.DatabaseError, match=refusal):
            attempt(connection, UUID(posted["entry_id"]))

    for figure in ("sum(debit)", "sum(credit)"):
        assert house.value(f"select {figure} from accounting.entry_lines") == 119


def plant(connection: Any, *lines: tuple[UUID, str, str], commits_as: str = "") -> None:
    """Write an entry of the branch in Algiers by hand, line by line, and commit it."""
    with connection.transaction():
        period = (
            "(select id from accounting.periods"
            " where core.local_date(now()) between starts_on and ends_on)"
        )
        new = uuid7()
        connection.execute(
            "insert into accounting.entries"
            " (id, journal, branch_id, period_id, number, dated_on, label, posted_by)"
            f" values (%s, 'OD', %s, {period}, %s, core.local_date(now()), 'planted', 'nobody')",
            [new, ALGIERS.id, f"OD-{new}"],
        )
        for number, (branch, debit, credit) in enumerate(lines, start=1):
            connection.execute(
                "insert into accounting.entry_lines (entry_id, line_no, branch_id, period_id,"
                " account_id, debit, credit, currency, amount)"
                f" select %s, %s, %s, {period}, id, %s, %s, 'DZD', 1"
                " from accounting.accounts where code = '530'",
                [new, number, branch, debit, credit],
            )
        if commits_as:
            connection.execute(f"set local session authorization {commits_as}")


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ((ALGIERS.id, "5", "0"),),
        ((ALGIERS.id, "5", "0"), (ALGIERS.id, "0", "4.99")),
        ((ALGIERS.id, "5", "0"), (ORAN.id, "0", "5")),
        ((ORAN.id, "5", "0"), (ORAN.id, "0", "5")),
    ],
    ids=["no lines", "one line", "a centime off", "a line of another branch", "all elsewhere"],
)
def test_what_does_not_balance_or_strays_is_refused_even_to_a_superuser(
    house: House, lines: tuple[tuple[UUID, str, str], ...]
) -> None:
    with (
        house.connect() as connection,
        pytest.raises(psycopg.DatabaseError, match=r"accounting\.unbalanced"),
    ):
        plant(connection, *lines)


def test_row_level_security_does_not_fool_the_check(house: House) -> None:
    """Amina sees Algiers only: to her, a line of Oran that makes it wrong would be invisible."""
    with house.connect() as connection:
        lines = ((ALGIERS.id, "5", "0"), (ALGIERS.id, "0", "5"), (ORAN.id, "9", "0"))
        with pytest.raises(psycopg.DatabaseError, match=r"accounting\.unbalanced"):
            plant(connection, *lines, commits_as="amina")

    assert house.value("select count(*) from accounting.entries") == 0


def test_a_check_under_row_level_security_would_have_been_fooled(
    house: House, as_owner: Connect
) -> None:
    """The control: the same sum, seen by a login of Algiers, finds nothing wrong."""
    house.run("alter table accounting.entries disable trigger entries_balance")
    with house.connect() as connection:
        plant(connection, (ALGIERS.id, "5", "0"), (ALGIERS.id, "0", "5"), (ORAN.id, "9", "0"))

    query = "select sum(debit - credit) from accounting.entry_lines"
    with as_owner("amina") as till:
        assert till.execute(query).fetchone() == (0,)
    assert house.value(query) == 9


def test_a_closed_period_takes_nothing_by_whatever_way(house: House, as_owner: Connect) -> None:
    house.run("update accounting.periods set state = 'closed'")

    with as_owner() as connection:
        with pytest.raises(psycopg.DatabaseError, match=r"accounting\.period_closed"):
            connection.execute(POST, [entry()])
        with pytest.raises(psycopg.DatabaseError, match=r"accounting\.period_closed"):
            plant(connection, (ALGIERS.id, "5", "0"), (ALGIERS.id, "0", "5"))

    assert house.value("select count(*) from accounting.series") == 0


def test_a_day_without_a_period_takes_nothing(as_owner: Connect) -> None:
    with (
        as_owner() as connection,
        pytest.raises(psycopg.DatabaseError, match=r"accounting\.period_closed"),
    ):
        connection.execute(POST, [entry(on=date(YEAR + 7, 1, 1))])


def test_eight_posters_who_often_give_up_leave_no_gap(house: House, as_owner: Connect) -> None:
    dice = random.Random(7)  # noqa: S311 - a test's dice
    fates = [[dice.random() < 0.2 for _ in range(25)] for _ in range(8)]

    connections = [as_owner(login) for login in ("salim", "nadia") * 4]  # six each at most

    def post(connection: Any, gives_up: list[bool]) -> None:
        with connection:
            for undone in gives_up:
                with connection.transaction(force_rollback=undone):
                    connection.execute(POST, [entry()])

    with ThreadPoolExecutor(8) as posters:
        list(posters.map(post, connections, fates))

    kept = sum(not undone for fate in fates for undone in fate)
    with house.connect() as connection:
        numbers = connection.execute("select number from accounting.entries order by number")
        found = [row[0] for row in numbers.fetchall()]
    assert found == [f"ST-ALG-{YEAR}-{n:06d}" for n in range(1, kept + 1)]


def test_the_millionth_number_is_not_cut_short(as_owner: Connect) -> None:
    with as_owner() as connection:
        connection.execute(POST, [entry()])
        connection.execute("update accounting.series set last_number = 999999")
        posted = connection.execute(POST, [entry()]).fetchone()[0]

    assert posted["number"] == f"ST-ALG-{YEAR}-1000000"


SUMS = (
    "select a.code, sum(l.debit), sum(l.credit)"
    " from accounting.{source} l join accounting.accounts a on a.id = l.account_id"
    " group by a.code order by a.code"
)
BALANCE = (
    "select code, debit, credit from accounting.trial_balance_v1("
    f"'{YEAR}-01-01', '{YEAR}-12-31') order by code"
)


def as_accountant(house: House, query: str) -> list[tuple[str, Decimal, Decimal]]:
    """Ask as Salim asks."""
    with house.connect("salim") as connection, connection.transaction():
        connection.execute("set local role accounting_app")
        found: list[tuple[str, Decimal, Decimal]] = connection.execute(query).fetchall()
        return found


def roll(house: House) -> None:
    """Roll the balances up, as the worker does."""
    with house.connect() as connection:
        connection.execute("set session authorization erp_worker")
        connection.execute("select accounting.roll_balances_v1()")
        connection.execute("reset session authorization")


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.one_of(
            st.just("roll"),
            st.decimals("0.01", "99999", places=2),
            st.decimals("-500", "-0.01", places=2),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_the_trial_balance_is_the_sum_of_the_lines_whenever_it_is_rolled_up(
    house: House, as_owner: Connect, steps: list[str | Decimal]
) -> None:
    for step in steps:
        if isinstance(step, Decimal):
            with as_owner() as connection:
                connection.execute(POST, [entry(step)])
        else:
            roll(house)
        assert as_accountant(house, BALANCE) == as_accountant(
            house, SUMS.format(source="entry_lines")
        )


def test_the_trial_balance_is_exact_while_others_post_and_roll(
    house: House, as_owner: Connect
) -> None:
    done = threading.Event()
    as_owner().close()

    def post() -> None:
        with house.connect("salim") as connection:
            connection.execute("set role accounting_owner")
            for number in range(1, 60):
                with connection.transaction(force_rollback=number % 5 == 0):
                    connection.execute(POST, [entry(number)])

    def roll_on() -> None:
        while not done.is_set():
            roll(house)

    def look() -> None:
        with house.connect("salim") as connection:
            while not done.is_set():
                with connection.transaction():
                    connection.execute("set transaction isolation level repeatable read")
                    connection.execute("set local role accounting_app")
                    rolled = connection.execute(BALANCE).fetchall()
                    plain = connection.execute(SUMS.format(source="entry_lines")).fetchall()
                assert rolled == plain

    with ThreadPoolExecutor(5) as threads:
        watching = [threads.submit(roll_on), threads.submit(look)]
        posting = [threads.submit(post) for _ in range(3)]
        wait(posting)
        done.set()
        for each in (*posting, *watching):
            each.result()
    roll(house)

    balances = house.value("select sum(debit) from accounting.balances")
    assert balances == house.value("select sum(debit) from accounting.entry_lines")
    assert balances == 3 * sum(number for number in range(1, 60) if number % 5)
