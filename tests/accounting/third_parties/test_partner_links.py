"""Partners are found by typing, wherever a page or a window of the ledger asks for one."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from erp_desktop.core.commands import uuid7
from erp_desktop.ui.form_dialog import FormDialog
from erp_desktop.ui.link_field import LinkField
from modules.accounting.widgets.attestations.form import AttestationFormPage
from modules.accounting.widgets.bank.rule_form import BankRuleFormPage
from modules.accounting.widgets.instruments.list_page import InstrumentListPage
from modules.accounting.widgets.third_parties.account import PartyAccountPage
from modules.accounting.widgets.third_parties.auxiliary_ledger import AuxiliaryLedgerPage
from modules.accounting.widgets.transfer_orders.payees import PayeeListPage
from tests.houses import House
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database
ENTER = Qt.Key.Key_Return
LINKS: dict[Any, str] = {
    PartyAccountPage: "party",
    AuxiliaryLedgerPage: "party",
    AttestationFormPage: "party",
    BankRuleFormPage: "party",
}
WINDOWS: dict[Any, str] = {
    InstrumentListPage: "register",
    PayeeListPage: "change",
}


@pytest.fixture
def benali(house: House) -> Any:
    """Benali, as the books know him."""
    made = uuid7()
    house.run(f"insert into accounting.party_names values ('{made}', 'Benali', 'بن علي')")
    return made


def link_of(page: Any, name: str) -> Any:
    """Return a link of a page or a window."""
    found: list[LinkField] = page.findChildren(LinkField)
    return next(each for each in found if each.name == name)


def type_into(desk: Desk, field: LinkField, text: str) -> None:
    """Type into a link, once its page lets us, and press Enter."""
    desk.until(field.isEnabled)
    field.setFocus()
    desk.until(lambda: field.isAncestorOf(QApplication.focusWidget() or field.window()))
    desk.type(text, ENTER)


@pytest.mark.parametrize("factory", LINKS)
def test_a_partner_is_found_by_typing(salim: Desk, benali: Any, factory: Any) -> None:
    page = salim.open(factory)
    field = link_of(page, LINKS[factory])
    salim.until(lambda: not (hasattr(page, "show_wanted") and page.is_busy(page.show_wanted)))
    salim.come_back(page)

    type_into(salim, field, "benali")

    salim.until(lambda: field.editor.choice is not None)
    assert field.read().id == benali


@pytest.mark.parametrize("factory", WINDOWS)
def test_a_window_finds_a_partner_and_enter_leads_on(
    salim: Desk, benali: Any, factory: Any
) -> None:
    page = salim.open(factory)
    deed = getattr(page, WINDOWS[factory])
    page.start_once(deed, *([None] if factory is PayeeListPage else []))
    salim.until(lambda: page.findChildren(FormDialog))
    dialog = page.findChildren(FormDialog)[-1]
    fields = list(dialog.form.fields.values())
    party = dialog.form.fields["party"]
    following = fields[fields.index(party) + 1]

    type_into(salim, party, "benali")

    salim.until(lambda: party.editor.choice is not None)
    assert party.read().id == benali
    salim.until(lambda: following.isAncestorOf(salim.focus()))
    # Enter where something is missing says so beneath it and leaves the window open.
    salim.type("", ENTER)
    if factory is not PayeeListPage:
        assert dialog.isVisible()
        assert any(each.error for each in fields)
    dialog.reject()
    salim.come_back(page)
