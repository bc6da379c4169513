"""Attestations at the accountant's desk: typed, listed by state, their uses, withdrawn."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.core.links import LinkChoice
from modules.accounting.permissions import Permission
from modules.accounting.selectors.attestations import list_attestations
from modules.accounting.widgets.attestations.form import AttestationFormPage
from modules.accounting.widgets.attestations.list_page import (
    AttestationListPage,
    ceiling_of,
    left_of,
)
from tests.fakes import FakeBackend, make_user
from tests.houses import ALGIERS, Ask, House
from tests.sales.widgets.desks import Desk, said

pytestmark = pytest.mark.database


@pytest.fixture
def asker() -> str:
    """The accountant reads."""
    return "salim"


@pytest.fixture
def benali(house: House) -> LinkChoice:
    """Benali, as the books know him."""
    party = uuid7()
    house.run(f"insert into accounting.party_names values ('{party}', 'Benali', 'بن علي')")
    return LinkChoice(party, "", "Benali", "بن علي")


def fill(page: Any, customer: LinkChoice, **more: Any) -> None:
    """Type an attestation."""
    usual = {"party": customer, "number": "ATT-15", "authority": "DGE", "ceiling": Decimal(5000)}
    page.form.type_values({**usual, **more})


def shown(salim: Desk) -> Any:
    """Open an empty form."""
    page = salim.open(AttestationFormPage)
    salim.until(lambda: page.form.values().get("taxes"))
    return page


def test_one_is_typed_and_saved(salim: Desk, benali: LinkChoice, house: House) -> None:
    page = shown(salim)
    assert page.form.values()["taxes"] == "TVA19 TVA9"
    fill(page, benali)
    salim.backend.asked.clear()

    page.save_now()

    salim.until(lambda: "is saved" in said(page))
    assert salim.backend.asked[:2] == ["save_attestation", "get_attestation"]
    kept = "select number || ' ' || array_to_string(taxes, ' ') || ' ' || ceiling"
    assert house.value(f"{kept} from accounting.attestations") == "ATT-15 TVA19 TVA9 5000"
    made = house.value("select made_by || ' ' || valid_to from accounting.attestations")
    assert made == f"salim {wall_clock.today().year}-12-31"
    assert "5,000.00" in page.header.chip.text()


def test_what_is_missing_is_said_beneath_its_field(salim: Desk, benali: LinkChoice) -> None:
    page = shown(salim)
    fill(page, benali, valid_to=date(2020, 1, 1))

    page.save_now()

    salim.until(lambda: page.form.fields["valid_to"].error)
    assert "impossible" in page.form.fields["valid_to"].error


def test_a_form_opens_with_one_question_and_one_for_its_files(
    salim: Desk, benali: LinkChoice, house: House
) -> None:
    keep(house, benali, "ATT-1")
    salim.backend.asked.clear()

    page = salim.open(
        AttestationFormPage, str(house.value("select id from accounting.attestations"))
    )
    salim.until(lambda: page.uses.rowCount() == 1)
    salim.until(lambda: "list_attachments" in salim.backend.asked)

    assert sorted(salim.backend.asked) == ["get_attestation", "list_attachments"]
    assert page.form.values()["party"] == benali
    page._open(page.uses.row(page.uses.index(0, 0))[0])
    assert salim.opened[-1][0] == "sales.invoice"


def keep(house: House, customer: LinkChoice, number: str, **more: Any) -> UUID:
    """Keep an attestation of this year behind everybody's back, of which 1,000.00 is used."""
    made, use = uuid7(), uuid7()
    year = wall_clock.today().year
    told = {
        "first": f"{year}-01-01",
        "last": f"{year}-12-31",
        "used": "1000",
        "ceiling": "5000",
        **more,
    }
    with house.connect() as connection, connection.transaction():
        connection.execute(
            "insert into accounting.attestations (id, party_id, number, authority, issued_on,"
            " valid_from, valid_to, taxes, ceiling, used, made_by) values"
            " (%s, %s, %s, 'DGE', %s, %s, %s, '{TVA19}', %s, %s, 'salim')",
            [
                *(made, customer.id, number, told["first"], told["first"], told["last"]),
                *(told["ceiling"], told["used"]),
            ],
        )
        connection.execute(
            "insert into accounting.attestation_uses (document_id, attestation_id, branch_id,"
            " document, dated_on, amount, used_by) values (%s, %s, %s, jsonb_build_object("
            "'module', 'sales', 'kind', 'invoice', 'id', %s::text, 'number', 'FA-1'), %s, %s, 'n')",
            [use, made, ALGIERS.id, str(use), told["first"], told["used"]],
        )
    return made


def test_each_stands_under_its_state(
    salim: Desk, benali: LinkChoice, house: House, ask: Ask
) -> None:
    keep(house, benali, "A-1")
    keep(house, benali, "A-2", used="5000")
    keep(house, benali, "A-3", first="2019-01-01", last="2019-12-31")
    keep(house, benali, "A-4", ceiling=None)
    keep(house, benali, "A-5", first="2099-01-01", last="2099-12-31")

    page = salim.open(AttestationListPage)
    salim.until(lambda: page.model.rowCount() == 5)

    rows = {row.number: row for row in page.model.rows}
    assert {number: row.state for number, row in rows.items()} == {
        "A-1": "valid",
        "A-2": "used_up",
        "A-3": "expired",
        "A-4": "valid",
        "A-5": "coming",
    }
    assert (left_of(rows["A-1"]), left_of(rows["A-4"])) == ("4,000.00", "")
    assert (ceiling_of(rows["A-1"]), ceiling_of(rows["A-4"])) == ("5,000.00", "No limit")
    found = ask(list_attestations, "a-", ("expired", "used_up"))
    assert [row.number for row in found] == ["A-2", "A-3"]


def test_one_is_withdrawn_for_a_reason(salim: Desk, benali: LinkChoice, house: House) -> None:
    keep(house, benali, "A-1")
    page = salim.open(AttestationListPage)
    salim.until(lambda: page.model.rowCount() == 1)

    page.start_once(page.withdraw, page.model.rows[0])
    salim.confirm_dialog(page, reason="Reprise par la DGE")

    salim.until(lambda: "is withdrawn" in said(page))
    told = house.value("select withdrawn_by || ' ' || reason from accounting.attestations")
    assert told == "salim Reprise par la DGE"
    salim.until(lambda: page.model.rows[0].state == "withdrawn")


def test_who_may_only_look_changes_nothing(qtbot: QtBot, desk: Any) -> None:
    del desk
    reader: Any = FakeBackend({list_attestations: []}, make_user(Permission.VIEW_LEDGER))
    page = AttestationListPage(reader)
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())

    assert "New attestation" not in [each.text() for each in page.findChildren(QPushButton)]
