"""The pages of units."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from modules.catalog.permissions import Permission
from modules.catalog.selectors import UnitRow, list_units
from modules.catalog.services import UnitDraft, save_unit
from modules.catalog.widgets.units import UnitFormPage, UnitListPage
from tests.fakes import FakeBackend, make_user

pytestmark = pytest.mark.usefixtures("desk")

UNITS = [UnitRow("KG", "Kilogramme", "كيلوغرام", 4), UnitRow("PCE", "Pièce", "قطعة", 90)]


@pytest.fixture
def backend() -> FakeBackend:
    user = make_user(Permission.VIEW_PRODUCTS, Permission.EDIT_PRODUCTS)
    return FakeBackend({list_units: UNITS, save_unit: None}, user)


def shown(qtbot: QtBot, page: Any) -> Any:
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.show()
    return page


def test_units_are_found_and_opened(qtbot: QtBot, backend: FakeBackend) -> None:
    page = shown(qtbot, UnitListPage(backend))  # type: ignore[arg-type] # a stand-in
    opened: list[Any] = []
    page.opens.connect(lambda name, about: opened.append((name, about)))
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)

    page.filter.entry.setText("كيلو")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.on_open(UNITS[0])

    assert opened == [("catalog.unit", "KG")]


def test_a_unit_keeps_its_code(qtbot: QtBot, backend: FakeBackend) -> None:
    page = UnitFormPage(backend)  # type: ignore[arg-type] # a stand-in
    page.open("KG")
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.form.values().get("name") == "Kilogramme")
    assert not page.form.fields["code"].editor.isEnabled()

    page.form.fields["name"].show_value("Kilo")
    page.save_now()

    wanted: Any = (save_unit, (UnitDraft("KG", "Kilo", "كيلوغرام"),), {"is_new": False})
    qtbot.waitUntil(lambda: wanted in backend.calls)
