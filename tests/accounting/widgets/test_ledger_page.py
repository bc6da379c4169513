"""The page of a ledger: its account is typed, and its lines are exported."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from erp_desktop.ui import language
from modules.accounting.widgets.ledger import LedgerPage
from tests.accounting.widgets.test_accounting_pages import door, shown


@pytest.mark.usefixtures("desk")
def test_an_account_that_is_being_typed_stays_when_the_language_changes(qtbot: QtBot) -> None:
    page = shown(qtbot, LedgerPage(door()))
    qtbot.waitUntil(lambda: bool(page.bar.account._chart))
    QTest.keyClicks(page.bar.account.editor, "51")
    language.use("ar")
    assert page.bar.account.editor.text() == "51"

    QTest.keyClicks(page.bar.account.editor, "2\r")
    language.use("fr")
    assert page.bar.account.editor.text() == "512 · Banques"


@pytest.mark.usefixtures("desk")
def test_an_exported_ledger_says_whose_lines_it_has(qtbot: QtBot, tmp_path: Path) -> None:
    page = LedgerPage(door())
    page.open("account:530 date:01/03/2026..31/03/2026")
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)

    page.exporter.export("pdf", tmp_path / "ledger.pdf")
    qtbot.waitUntil((tmp_path / "ledger.pdf").exists)
    text = PdfReader(tmp_path / "ledger.pdf").pages[0].extract_text()
    assert "530 · Caisse" in text
    assert "Opening balance: 0.00" in text
