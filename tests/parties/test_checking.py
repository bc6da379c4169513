"""A file of partners: what is understood of it, and everything that is wrong with it."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from erp_desktop.core.i18n import speaking
from erp_desktop.imports.checking import Plan, check_table
from erp_desktop.imports.fields import propose_columns
from erp_desktop.imports.reading import read_table
from erp_desktop.imports.rows import ImportOptions
from modules.parties.imports.parties import PartyKind
from modules.parties.services import PartyDraft
from tests.parties.people import SHEET

DATA = Path(__file__).parent / "data"
KIND = PartyKind(SHEET, may_set_credit=True)
NIF = "000216001808337"


def check(
    path: Path,
    *,
    codes: frozenset[str] = frozenset(),
    numbers: Mapping[str, str] | None = None,
    **options: Any,
) -> Plan[PartyDraft]:
    """Check a file whose columns are known by their headings."""
    table = read_table(path)
    given = {"columns": propose_columns(table, KIND.fields), "defaults": KIND.usual(), **options}
    return check_table(
        table, ImportOptions(**given), KIND, lambda _codes, _numbers: (codes, numbers or {})
    )


def check_text(folder: Path, text: str, **options: Any) -> Plan[PartyDraft]:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return check(path, **options)


def found(plan: Plan[Any]) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.about, problem.code) for problem in plan.problems]


FRENCH = (
    "Code client;Raison sociale;Nom en arabe;Type de tiers;Personne morale;Tél;E-mail;NIF;RC;"
    "Adresse;Commune;Code postal;Wilaya;Délai de paiement;Grille tarifaire;Plafond;Langue;Secteur\n"
    f"C-1;SARL Atlas;أطلس;client et fournisseur;oui;0550 12 34 56;a@b.dz;{NIF};16/00-0123456B22;"
    "12, rue Didouche;Alger;16000;16 - Alger;30 jours;GROS;150 000,00;bilingue;gros\n"
)
ARABIC = (
    "رمز الزبون,الاسم,الهاتف,التعريف الجبائي,العنوان,الولاية,الصفة\n"
    "C-2,محل النور,٠٥٥٠,,شارع 5,ولاية وهران,مورد\n"
)


def test_a_french_file_is_understood_by_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(FRENCH, encoding="utf-8")
    columns = propose_columns(read_table(path), KIND.fields)

    plan = check(path, columns=(*columns[:-1], "extra"))

    (party,) = plan.drafts
    assert found(plan) == []
    assert (party.code, party.name, party.name_ar) == ("C-1", "SARL Atlas", "أطلس")
    assert (party.is_customer, party.is_supplier, party.is_company) == (True, True, True)
    assert (party.phone, party.email) == ("0550 12 34 56", "a@b.dz")
    assert party.identifiers == {"NIF": NIF, "RC": "16/00-0123456B22"}
    assert (party.terms, party.price_list, party.document_language) == ("D30", "GROS", "ar+fr")
    assert (party.credit_limit, party.metadata) == (Decimal(150000), {"Secteur": "gros"})
    (where,) = party.addresses
    assert (where["street"], where["city"], where["region"]) == ("12, rue Didouche", "Alger", "16")
    assert (where["kind"], where["country"], where["postal_code"]) == ("main", "DZ", "16000")


def test_an_arabic_file_is_understood_by_its_headings(tmp_path: Path) -> None:
    plan = check_text(tmp_path, ARABIC)

    (party,) = plan.drafts
    assert found(plan) == []
    assert (party.code, party.name, party.is_supplier) == ("C-2", "محل النور", True)
    assert not party.is_customer
    assert party.addresses[0]["region"] == "31"


WRONG = (
    "code;nom;nature tiers;NIF;email;wilaya;pays;plafond;délai;langue\n"
    "A;;;;;;;;;\n"
    "B;Deux;ami;;;;;;;\n"
    "C;Trois;;123;;;;;;\n"
    "D;Quatre;;;a.b;;;;;\n"
    "E;Cinq;;;;Atlantide;;;;\n"
    "F;Six;;;;;Atlantide;;;\n"
    "G;Sept;;;;;;-5;;\n"
    "H;Huit;;;;;;;jamais;\n"
    "I;Neuf;;;;;;;;latin\n"
    f"J;Dix;;{NIF};;;;;;\n"
    "K;Onze;;000 216 001 808 337;;;;;;\n"
    "A;Douze;;;;;;;;\n"
)


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    plan = check_text(tmp_path, WRONG)

    assert found(plan) == [
        (2, "name", "name_missing"),
        (3, "kind", "choice_unknown"),
        (4, "identifier.NIF", "number_impossible"),
        (5, "email", "email_unusual"),
        (6, "region", "region_unknown"),
        (7, "country", "country_unknown"),
        (8, "credit_limit", "amount_negative"),
        (9, "terms", "choice_unknown"),
        (10, "language", "choice_unknown"),
        (12, "identifier.NIF", "number_repeated"),
        (13, "code", "code_repeated"),
    ]
    assert [party.code for party in plan.drafts] == ["D", "E", "J"]
    for language in ("ar", "fr", "en"):
        with speaking(language):
            assert all("{" not in problem.sentence() for problem in plan.problems)


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("16", "16"),
        ("Alger", "16"),
        ("wilaya d'Alger", "16"),
        ("16 - ALGER", "16"),
        ("الجزائر", "16"),
        ("ولاية وهران", "31"),
        ("oran", "31"),
    ],
)
def test_a_region_is_known_by_number_and_name(tmp_path: Path, written: str, region: str) -> None:
    (party,) = check_text(tmp_path, f"nom;wilaya\nUn;{written}\n").drafts

    assert party.addresses[0]["region"] == region


@pytest.mark.parametrize("written", ["FR", "France", "فرنسا"])
def test_a_partner_abroad_follows_no_law_of_ours(tmp_path: Path, written: str) -> None:
    text = f"nom;pays;NIF;wilaya;ville\nUn;{written};732829320;Alger;Marseille\n"

    (party,) = check_text(tmp_path, text).drafts

    assert (party.country, party.identifiers) == ("FR", {"NIF": "732829320"})
    assert (party.addresses[0]["country"], party.addresses[0]["region"]) == ("FR", "")


def test_a_spreadsheet_gives_back_the_zeros_that_it_took(tmp_path: Path) -> None:
    book = Workbook()
    rows = (["code", "nom", "tél", "NIF"], [1001, "Un", 550123456, 216001808337])
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "clients.xlsx")

    plan = check(tmp_path / "clients.xlsx")

    (party,) = plan.drafts
    assert (party.code, party.phone, party.identifiers) == ("1001", "0550123456", {"NIF": NIF})
    assert [code for _row, _about, code in found(plan)] == ["zeros_restored"] * 2


def test_who_has_no_code_is_known_by_the_tax_number(tmp_path: Path) -> None:
    text = f"nom;NIF\nAtlas;{NIF}\nSans rien;\n"

    refusing = check_text(tmp_path, text, numbers={NIF: "C-7"})
    changing = check_text(tmp_path, text, numbers={NIF: "C-7"}, existing="change")

    assert found(refusing) == [(2, "identifier.NIF", "number_taken")]
    assert [party.code for party in changing.drafts] == ["C-7", ""]


def test_who_may_not_set_credit_limits_is_not_offered_them() -> None:
    fields = {field.id for field in PartyKind(SHEET, may_set_credit=False).fields}

    assert "credit_limit" not in fields


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_what_a_field_is_called_is_a_heading_that_is_known(language: str, tmp_path: Path) -> None:
    with speaking(language):
        named = {field.named(): field.id for field in KIND.fields if field.headings}
    path = tmp_path / "file.csv"
    path.write_text(";".join(named) + "\n" + ";".join("x" for _ in named) + "\n", "utf-8")

    assert propose_columns(read_table(path), KIND.fields) == tuple(named.values())


def test_real_manufacturers_are_taken_whole() -> None:
    plan = check(DATA / "manufacturers.csv", defaults={"kind": "supplier", "is_company": "yes"})

    assert plan.rows_read == len(plan.drafts) == 40
    assert {code for _row, _about, code in found(plan)} <= {"region_unknown"}
    assert all(party.is_supplier and party.is_company for party in plan.drafts)
