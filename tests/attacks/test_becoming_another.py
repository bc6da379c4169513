"""Nobody becomes another: by no role, no setting, no grant; and nobody changes the house."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.attacks.intruder import attempt, roles_of
from tests.houses import House

pytestmark = pytest.mark.database

BECOMING = (
    "set role core_owner",
    "set role accounting_owner",
    "set role erp_owner",
    "set role erp_useradmin",
    "set role erp_checker",
    "set role erp_worker",
    "set role postgres",
    "set role jobs_app",
    "set role pg_read_all_data",
    "set session authorization {other}",
    "set session authorization postgres",
    "select set_config('role', 'core_owner', false)",
    "select set_config('session_authorization', '{other}', false)",
    "grant core_owner to {me}",
    "grant accounting_app to {me}",
    "grant core_app to {other}",
    "grant pg_execute_server_program to {me}",
    "grant {other} to {me}",
    "alter role {other} password 'x'",
    "alter role {other} nologin",
    "alter role {other} set statement_timeout = 1",
    "alter role {me} createrole",
    "alter role {me} superuser",
    "alter role {me} bypassrls",
    "alter role {me} replication",
    "alter role {me} inherit",
    "alter role {me} connection limit -1",
    "alter role all set row_security = off",
    "create role friend login",
    "drop role {other}",
    "reassign owned by {other} to {me}",
)
REBUILDING = (
    "create table mine (x int)",
    "create table core.mine (x int)",
    "create table public.mine (x int)",
    "create temp table company (x int)",
    "create view core.mine as select 1",
    "create schema mine",
    "create function core.mine() returns int language sql as 'select 1'",
    "create function pg_temp.mine() returns int language sql as 'select 1'",
    "create extension dblink",
    "create publication mine",
    "create event trigger mine on ddl_command_end execute function core.forbid()",
    "create policy mine on core.audit using (true)",
    "drop policy readers on core.audit",
    "create trigger mine before insert on core.audit execute function core.forbid()",
    "alter table core.audit disable trigger all",
    "alter table core.audit disable row level security",
    "alter table core.audit owner to {me}",
    "alter table till.tickets drop constraint tickets_total_is_not_negative",
    "alter function core.branches() owner to {me}",
    "alter function core.execute_v1(jsonb) security invoker",
    "drop function core.execute_v1(jsonb)",
    "drop table core.audit cascade",
    "drop schema core cascade",
    "drop owned by core_owner",
    "comment on table core.audit is 'mine'",
    "create rule mine as on insert to core.audit do instead nothing",
    "alter default privileges for role core_owner grant all on tables to {me}",
    "cluster core.audit",
    "reindex table core.audit",
    "refresh materialized view core.audit",
)
SNEAKING = (
    "set session_replication_role = replica",
    "set allow_system_table_mods = on",
    "set log_statement = 'none'",
    "set zero_damaged_pages = on",
    "select * from pg_authid",
    "select * from pg_shadow",
    "select rolpassword from pg_authid",
    "select * from pg_user_mapping",
    "select * from pg_hba_file_rules",
    "select pg_read_file('/etc/passwd')",
    "select pg_ls_dir('.')",
    "select pg_reload_conf()",
    "select pg_terminate_backend(pg_backend_pid() + 1) from pg_authid",
    "select pg_stat_reset()",
    "select pg_switch_wal()",
    "select pg_logical_emit_message(false, 'x', 'y')",
    "copy core.audit to program 'cat'",
    "copy core.company to '/tmp/stolen'",
    "copy core.company from '/etc/passwd'",
    "copy core.audit from stdin",
    "select lo_create(0)",
    "select lo_creat(-1)",
    "select lo_from_bytea(0, 'x')",
    "select lo_import('/etc/passwd')",
    "select lo_put(1, 0, 'x')",
    "select pg_advisory_lock(1)",
    "select pg_advisory_xact_lock(1)",
    "select pg_try_advisory_lock(1, 2)",
    "alter system set log_statement = 'none'",
    "select nextval('core.audit_id_seq')",
    "select setval('core.audit_id_seq', 1)",
    "checkpoint",
    "vacuum core.audit",
)


@pytest.fixture(scope="module")
def people(shared_house: House) -> Iterator[dict[str, Any]]:
    """A cashier, an accountant, a manager and the administrator, each with psql."""
    logins = ("amina", "salim", "nadia", "root_admin")
    connections = {login: shared_house.connect(login) for login in logins}
    yield connections
    for connection in connections.values():
        connection.close()


@pytest.mark.parametrize("statement", [*BECOMING, *REBUILDING, *SNEAKING])
def test_the_database_refuses(people: dict[str, Any], statement: str) -> None:
    done = [
        (login, role)
        for login, connection in people.items()
        for role in roles_of(connection)
        if attempt(connection, role, statement.format(me=login, other="bilal")) == "done"
    ]

    assert done == []


def test_a_grant_without_the_right_to_grant_gives_nothing(shared_house: House) -> None:
    with shared_house.connect("amina") as connection:
        attempt(connection, "core_app", "grant all on core.audit to bilal")

    assert not shared_house.value("select has_table_privilege('bilal', 'core.audit', 'select')")


def test_identity_is_who_connected_whatever_is_set(shared_house: House) -> None:
    with shared_house.connect("amina") as connection:
        for name in ("erp.login", "core.login", "app.acting", "session.user", "role.name"):
            connection.execute("select set_config(%s, 'root_admin', false)", [name])
        connection.execute("set application_name = 'root_admin'")
        connection.execute("set role core_app")
        found = connection.execute(
            "select core.may('core.user.manage'), cardinality(core.branches())"
        ).fetchone()

    assert found == (False, 1)


def test_row_level_security_is_not_switched_off(shared_house: House) -> None:
    with shared_house.connect("amina") as connection:
        connection.execute("set role till_app")
        connection.execute("set row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            connection.execute("select * from till.tickets")


@pytest.mark.parametrize(
    "setting",
    [
        "standard_conforming_strings = off",
        "backslash_quote = on",
        "transform_null_equals = on",
        "datestyle = 'SQL, DMY'",
        "intervalstyle = 'sql_standard'",
        "timezone = 'Pacific/Kiritimati'",
        "search_path = pg_temp, public",
        "array_nulls = off",
        "quote_all_identifiers = on",
        "default_transaction_isolation = 'serializable'",
        "extra_float_digits = -15",
        "bytea_output = 'escape'",
        "client_encoding = 'LATIN1'",
    ],
)
def test_no_setting_of_a_session_changes_what_is_allowed(shared_house: House, setting: str) -> None:
    with shared_house.connect("amina") as connection:
        connection.execute("set escape_string_warning = off")
        connection.execute(f"set {setting}")
        refused = {
            attempt(connection, "core_app", "select core.save_user_v1('{}', null)"),
            attempt(connection, "core_app", "select core.require('core.user.manage')"),
        }
        counted = attempt(
            connection, "core_app", "select 1 / (cardinality(core.branches()) = 1)::integer"
        )

    assert (refused, counted) == ({"ERP01"}, "done")
