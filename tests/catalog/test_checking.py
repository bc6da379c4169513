"""A whole file checked at once: what would be written, and everything that is wrong."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from erp_desktop.core.i18n import speaking
from erp_desktop.imports.checking import Plan, check_table
from erp_desktop.imports.fields import propose_columns, repeats_codes
from erp_desktop.imports.reading import read_table
from erp_desktop.imports.rows import ImportOptions
from modules.catalog.imports.products import ProductKind
from modules.catalog.services import ImportDraft
from tests.catalog.goods import SHEET

DATA = Path(__file__).parent / "data"
KIND = ProductKind(SHEET)
USUAL = {"unit": "PCE", "tax": "TVA19", "price": "100"}


def check(
    path: Path,
    *,
    codes: frozenset[str] = frozenset(),
    barcodes: Mapping[str, str] | None = None,
    **options: Any,
) -> Plan[ImportDraft]:
    """Check a file whose columns are known by their headings."""
    table = read_table(path)
    given: dict[str, Any] = {"columns": propose_columns(table, KIND.fields), "defaults": USUAL}
    decided = ImportOptions(**{**given, **options})
    return check_table(table, decided, KIND, lambda _codes, _barcodes: (codes, barcodes or {}))


def check_text(folder: Path, text: str, **options: Any) -> Plan[ImportDraft]:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return check(path, **options)


def found(plan: Plan[Any]) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.about, problem.code) for problem in plan.problems]


def test_real_products_are_taken_with_one_doubt() -> None:
    plan = check(DATA / "maghreb.csv")

    assert (plan.rows_read, len(plan.drafts), plan.mistakes) == (28, 28, 0)
    assert found(plan) == [(2, "barcode", "barcode_check_digit")]
    assert plan.problems[0].sentence().startswith("The last digit should be 0.")
    names = {product.name for product in plan.drafts}
    assert 'Moutarde "Star"' in names
    assert all(product.code == product.barcodes[0] for product in plan.drafts)


def test_lines_of_invoices_become_one_product_per_code() -> None:
    plan = check(
        DATA / "invoice-lines.csv",
        repeated="merge",
        name_from_code=True,
        defaults={**USUAL, "price": ""},
    )

    by_code = {product.code: product for product in plan.drafts}
    assert (plan.rows_read, len(by_code), plan.problems) == (38, 8, ())
    assert by_code["21811"].name == "CHRISTMAS HANGING HEART WITH BELL"
    assert by_code["M"].price == Decimal("1130.90")
    assert by_code["72814"].name == "72814"


WRONG = (
    "code;code barre;nom;unité;tva;prix\n"
    f"{'A' * 41};;Long;;;10\n"
    ";;Sans code;;;10\n"
    "B;;;;;10\n"
    "C;6,11E+12;Abîmé;;;10\n"
    "D;;Prix;;;dix\n"
    "E;;Négatif;;;-3\n"
    "F;;Ambigu;;;1,234\n"
    "G;;Unité;GALLON;;10\n"
    "H;;Taxe;;33 %;10\n"
    "I;;Un;;;10\n"
    "I;;Deux;;;10\n"
    "J;6130000000015;Un;;;10\n"
    "K;6130000000015;Deux;;;10\n"
    "L;;Trop;;;10;plus\n"
    f"M;;{'n' * 201};;;10\n"
    "N;é;Lu;;;10\n"
)
FOUND = [
    (2, "code", "code_too_long"),
    (3, "code", "code_missing"),
    (4, "name", "name_missing"),
    (5, "barcode", "code_shortened"),
    (6, "price", "amount_unreadable"),
    (7, "price", "amount_negative"),
    (8, "price", "amount_ambiguous"),
    (9, "unit", "unit_unknown"),
    (10, "tax", "tax_unknown"),
    (12, "code", "code_repeated"),
    (14, "barcode", "barcode_repeated"),
    (15, "", "too_many_cells"),
    (16, "name", "text_too_long"),
    (17, "barcode", "barcode_unreadable"),
]


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    plan = check_text(tmp_path, WRONG)

    assert found(plan) == FOUND
    assert [product.code for product in plan.drafts] == ["I", "J"]
    assert plan.left_out == {row for row, *_rest in found(plan)}
    assert all(problem.sentence() for problem in plan.problems)
    assert "PCE, KG" in plan.problems[7].sentence()


def test_what_is_missing_has_no_default_unless_the_user_gave_one(tmp_path: Path) -> None:
    plan = check_text(tmp_path, "code,nom\nA,Un\n", defaults={})

    assert [code for _row, _about, code in found(plan)] == [
        "unit_missing",
        "tax_missing",
        "price_missing",
    ]


@pytest.mark.parametrize(
    ("unit", "tax"),
    [
        ("KG", "TVA9"),
        ("kilogramme", "9 %"),
        ("كيلوغرام", "0,09"),
        ("kg", "tva 9 %"),
        ("Kg", "9,00"),
    ],
)
def test_units_and_taxes_are_known_by_code_name_and_rate(
    tmp_path: Path, unit: str, tax: str
) -> None:
    plan = check_text(tmp_path, f"code;nom;unité;tva\nA;Un;{unit};{tax}\n")

    (product,) = plan.drafts
    assert (product.unit, product.tax_code) == ("KG", "TVA9")


def test_more_decimals_than_the_currency_has_are_rounded_and_said(tmp_path: Path) -> None:
    plan = check_text(tmp_path, "code;nom;prix\nA;Un;0,125\n")

    assert plan.drafts[0].price == Decimal("0.13")
    assert found(plan) == [(2, "price", "amount_rounded")]
    assert "0.13" in plan.problems[0].sentence()


def test_extra_columns_are_kept_as_facts_and_barcodes_gathered(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("ref,ean,upc,couleur,nom\nA,6130000000015 6130000000022,12,rouge,Un\n")
    table = read_table(path)
    options = ImportOptions(("code", "barcode", "barcode", "extra", "name"), USUAL)

    plan = check_table(table, options, KIND, lambda _codes, _barcodes: (frozenset(), {}))

    (product,) = plan.drafts
    assert product.barcodes == ("6130000000015", "6130000000022", "12")
    assert product.metadata == {"couleur": "rouge"}


KNOWN = "code,barcode,name\nA,6130000000015,Un\nB,,Deux\n,6130000000022,Trois\n"


def test_what_exists_already_is_left_out_unless_it_may_be_changed(tmp_path: Path) -> None:
    known: dict[str, Any] = {
        "codes": frozenset({"A"}),
        "barcodes": {"6130000000015": "A", "6130000000022": "C"},
    }

    refusing = check_text(tmp_path, KNOWN, **known)
    changing = check_text(tmp_path, KNOWN, existing="change", **known)

    assert found(refusing) == [(2, "code", "code_taken"), (4, "barcode", "barcode_taken")]
    assert [product.code for product in refusing.drafts] == ["B"]
    # The third row has no code of its own: its barcode says that it is product C.
    assert [product.code for product in changing.drafts] == ["A", "B", "C"]
    assert found(changing) == []


def test_a_barcode_of_another_product_is_never_taken_away_unseen(tmp_path: Path) -> None:
    plan = check_text(
        tmp_path,
        "code,barcode,name\nA,6130000000015,Un\n",
        existing="change",
        barcodes={"6130000000015": "Z"},
    )

    assert found(plan) == [(2, "barcode", "barcode_taken")]
    assert plan.drafts == ()


def test_two_rows_that_turn_out_to_be_one_product_are_not_both_written(tmp_path: Path) -> None:
    plan = check_text(
        tmp_path,
        "code,barcode,name\nC,,Un\n,6130000000022,Deux\n",
        existing="change",
        codes=frozenset({"C"}),
        barcodes={"6130000000022": "C"},
    )

    assert found(plan) == [(3, "code", "code_repeated")]
    assert plan.changes == 1


def test_a_number_that_was_a_barcode_gets_its_zeros_back_where_that_is_sure(
    tmp_path: Path,
) -> None:
    book = Workbook()
    rows = (["code", "ean", "nom"], ["A", 12345670, "x"], ["B", 1234565, "y"], ["C", 1234567, "z"])
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "prices.xlsx")

    plan = check(tmp_path / "prices.xlsx")

    assert [product.barcodes for product in plan.drafts] == [
        ("12345670",),
        ("01234565",),
        ("1234567",),
    ]
    assert found(plan) == [(3, "barcode", "zeros_restored")]


def test_lines_of_invoices_are_seen_to_repeat_their_codes() -> None:
    invoices, products = read_table(DATA / "invoice-lines.csv"), read_table(DATA / "maghreb.csv")

    assert repeats_codes(invoices, propose_columns(invoices, KIND.fields))
    assert not repeats_codes(products, propose_columns(products, KIND.fields))


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_what_a_field_is_called_is_a_heading_that_is_known(language: str, tmp_path: Path) -> None:
    with speaking(language):
        named = {field.named(): field.id for field in KIND.fields if field.headings}
    path = tmp_path / "file.csv"
    path.write_text(";".join(named) + "\n" + ";".join("x" for _ in named) + "\n", "utf-8")

    assert propose_columns(read_table(path), KIND.fields) == tuple(named.values())
