"""DESIGN.md 3.1, read from the catalogue: what holds for every table, view and function."""

from typing import Any

import pytest

from tests.houses import House

pytestmark = pytest.mark.database

# The schema `jobs` holds procrastinate's own tables and functions, which only its role touches.
TABLES = """
    select c.oid, n.nspname as schema, n.nspname || '.' || c.relname as name, c.relkind as kind,
           coalesce(obj_description(c.oid, 'pg_class'), '') as comment,
           c.relrowsecurity and c.relforcerowsecurity as is_forced,
           coalesce(c.reloptions::text, '') as options
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname !~ '^pg_|^information_schema$'
"""
FUNCTIONS = """
    select p.oid, n.nspname as schema, p.oid::regprocedure::text as name, p.proname,
           p.prosecdef as is_definer, coalesce(p.proconfig, '{}') as settings,
           obj_description(p.oid, 'pg_proc') as comment
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname !~ '^pg_|^information_schema$'
"""
# Money, goods, numbers, users, audit: nobody but the owner writes them (DESIGN.md 3.1).
PRECIOUS = {
    "accounting.accounts", "accounting.journals", "accounting.periods", "accounting.series",
    "accounting.entries", "accounting.entry_lines", "accounting.balances", "accounting.rollup",
    "accounting.tax_releases", "accounting.attestations", "accounting.attestation_uses",
    "accounting.taxes", "accounting.tax_rates", "accounting.account_roles",
    "accounting.posting_rules", "inventory.warehouses", "inventory.movements", "inventory.stock",
    "till.tickets", "till.ticket_lines", "till.payments", "till.sessions", "till.closings",
    "till.cash_moves", "accounting.law_values", "accounting.party_balances",
    "accounting.cost_centres", "accounting.entry_drafts", "accounting.entry_templates",
    "accounting.role_locks", "accounting.years", "accounting.deposit_slips",
    "accounting.instruments", "accounting.instrument_moves",
    "accounting.bank_accounts", "accounting.bank_statements", "accounting.bank_movements",
    "accounting.bank_reconciliations", "accounting.bank_reconciled",
    "accounting.bank_rules", "accounting.bank_rule_refusals",
    "accounting.role_accounts", "accounting.matches", "accounting.matched_lines",
    "accounting.match_letters",
    "accounting.matching_settings",
    "accounting.reminder_levels", "accounting.reminder_holds", "accounting.reminders",
    "accounting.reminder_lines",
    "accounting.rates", "accounting.rate_settings",
    "accounting.settlements", "accounting.revaluations", "accounting.revaluation_lines",
    "accounting.asset_categories", "accounting.assets", "accounting.depreciation_runs",
    "accounting.depreciations", "accounting.disposals",
    "accounting.budgets", "accounting.budget_amounts",
    "accounting.withholdings", "accounting.purchases",
    "accounting.payees", "accounting.transfer_orders", "accounting.transfer_order_lines",
    "accounting.late_charges",
    "accounting.internal_transfers",
    "accounting.cash_boxes", "accounting.cash_vouchers", "accounting.cash_counts",
    "sales.invoices", "sales.invoice_lines", "sales.series", "sales.payments", "sales.write_offs",
    "sales.allocations", "sales.open_items",
    "core.company", "core.branches",
    "core.users", "core.user_branches", "core.user_roles", "core.roles", "core.permissions",
    "core.role_permissions", "core.workstations", "core.signing_keys", "core.audit",
    "core.commands", "core.command_types", "core.reviews", "core.incidents", "core.events",
    "core.tombstones", "core.feed_sets", "core.subscriptions",
}  # fmt: skip


def names(house: House, query: str) -> list[str]:
    """Return the first column, as the superuser sees it."""
    with house.connect() as connection:
        return sorted(str(row[0]) for row in connection.execute(query))


def test_every_table_is_audited_or_says_why_not(shared_house: House) -> None:
    silent = names(
        shared_house,
        f"""select t.name from ({TABLES}) t
             where t.kind in ('r', 'p') and t.schema <> 'jobs' and t.comment !~ 'no-audit: \\w'
               and not exists (select from pg_trigger g join pg_proc p on p.oid = g.tgfoid
                                where g.tgrelid = t.oid and p.proname = 'audit_row'
                                  and g.tgenabled in ('O', 'A') and g.tgtype & 28 = 28)""",
    )

    assert silent == [], silent


def test_every_table_forces_row_level_security_or_says_why_not(shared_house: House) -> None:
    open_tables = names(
        shared_house,
        f"""select t.name from ({TABLES}) t
             where t.kind in ('r', 'p') and t.schema <> 'jobs' and t.comment !~ 'no-rls: \\w'
               and not (t.is_forced
                        and exists (select from pg_policy y where y.polrelid = t.oid))""",
    )

    assert open_tables == []


def test_every_view_reads_with_the_rights_of_its_reader(shared_house: House) -> None:
    assert names(
        shared_house,
        f"""select t.name from ({TABLES}) t
             where t.kind = 'v' and t.options !~ 'security_invoker=(true|on)'""",
    ) == []  # fmt: skip


def test_nothing_is_materialized_for_clients(shared_house: House) -> None:
    assert names(shared_house, f"select t.name from ({TABLES}) t where t.kind = 'm'") == []


