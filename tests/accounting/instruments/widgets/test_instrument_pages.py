"""The portfolio at an accountant's desk: register, take to the bank, cash, take back; the slip."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.core.commands import uuid7
from erp_desktop.core.links import LinkChoice
from modules.accounting.permissions import Permission
from modules.accounting.selectors.instruments import list_instruments
from modules.accounting.widgets.instruments.list_page import InstrumentListPage
from modules.accounting.widgets.instruments.slips import SlipListPage, SlipPage
from modules.accounting.widgets.instruments.words import FROM, STATES, STEPS
from tests.fakes import FakeBackend, make_user
from tests.houses import YEAR, House
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database
SLIP = f"BR-ALG-{YEAR}-000001"


@pytest.fixture
def benali(house: House) -> LinkChoice:
    """Benali, as the books know him."""
    party = uuid7()
    house.run(f"insert into accounting.party_names values ('{party}', 'Benali', 'بن علي')")
    return LinkChoice(party, "", "Benali", "بن علي")


def register(desk: Desk, page: InstrumentListPage, partner: LinkChoice, number: str) -> None:
    """Type a cheque of 500.00 from the paper."""
    before = page.model.rowCount()
    page.start_once(page.register)
    days = {"on": date(YEAR, 3, 1), "due_on": date(YEAR, 3, 1)}
    paper = {"party": partner, "number": number, "amount": Decimal("500.00"), "bank": "BADR"}
    desk.confirm_dialog(page, **paper, **days)
    desk.until(lambda: page.model.rowCount() == before + 1)


def state(desk: Desk, page: InstrumentListPage, wanted: str) -> None:
    """Wait until the first row is in a state."""
    desk.until(lambda: page.model.rows and page.model.rows[0].state == wanted)


def test_a_cheque_goes_from_the_desk_to_the_bank_and_back(salim: Desk, benali: LinkChoice) -> None:
    page = salim.open(InstrumentListPage)
    salim.until(lambda: salim.backend.asked == ["list_instruments"])
    register(salim, page, benali, "7001")
    register(salim, page, benali, "7002")

    page.start_once(page.deposit, list(page.model.rows))
    salim.confirm_dialog(page, on=date(YEAR, 3, 2))
    salim.until(lambda: salim.opened == [("accounting.deposit_slip", SLIP)])
    state(salim, page, "deposited")

    page._on_step("cash", page.model.rows[0])
    salim.confirm_dialog(page, on=date(YEAR, 3, 4))
    state(salim, page, "cashed")
    page._on_step("cash", page.model.rows[0])
    assert "not possible" in page.notices.bar.text

    page._on_step("reject", page.model.rows[0])
    fees = {"fees": Decimal("20.00"), "fee_tax": Decimal("3.80"), "is_rebilled": True}
    salim.confirm_dialog(page, on=date(YEAR, 3, 9), **fees)
    state(salim, page, "unpaid")
    page.preview(page.model.rows[0])
    salim.until(lambda: page.history.model.rowCount() == 4)
    page.start_once(page.undo, page.model.rows[0])
    state(salim, page, "cashed")


def test_a_cheque_is_paid_in_parts_at_the_desk(salim: Desk, benali: LinkChoice) -> None:
    page = salim.open(InstrumentListPage)
    salim.until(lambda: salim.backend.asked == ["list_instruments"])
    register(salim, page, benali, "7001")
    page.start_once(page.deposit, list(page.model.rows))
    salim.confirm_dialog(page, on=date(YEAR, 3, 2))
    state(salim, page, "deposited")
    salim.backend.asked.clear()

    page._on_step("reject", page.model.rows[0])
    salim.confirm_dialog(page, on=date(YEAR, 3, 4), paid=Decimal("200.00"))
    state(salim, page, "unpaid")
    assert salim.backend.asked[0] == "list_bank_accounts"
    page._on_step("settle", page.model.rows[0])
    salim.confirm_dialog(page, on=date(YEAR, 3, 6), paid=Decimal("100.00"))
    salim.until(lambda: page.model.rows[0].rest == 200)

    shown = [column.text(page.model.rows[0]) for column in page.columns]
    assert any(text.startswith("Bounced, ") and "200.00" in text for text in shown)
    page.preview(page.model.rows[0])
    salim.until(lambda: page.history.model.rowCount() == 4)
    said = [page.history.model.index(place, 1).data() for place in range(4)]
    assert "100.00" in said[3]
    page._on_step("settle", page.model.rows[0])
    salim.confirm_dialog(page, on=date(YEAR, 3, 9))
    state(salim, page, "settled")


def test_a_cheque_of_ours_is_handed_over_stopped_and_made_void(
    salim: Desk, benali: LinkChoice
) -> None:
    page = salim.open(InstrumentListPage)
    salim.until(lambda: salim.backend.asked == ["list_instruments"])
    page.start_once(page.register)
    days = {"on": date(YEAR, 3, 1), "due_on": date(YEAR, 3, 1)}
    paper = {"party": benali, "number": "44", "amount": Decimal("90.00"), "direction": "issued"}
    salim.confirm_dialog(page, **paper, **days)
    state(salim, page, "issued")

    for verb, reached in (("hand", "handed"), ("stop", "stopped"), ("cancel", "cancelled")):
        page._on_step(verb, page.model.rows[0])
        salim.confirm_dialog(page, on=date(YEAR, 3, 3))
        state(salim, page, reached)
    page._on_step("pay", page.model.rows[0])
    assert "not possible" in page.notices.bar.text


def test_each_step_that_is_offered_is_one_of_the_table(house: House) -> None:
    offered = sorted((state, verb) for verb, states in FROM.items() for state in states)
    with house.connect() as connection:
        known = connection.execute(
            "select distinct from_state, verb from accounting.instrument_steps()"
            " where verb not in ('deposit', 'discount')"
        ).fetchall()
        reached = connection.execute(
            "select from_state from accounting.instrument_steps()"
            " union select to_state from accounting.instrument_steps()"
        ).fetchall()

    assert offered == sorted(known)
    assert {each[0] for each in reached} == set(STATES)
    assert set(STEPS) == set(FROM)


def test_a_slip_lists_what_lies_on_it_on_paper_too(salim: Desk, benali: LinkChoice) -> None:
    page = salim.open(InstrumentListPage)
    salim.until(lambda: salim.backend.asked)
    register(salim, page, benali, "7001")
    page.start_once(page.deposit, list(page.model.rows))
    salim.confirm_dialog(page, on=date(YEAR, 3, 2))
    salim.until(lambda: bool(salim.opened))

    listed = salim.open(SlipListPage)
    salim.until(lambda: listed.model.rowCount() == 1)
    listed.on_open(listed.model.rows[0])
    assert salim.opened[-1] == ("accounting.deposit_slip", SLIP)

    slip = salim.open(SlipPage, SLIP)
    salim.until(lambda: slip.model.rowCount() == 1)
    text = PdfReader(BytesIO(slip.paper(slip.report))).pages[0].extract_text()
    assert SLIP in text
    assert f"02/03/{YEAR}" in text or f"Mar 2, {YEAR}" in text, text
    assert "To collect" in text
    assert "7001" in text
    assert "five hundred" in text.lower()


def test_who_may_only_look_is_offered_no_step(qtbot: QtBot, desk: Any) -> None:
    del desk
    backend: Any = FakeBackend({list_instruments: []}, make_user(Permission.VIEW_LEDGER))
    page = InstrumentListPage(backend)
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.show()
    qtbot.waitUntil(lambda: bool(backend.asked(list_instruments)))

    offered = {each.text() for each in page.header.findChildren(QPushButton)}
    assert "Deposit slips" in offered
    assert "New cheque or bill" not in offered
