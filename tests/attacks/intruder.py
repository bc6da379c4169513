"""Somebody with psql and a valid password."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import Answer, Command, Envelope
from tests.houses import House

# What a login may become: itself without rights, and the roles of its modules.
MODULE_ROLES = """
    select r.rolname from pg_roles r
     where r.rolname <> session_user and pg_has_role(session_user, r.oid, 'member') order by 1
"""
PEOPLE = ("amina", "bilal", "karim", "salim", "nadia", "yacine", "root_admin")


def roles_of(connection: Any) -> list[str]:
    """Return every role that the login may take, its own first."""
    return ["none", *(row[0] for row in connection.execute(MODULE_ROLES))]


def attempt(connection: Any, role: str, statement: str, values: Iterable[Any] = ()) -> str:
    """Try a statement as a role and undo it; return the SQLSTATE, or `done`."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(sql.SQL("set local role {}").format(_role(role)))
            connection.execute(statement, list(values) or None)
    except psycopg.Error as error:
        return error.sqlstate or "closed"
    return "done"


def look(connection: Any, role: str, query: str) -> list[str]:
    """Return what a query shows to a role, as text; of a refusal its SQLSTATE."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(sql.SQL("set local role {}").format(_role(role)))
            return [str(row) for row in connection.execute(query)]
    except psycopg.Error as error:
        return [error.sqlstate or "closed"]


def _role(role: str) -> sql.Composable:
    return sql.SQL("none") if role == "none" else sql.Identifier(role)


def send(connection: Any, *envelopes: Mapping[str, Any] | Envelope) -> list[Answer]:
    """Send envelopes, genuine or not, through the gate."""
    batch = [each.as_json() if isinstance(each, Envelope) else each for each in envelopes]
    with connection.transaction():
        connection.execute("set local role core_app")
        (answers,) = connection.execute("select core.execute_v1(%s)", [Jsonb(batch)]).fetchone()
    return [Answer.from_json(answer) for answer in answers]


def direct(connection: Any, name: str, payload: Mapping[str, Any], actor: str) -> Answer:
    """Send one command without a workstation, as its author says who they are."""
    body = Command(name, payload, actor, datetime.now(UTC)).body()
    return send(connection, Envelope(body))[0]


def relations(house: House, kinds: str = "r,v,p") -> list[str]:
    """Return our tables and views by their full names."""
    with house.connect() as connection:
        found = connection.execute(
            "select format('%%I.%%I', n.nspname, c.relname) from pg_class c"
            " join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname !~ '^pg_|^information_schema$' and c.relkind = any (%s) order by 1",
            [kinds.split(",")],
        )
        return [row[0] for row in found]


def columns(house: House) -> dict[str, str]:
    """Return the second column of each of our tables: the first may be generated."""
    with house.connect() as connection:
        found = connection.execute(
            "select format('%I.%I', n.nspname, c.relname), quote_ident(a.attname) from pg_class c"
            " join pg_namespace n on n.oid = c.relnamespace"
            " join pg_attribute a on a.attrelid = c.oid and a.attnum = 2"
            " where n.nspname !~ '^pg_|^information_schema$' and c.relkind in ('r', 'p')"
        )
        return dict(found.fetchall())


def calls_with_nulls(house: House) -> list[str]:
    """Return a call of each of our functions, with a null for each argument."""
    with house.connect() as connection:
        return [row[0] for row in connection.execute(_CALLS)]


_CALLS = """
    select format('%I.%I(%s)', n.nspname, p.proname, coalesce((
               select string_agg(format('null::%s', format_type(t, null)), ', ' order by place)
                 from unnest(p.proargtypes::oid[]) with ordinality a (t, place)), ''))
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname !~ '^pg_|^information_schema$' and p.prokind = 'f'
       and p.prorettype <> 'trigger'::regtype
     order by 1
"""


def healthy(house: House) -> None:
    """Assert what no attack may change: the ledger balances, stock is the sum of its movements."""
    assert house.value(UNBALANCED) == 0
    assert house.value(STRAY_STOCK) == 0
    assert house.value(DOUBLED_TICKETS) == 0
    assert house.value(NOT_NUMBERS) == 0


UNBALANCED = """
    select count(*) from (
        select e.id from accounting.entries e
          left join accounting.entry_lines l on l.entry_id = e.id
         group by e.id having count(l.entry_id) < 2 or sum(l.debit) <> sum(l.credit)) x
"""
STRAY_STOCK = """
    select count(*) from inventory.stock s
      full join (select warehouse_id, product_id, sum(quantity) as quantity, sum(value) as value
                   from inventory.movements group by 1, 2) m
        using (warehouse_id, product_id)
     where (s.on_hand, s.value) is distinct from (m.quantity, m.value)
       and (s.on_hand, s.value) is distinct from (0, 0)
"""
DOUBLED_TICKETS = """
    select count(*) from (
        select command_id from till.tickets group by 1 having count(*) > 1
        union all select entry_id from till.tickets group by 1 having count(*) > 1) x
"""
NOT_NUMBERS = """
    select (select count(*) from till.ticket_lines where quantity not between 0 and 1e12
                or unit_price not between 0 and 1e12 or total not between 0 and 1e12)
         + (select count(*) from inventory.stock where abs(on_hand) >= 1e12 or abs(value) >= 1e15)
         + (select count(*) from accounting.entry_lines where debit >= 1e15 or credit >= 1e15)
"""
