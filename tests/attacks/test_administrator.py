"""An administrator of the ERP is no superuser, and gets no further than the rights say."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import uuid7
from tests.attacks.intruder import attempt
from tests.houses import ALGIERS, ORAN, PASSWORD, House

pytestmark = pytest.mark.database

SAVE = "select core.save_user_v1(%s, %s)"


class Office:
    """The desk of somebody who manages users, with psql."""

    def __init__(self, house: House, login: str) -> None:
        self.house = house
        self.login = login
        self.connection: Any = house.connect(login)
        self.connection.execute("set role core_app")

    def verifier(self, password: str = PASSWORD) -> str:
        """Return what the client sends instead of a password."""
        made: bytes = self.connection.pgconn.encrypt_password(
            password.encode(), b"x", b"scram-sha-256"
        )
        return made.decode()

    def save(self, verifier: str | None = "", **draft: Any) -> str:
        """Save a user; return the refusal's code, or `done`."""
        user = {
            "id": str(uuid7()), "login": "lina", "name": "Lina", "language": "ar",
            "roles": ["cashier"], "branches": [str(ALGIERS.id)], **draft,
        }  # fmt: skip
        return self.call(SAVE, Jsonb(user), self.verifier() if verifier == "" else verifier)

    def call(self, statement: str, *values: Any) -> str:
        """Do something; return the refusal's code, or `done`."""
        try:
            self.connection.execute(statement, values)
        except psycopg.Error as error:
            refusal = error.sqlstate == "ERP01"
            return str(error.diag.message_primary if refusal else error.sqlstate)
        return "done"

    def hire(self, *roles: str) -> dict[str, Any]:
        """Save Lina: logins belong to the whole server, so nobody else's is changed."""
        assert self.save(roles=list(roles)) == "done"
        return self.draft_of("lina")

    def draft_of(self, login: str) -> dict[str, Any]:
        """Return what a form would send back unchanged."""
        row: dict[str, Any] = self.house.value(
            "select to_jsonb(u) || jsonb_build_object('roles', array(select role from"
            " core.user_roles r where r.user_id = u.id), 'branches', array(select branch_id from"
            " core.user_branches b where b.user_id = u.id))"
            f" from core.users u where login = '{login}'"
        )
        return row


@pytest.fixture
def office(house: House) -> Iterator[Office]:
    """The administrator's desk."""
    made = Office(house, "root_admin")
    yield made
    made.connection.close()


@pytest.fixture
def narrow(house: House) -> Iterator[Office]:
    """The desk of a manager who may manage users, but appoint no administrators."""
    house.run("insert into core.role_permissions values ('manager', 'core.user.manage')")
    made = Office(house, "nadia")
    yield made
    made.connection.close()


def is_login(house: House, login: str) -> bool:
    """Whether PostgreSQL knows a login."""
    return bool(house.value(f"select to_regrole('{login}') is not null"))


def test_a_new_user_can_sign_in_and_is_nothing_more(office: Office) -> None:
    assert office.save() == "done"

    with office.house.connect("lina") as connection:
        found = connection.execute(
            "select rolsuper, rolcreaterole, rolcreatedb, rolinherit, rolbypassrls, rolreplication"
            " from pg_roles where rolname = session_user"
        ).fetchone()
    assert not any(found)


@pytest.mark.parametrize(
    "verifier",
    [
        None,
        "",
        "secret",
        "md5" + "0" * 32,
        "SCRAM-SHA-256$4096:x$y:z",
        "SCRAM-SHA-256$4096:AAAA$AAAA:AAAA",
        "SCRAM-SHA-256$1:" + "A" * 22 + "==$" + "A" * 43 + "=:" + "A" * 43 + "=",
        "SCRAM-SHA-256$4096:" + "A" * 22 + "==$" + "A" * 43 + "=:" + "A" * 43 + "=' superuser --",
    ],
)
def test_only_a_verifier_is_taken_for_a_password(shared_house: House, verifier: str | None) -> None:
    desk = Office(shared_house, "root_admin")
    try:
        state = desk.call("select core.check_verifier(%s)", verifier)
        refused = desk.save(verifier or None)
    finally:
        desk.connection.close()

    assert (state, refused) == ("42501", "core.password_in_clear")
    assert not is_login(shared_house, "lina")


