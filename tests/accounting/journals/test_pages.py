"""The pages of journals, and their paper."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from modules.accounting.permissions import Permission
from modules.accounting.selectors import (
    CentralRow,
    JournalLine,
    JournalRow,
    list_central_journal,
    list_journal_lines,
    list_journals,
)
from modules.accounting.widgets.journals.central import CentralJournalPage
from modules.accounting.widgets.journals.detailed import DetailedJournalPage
from tests.fakes import FakeBackend, make_user

pytestmark = pytest.mark.usefixtures("desk")

ZERO, MARCH = Decimal(0), date(2026, 3, 1)
VC = ("VC", "Ventes comptoir", "")
ENTRY = (UUID(int=8), "VC", "Ventes comptoir", "", "VC-ALG-2026-000001", date(2026, 3, 10))
TICKET = {"module": "till", "kind": "ticket", "number": "T-1"}
CASH = JournalLine(
    *(*ENTRY, UUID(int=1), "ALG", "Ticket", TICKET, 1, "530", "Caisse", "الصندوق"),
    *("", "", "", Decimal(100), ZERO, "DZD", True),
)
SALES = replace(
    CASH, line_no=2, account="700", debit=ZERO, credit=Decimal(100), is_first=False, document={}
)
CENTRAL = CentralRow("VC", "Ventes", "", MARCH, "530", "Caisse", "", 1, Decimal(100), ZERO, "DZD")


def door(more: dict[Any, Any] | None = None) -> Any:
    known: dict[Any, Any] = {
        list_journals: [JournalRow(*VC, is_manual=False, is_active=True, series="")],
        list_journal_lines: [CASH, SALES],
        list_central_journal: [CENTRAL, replace(CENTRAL, account="", is_sum=True)],
        **(more or {}),
    }
    return FakeBackend(known, make_user(Permission.VIEW_LEDGER))


def shown(qtbot: QtBot, page: Any, rows: int = 2) -> list[Any]:
    opened: list[Any] = []
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.opens.connect(lambda name, about: opened.append((name, about)))
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == rows)
    return opened


def test_an_entry_is_named_once_and_its_lines_open_their_document(qtbot: QtBot) -> None:
    backend = door()
    page = DetailedJournalPage(backend)
    opened = shown(qtbot, page)

    numbers = [page.model.index(row, 1).data() for row in range(2)]
    for row in page.model.rows:
        page.on_open(row)

    assert [bool(number) for number in numbers] == [True, False]
    assert opened == [("till.tickets", "T-1"), ("accounting.entries", "VC-ALG-2026-000001")]
    assert len(backend.asked(list_journals)) == 1


def test_the_centralising_journal_leads_to_ledgers_and_to_journals(qtbot: QtBot) -> None:
    page = CentralJournalPage(door())
    opened = shown(qtbot, page)
    for row in page.model.rows:
        page.on_open(row)

    assert opened == [
        ("accounting.ledger", "account:530 date:01/03/2026..31/03/2026"),
        ("accounting.detailed_journal", {"journal": "VC", "month": "2026-03-01", "branch": ""}),
    ]

    backend = door()
    detailed = DetailedJournalPage(backend)
    detailed.open(opened[1][1])
    shown(qtbot, detailed)
    (asked,) = backend.asked(list_journal_lines)
    days = {"first_day": MARCH, "last_day": date(2026, 3, 31)}
    assert asked == (("VC",), {**days, "branch_id": None})


def test_each_page_of_paper_is_summed_up_and_carried_on(qtbot: QtBot) -> None:
    """60 entries of 100.00: what is carried on from a page is what the next one begins with."""
    page = DetailedJournalPage(door({list_journal_lines: [CASH, SALES] * 60}))
    shown(qtbot, page, 120)

    sheets = [
        sheet.extract_text().replace("\u202f", " ").replace("\xa0", " ")
        for sheet in PdfReader(io.BytesIO(page.paper(page.report))).pages
    ]

    def figure(text: str, words: str) -> str:
        return text.partition(words)[2].partition(".00")[0].strip()

    assert len(sheets) > 2
    for before, after in pairwise(sheets):
        assert figure(before, "Carried forward") == figure(after, "Brought forward")
    assert all("Total of the page" in sheet for sheet in sheets)
    # No page ends within an entry: both sides are carried on alike.
    for sheet in sheets[:-1]:
        debit, credit = sheet.partition("Carried forward")[2].split()[:2]
        assert debit == credit
    assert figure(sheets[-1].replace("Total of the page", ""), "Total") == "6,000"
