"""Purchase invoices, figures by hand; what is refused, from psql too."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import uuid7
from modules.accounting.purchases import (
    POST_PURCHASE,
    UNDO_PURCHASE,
    PurchaseLine,
    purchase_figures,
)
from modules.accounting.selectors.purchases import (
    PurchaseFilter,
    get_purchase,
    last_lines,
    list_purchases,
    sum_purchases,
)
from modules.accounting.taxes import TaxPlan
from tests.accounting.books import MARCH, Books, code_of, details_of, invariants
from tests.accounting.purchases.invoices import enter, one, purchase
from tests.attacks.intruder import attempt
from tests.houses import ORAN, YEAR, Ask, House

pytestmark = pytest.mark.database


def test_costs_are_debited_the_tax_is_deducted_and_the_supplier_is_owed(
    books: Books, supplier: str, house: House, ask: Ask
) -> None:
    made = enter(books, supplier)

    assert made.state == "applied", made
    assert made.result["number"] == f"AC-ALG-{YEAR}-000001"
    assert books.lines(made.result["entry_id"]) == [
        ("380", 1000, 0),
        ("6132", 200, 0),
        ("44566", 228, 0),
        ("401", 0, 1428),
    ]
    said = house.value("select taxes from accounting.entries where journal = 'AC'")
    assert said == [
        {
            "amount": "deductible",
            "qualifier": "TVA19",
            "use": "goods",
            "rate": "0.19",
            "base": "1200.00",
            "value": "228.00",
        }
    ]
    (row,) = ask(list_purchases, PurchaseFilter("atlas"))
    assert (row.number, row.net, row.deductible, row.total, row.open) == (
        *("F-2026/17", 1200, 228, 1428, 1428),
    )
    assert row.due_on.month == 4
    invariants(house)


def test_what_is_of_no_use_for_deduction_is_part_of_the_cost(
    books: Books, supplier: str, house: House
) -> None:
    # A car of 100.00 and its mat of 33.33: 25.33 of VAT, of which 133.33 * 19 % = 25.3327;
    # the mat bears 25.33 * 33.33 / 133.33 = 6.33, the car the rest, 19.00.
    lines = [*one("2182", "100.00", "TVA19", "none"), *one("6132", "33.33", "TVA19", "none")]
    made = enter(books, supplier, total="158.66", lines=lines)

    assert made.state == "applied", made
    assert books.lines(made.result["entry_id"]) == [
        ("2182", Decimal("119.00"), 0),
        ("6132", Decimal("39.66"), 0),
        ("401", 0, Decimal("158.66")),
    ]
    assert house.value("select taxes from accounting.entries where journal = 'AC'") == []
    invariants(house)


def test_a_credit_note_is_the_mirror_of_a_purchase(
    books: Books, supplier: str, house: House, ask: Ask
) -> None:
    enter(books, supplier)
    back = enter(
        *(books, supplier),
        kind="credit_note",
        number="A-1",
        total="119.00",
        lines=one("380", "100.00", "TVA19"),
    )

    assert books.lines(back.result["entry_id"]) == [
        ("380", 0, 100),
        ("44566", 0, 19),
        ("401", 119, 0),
    ]
    sums = ask(sum_purchases, PurchaseFilter())
    assert (sums.net, sums.deductible, sums.total, sums.open) == (1100, 209, 1309, 1309)
    owed = "select balance from accounting.party_balances where role = 'payable'"
    assert house.value(owed) == -1309
    invariants(house)


def test_the_fodec_of_tunisia_belongs_to_the_cost_and_its_stamp_to_the_charges(
    tunis: Books, supplier: str, house: House
) -> None:
    # 1,000.000 + FODEC 10.000, VAT 19 % of 1,010.000 = 191.900, stamp 1.000: 1,202.900.
    made = enter(
        *(tunis, supplier),
        total="1202.900",
        stamp="1.000",
        lines=one("6071", "1000.000", "TVA19F"),
    )

    assert made.state == "applied", made
    stamp = house.value(
        "select a.code from accounting.account_roles r join accounting.accounts a"
        " on a.id = r.account_id where r.role = 'stamp_charge'"
    )
    assert tunis.lines(made.result["entry_id"]) == [
        ("6071", Decimal("1010.000"), 0),
        ("43666", Decimal("191.900"), 0),
        (stamp, 1, 0),
        ("4011", 0, Decimal("1202.900")),
    ]
    invariants(house)


def test_the_paper_counts_where_the_supplier_rounds_otherwise(
    books: Books, supplier: str, house: House
) -> None:
    # 33.33 at 19 % is 6.3327; the paper says 6.34.
    made = enter(books, supplier, total="39.67", lines=one("380", "33.33", "TVA19"))

    assert books.lines(made.result["entry_id"])[1] == ("44566", Decimal("6.34"), 0)
    invariants(house)


REFUSED = {
    "accounting.purchase_total": {"total": "1428.50"},
    "accounting.purchase_tax_unknown": {"lines": one("380", "1200.00", "TVA17")},
    "accounting.account_unknown": {"lines": one("99999", "1200.00", "TVA19")},
    "accounting.account_is_group": {"lines": one("61", "1200.00", "TVA19")},
    "accounting.purchase_line": {"lines": one("380", "0", "TVA19")},
    "accounting.period_closed": {"booked_on": f"{YEAR + 5}-03-10"},
    "core.other_branch": {"branch_id": str(uuid7())},
}


@pytest.mark.parametrize(("code", "more"), REFUSED.items())
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    books: Books, supplier: str, house: House, code: str, more: dict[str, Any]
) -> None:
    assert code_of(enter(books, supplier, **more)) == code
    assert house.value("select count(*) from accounting.purchases") == 0
    assert house.value("select count(*) from accounting.entries") == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "order"),
        ("number", "  "),
        ("booked_on", f"{YEAR}-03-04"),
        ("due_on", f"{YEAR}-03-04"),
        ("total", "0"),
        ("stamp", "-1"),
        ("lines", []),
    ],
)
def test_a_field_that_cannot_be_is_named(
    books: Books, supplier: str, field: str, value: Any
) -> None:
    refused = enter(books, supplier, **{field: value})

    assert code_of(refused) == "accounting.purchase_incomplete"
    assert details_of(refused)["field"] == field


def test_a_purchase_is_booked_once(books: Books, supplier: str, house: House) -> None:
    first = enter(books, supplier)
    again = enter(books, supplier, number="f-2026/17 ")
    assert details_of(again)["constraint"] == "purchases_are_booked_once"

    # The answer was lost on the way: the same purchase is sent again.
    resent = purchase(supplier, id=first.result["id"])
    assert books.send(POST_PURCHASE, resent).result == first.result
    assert house.value("select count(*) from accounting.entries") == 1


def test_a_purchase_is_taken_back_whole_and_may_come_anew(
    books: Books, supplier: str, house: House, ask: Ask
) -> None:
    made = enter(books, supplier)
    assert code_of(books.reverse(made.result["entry_id"])) == "accounting.journal_reserved"

    undone = books.send(UNDO_PURCHASE, {"id": made.result["id"]})

    assert undone.state == "applied", undone
    assert house.value("select sum(debit - credit) from accounting.entry_lines") == 0
    (row,) = ask(list_purchases, PurchaseFilter())
    assert (row.is_undone, row.open) == (True, 0)
    twice = books.send(UNDO_PURCHASE, {"id": made.result["id"]})
    assert code_of(twice) == "accounting.purchase_undone"
    assert enter(books, supplier).state == "applied"
    invariants(house)


def test_a_purchase_that_is_settled_stays(books: Books, supplier: str) -> None:
    made = enter(books, supplier)
    enter(
        *(books, supplier),
        kind="credit_note",
        number="A-1",
        total="119.00",
        lines=one("380", "100.00", "TVA19"),
    )
    matched = books.send("accounting.match_all_v1", {"ways": ["oldest"], "account": "401"})
    assert matched.state == "applied", matched

    refused = books.send(UNDO_PURCHASE, {"id": made.result["id"]})
    assert code_of(refused) == "accounting.purchase_settled"


def test_the_next_purchase_of_a_supplier_begins_like_the_last(
    books: Books, supplier: str, ask: Ask
) -> None:
    enter(books, supplier)

    last = ask(last_lines, UUID(supplier))

    assert [line["account"] for line in last.lines] == ["380", "6132"]
    assert last.accounts["6132"]["name"]


def test_a_sheet_knows_the_taxes_of_the_day(books: Books, supplier: str, ask: Ask) -> None:
    made = enter(books, supplier)

    sheet = ask(get_purchase, UUID(made.result["id"]), day=MARCH)

    assert sheet.row.number == "F-2026/17"
    assert set(sheet.choices.plans) >= {"TVA19", "TVA9", "EXO"}
    assert "TVA17" not in sheet.choices.plans
    assert sheet.accounts["380"]["name"]


FORGERIES = {
    "update accounting.purchases set total = total + 1, net = net + 1": "core.append_only",
    "delete from accounting.purchases": "core.append_only",
    "truncate accounting.purchases": "core.append_only",
}


@pytest.mark.parametrize(("statement", "code"), FORGERIES.items())
def test_nobody_changes_a_purchase_from_psql(
    books: Books, supplier: str, house: House, statement: str, code: str
) -> None:
    enter(books, supplier)
    with house.connect() as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute(statement)
    assert code in (str(refused.value) + str(refused.value.diag.constraint_name))


def test_the_entry_of_a_purchase_is_not_reversed_behind_its_back(
    books: Books, supplier: str, house: House
) -> None:
    made = enter(books, supplier)
    copied = (
        "insert into accounting.entries (id, journal, branch_id, period_id, number, dated_on,"
        " label, document, posted_by, reverses_id) select gen_random_uuid(), journal, branch_id,"
        " period_id, number || 'X', dated_on, label, document, posted_by, id"
        f" from accounting.entries where id = '{made.result['entry_id']}'"
    )
    house.run("grant accounting_owner to salim")
    with house.connect("salim") as connection:
        connection.execute("set role accounting_owner")
        with pytest.raises(psycopg.Error, match="entry_of_register"):
            connection.execute(copied)
    house.run("revoke accounting_owner from salim")


def test_another_branch_sees_no_purchase(books: Books, supplier: str, house: House) -> None:
    enter(books, supplier, branch_id=str(ORAN.id))
    with house.connect("amina") as connection:
        seen = attempt(connection, "accounting_app", "select 1/count(*) from accounting.purchases")
    assert seen in {"22012", "42501"}  # none, or no right to look


amounts = st.decimals("0.01", "99999.99", places=2)
typed_lines = st.lists(
    st.tuples(
        amounts,
        st.sampled_from(["TVA19", "TVA9", "EXO"]),
        st.sampled_from(["goods", "assets", "none"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(given_lines=typed_lines)
def test_screen_and_ledger_reckon_alike(
    shared_house: House, given_lines: list[tuple[Decimal, str, str]]
) -> None:
    plans, vat = _law(shared_house)
    lines = [PurchaseLine("380", net, code, use) for net, code, use in given_lines]
    figures = purchase_figures(lines, plans, vat, "DZD")
    told = [{**line.as_json(), "taxes": plans[line.tax_code].as_json()} for line in lines]
    with shared_house.connect() as connection:
        deductible, cost = connection.execute(
            "select coalesce(sum(value) filter (where is_deductible), 0),"
            " coalesce(sum(value) filter (where not is_deductible), 0)"
            " from accounting.purchase_taxes(%s)",
            [Jsonb(told)],
        ).fetchone()
    assert (figures.deductible, figures.cost_tax) == (deductible, cost)


def _law(house: House) -> tuple[dict[str, Any], frozenset[str]]:
    with house.connect() as connection:
        rows = connection.execute(
            "select tax_code, kind, taxes from accounting.rates_at_v1(%s)", [MARCH]
        ).fetchall()
    plans = {code: TaxPlan.of(code, taxes) for code, _kind, taxes in rows}
    return plans, frozenset(code for code, kind, _taxes in rows if kind == "vat")
