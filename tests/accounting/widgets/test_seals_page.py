"""The page of seals: what holds, what waits, and where a series is broken."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from modules.accounting.permissions import Permission
from modules.accounting.selectors import SealRow, list_seals
from modules.accounting.widgets.seals import SealsPage
from tests.fakes import FakeBackend, make_user

pytestmark = pytest.mark.usefixtures("desk")

HOLDS = SealRow("OD", "ALG", 12, 0, "", "a" * 64)
BROKEN = SealRow("VC", "ALG", 3, 9, "VC-ALG-2026-000004", "b" * 64)


def shown(qtbot: QtBot, rows: list[SealRow]) -> tuple[SealsPage, list[Any]]:
    backend: Any = FakeBackend({list_seals: rows}, make_user(Permission.VIEW_LEDGER))
    page, opened = SealsPage(backend), list[Any]()
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.opens.connect(lambda name, about: opened.append((name, about)))
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == len(rows))
    return page, opened


def test_a_ledger_that_holds_says_so(qtbot: QtBot) -> None:
    page, opened = shown(qtbot, [HOLDS])

    assert page.header.summary == "Every sealed entry is what it was when it was posted."
    page.on_open(HOLDS)
    assert opened == [("accounting.entries", "journal:OD")]


def test_a_broken_series_leads_to_its_entry(qtbot: QtBot) -> None:
    page, opened = shown(qtbot, [HOLDS, BROKEN])

    assert "behind the program's back" in page.header.summary
    page.on_open(BROKEN)
    assert opened == [("accounting.entries", "VC-ALG-2026-000004")]