@pytest.mark.parametrize(
    "login",
    ['x" superuser;--', "x; drop role amina", "X", "pg_x", "postgres", "core_owner", "erp_worker",
     "ä", "x" * 64, "", "none", "public", "amina\n"],
)  # fmt: skip
def test_no_login_is_more_than_a_word_of_its_own(shared_house: House, login: str) -> None:
    before = shared_house.value("select count(*) from pg_roles")
    desk = Office(shared_house, "root_admin")
    try:
        state = desk.save(login=login)
    finally:
        desk.connection.close()

    assert state != "done"
    assert shared_house.value("select count(*) from pg_roles") == before


@pytest.mark.parametrize(
    "roles", [["system"], ["cashier", "system"], ["postgres"], ["core_owner"], []]
)
def test_nobody_makes_a_worker_or_what_does_not_exist(
    shared_house: House, roles: list[str]
) -> None:
    desk = Office(shared_house, "root_admin")
    try:
        assert desk.save(roles=roles) in {"core.unknown_role", "core.user_needs_branch_and_role"}
    finally:
        desk.connection.close()
    assert not is_login(shared_house, "lina")


def test_an_administrator_appoints_anybody_but_gives_themselves_nothing(office: Office) -> None:
    own = office.draft_of("root_admin")

    assert office.save(roles=["accountant"]) == "done"
    assert (
        office.save(None, **{**own, "roles": ["administrator", "accountant"]})
        == "core.not_yourself"
    )
    assert office.save(None, **{**own, "name": "Root"}) == "done"


def test_who_may_not_appoint_gives_no_right_that_they_lack(narrow: Office) -> None:
    assert narrow.save(roles=["administrator"]) == "core.not_permitted"
    assert narrow.save(roles=["accountant"]) == "core.not_permitted"
    assert narrow.save(roles=["cashier"]) == "done"


def test_who_sees_one_branch_manages_the_people_of_one_branch(narrow: Office) -> None:
    bilal = narrow.draft_of("bilal")

    assert narrow.save(branches=[str(ORAN.id)]) == "core.other_branch"
    assert narrow.save(sees_all_branches=True) == "core.other_branch"
    assert narrow.save(None, **{**bilal, "branches": [str(ALGIERS.id)]}) == "core.other_branch"
    assert narrow.call("select core.enable_user_v1(%s, false)", bilal["id"]) == "core.other_branch"


def test_who_may_not_appoint_touches_no_administrator(narrow: Office) -> None:
    admin = narrow.draft_of("root_admin")

    takes_over = narrow.save(narrow.verifier("mine"), **{**admin, "roles": ["cashier"]})
    shuts_out = narrow.call("select core.enable_user_v1(%s, false)", admin["id"])

    assert {takes_over, shuts_out} <= {"core.not_permitted", "core.other_branch"}


def test_the_worker_is_nobodys_to_manage(office: Office) -> None:
    worker = office.draft_of("erp_worker")

    changed = office.save(office.verifier("mine"), **{**worker, "roles": ["cashier"]})
    disabled = office.call("select core.enable_user_v1(%s, false)", worker["id"])

    assert (changed, disabled) == ("core.unknown_role", "core.unknown_role")


@pytest.mark.parametrize("version", [None, 0, 99])
def test_what_was_read_before_is_not_written_over(office: Office, version: int | None) -> None:
    amina = office.draft_of("amina")

    assert office.save(None, **{**amina, "version": version}) == "core.stale_record"


def test_no_administrator_shuts_themselves_out(office: Office) -> None:
    own = office.draft_of("root_admin")

    assert office.call("select core.enable_user_v1(%s, false)", own["id"]) == "core.not_yourself"


@pytest.mark.parametrize("login", ["amina", "karim", "salim", "yacine"])
def test_others_manage_nobody(shared_house: House, login: str) -> None:
    amina = UUID(str(shared_house.value("select id from core.users where login = 'amina'")))
    with shared_house.connect(login) as connection:
        states = [
            attempt(connection, "core_app", SAVE, [Jsonb({"id": str(amina)}), None]),
            attempt(connection, "core_app", "select core.enable_user_v1(%s, false)", [amina]),
            attempt(connection, "core_app", "select core.enrol_workstation_v1('{}', 'x')"),
            attempt(connection, "core_app", "select core.disable_workstation_v1(%s)", [amina]),
            attempt(connection, "core_app", "select core.retry_v1(%s)", [amina]),
            attempt(connection, "core_app", "select core.settle_signatures_v1('{}')"),
        ]

    assert set(states) == {"ERP01"}


