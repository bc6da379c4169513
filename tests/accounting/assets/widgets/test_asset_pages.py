"""The pages of fixed assets on real books: kept, depreciated, sold, imported, and on the board."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox

from erp_desktop.imports.fields import propose_columns
from erp_desktop.imports.reading import read_table
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.ui.form_dialog import FormDialog
from modules.accounting.assets import import_assets
from modules.accounting.imports.assets import dry_run, get_asset_kind
from modules.accounting.selectors.assets import list_assets
from modules.accounting.widgets.assets.board import AssetBoardPage
from modules.accounting.widgets.assets.categories import AssetCategoriesPage, AssetCategoryFormPage
from modules.accounting.widgets.assets.depreciation import DepreciationPage
from modules.accounting.widgets.assets.disposing import Disposal
from modules.accounting.widgets.assets.form import AssetFormPage
from modules.accounting.widgets.assets.register import AssetsPage
from tests.accounting.assets.register import Register
from tests.houses import YEAR, Ask
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database
VAN = {
    "code": "V-1", "category": "VEHICLE", "name": "Fourgon", "acquired_on": date(YEAR, 4, 2),
    "in_service_on": date(YEAR, 4, 10), "cost": Decimal(1200000),
}  # fmt: skip


def said(desk: Desk, page: Any, deed: str) -> None:
    """Say yes to a question."""
    desk.until(lambda: any(box.isVisible() for box in page.findChildren(QMessageBox)))
    box = next(each for each in page.findChildren(QMessageBox) if each.isVisible())
    next(each for each in box.buttons() if each.text() == deed).click()


def kept(desk: Desk) -> AssetFormPage:
    """Type a van and save it."""
    page: AssetFormPage = desk.open(AssetFormPage)
    desk.until(lambda: page.sheet is not None)
    page.form.type_values(VAN)
    page.save_now()
    desk.until(lambda: page.wanted and not page.unsaved())
    return page


def test_an_asset_is_kept_with_its_plan_and_sold(salim: Desk, register: Register) -> None:
    page = kept(salim)
    assert salim.backend.asked == ["get_asset_sheet", "save_asset", "get_asset_sheet"]
    plan = [(year.year - YEAR, year.amount) for year in page.plan.model.rows]
    expected = [180000, 240000, 240000, 240000, 240000, 60000]
    assert plan == [(n, Decimal(amount)) for n, amount in enumerate(expected)]
    listed = salim.open(AssetsPage)
    salim.until(lambda: listed.model.rowCount() == 1)
    listed.on_open(listed.model.rows[0])
    assert salim.opened == [("accounting.asset", page.wanted)]
    salim.until(page.dispose.isVisible)
    page.dispose.click()
    salim.until(lambda: any(d.isVisible() for d in page.findChildren(FormDialog)))
    dialog: FormDialog[Disposal] = next(d for d in page.findChildren(FormDialog) if d.isVisible())

    dialog.form.type_values({"on": date(YEAR, 9, 15), "price": Decimal(1100000)})
    dialog.main.click()

    salim.until(page.keep.isVisible)
    assert "Sold on" in page.header.chip.text()
    assert page.form.fields["code"].isEnabled()
    assert register.house.value("select count(*) from accounting.depreciations") == 1
    page.keep.click()
    said(salim, page, "Reverse")
    salim.until(page.dispose.isVisible)
    assert register.house.value("select count(*) from accounting.assets where disposed_on is null")


def test_a_month_is_depreciated_and_the_board_agrees(salim: Desk, register: Register) -> None:
    register.add("V-1", "VEHICLE", "1200000", "04-10")
    register.add("L-1", "LAND", "5000000", "01-01", method="none", life_months=0)
    register.buy("2182", "404", "1200000", "04-10")
    page = salim.open(DepreciationPage)
    page.parameters["month"].show_value(date(YEAR, 6, 1))
    page.refresh()
    salim.until(lambda: page.model.rowCount() == 1)
    assert page.report.totals is not None
    assert page.report.totals.amount == 60000
    salim.until(page.post.isVisible)
    page.post.click()
    said(salim, page, "Post")
    salim.until(lambda: page.undo.isVisible() and "Posted" in page.header.summary)

    board = salim.open(AssetBoardPage)

    board.parameters["year"].show_value(YEAR)
    board.refresh()
    salim.until(lambda: board.model.rowCount() == 2)
    assert board.report.totals is not None
    assert (board.report.totals.closing, board.report.totals.left) == (6200000, 6140000)
    assert "2111: register 5,000,000.00, ledger 0.00" in board.header.summary
    assert board.paper(board.report).startswith(b"%PDF")
    register.buy("2111", "404", "5000000", "01-02")
    board.refresh()
    salim.until(lambda: board.header.summary == "The ledger agrees.")
    page.undo.click()
    said(salim, page, "Reverse")
    salim.until(lambda: page.post.isVisible() and not page.undo.isVisible())


def test_a_category_is_changed(salim: Desk, register: Register) -> None:
    page = salim.open(AssetCategoriesPage)
    salim.until(lambda: page.model.rowCount() == 8)
    form = salim.open(AssetCategoryFormPage, "PLANT")
    salim.until(lambda: form.form.values().get("code") == "PLANT")
    form.form.type_values({"life_months": Decimal(96), "depreciation": "2815"})
    form.save_now()
    salim.until(lambda: not form.unsaved())

    found = "select life_months, version from accounting.asset_categories where code = 'PLANT'"
    with register.house.connect() as connection:
        assert connection.execute(found).fetchone() == (96, 2)


def test_a_register_comes_from_a_file(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "immobilisations.csv"
    file.write_text(
        "N°;Désignation;Catégorie;Date d'acquisition;Coût;Durée;Cumul;Arrêté au\n"
        "V-1;Fourgon;Matériel de transport;10/04/2024;1 200 000,00;5;420000;31/12/2025\n"
        "M-1;Presse;2154;01/01/2026;90000;;;\n"
        "T-1;Terrain;LAND;01/01/2020;5000000;;;\n"
        "X-1;Rien;Avions;01/01/2026;10;;;\n"
        "X-2;Trop;PLANT;01/01/2026;10;5;11;31/12/2026\n"
        "X-3;Sans date;PLANT;01/01/2025;10;5;1;\n"
        "V-1;Encore;PLANT;01/01/2026;10;5;;\n",
        encoding="utf-8",
    )
    table = read_table(file)
    kind = ask(get_asset_kind, as_user="salim")
    options = ImportOptions(propose_columns(table, kind.fields))

    plan = ask(dry_run, table, options, kind, as_user="salim")

    assert [(d.code, d.category, d.method, d.life_months) for d in plan.drafts] == [
        ("V-1", "VEHICLE", "linear", 60), ("M-1", "PLANT", "linear", 120),
        ("T-1", "LAND", "none", 0),
    ]  # fmt: skip
    assert {(problem.row, problem.code) for problem in plan.problems} == {
        (5, "category_unknown"), (6, "used_too_much"), (7, "until_missing"), (8, "code_repeated"),
    }  # fmt: skip
    report = ask(import_assets, plan.drafts, may_change=False, as_user="salim")
    assert report.created == 3
    rows = {row.code: row.left for row in ask(list_assets, as_user="salim")}
    assert rows == {"M-1": 90000, "T-1": 5000000, "V-1": 780000}
