"""What an attestation must say, what stays once it is used, and what psql cannot do to it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from erp_desktop.core.errors import UserError
from erp_desktop.server.packs import read_pack
from modules.accounting.attestations import save_attestation
from modules.accounting.selectors import get_return
from modules.sales.credit_note import credit_note_of
from modules.sales.paper import invoice_paper
from modules.sales.selectors import new_invoice
from tests.attacks.intruder import attempt
from tests.houses import YEAR, House, MakeProduct
from tests.sales.office import MARCH, Office, codes, line
from tests.sales.suspended import NUMBER, Exempt, attestation, exempted

pytestmark = pytest.mark.database


@pytest.fixture
def exempt(office: Office) -> Exempt:
    """A customer whose attestation suspends TVA19 and TVA9, up to 10,000.00."""
    return exempted(office)


def test_once_used_its_words_stay_and_its_ceiling_does_not_fall_below(
    exempt: Exempt, product: MakeProduct
) -> None:
    exempt.post(exempt.draft(line(product("COF-1", stock=50), "10")))
    given = attestation(exempt.customer, id=exempt.attestation)

    def saved(**more: Any) -> str:
        version = exempt.office.house.value("select version from accounting.attestations")
        try:
            exempt.office.ask(save_attestation, replace(given, **more), version=version)
        except UserError as refusal:
            return refusal.code
        return "saved"

    assert saved(number="ATT-9") == "accounting.attestation_in_use"
    assert saved(taxes=("TVA19",)) == "accounting.attestation_in_use"
    assert saved(ceiling=Decimal("999.99")) == "accounting.attestation_used_more"
    assert saved(ceiling=Decimal(1000), valid_to=date(YEAR, 6, 30)) == "saved"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": " "}, "number"),
        ({"authority": ""}, "authority"),
        ({"valid_to": date(YEAR - 1, 1, 1)}, "valid_to"),
        ({"taxes": ()}, "taxes"),
        ({"taxes": ("SUSP",)}, "taxes"),
        ({"taxes": ("NONE",)}, "taxes"),
        ({"ceiling": Decimal("0.001")}, "ceiling"),
        ({"party_id": None}, "party"),
        ({"issued_on": None}, "issued_on"),
    ],
)
def test_an_attestation_says_all_that_the_paper_needs(
    office: Office, change: dict[str, Any], field: str
) -> None:
    given = attestation(office.customer(), **change)

    with pytest.raises(UserError) as refusal:
        office.ask(save_attestation, given)

    assert refusal.value.code == "accounting.attestation_incomplete"
    assert refusal.value.details["field"] == field


def test_psql_changes_nothing(exempt: Exempt, house: House, product: MakeProduct) -> None:
    exempt.post(exempt.draft(line(product("COF-1", stock=50), "10")))
    one = f"where id = '{exempt.attestation}'"
    with house.connect("nadia") as connection:
        for role in ("none", "accounting_app", "sales_app", "core_app"):
            for statement in (
                f"update accounting.attestations set ceiling = null {one}",
                f"update accounting.attestations set used = 0 {one}",
                f"delete from accounting.attestations {one}",
                "delete from accounting.attestation_uses",
                "select accounting.use_attestation_v1('{}')",
            ):
                assert attempt(connection, role, statement) == "42501", (role, statement)
    with house.connect() as connection:
        # Not even the owner forgets what was used.
        for statement in (
            f"delete from accounting.attestations {one}",
            "update accounting.attestation_uses set amount = 1",
            "truncate accounting.attestations cascade",
            f"update accounting.attestations set used = 20000 {one}",
            f"update accounting.attestations set used = 0 {one}; set constraints all immediate",
        ):
            assert attempt(connection, "none", statement) != "done", statement


def test_a_product_has_no_suspended_tax_of_its_own(house: House, product: MakeProduct) -> None:
    product("COF-1", stock=1)
    with house.connect() as connection:
        assert (
            attempt(connection, "none", "update catalog.products set tax_code = 'SUSP'") != "done"
        )


def test_a_sentence_without_a_place_for_it_names_the_attestation_behind_its_end(
    exempt: Exempt, house: House, product: MakeProduct
) -> None:
    """As the rules of a company say it that was founded before there were attestations."""
    house.run(
        'update accounting.law_values set value = value || \'{"fr": "Vente en franchise."}\''
        " where kind = 'mention' and code = 'suspended'"
    )
    draft = exempt.draft(line(product("COF-1", stock=5)))
    exempt.post(draft)

    paper = invoice_paper(exempt.office.sheet(draft.id), "fr")

    said = f"Vente en franchise. Attestation n° {NUMBER} du 05/01/{YEAR}, DGE Alger."
    assert said in [each.text for each in paper.mentions]


def test_a_credit_note_names_it_too(exempt: Exempt, product: MakeProduct) -> None:
    draft = exempt.draft(line(product("COF-1", stock=5)))
    exempt.post(draft)
    sheet = exempt.office.ask(new_invoice, original_id=draft.id, day=MARCH)
    note = credit_note_of(sheet, MARCH)
    assert codes(exempt.office.post(note)) == []

    paper = invoice_paper(exempt.office.sheet(note.id), "fr")

    assert any(NUMBER in each.text for each in paper.mentions)


def test_moroccan_turnover_in_suspension_is_declared_as_it_is_paid(
    office: Office, house: House, product: MakeProduct
) -> None:
    """1,000.00 in suspension (art. 94), of which 400.00 is paid in March."""
    house.run("update core.company set currency = 'MAD', country = 'MA'")
    house.run("delete from accounting.law_values; delete from accounting.account_roles")
    with house.connect() as connection:
        connection.execute("select accounting.load_pack(%s)", [Jsonb(read_pack("MA"))])
    exempt = exempted(office, taxes=("TVA20",))
    coffee = line(product("COF-1", stock=50), "10", tax_code="TVA20")
    draft = exempt.draft(coffee, currency="MAD")
    assert codes(exempt.post(draft)) == []
    days = {"first_day": date(YEAR, 3, 1), "last_day": date(YEAR, 3, 31)}

    def box(code: str) -> Decimal:
        rows = office.ask(get_return, as_user="salim", **days).rows
        return Decimal(next(row for row in rows if row.code == code).base)

    assert [box("50"), exempt.used()] == [Decimal(0), Decimal(1000)]
    office.pay(exempt.customer, "400.00", (draft.id, "400.00"), currency="MAD")
    assert [box("50"), box("10"), box("60")] == [Decimal(400), Decimal(400), Decimal(0)]