def test_every_function_pins_its_search_path(shared_house: House) -> None:
    loose = names(
        shared_house,
        f"""select f.name from ({FUNCTIONS}) f
             where f.schema <> 'jobs'
               and 'search_path=pg_catalog, pg_temp' <> all (f.settings)""",
    )

    assert loose == []


def test_what_runs_as_its_owner_finds_no_temporary_table_first(shared_house: House) -> None:
    loose = names(
        shared_house,
        f"""select f.name from ({FUNCTIONS}) f
             where f.is_definer and not exists (
                   select from unnest(f.settings) s where s ~ '^search_path=.*, pg_temp$')""",
    )

    assert loose == []


def test_nothing_of_ours_may_be_executed_by_everybody(shared_house: House) -> None:
    assert names(
        shared_house,
        f"""select f.name from ({FUNCTIONS}) f
             where has_function_privilege('public', f.oid, 'execute')""",
    ) == []  # fmt: skip


def test_everybody_may_neither_create_nor_use_temporary_tables(shared_house: House) -> None:
    with shared_house.connect() as connection:
        rights = connection.execute(
            """select has_database_privilege('public', current_database(), 'create'),
                      has_database_privilege('public', current_database(), 'temp'),
                      has_schema_privilege('public', 'public', 'create'),
                      has_schema_privilege('public', 'public', 'usage')"""
        ).fetchone()

    assert rights == (False, False, False, False)


def test_no_table_of_ours_is_open_to_everybody(shared_house: House) -> None:
    assert names(
        shared_house,
        f"""select t.name from ({TABLES}) t where t.kind in ('r', 'v', 'p', 'm')
               and has_table_privilege('public', t.oid,
                                       'select, insert, update, delete, truncate, references')""",
    ) == []  # fmt: skip


def written(house: House, roles: str) -> set[tuple[str, str]]:
    """Return each (role, table) where one of `roles` may change rows."""
    with house.connect() as connection:
        rows: Any = connection.execute(
            f"""select r.rolname, t.name from ({TABLES}) t, pg_roles r
                 where t.kind in ('r', 'v', 'p') and r.rolname ~ '{roles}'
                   and has_table_privilege(r.oid, t.oid, 'insert, update, delete, truncate')"""
        )
        return {(row[0], row[1]) for row in rows}


def test_no_module_role_writes_outside_its_schema(shared_house: House) -> None:
    strays = {
        (role, table)
        for role, table in written(shared_house, "_app$")
        if role.removesuffix("_app") != table.partition(".")[0]
    }

    assert strays == set()


def test_no_module_role_writes_money_goods_numbers_users_or_audit(shared_house: House) -> None:
    assert {pair for pair in written(shared_house, "_app$") if pair[1] in PRECIOUS} == set()


def test_the_precious_tables_exist(shared_house: House) -> None:
    assert (
        set(names(shared_house, f"select t.name from ({TABLES}) t where t.kind = 'r'")) >= PRECIOUS
    )


def test_no_owner_may_sign_in_or_belongs_to_a_user(shared_house: House) -> None:
    assert names(
        shared_house,
        r"""select r.rolname from pg_roles r
             where r.rolname ~ '(_owner|_app)$|^erp_(base|owner|checker|useradmin)$'
               and (r.rolcanlogin or r.rolsuper)
            union all
            select m.rolname || ' is ' || o.rolname from pg_roles o, pg_roles m
             where o.rolname ~ '_owner$|^erp_(checker|useradmin)$'
               and m.rolcanlogin and not m.rolsuper and pg_has_role(m.oid, o.oid, 'member')""",
    ) == []  # fmt: skip


def test_only_the_checker_bypasses_row_level_security(shared_house: House) -> None:
    found = names(
        shared_house,
        "select rolname from pg_roles where rolbypassrls and not rolsuper and rolname !~ '^pg_'",
    )

    assert found == ["erp_checker"]


def test_only_the_user_administration_creates_roles(shared_house: House) -> None:
    found = names(
        shared_house,
        "select rolname from pg_roles where (rolcreaterole or rolcreatedb or rolreplication)"
        " and not rolsuper and rolname !~ '^pg_'",
    )

    assert found == ["erp_useradmin"]


def test_the_checker_owns_only_checks(shared_house: House) -> None:
    found = names(
        shared_house,
        f"""select f.name from ({FUNCTIONS}) f join pg_proc p on p.oid = f.oid
             where p.proowner = 'erp_checker'::regrole and p.prorettype <> 'trigger'::regtype""",
    )

    assert found == []


def test_what_modules_offer_each_other_is_described(shared_house: House) -> None:
    silent = names(
        shared_house,
        f"""select f.name from ({FUNCTIONS}) f
             where f.schema <> 'jobs' and f.proname ~ '_v[0-9]+$' and f.comment is null""",
    )

    assert silent == [], silent


def test_what_runs_as_its_owner_composes_no_sql_from_words(shared_house: House) -> None:
    loose = names(
        shared_house,
        f"""select f.name from ({FUNCTIONS}) f join pg_proc p on p.oid = f.oid
             where f.schema <> 'jobs' and p.prosrc ~* '\\mexecute\\M'
               and p.prosrc !~* '\\mexecute\\s+format\\('""",
    )

    assert loose == []
