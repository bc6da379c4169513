"""What an attestation must say, what stays once it is used, and what psql cannot do to it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.errors import UserError
from modules.accounting.attestations import save_attestation
from tests.attacks.intruder import attempt
from tests.houses import YEAR, House, MakeProduct
from tests.sales.office import Office, line
from tests.sales.suspended import Exempt, attestation, exempted

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
