"""The pages of third parties: from the aged balance to the account of one, and on to documents."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from modules.accounting.permissions import Permission
from modules.accounting.selectors import (
    AgedRow,
    AuxiliaryRow,
    LateInvoice,
    LateReport,
    PartyAccount,
    StatementLine,
    get_late_payments,
    get_party_account,
    list_aged,
    list_auxiliary,
)
from modules.accounting.widgets.third_parties.account import PartyAccountPage
from modules.accounting.widgets.third_parties.aged import AgedBalancePage
from modules.accounting.widgets.third_parties.auxiliary import AuxiliaryPage
from modules.accounting.widgets.third_parties.late import LatePaymentsPage
from tests.fakes import FakeBackend, make_user

pytestmark = pytest.mark.usefixtures("desk")

BENALI, ENTRY = UUID(int=3), UUID(int=8)
ZERO = Decimal(0)
AGED = AgedRow(
    BENALI,
    "Benali",
    "بن علي",
    Decimal(500),
    Decimal(600),
    ZERO,
    ZERO,
    ZERO,
    Decimal(-100),
    ZERO,
    Decimal(1000),
    Decimal(300),
    date(2026, 2, 10),
    "DZD",
)
LINE = StatementLine(
    ENTRY,
    date(2026, 3, 1),
    date(2026, 3, 31),
    "VE-ALG-2026-000007",
    {"module": "sales", "kind": "invoice", "id": str(ENTRY), "number": "FA-ALG-2026/000004"},
    "FA-ALG-2026/000004",
    Decimal(500),
    Decimal(500),
    "",
    "700 4457",
    Decimal(1500),
    "DZD",
)
NAMES = ("Benali", "بن علي", "Atlas", "أطلس")
ACCOUNT = PartyAccount(*NAMES, "DZD", Decimal(1000), Decimal(500), (LINE,))


def shown(qtbot: QtBot, page: Any, rows: int) -> list[Any]:
    opened: list[Any] = []
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.opens.connect(lambda name, about: opened.append((name, about)))
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == rows)
    return opened


def door(**answers: Any) -> Any:
    known: dict[Any, Any] = {list_aged: [AGED], get_party_account: ACCOUNT, **answers}
    return FakeBackend(known, make_user(Permission.VIEW_LEDGER))


def test_the_aged_balance_opens_the_account_of_a_partner(qtbot: QtBot) -> None:
    page = AgedBalancePage(door())
    opened = shown(qtbot, page, 1)
    assert [column.text(AGED) for column in page.columns][:4] == ["Benali", "500.00", "600.00", ""]

    page.on_open(AGED)

    ((name, about),) = opened
    assert (name, about["party"], about["side"]) == (
        "accounting.party_account",
        str(BENALI),
        "customer",
    )


def test_an_account_opens_its_documents_and_prints(qtbot: QtBot) -> None:
    page = PartyAccountPage(door())
    page.open({"party": str(BENALI), "name": "Benali", "side": "customer", "last": "2026-04-30"})
    opened = shown(qtbot, page, 2)

    assert page.backend.calls[0][2] == {  # type: ignore[attr-defined] # a stand-in
        "first_day": date(2026, 1, 1),
        "last_day": date(2026, 4, 30),
    }
    assert page.header.summary == "Balance: 1,500.00\u00a0DZD · overdue: 500.00\u00a0DZD"
    page.on_open(page.model.rows[0])
    page.on_open(LINE)
    page.on_open(replace(LINE, document={}))
    assert opened == [
        ("sales.invoice", str(ENTRY)),
        ("accounting.entries", "VE-ALG-2026-000007"),
    ]
    paper = PdfReader(io.BytesIO(page.paper(page.report))).pages[0].extract_text()
    assert "Opening balance 1,000.00" in paper
    assert "700 4457" in paper
    # What it has at the end, and what of the one line is open.
    assert "Closing balance" in paper


def test_a_late_invoice_opens_its_entry(qtbot: QtBot) -> None:
    days = (date(2026, 1, 10), date(2026, 3, 11))
    sums = (Decimal(10000), Decimal(4000), Decimal(6000))
    named = (BENALI, "Zahra", "زهرة", "F-1", "OD-1")
    late = LateInvoice(*named, {}, *days, *sums, 20, Decimal(225), "MAD")
    answer = LateReport((late,), has_law=True)
    desk: Any = FakeBackend({get_late_payments: answer}, make_user())
    page = LatePaymentsPage(desk)
    opened = shown(qtbot, page, 1)

    assert page.report.totals is not None
    assert page.report.totals.fine == 225
    page.on_open(late)
    page.on_open(page.report.totals)
    assert opened == [("accounting.entries", "OD-1")]


def test_the_auxiliary_balance_opens_the_statement_of_its_months(qtbot: QtBot) -> None:
    figures = (ZERO, ZERO, Decimal(500), ZERO, Decimal(500), ZERO)
    benali = AuxiliaryRow(BENALI, "Benali", "بن علي", *figures, "DZD")
    nobody = AuxiliaryRow(None, "", "", *figures, "DZD")
    backend: Any = FakeBackend({list_auxiliary: [benali, nobody]}, make_user())
    page = AuxiliaryPage(backend)
    page.parameters["first"].show_value(date(2026, 2, 1))
    page.parameters["last"].show_value(date(2026, 3, 1))
    page.parameters["account"].show_value("411")
    opened = shown(qtbot, page, 2)

    for row in page.model.rows:
        page.on_open(row)

    (party_page, about), ledger = opened
    assert party_page == "accounting.party_account"
    assert (about["party"], about["first"], about["last"], about["side"]) == (
        str(BENALI),
        "2026-02-01",
        "2026-03-31",
        "customer",
    )
    assert ledger == ("accounting.ledger", "account:411 date:01/02/2026..31/03/2026")
    assert page.model.index(1, 0).data() == "Without a partner"
