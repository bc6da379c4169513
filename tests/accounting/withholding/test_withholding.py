"""Withholding tax: figures by hand for Tunisia and Morocco, entries, numbers; psql tries too."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import Answer, uuid7
from modules.accounting.selectors.withholding import (
    WithholdingFilter,
    get_withholding_choices,
    list_withholdings,
    sum_withholdings,
)
from modules.accounting.withholding import UNDO_WITHHOLDING, WITHHOLD, withheld_of
from tests.accounting.books import Books, books_of, code_of, details_of, invariants
from tests.attacks.intruder import attempt, look
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House

pytestmark = pytest.mark.database

FIRST = f"RS-ALG-{YEAR}-000001"


@pytest.fixture
def asker() -> str:
    """The accountant reads."""
    return "salim"


@pytest.fixture
def party(house: House) -> str:
    made = str(uuid7())
    house.run(f"insert into accounting.party_names values ('{made}', 'Ben Ali', 'بن علي')")
    return made


def certificate(party: str, **more: Any) -> dict[str, Any]:
    """Return 1,000.000 and VAT of 19 %: 1,190.000; the stamp of 1.000 stays out; 1 % is 11.900."""
    return {
        "id": str(uuid7()),
        "branch_id": str(ALGIERS.id),
        "side": "issued",
        "party_id": party,
        "party_tax_id": "1357924/Y/A/M/000",
        "document": "F-77",
        "document_on": f"{YEAR}-03-02",
        "dated_on": f"{YEAR}-03-10",
        "kind": "purchases",
        "total": "1190.000",
        "vat": "190.000",
        "amount": "11.900",
        **more,
    }


def make(books: Books, party: str, **more: Any) -> Answer:
    return books.send(WITHHOLD, certificate(party, **more))


def moroccan(books: Books, party: str, **more: Any) -> Answer:
    """10,000.00 and VAT of 20 %: all of it, 2,000.00, without an attestation."""
    said = {"kind": "vat_services", "total": "12000.00", "vat": "2000.00", "amount": "2000.00"}
    return make(books, party, **{**said, **more})


def test_one_percent_of_the_total_without_stamp_is_owed_to_the_state_of_tunisia(
    tunis: Books, house: House, party: str, ask: Ask
) -> None:
    made = make(tunis, party)

    assert made.state == "applied", made
    assert made.result["number"] == FIRST
    assert tunis.lines(made.result["entry_id"]) == [
        ("4011", Decimal("11.900"), 0),
        ("432", 0, Decimal("11.900")),
    ]
    owed = "select balance from accounting.party_balances where role = 'payable'"
    assert house.value(owed) == Decimal("11.900")
    (row,) = ask(list_withholdings, WithholdingFilter("ben ali"))
    assert (row.number, row.base, row.rate, row.amount) == (
        *(FIRST, 1190, Decimal("0.01"), Decimal("11.9")),
    )
    assert row.kind_named("fr") == "Achats, cas général"
    invariants(house)


def test_what_a_customer_withholds_is_a_credit_at_the_state(
    tunis: Books, house: House, party: str
) -> None:
    # 25 % of a VAT of 190.000, withheld by a public customer: 47.500.
    paper = {"side": "received", "number": "2026/114", "kind": "vat_public", "amount": "47.500"}
    made = make(tunis, party, **paper)

    assert tunis.lines(made.result["entry_id"]) == [
        ("4111", 0, Decimal("47.500")),
        ("4341", Decimal("47.500"), 0),
    ]
    assert made.result["number"] == "2026/114"
    twice = details_of(make(tunis, party, **paper))
    assert twice["constraint"] == "withholdings_received_once"
    invariants(house)


def test_another_amount_than_the_laws_is_refused_and_the_right_one_said(
    tunis: Books, party: str
) -> None:
    refused = make(tunis, party, amount="11.910")
    assert code_of(refused) == "accounting.withholding_amount"
    assert Decimal(details_of(refused)["amount"]) == Decimal("11.900")
    assert code_of(make(tunis, party, amount=None)) == "accounting.withholding_amount"
    # From 1,000.000 on: 999.999 is free.
    free = {"total": "999.999", "vat": "0", "amount": "10.000"}
    assert code_of(make(tunis, party, **free)) == "accounting.withholding_nothing"
    assert make(tunis, party, **{**free, "total": "1000.000"}).state == "applied"


@pytest.mark.parametrize(
    ("field", "value"),
    [("party_id", str(UUID(int=7))), ("document", " "), ("document_on", f"{YEAR}-03-11"),
     ("total", "0"), ("vat", "1190.000"), ("vat", "-1"), ("side", "theirs"),
     ("attested_until", f"{YEAR}-12-31"), ("dated_on", None)],
)  # fmt: skip
def test_what_is_missing_or_impossible_is_refused(
    tunis: Books, party: str, field: str, value: Any
) -> None:
    assert code_of(make(tunis, party, **{field: value})) == "accounting.withholding_incomplete"


def test_a_valid_attestation_of_a_company_frees_it_in_morocco(
    rabat: Books, house: House, party: str
) -> None:
    attested = {"attestation": "A-9", "attested_until": f"{YEAR}-03-10"}
    assert code_of(moroccan(rabat, party, **attested)) == "accounting.withholding_nothing"
    expired = {"attestation": "A-9", "attested_until": f"{YEAR}-03-09"}
    assert code_of(moroccan(rabat, party, **expired)) == "accounting.attestation_expired"
    made = moroccan(rabat, party)
    assert rabat.lines(made.result["entry_id"]) == [("4411", 2000, 0), ("4457", 0, 2000)]
    # 75 % of 2,000.00 of a person with an attestation; up to 5,000.00 with tax nothing.
    person = {"kind": "vat_services_person", **attested, "amount": "1500.00"}
    assert moroccan(rabat, party, **person).state == "applied"
    small = {"total": "5000.00", "vat": "833.33", "amount": "833.33"}
    assert code_of(moroccan(rabat, party, **small)) == "accounting.withholding_nothing"
    # 5 % of 10,000.00 without tax.
    assert moroccan(rabat, party, kind="fees_company", amount="500.00").state == "applied"
    # It stands on 4457, as the stamp duty does, and is no duty.
    duty = "select accounting.tax_figures('{0}-03-01', '{0}-03-31') ->> 'stamp'"
    assert house.value(duty.format(YEAR)) == "0"
    # Before the law of July 2024 nothing was withheld of VAT.
    early = {"document_on": "2024-06-01", "dated_on": "2024-06-30"}
    assert code_of(moroccan(rabat, party, **early)) == "accounting.withholding_kind_unknown"
    invariants(house)


def test_it_is_undone_by_its_own_command_and_its_number_stays_used(
    tunis: Books, house: House, party: str, ask: Ask
) -> None:
    made = make(tunis, party)
    assert code_of(tunis.reverse(made.result["entry_id"])) == "accounting.entry_of_register"

    undone = tunis.send(UNDO_WITHHOLDING, {"id": made.result["id"]})
    assert undone.state == "applied", undone
    again = tunis.send(UNDO_WITHHOLDING, {"id": made.result["id"]})
    assert code_of(again) == "accounting.withholding_undone"
    assert make(tunis, party).result["number"] == f"RS-ALG-{YEAR}-000002"
    rows = ask(list_withholdings, WithholdingFilter(side="issued"))
    assert [row.is_undone for row in rows] == [False, True]
    assert ask(sum_withholdings, WithholdingFilter()).issued == Decimal("11.900")
    assert house.value("select balance from accounting.party_balances") == Decimal("11.900")
    invariants(house)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    total=st.decimals("0.01", "99999.99", places=2),
    part=st.decimals("0", "0.30", places=2),
    base=st.sampled_from(["total", "net", "vat"]),
    is_attested=st.booleans(),
)
def test_both_twins_reckon_alike(
    shared_house: House, total: Decimal, part: Decimal, base: str, *, is_attested: bool
) -> None:
    vat = (total * part).quantize(Decimal("0.01"))
    law = {"base": base, "rate": "0.015", "free_up_to": "5000", "attested": "0.0075"}
    here = withheld_of(law, total, vat, "DZD", is_attested=is_attested)
    with shared_house.connect() as connection:
        query = "select base, rate, amount from accounting.withheld_of(%s, %s, %s, %s)"
        there = connection.execute(query, [Jsonb(law), total, vat, is_attested]).fetchone()
    assert there == (here.base, here.rate, here.amount)


def test_nobody_forges_a_certificate_with_psql(tunis: Books, house: House, party: str) -> None:
    made = make(tunis, party).result
    forgeries = {
        "update accounting.withholdings set amount = 1": "core.append_only",
        "delete from accounting.withholdings": "core.append_only",
        "truncate accounting.withholdings": "core.append_only",
        "update accounting.withholdings set undone_at = now()": "undone_by_somebody",
    }
    house.run("grant accounting_owner to salim")
    try:
        with house.connect("salim") as connection:
            for statement, why in forgeries.items():
                connection.execute("set role accounting_owner")
                with pytest.raises(psycopg.Error, match=why), connection.transaction():
                    connection.execute(statement)
    finally:
        house.run("revoke accounting_owner from salim")
    with house.connect("salim") as connection:
        for deed in ("insert into accounting.withholdings select * from accounting.withholdings",
                     *forgeries):  # fmt: skip
            assert attempt(connection, "accounting_app", deed) == "42501", deed
    with books_of(house, "nadia") as other:
        assert code_of(make(other, party)) == "core.not_permitted"
        undo = other.send(UNDO_WITHHOLDING, {"id": made["id"]})
        assert code_of(undo) == "core.not_permitted"


def test_another_branch_is_neither_seen_nor_touched(tunis: Books, house: House, party: str) -> None:
    far = make(tunis, party, branch_id=str(ORAN.id)).result
    near = make(tunis, party).result
    assert (far["number"], near["number"]) == (f"RS-ORN-{YEAR}-000001", FIRST)
    house.run("update core.users set sees_all_branches = false where login = 'salim'")

    with house.connect("salim") as connection:
        seen = look(connection, "accounting_app", "select number from accounting.withholding_list")
    assert seen == [f"('{FIRST}',)"]
    assert code_of(tunis.send(UNDO_WITHHOLDING, {"id": far["id"]})) == "core.not_found"
    refused = make(tunis, party, branch_id=str(ORAN.id))
    assert code_of(refused) == "core.other_branch"


def test_the_form_offers_the_kinds_of_the_day(rabat: Books, ask: Ask) -> None:
    del rabat
    found = ask(get_withholding_choices)
    assert found.currency == "MAD"
    held = {kind.code for kind in found.kinds if kind.holds_on(date(YEAR, 3, 1))}
    assert {"vat_goods", "vat_services", "fees_person"} <= held
    old = {kind.code for kind in found.kinds if kind.holds_on(date(2024, 6, 30))}
    assert "vat_goods" not in old


@pytest.mark.parametrize(
    ("part", "value"),
    [("name", ""), ("base", "gross"), ("rate", "1.01"), ("rate", 0.1), ("free_up_to", None),
     ("attested", "75")],
)  # fmt: skip
def test_a_rule_that_cannot_be_reckoned_with_is_refused(
    house: House, part: str, value: Any
) -> None:
    law = {"name": "Loyers", "base": "net", "rate": "0.1", "free_up_to": "0", "attested": "0.05"}
    add = (
        "insert into accounting.law_values (id, kind, code, valid_from, value, legal_ref)"
        " values (gen_random_uuid(), 'withholding', 'own', '2020-01-01', %s, 'x')"
    )
    with house.connect() as connection:
        with pytest.raises(psycopg.Error, match="law_unreadable"), connection.transaction():
            connection.execute(add, [Jsonb({**law, part: value})])
        with connection.transaction(force_rollback=True):
            connection.execute(add, [Jsonb(law)])
