"""Importing products on a real PostgreSQL: all of a file, or, once cancelled, nothing of it."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.ui.backend import Backend
from erp_desktop.ui.notices import ProgressPanel
from modules.catalog.widgets.product_import import ProductImportPage
from tests.houses import House

pytestmark = pytest.mark.usefixtures("desk")

PRODUCTS = 4000


@pytest.fixture
def page(qtbot: QtBot, backend: Backend) -> ProductImportPage:
    made = ProductImportPage(backend)
    qtbot.addWidget(made, before_close_func=lambda closing: closing.stop())
    made.resize(1100, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    path = tmp_path / "prices.csv"
    rows = "".join(f"P-{number};Produit {number};119,50\n" for number in range(PRODUCTS))
    path.write_text(f"code;désignation;prix ttc\n{rows}", encoding="utf-8")
    return path


def checked(qtbot: QtBot, page: ProductImportPage, path: Path) -> None:
    page.open_file(path)
    qtbot.waitUntil(lambda: page._is_read)
    page.go_on()
    qtbot.waitUntil(lambda: page._plan is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not page.is_busy(page._presenter.check))


def cancel(panel: Any) -> None:
    next(each for each in panel.findChildren(QPushButton) if each.text() == "Cancel").click()


def test_who_cancels_half_way_has_written_nothing(
    qtbot: QtBot, page: ProductImportPage, prices: Path, house: House
) -> None:
    checked(qtbot, page, prices)
    page.go_on()
    qtbot.waitUntil(lambda: bool(page.findChildren(ProgressPanel)))
    (panel,) = page.findChildren(ProgressPanel)
    qtbot.waitUntil(lambda: panel._bar.value() > 0, timeout=20_000)

    cancel(panel)

    qtbot.waitUntil(lambda: page.notices.bar.text == "Cancelled. Nothing was changed.")
    assert house.value("select count(*) from catalog.products") == 0
    assert page._header.primary.isEnabled()


def test_a_file_is_written_whole_and_known_afterwards(
    qtbot: QtBot, page: ProductImportPage, prices: Path, house: House
) -> None:
    checked(qtbot, page, prices)
    page.go_on()
    qtbot.waitUntil(lambda: page._header.primary.text() == "Show the products", timeout=30_000)

    assert page.board.result.verdict.startswith("4,000 products created")
    assert house.value("select count(*) from catalog.products") == PRODUCTS

    checked(qtbot, page, prices)
    assert page._plan is not None
    assert (len(page._plan.drafts), page._plan.mistakes) == (0, PRODUCTS)
