"""Rates, settlements, revaluations and assets: not forged with psql, not across branches."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.accounting.assets.register import Register, register_of
from tests.accounting.books import code_of, invariants
from tests.accounting.currencies.exchange import Exchange, exchange
from tests.attacks.intruder import attempt, look
from tests.houses import ORAN, YEAR, House

pytestmark = pytest.mark.database

# What the owner of the tables may not do either, and why.
FORGERIES = {
    "delete from accounting.settlements": "core.append_only",
    "update accounting.settlements set amount = 1": "core.append_only",
    "update accounting.settlements set undone_at = now(), undone_by = 'x', debit_value = 1":
        "core.append_only",
    "truncate accounting.settlements": "core.append_only",
    "update accounting.revaluations set ends_on = '2026-01-31'": "core.append_only",
    "delete from accounting.revaluation_lines": "core.append_only",
    "update accounting.depreciations set amount = 1": "core.append_only",
    "delete from accounting.depreciation_runs": "core.append_only",
    "truncate accounting.depreciations": "core.append_only",
    "update accounting.disposals set price = 1": "core.append_only",
    "insert into accounting.depreciations select gen_random_uuid(), asset_id, branch_id, ends_on,"
    " 1, entry_id, run_id from accounting.depreciations": "depreciations_day",
    "insert into accounting.depreciation_runs select gen_random_uuid(), branch_id, ends_on,"
    " entry_id, 'x' from accounting.depreciation_runs": "depreciation_runs_month",
    "insert into accounting.revaluations select gen_random_uuid(), branch_id, ends_on, entry_id,"
    " back_id, money_id, 'x' from accounting.revaluations": "revaluations_month",
    "update accounting.assets set residual = cost": "assets_keep_a_part",
    "update accounting.rates set rate = 0": "rates_are_possible",
}  # fmt: skip
COMMANDS: dict[str, dict[str, Any]] = {
    "accounting.settle_v1": {"lines": []},
    "accounting.revalue_v1": {"on": f"{YEAR}-03-31"},
    "accounting.undo_revaluation_v1": {"on": f"{YEAR}-03-31"},
    "accounting.depreciate_v1": {"on": f"{YEAR}-03-31"},
    "accounting.undo_depreciation_v1": {"on": f"{YEAR}-03-31"},
    "accounting.dispose_v1": {},
    "accounting.undo_disposal_v1": {},
}


@pytest.fixture
def desk_of(house: House) -> Iterator[Exchange]:
    """Salim's books: an invoice settled in part and revalued."""
    with exchange(house) as opened:
        invoice = opened.post("03-05", "411", "1000", "140", against="706")
        opened.settle(invoice, opened.post("03-20", "411", "-400", "145", against="5124"))
        opened.rate("03-31", "144")
        assert opened.revalue("03-31").state == "applied"
        yield opened


@pytest.fixture
def register(house: House) -> Iterator[Register]:
    """Salim's register: an asset depreciated and one sold."""
    with register_of(house) as opened:
        opened.add("V-1", "VEHICLE", "1200000", "01-01")
        sold = opened.add("V-2", "VEHICLE", "60000", "01-01")
        opened.depreciate("03-31")
        opened.dispose(sold, "04-15", kind="sale", price="1000")
        yield opened


@pytest.fixture
def owner(house: House) -> Iterator[None]:
    """Salim is given the role that owns the tables; roles are the server's, so it is taken back."""
    house.run("grant accounting_owner to salim")
    yield
    house.run("revoke accounting_owner from salim")


def refusal(house: House, statement: str) -> str:
    """Try a statement as the owner of the tables; return why not."""
    with house.connect("salim") as connection:
        try:
            with connection.transaction(force_rollback=True):
                connection.execute("set local role accounting_owner")
                connection.execute(statement)
        except psycopg.Error as error:
            return error.diag.constraint_name or error.diag.message_primary or ""
    return "done"


@pytest.mark.usefixtures("owner", "desk_of", "register")
def test_not_even_the_owner_forges_them(house: House) -> None:
    assert {statement: refusal(house, statement) for statement in FORGERIES} == FORGERIES


def test_who_may_not_does_not(house: House, desk_of: Exchange, register: Register) -> None:
    del desk_of, register
    for login in ("nadia", "amina"):
        with exchange(house, login) as other:
            found = {name: code_of(other.books.send(name, given))
                     for name, given in COMMANDS.items()}  # fmt: skip
            assert set(found.values()) == {"core.not_permitted"}, found
    with house.connect("nadia") as connection:
        for call in (
            "accounting.save_rates_v1('[]', true, true)",
            "accounting.remove_rate_v1('EUR', '2026-03-31')",
            "accounting.set_rate_jump_v1(50, 1)",
            "accounting.save_asset_v1('{}', null)",
            "accounting.import_assets_v1('[]', true)",
            "accounting.save_asset_category_v1('{}', null)",
        ):
            assert attempt(connection, "accounting_app", f"select {call}") == "ERP01", call


def test_another_branch_is_neither_seen_nor_touched(
    house: House, desk_of: Exchange, register: Register
) -> None:
    far = register.add("O-1", "VEHICLE", "60000", "01-01", branch_id=str(ORAN.id))
    desk_of.post("04-05", "411", "77", "140", against="706", branch=ORAN.id)
    desk_of.rate("04-30", "150")
    desk_of.revalue("04-30")
    house.run("update core.users set sees_all_branches = false where login = 'salim'")

    with house.connect("salim") as connection:
        seen = {
            query: look(connection, "accounting_app", f"select count(*) from accounting.{query}")[0]
            for query in ("assets", "revaluations", "settlements", "asset_list_v1('', true)",
                          "open_currency_v1(null)")
        }  # fmt: skip

    assert seen == {
        "assets": "(2,)",
        "revaluations": "(2,)",
        "settlements": "(1,)",
        "asset_list_v1('', true)": "(2,)",
        "open_currency_v1(null)": "(1,)",
    }
    assert code_of(register.dispose(far, "05-15", kind="scrap")) == "core.not_found"
    with pytest.raises(psycopg.Error, match="other_branch"):
        register.add("O-2", "VEHICLE", "60000", "01-01", branch_id=str(ORAN.id))
    assert desk_of.undo("04-30").state == "applied"
    standing = "select count(*) from accounting.revaluations where undone_at is null"
    assert house.value(f"{standing} and ends_on = '{YEAR}-04-30'") == 1


def test_what_a_register_posted_is_taken_back_there(
    house: House, desk_of: Exchange, register: Register
) -> None:
    entries = house.value(
        "select array_agg(e.id) from accounting.entries e"
        " where e.document ->> 'kind' in ('depreciation', 'asset', 'revaluation')"
    )
    assert len(entries) == 5
    for entry in entries:
        assert code_of(desk_of.books.reverse(entry)) == "accounting.entry_of_register"
    desk_of.books.close(3)
    assert code_of(register.undo("03-31")) == "accounting.period_closed"
    assert code_of(desk_of.undo("03-31")) == "accounting.period_closed"
    assert code_of(desk_of.revalue("03-31")) == "accounting.period_closed"
    invariants(house)
