"""Reminders at the desk: what is due is sent and printed, who is left out says why."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from erp_desktop.documents.invoice.paper import PaperLanguage
from modules.accounting.letters import letters_pdf
from modules.accounting.permissions import Permission
from modules.accounting.reminders import release_reminders, send_reminders
from modules.accounting.selectors import (
    LetterLine,
    LetterSheet,
    LetterWriter,
    ReminderProposal,
    SentReminder,
    get_letters,
    list_reminder_proposals,
    list_reminders,
)
from modules.accounting.widgets.reminders import due, paper
from modules.accounting.widgets.reminders.due import RemindersPage
from modules.accounting.widgets.reminders.sent import SentRemindersPage
from tests.fakes import FakeBackend, make_user

pytestmark = pytest.mark.usefixtures("desk")

BENALI, ZAHRA, HOLD, ALGIERS = (UUID(int=number) for number in range(3, 7))
DUE_ON, MONEY = date(2026, 2, 10), Decimal("1500.00")
FREE = (None, "", "", None)
PROPOSAL = ReminderProposal(
    *(ALGIERS, "ALG", BENALI, "Benali", "بن علي", 3, 2, MONEY, Decimal(200), DUE_ON, None),
    *(*FREE, "DZD"),
)
HELD = ReminderProposal(
    *(ALGIERS, "ALG", ZAHRA, "Zahra", "زهرة", 1, 1, MONEY, Decimal(0), DUE_ON, None),
    *(HOLD, "dispute", "Cassé", None, "DZD"),
)
SENT = SentReminder(
    *(UUID(int=9), "ALG", BENALI, "Benali", "بن علي", 3, DUE_ON, Decimal(0), MONEY, "salim"),
    *(datetime(2026, 4, 8, tzinfo=UTC), "DZD"),
)
WRITER = LetterWriter(("Atlas", "أطلس"), ("1, rue Didouche", "1 شارع ديدوش"), "021", "DZ", {})
SHEET = LetterSheet(
    *(SENT.id, "Benali", "بن علي", 3, date(2026, 4, 8), Decimal(200), MONEY, "DZD"),
    *(("Mise en demeure", "إنذار بالدفع"), ("Nous vous demandons.", "نطلب منكم."), WRITER),
    tuple(LetterLine(f"FA-{n:03d}", DUE_ON, DUE_ON, Decimal(15), 3) for n in range(100)),
)


def door() -> Any:
    known: dict[Any, Any] = {
        list_reminder_proposals: [PROPOSAL, HELD],
        list_reminders: [SENT],
        get_letters: [SHEET],
        send_reminders: 1,
        release_reminders: None,
    }
    return FakeBackend(known, make_user(Permission.VIEW_LEDGER, Permission.SEND_REMINDERS))


def shown(qtbot: QtBot, page: Any) -> list[Any]:
    opened: list[Any] = []
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.opens.connect(lambda name, about: opened.append((name, about)))
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    return opened


def test_what_is_due_is_sent_and_lies_in_a_file(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "reminders.pdf"

    async def agreed(*_: Any) -> bool:
        return True

    async def chosen(*_: Any) -> Path:
        return target

    monkeypatch.setattr(due, "confirm", agreed)
    monkeypatch.setattr(paper, "choose_target", chosen)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    page = RemindersPage(door())
    opened = shown(qtbot, page)

    page._on_all()
    qtbot.waitUntil(target.exists)

    ((_day, letters),) = [call[1] for call in page.backend.calls if call[0] is send_reminders]  # type: ignore[attr-defined] # a stand-in
    assert [(each.branch_id, each.party_id) for each in letters] == [(ALGIERS, BENALI)]
    page.on_open(PROPOSAL)
    assert opened[0][0] == "accounting.party_account"


def test_who_is_left_out_says_why(qtbot: QtBot) -> None:
    page = RemindersPage(door())
    shown(qtbot, page)
    page.filter.press({"held"})
    page.refresh()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert "Cassé" in page.columns[-1].text(HELD)
    page._on_release(HELD)
    qtbot.waitUntil(lambda: release_reminders in [call[0] for call in page.backend.calls])  # type: ignore[attr-defined] # a stand-in


def test_what_was_sent_is_a_list(qtbot: QtBot) -> None:
    page = SentRemindersPage(door())
    opened = shown(qtbot, page)
    page.on_open(SENT)
    assert opened == [
        ("accounting.party_account", {"party": str(BENALI), "name": "Benali", "name_ar": "بن علي"})
    ]


@pytest.mark.parametrize("language", ["fr", "ar", "ar+fr"])
def test_each_letter_begins_on_a_page_of_its_own(language: PaperLanguage) -> None:
    pages = PdfReader(io.BytesIO(letters_pdf([SHEET, SHEET], language))).pages
    texts = [page.extract_text() for page in pages]
    half = len(texts) // 2
    assert half >= 2
    assert texts[:half] == texts[half:]
    whole = "".join(texts[:half])
    assert all(f"FA-{number:03d}" in whole for number in range(100))
    assert ("Mise en demeure" in whole) == (language != "ar")
    assert ("Cachet et signature" in whole) == (language != "ar")
    assert "1,700.00" in whole or "1 700,00" in whole.replace("\u00a0", " ").replace("\u202f", " ")
