"""The catalog's pages: wired to their presenters, in three languages."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.core.commands import uuid7
from erp_desktop.imports.checking import check_table
from erp_desktop.imports.writing import ImportReport
from erp_desktop.ui import language
from modules.catalog.imports.dry_run import dry_run, get_product_kind
from modules.catalog.imports.products import ProductKind
from modules.catalog.permissions import Permission
from modules.catalog.selectors import ProductDetails, ProductRow, get_product, list_products
from modules.catalog.services import import_products, save_product
from modules.catalog.widgets.product_form import ProductFormPage
from modules.catalog.widgets.product_import import ProductImportPage
from modules.catalog.widgets.product_list import ProductListPage
from tests.catalog.goods import SHEET
from tests.catalog.widgets.test_presenters import YES
from tests.fakes import FakeBackend, make_user

DATA = Path(__file__).parents[1] / "data"
DETAILS = ProductDetails(
    uuid7(),
    4,
    "CAF-1",
    "Café",
    "قهوة",
    "PCE",
    "TVA19",
    Decimal(119),
    None,
    YES,
    {"Couleur": "noire"},
    ("6130000000015",),
)
FOUND = type(SHEET)(DETAILS, SHEET.currency, SHEET.units, SHEET.taxes)
ROW = ProductRow(
    DETAILS.id, 4, "CAF-1", "Café", "قهوة", "PCE", "TVA19", Decimal(119), YES, "613", "DZD"
)
EDITOR = make_user(*Permission)


def backend() -> Any:
    """A door that knows one product; pages know it as `Backend`."""
    answers = {list_products: [ROW], get_product: FOUND, save_product: 5}
    return FakeBackend(answers, user=EDITOR)


def shown(qtbot: QtBot, page: Any) -> Any:
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.resize(1100, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.mark.usefixtures("desk")
def test_the_list_shows_rows_and_previews_the_current_one(qtbot: QtBot) -> None:
    page = shown(qtbot, ProductListPage(backend()))
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.table.select_row(0)
    qtbot.waitUntil(lambda: page._at_side._price.text() == "119.00 DZD".replace(" ", "\u00a0"))

    language.use("ar")
    texts = {page.model.data(page.model.index(0, n)) for n in range(page.model.columnCount())}
    assert "قهوة" in texts
    assert page._at_side._name.text() == "قهوة"

    with qtbot.waitSignal(page.opens) as opened:
        page.on_open(ROW)
    assert opened.args == ["catalog.product", str(ROW.id)]


@pytest.mark.usefixtures("desk")
def test_who_may_not_edit_is_offered_neither_new_nor_import(qtbot: QtBot) -> None:
    reader: Any = FakeBackend({list_products: []}, user=make_user(Permission.VIEW_PRODUCTS))

    page = shown(qtbot, ProductListPage(reader))

    words = {each.text() for each in page.header.findChildren(type(page.filter.columns))}
    assert not words & {"New product", "Import"}


@pytest.mark.usefixtures("desk")
def test_a_scan_in_the_list_searches(qtbot: QtBot) -> None:
    door = backend()
    page = shown(qtbot, ProductListPage(door))

    assert page.on_scan("6130000000015")

    def asked() -> bool:
        return any(args[0].text == "6130000000015" for args, _kw in door.asked(list_products))

    qtbot.waitUntil(asked)


@pytest.mark.usefixtures("desk")
def test_the_form_shows_a_product_takes_scans_and_saves(qtbot: QtBot) -> None:
    door = backend()
    page = ProductFormPage(door)
    page.open(str(DETAILS.id))
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.header.title.text() == "Café")

    page.on_scan("6110214007002")
    assert "should be 0" in page._doubts.text()
    page.save_now()

    qtbot.waitUntil(lambda: page.notices.bar.text == "Café is saved.")
    ((_id, saved), kw) = door.asked(save_product)[0]
    assert saved.barcodes == ("6130000000015", "6110214007002")
    assert (kw, page.state()["product"]) == ({"version": 4}, str(DETAILS.id))
    assert not page.unsaved()
    language.use("fr")
    assert page.header.title.text() == "Café"


def dry(table: Any, options: Any, kind: Any) -> Any:
    """Check a file against an empty catalog."""
    return check_table(table, options, kind, lambda _codes, _barcodes: (frozenset(), {}))


@pytest.mark.usefixtures("desk")
def test_products_are_imported_in_three_steps(qtbot: QtBot) -> None:
    door = backend()
    door.answers.update(
        {
            get_product_kind: ProductKind(SHEET),
            dry_run: dry,
            import_products: ImportReport(28, 0),
        }
    )
    page = shown(qtbot, ProductImportPage(door))
    page.open_file(DATA / "maghreb.csv")
    qtbot.waitUntil(lambda: page.board.mapping.columns() == ("barcode", "", "name"))
    assert page.board.options.read(()).defaults == {"unit": "PCE", "tax": "TVA19"}

    page.go_on()
    qtbot.waitUntil(lambda: page._header.primary.text() == "Import 0 products")
    qtbot.waitUntil(lambda: not page.is_busy(page._presenter.check))

    page.board.options.form.fields["price"].show_value(Decimal(120))
    page.board.options.changed.emit()
    page.go_on()
    qtbot.waitUntil(lambda: page._header.primary.text() == "Import 28 products")
    assert page.board.result.model.rowCount() == 1
    qtbot.waitUntil(lambda: not page.is_busy(page._presenter.check))

    page.go_on()
    qtbot.waitUntil(lambda: page._header.primary.text() == "Show the products")
    assert "28 products created" in page.board.result.verdict
    with qtbot.waitSignal(page.opens) as opened:
        page.go_on()
    assert opened.args[0] == "catalog.products"
