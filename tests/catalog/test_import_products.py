"""Importing products: all of them or none, in one transaction, and in good time."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from erp_desktop.core.errors import CancelledError, NotAllowedError
from erp_desktop.imports import writing
from erp_desktop.imports.fields import propose_columns
from erp_desktop.imports.reading import read_table
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.imports.writing import ImportReport
from modules.catalog.errors import BarcodeTakenError, CodeTakenError
from modules.catalog.imports.dry_run import dry_run, get_product_kind
from modules.catalog.selectors import (
    ProductFilter,
    get_product,
    list_categories,
    list_products,
)
from modules.catalog.services import import_products
from tests.catalog.goods import draft
from tests.houses import Ask, House

pytestmark = pytest.mark.database

DATA = Path(__file__).parent / "data"


def test_a_file_is_checked_and_imported_and_then_known(ask: Ask, house: House) -> None:
    table = read_table(DATA / "maghreb.csv")
    kind = ask(get_product_kind)
    options = ImportOptions(
        propose_columns(table, kind.fields), {**kind.usual(), "price": "120.00"}
    )

    plan = ask(dry_run, table, options, kind)
    report = ask(import_products, plan.drafts, may_change=False)
    again = ask(dry_run, table, options, kind)

    assert report == ImportReport(created=28, changed=0)
    assert house.value("select count(*) from catalog.barcodes") == 28
    assert again.drafts == ()
    assert {problem.code for problem in again.problems} == {"code_taken", "barcode_check_digit"}
    assert [row.name_ar or row.name for row in ask(list_products, ProductFilter(text="حليب"))]


def test_a_column_of_categories_makes_those_that_are_missing(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    path.write_text(
        "Code;Désignation;Prix TTC;Famille\n"
        "J1;Jus;120;Boissons > Jus\nJ2;Nectar;130;boissons > jus\nS1;Sucre;95;\n",
        encoding="utf-8",
    )
    table, kind = read_table(path), ask(get_product_kind)
    options = ImportOptions(propose_columns(table, kind.fields), kind.usual())

    plan = ask(dry_run, table, options, kind)
    ask(import_products, plan.drafts, may_change=False)

    rows = ask(list_products, ProductFilter())
    assert [(row.code, row.category) for row in rows] == [("J1", "Jus"), ("J2", "Jus"), ("S1", "")]
    assert [each.name for each in ask(list_categories)] == ["Boissons", "Jus"]


def test_an_import_may_change_what_is_there(ask: Ask) -> None:
    ask(import_products, [draft("A", name_ar="أ", reorder_point=Decimal(3))], may_change=False)

    changed = draft("A", "Autre", price=Decimal(7), barcodes=("1", "2"), metadata={"k": "v"})
    report = ask(import_products, [changed, draft("B")], may_change=True)

    assert report == ImportReport(created=1, changed=1)
    (row,) = ask(list_products, ProductFilter(code="A"))
    product = ask(get_product, row.id).product
    assert (product.name, product.name_ar, product.price) == ("Autre", "أ", 7)
    assert (product.reorder_point, product.barcodes) == (3, ("1", "2"))
    assert (product.metadata, product.version) == ({"k": "v"}, 2)


def existing_code(ask: Ask) -> None:
    ask(import_products, [draft("NEW"), draft("OLD")], may_change=False)


def barcode_of_another(ask: Ask) -> None:
    ask(import_products, [draft("NEW"), draft("X", barcodes=("111",))], may_change=True)


def as_a_cashier(ask: Ask) -> None:
    ask(import_products, [draft("NEW")], may_change=True, as_user="amina")


def cancelled_on_the_way(ask: Ask) -> None:
    def report(done: int, _total: int, _doing: str) -> None:
        if done:
            raise CancelledError

    ask(import_products, [draft("NEW"), draft("MORE")], may_change=True, progress=report)


@pytest.mark.parametrize(
    ("importing", "refusal"),
    [
        (existing_code, CodeTakenError),
        (barcode_of_another, BarcodeTakenError),
        (as_a_cashier, NotAllowedError),
        (cancelled_on_the_way, CancelledError),
    ],
)
def test_what_cannot_be_imported_whole_is_not_imported_at_all(
    ask: Ask, house: House, monkeypatch: pytest.MonkeyPatch, importing: Any, refusal: Any
) -> None:
    ask(import_products, [draft("OLD", barcodes=("111",))], may_change=False)
    monkeypatch.setattr(writing, "CHUNK", 1)

    with pytest.raises(refusal):
        importing(ask)

    assert house.value("select string_agg(code, ',') from catalog.products") == "OLD"


def test_progress_is_told_for_every_chunk(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "CHUNK", 2)
    told: list[tuple[int, int]] = []

    ask(
        import_products,
        [draft(f"P-{n}") for n in range(5)],
        may_change=False,
        progress=lambda done, total, _doing: told.append((done, total)),
    )

    assert told == [(0, 5), (2, 5), (4, 5), (5, 5)]


def test_tills_learn_of_imported_products_and_their_barcodes(house: House, ask: Ask) -> None:
    ask(import_products, [draft("A", barcodes=("1", "2"))], may_change=False)

    fed = house.value(
        "select count(*) from catalog.feed_barcodes('0', null, pg_snapshot_xmin("
        "pg_current_snapshot()), null, 100)"
    )
    assert fed == 2


def test_columns_of_packs_make_cartons_that_scan(ask: Ask, house: House, tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    path.write_text(
        "Code;Désignation;Prix TTC;Colis;Colisage;Prix colis;EAN colis\n"
        "J1;Jus;120;Carton;12;1400;16130001112226\nS1;Sucre;95;;10;;\n"
        "T1;Thé;80;Carton;;;\nC1;Café;80;;0;;\n",
        encoding="utf-8",
    )
    table, kind = read_table(path), ask(get_product_kind)
    options = ImportOptions(propose_columns(table, kind.fields), kind.usual())

    plan = ask(dry_run, table, options, kind)
    report = ask(import_products, plan.drafts, may_change=False)

    assert [problem.code for problem in plan.problems] == [
        "pack_factor_missing",
        "pack_factor_impossible",
    ]
    assert report == ImportReport(created=2, changed=0)
    packs = (
        "select string_agg(name || ' ' || factor || coalesce(' ' || price, ''), ', ' order by name)"
    )
    assert house.value(f"{packs} from catalog.packs") == "Carton 12 1400.00, × 10 10"
    scanned = "select p.code from catalog.barcodes b join catalog.products p on p.id = b.product_id"
    assert house.value(f"{scanned} where b.barcode = '16130001112226'") == "J1"
