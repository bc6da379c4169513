"""Partners are found by typing, wherever a page of the ledger asks for one."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from erp_desktop.core.commands import uuid7
from modules.accounting.widgets.third_parties.account import PartyAccountPage
from tests.houses import House
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database


@pytest.fixture
def benali(house: House) -> Any:
    """Benali, as the books know him."""
    made = uuid7()
    house.run(f"insert into accounting.party_names values ('{made}', 'Benali', 'بن علي')")
    return made


def test_a_partner_is_found_by_typing(salim: Desk, benali: Any) -> None:
    page = salim.open(PartyAccountPage)
    field = page.parameters["party"]
    salim.come_back(page)
    field.setFocus()
    salim.until(lambda: QApplication.focusWidget() is not None)

    QTest.keyClicks(salim.focus(), "benali")
    QTest.keyClick(salim.focus(), Qt.Key.Key_Return)

    salim.until(lambda: field.editor.choice is not None)
    assert field.read().id == benali
