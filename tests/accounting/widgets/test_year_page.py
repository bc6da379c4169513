"""The page of a year's end: its checks, the provisional run, and the final closing that asks."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from erp_desktop.ui import language
from modules.accounting.period_errors import YearNotReadyError
from modules.accounting.selectors import Year, YearCheck, get_year
from modules.accounting.widgets.year_page import YearPage
from modules.accounting.years import close_year, finish_year
from tests.accounting.widgets.test_setup_pages import page_with

pytestmark = pytest.mark.usefixtures("desk")

CHECKS = (
    YearCheck("drafts", 2, "Loyer · Salaires", is_blocking=True),
    YearCheck("gaps", 0, "", is_blocking=True),
    YearCheck("suspense", 1, "581", is_blocking=False),
)
OPEN = Year(2026, "open", 0, Decimal(250), "DZD", (2025, 2026), CHECKS)
RUN = replace(OPEN, state="provisional", runs=2, result=Decimal(-50))


def year_page(qtbot: QtBot, year: Year, **answers: Any) -> Any:
    known = {get_year: year, close_year: None, finish_year: answers.get("finish")}
    page = page_with(qtbot, YearPage, known)
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    return page


def test_each_check_says_how_it_stands_and_leads_to_where_it_is_mended(qtbot: QtBot) -> None:
    page = year_page(qtbot, OPEN)
    page.wanted = 2026
    opened: list[Any] = []
    page.opens.connect(lambda *where: opened.append(where))

    states = [page.model.index(row, 2).data() for row in range(3)]
    page.on_open(CHECKS[0])
    page.on_open(CHECKS[2])

    assert states == ["To be mended", "In order", "Look at it"]
    ledger = "account:581 date:01/01/2026..31/12/2026"
    assert opened == [("accounting.drafts", None), ("accounting.ledger", ledger)]
    assert page.summary().startswith("Profit: ")
    assert not page.finish.isEnabled()


def test_a_run_sends_the_labels_in_the_accountants_language(qtbot: QtBot) -> None:
    page = year_page(qtbot, OPEN)
    page.wanted = 2026
    language.use("fr")

    page.run.click()
    qtbot.waitUntil(lambda: bool(page.backend.asked(close_year)))

    [((year, labels), _more)] = page.backend.asked(close_year)
    assert (year, {*labels}) == (2026, {"result", "closing", "opening"})
    assert "2026" in labels["opening"]
    assert "Opening" not in labels["opening"]


def test_another_year_is_chosen(qtbot: QtBot) -> None:
    page = year_page(qtbot, OPEN)

    page.choice.show_value(2025)
    page.choice.changed.emit()
    qtbot.waitUntil(lambda: page.backend.asked(get_year)[-1] == ((2025,), {}))

    other = page_with(qtbot, YearPage, {get_year: OPEN})
    other.restore(page.state())
    assert other.wanted == 2025


def test_the_final_closing_asks_by_name_and_tells_what_is_in_its_way(qtbot: QtBot) -> None:
    page = year_page(qtbot, RUN, finish=YearNotReadyError(year=2026, check="drafts"))
    page.wanted = 2026
    assert page.summary().startswith("Loss: ")
    assert page.run.text() == "Run again"

    page.finish.click()
    qtbot.waitUntil(lambda: page.findChild(QMessageBox) is not None)
    box = page.findChild(QMessageBox)
    assert "2026" in box.text()
    next(b for b in box.buttons() if b.text() == "Close for good").click()

    qtbot.waitUntil(lambda: "cannot be closed for good yet" in page.notices.bar.text)
    assert page.backend.asked(finish_year) == [((2026,), {})]


def test_what_is_final_offers_nothing_more(qtbot: QtBot) -> None:
    page = year_page(qtbot, replace(RUN, state="final"))

    assert not page.run.isEnabled()
    assert not page.finish.isEnabled()
