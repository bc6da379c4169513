"""The grant matrix: every person, as every role they may take, on every table."""

import pytest

from tests.attacks.intruder import PEOPLE, attempt, columns, relations, roles_of
from tests.houses import House

pytestmark = pytest.mark.database

# What a role may read besides the tables and views of its own schema, or of those not all.
READABLE = {
    "none": set[str](),
    "erp_base": {"core.company", "core.branches"},
    "core_app": {
        "core.company", "core.branches", "core.roles", "core.permissions", "core.role_permissions",
        "core.users", "core.user_branches", "core.user_roles", "core.workstations",
        "core.command_types", "core.audit", "core.incidents", "core.commands", "core.reviews",
        "core.notifications", "core.notifications_read", "core.user_list", "core.workstation_list",
        "core.review_list", "core.audit_list", "core.attachments",
    },
    "catalog_app": {"accounting.taxes", "accounting.tax_rates"},
    "inventory_app": {"catalog.products", "catalog.barcodes"},
    "parties_app": {
        "accounting.law_values", "accounting.party_balances", "catalog.price_lists",
    },
    "till_app": {
        "parties.parties", "parties.addresses", "parties.terms", "parties.regions",
        "parties.document_parties",
    },
    "sales_app": {"parties.parties"},
}  # fmt: skip
WRITES = (
    "insert into {table} default values",
    "update {table} set {column} = {column}",
    "delete from {table}",
    "truncate {table} cascade",
    "lock table {table} in row exclusive mode",
    "lock table {table} in access exclusive mode",
)


def may_read(role: str, table: str) -> bool:
    """The rule: a module's role reads its own schema; the core is read table by table."""
    module = role.removesuffix("_app")
    base = table in READABLE["erp_base"] and role != "none"
    own = role != "core_app" and table.startswith(f"{module}.")
    return base or own or table in READABLE.get(role, set())


@pytest.mark.parametrize("login", PEOPLE)
def test_nobody_writes_or_locks_a_table_by_hand(shared_house: House, login: str) -> None:
    with shared_house.connect(login) as connection:
        done = [
            f"{role}: {write} {table}"
            for role in roles_of(connection)
            for table, column in columns(shared_house).items()
            for write in WRITES
            if attempt(connection, role, write.format(table=table, column=column)) != "42501"
        ]

    assert done == []


@pytest.mark.parametrize("login", PEOPLE)
def test_everybody_reads_what_their_roles_may_and_nothing_else(
    shared_house: House, login: str
) -> None:
    tables = [table for table in relations(shared_house) if not table.startswith("jobs.")]
    with shared_house.connect(login) as connection:
        seen = {
            (role, table)
            for role in roles_of(connection)
            for table in tables
            if attempt(connection, role, f"select from {table} limit 1") == "done"
        }
        expected = {
            (role, table)
            for role in roles_of(connection)
            for table in tables
            if may_read(role, table)
        }

    assert seen == expected


@pytest.mark.parametrize("login", PEOPLE)
def test_without_a_role_a_login_sees_nothing_at_all(shared_house: House, login: str) -> None:
    with shared_house.connect(login) as connection:
        seen = [
            table
            for table in relations(shared_house)
            if attempt(connection, "none", f"select from {table}") == "done"
        ]

    assert seen == []


def test_the_queue_belongs_to_the_worker(shared_house: House) -> None:
    queue = [table for table in relations(shared_house) if table.startswith("jobs.")]
    for login in PEOPLE:
        with shared_house.connect(login) as connection:
            assert "jobs_app" not in roles_of(connection)
            assert {
                attempt(connection, role, f"select from {table}")
                for role in roles_of(connection)
                for table in queue
            } == {"42501"}


def test_rows_cannot_be_locked_either(shared_house: House) -> None:
    for login in PEOPLE:
        with shared_house.connect(login) as connection:
            for role in roles_of(connection):
                for strength in ("update", "no key update", "share", "key share"):
                    statement = f"select from core.branches for {strength}"
                    assert attempt(connection, role, statement) == "42501"