def test_who_is_disabled_is_thrown_out_at_once(office: Office) -> None:
    house, lina = office.house, office.hire("cashier")
    live = house.connect("lina")
    live.execute("set role till_app")

    office.call("select core.enable_user_v1(%s, false)", lina["id"])

    with pytest.raises(psycopg.OperationalError):
        live.execute("select * from till.tickets")
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        house.connect("lina")


def test_who_slipped_in_while_being_disabled_sees_nothing(office: Office) -> None:
    house, lina = office.house, office.hire("cashier")
    with office.connection.transaction():
        office.connection.execute("select core.enable_user_v1(%s, false)", [lina["id"]])
        late = house.connect("lina")  # the refusal is not committed yet

    late.execute("set role core_app")
    (branches,) = late.execute("select core.branches()").fetchone()
    people = late.execute("select login from core.users").fetchall()

    assert (branches, people) == ([], [("lina",)])
    late.close()


def test_who_is_enabled_again_comes_in_with_the_old_password(office: Office) -> None:
    lina = office.hire("cashier")
    office.call("select core.enable_user_v1(%s, false)", lina["id"])

    assert office.call("select core.enable_user_v1(%s, true)", lina["id"]) == "done"

    office.house.connect("lina").close()


def test_a_role_that_is_taken_away_closes_its_module(office: Office) -> None:
    lina = office.hire("accountant")

    assert office.save(None, **{**lina, "roles": ["cashier"]}) == "done"

    with office.house.connect("lina") as connection:
        assert attempt(connection, "accounting_app", "select 1") == "42501"
        assert attempt(connection, "till_app", "select from till.tickets") == "done"


def test_the_hundredth_workstation_has_a_series_of_its_own(office: Office) -> None:
    office.house.run(
        "insert into core.workstations (id, branch_id, name, prefix, login)"
        f" select gen_random_uuid(), '{ALGIERS.id}', 'x', 'OLD-' || lpad(n::text, 2, '0'), 'x' || n"
        " from generate_series(1, 99) n"
    )
    draft = Jsonb({"id": str(uuid7()), "branch_id": str(ALGIERS.id), "name": "Till"})

    assert (
        office.call("select core.enrol_workstation_v1(%s, %s)", draft, office.verifier()) == "done"
    )
    assert (
        office.house.value("select max(prefix) from core.workstations where login = 'ws_alg_100'")
        == "ALG-100"
    )


def end_sessions(house: House, idle_for: str) -> int:
    """Do what the worker does every half minute."""
    with house.connect() as connection:
        connection.execute("set session authorization erp_worker")
        connection.execute("set role core_app")
        row = connection.execute("select core.end_sessions_v1(%s)", [idle_for]).fetchone()
    return int(row[0])


def test_who_holds_locks_and_does_nothing_is_thrown_out(office: Office) -> None:
    house = office.house
    with house.connect("karim") as lazy, house.connect("amina") as busy:
        lazy.execute("set idle_in_transaction_session_timeout = 0")
        lazy.execute("begin; set local role core_app; select core.hello_v1('9.9.9')")
        busy.execute("select 1")

        assert end_sessions(house, "1 hour") == 0
        assert end_sessions(house, "0 s") == 1

        with pytest.raises(psycopg.OperationalError):
            lazy.execute("commit")
        busy.execute("select 1")


def test_who_slipped_in_while_being_disabled_is_thrown_out_soon(office: Office) -> None:
    house, lina = office.house, office.hire("cashier")
    with office.connection.transaction():
        office.connection.execute("select core.enable_user_v1(%s, false)", [lina["id"]])
        late = house.connect("lina")

    assert end_sessions(house, "1 hour") == 1

    with pytest.raises(psycopg.OperationalError):
        late.execute("select 1")
    late.close()


@pytest.mark.parametrize("login", ["amina", "nadia", "root_admin"])
def test_nobody_but_the_worker_ends_sessions(shared_house: House, login: str) -> None:
    with shared_house.connect(login) as connection:
        assert attempt(connection, "core_app", "select core.end_sessions_v1('0 s')") == "ERP01"
        assert attempt(connection, "core_app", "select core.end_sessions('0 s')") == "42501"
