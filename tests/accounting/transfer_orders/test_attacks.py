"""Somebody with psql: pay twice, change or delete what was given, pay from another branch."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError
from modules.accounting.transfer_orders import (
    CANCEL_TRANSFERS,
    ORDER_TRANSFERS,
    PayeeDraft,
    save_payee,
    save_transfer_order,
)
from tests.accounting.books import books_of, code_of, invariants
from tests.accounting.transfer_orders.orders import Debts
from tests.attacks.intruder import attempt, look
from tests.houses import ALGIERS, ORAN, House

pytestmark = pytest.mark.database


@pytest.fixture
def owner(house: House) -> Iterator[Any]:
    """A connection that acts as the owner of the tables: nothing but their triggers holds it."""
    house.run("grant accounting_owner to salim")
    with house.connect("salim") as connection:
        connection.execute("set role accounting_owner")
        yield connection
    house.run("revoke accounting_owner from salim")


def refuses(connection: Any, why: str, statement: str) -> None:
    """The statement fails, and says why."""
    with pytest.raises(psycopg.Error, match=why), connection.transaction():
        connection.execute(statement)


def test_what_was_given_to_the_bank_stays_even_for_the_owner(owed: Debts, owner: Any) -> None:
    owed.given(owed.pays("F-1", "10000"))
    orders, lines = "accounting.transfer_orders", "accounting.transfer_order_lines"
    stays = "transfer_order_stays"
    more = (
        f"insert into {lines} (order_id, line_no, branch_id, party_id, amount, reason)"
        f" select order_id, 9, branch_id, party_id, 5, 'x' from {lines}"
    )
    for statement in (
        f"update {orders} set dated_on = dated_on + 1",
        f"update {orders} set state = 'draft'",
        f"update {orders} set number = 'OV-ALG-2026-000009'",
        f"delete from {orders}",
        f"update {lines} set amount = 1",
        f"update {lines} set rib = '00300060000014720242'",
        f"delete from {lines}",
        more,
    ):
        refuses(owner, stays, statement)
    refuses(owner, "cancelled_with_a_reason", f"update {orders} set state = 'cancelled'")
    for table in (orders, lines):
        refuses(owner, "append_only|cannot truncate", f"truncate {table}")
    refuses(owner, "append_only", f"truncate {orders} cascade")


def test_the_owner_gives_no_order_that_the_ledger_does_not_say(owed: Debts, owner: Any) -> None:
    made = owed.given(owed.pays("F-9", "4000"))
    kept = owed.keep(owed.pays("F-1", "10000"))
    give = (
        "update accounting.transfer_orders set state = 'ordered', number = 'OV-X', year = 2026,"
        " sequence = 2, ordered_by = 'x', ordered_at = now(), entry_id = {entry}"
        f" where id = '{kept.id}'"
    )
    refuses(owner, "transfer_order_forged", give.format(entry="gen_random_uuid()"))
    taken = f"'{made['entry_id']}'"
    refuses(owner, "transfer_orders_entry_id", give.format(entry=taken))
    forged = (
        "insert into accounting.transfer_orders (id, branch_id, bank_account_id, dated_on, state,"
        " drafted_by) select gen_random_uuid(), branch_id, bank_account_id, dated_on, 'ordered',"
        " 'x' from accounting.transfer_orders limit 1"
    )
    refuses(owner, "transfer_order_stays", forged)


def test_what_is_unmatched_behind_the_orders_back_is_not_paid_again(
    owed: Debts, owner: Any, house: House
) -> None:
    owed.given(owed.pays("F-1", "10000"))
    # The owner opens the bill again; the order that stands has paid it all the same.
    owner.execute(
        "update accounting.matches set undone_at = now(), undone_by = 'x'"
        " where document_id is not null"
    )
    assert owed.open_of("F-1") == 10000
    again = owed.keep(owed.pays("F-1", "10000"))
    assert code_of(owed.order(again)) == "accounting.transfer_beyond_open"
    invariants(house)


def test_nobody_writes_the_tables_from_psql(owed: Debts, house: House) -> None:
    owed.given(owed.pays("F-1", "10000"))
    deeds = (
        "insert into accounting.transfer_orders select * from accounting.transfer_orders",
        "update accounting.transfer_orders set state = 'draft'",
        "delete from accounting.transfer_order_lines",
        "update accounting.payees set rib = ''",
        "insert into accounting.payees select * from accounting.payees",
    )
    for login in ("salim", "nadia", "root_admin"):
        with house.connect(login) as connection:
            for deed in deeds:
                assert attempt(connection, "accounting_app", deed) == "42501", (login, deed)


def test_who_may_not_make_orders_neither_keeps_nor_gives_one(owed: Debts, house: House) -> None:
    kept = owed.keep(owed.pays("F-1", "10000"))
    given = owed.given(owed.pays("F-9", "1"))
    with books_of(house, "nadia") as other:
        for name in (ORDER_TRANSFERS, CANCEL_TRANSFERS):
            told = {"order_id": str(kept.id), "reason": "x"}
            assert code_of(other.send(name, told)) == "core.not_permitted"
    with pytest.raises(NotAllowedError):
        owed.ask(save_transfer_order, kept, version=1, as_user="nadia")
    with pytest.raises(NotAllowedError):
        owed.ask(save_payee, PayeeDraft(owed.zahra), version=1, as_user="nadia")
    with house.connect("nadia") as connection:
        call = (
            "select accounting.save_payee_v1("
            f'\'{{"party_id": "{owed.zahra}", "version": 1, "rib": ""}}\')'
        )
        assert attempt(connection, "accounting_app", call) != "done"
        call = f"select accounting.discard_transfer_order_v1('{kept.id}')"
        assert attempt(connection, "accounting_app", call) != "done"
    assert given["number"]


def test_another_branch_is_neither_seen_nor_touched(owed: Debts, house: House) -> None:
    made = owed.given(owed.pays("F-1", "10000"))
    kept = owed.keep(owed.pays("F-9", "10"))
    house.run(
        "update core.users set sees_all_branches = false where login = 'salim';"
        f"delete from core.user_branches b using core.users u where u.id = b.user_id"
        f" and u.login = 'salim' and b.branch_id = '{ALGIERS.id}';"
        "insert into core.user_branches (user_id, branch_id) select u.id, "
        f"'{ORAN.id}' from core.users u where u.login = 'salim' on conflict do nothing"
    )
    with house.connect("salim") as connection:
        for table in ("transfer_order_list", "transfer_line_list", "transfer_orders"):
            assert look(connection, "accounting_app", f"select 1 from accounting.{table}") == []
        call = f"select accounting.discard_transfer_order_v1('{kept.id}')"
        attempt(connection, "accounting_app", call)
    assert code_of(owed.order(kept)) == "core.not_found"
    assert code_of(owed.cancel(made["order_id"])) == "core.not_found"
    with pytest.raises(Exception, match="branch"):
        owed.keep(owed.pays("F-9", "10"), id=uuid7())
    assert house.value("select count(*) from accounting.transfer_orders") == 2
