"""The pages of matching with keys, on real books: mark, match, write off, take back, propose."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from modules.accounting.permissions import Permission
from modules.accounting.selectors import MatchingRow, list_matches, list_matching
from modules.accounting.widgets.asking_one import OneDialog
from modules.accounting.widgets.matching.page import MatchingPage
from modules.accounting.widgets.matching.proposals import ProposalsPage
from tests.accounting.matching.matchbook import ZAHRA, MatchBook, true_to_lines
from tests.fakes import FakeBackend, make_user
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database
Key = Qt.Key
ROW = MatchingRow(
    *(UUID(int=1), 1, "411", UUID(int=2), "Benali", "بن علي", date(2026, 3, 10)),
    *(date(2026, 4, 9), "OD-ALG-2026-000001", {}, "Facture", "ALG"),
    *(Decimal(100), Decimal(100), "", "DZD"),
)


def at(desk: Desk, page: Any, rows: int) -> Any:
    """Wait for a number of rows, and go to the first."""
    desk.until(lambda: page.model.rowCount() == rows)
    page.activateWindow()
    page.table.setFocus()
    desk.until(page.table.hasFocus)
    page.table.select_row(0)
    return page


def answer(desk: Desk, page: Any, kind: type[Any]) -> Any:
    """Return the question that a page asks, once it is there."""
    desk.until(lambda: any(each.isVisible() for each in page.findChildren(kind)))
    return next(each for each in page.findChildren(kind) if each.isVisible())


def said(desk: Desk, page: Any, deed: str) -> None:
    """Say yes to a question."""
    box = answer(desk, page, QMessageBox)
    next(each for each in box.buttons() if each.text() == deed).click()


def test_lines_are_marked_and_matched_with_two_keys(salim: Desk, book: MatchBook) -> None:
    lines = [book.debt("100.00"), book.debt("60.00", on="03-12"), book.paid("160.00")]
    book.debt("9.00", party=ZAHRA)
    page = at(salim, salim.open(MatchingPage, "account:411 partner:benali"), 3)
    assert salim.backend.asked == ["list_matching"]
    assert not page.bar.match.isEnabled()

    for _each in (1, 2):
        QTest.keyClick(page.table, Key.Key_Space)
    salim.until(lambda: "160.00" in page.bar.difference.text())
    QTest.keyClick(page.table, Key.Key_Space)

    assert len(page.marked()) == 3
    salim.until(lambda: "0.00" in page.bar.difference.text())
    QTest.keyClick(page.table, Key.Key_Return)
    salim.until(lambda: page.model.rowCount() == 0)
    assert book.letters(*lines) == "A A A"
    page.filter.press(["lettered"])
    at(salim, page, 3)
    assert [line.row.letter for line in page.model.rows] == ["A", "A", "A"]
    salim.until(lambda: page.history.model.rowCount() == 1)

    page.history.table.select_row(0)
    page.history.undo.click()
    salim.until(lambda: page.model.rowCount() == 3 and page.model.rows[0].row.open == 100)
    assert book.letters(*lines) == ". a a"
    page._on_undo_letter(page.model.rows[1])
    said(salim, page, "Take the letter back")
    salim.until(lambda: page.model.rowCount() == 3 and not page.model.rows[1].row.letter)
    assert book.letters(*lines) == ". . ."
    true_to_lines(book.house)


def is_marked(page: Any, number: int) -> bool:
    """Return whether the n-th line is marked."""
    return bool(page.model.rows[number].is_marked)


def test_a_part_of_a_line_is_matched(salim: Desk, book: MatchBook) -> None:
    lines = [book.debt("80.00"), book.debt("80.00", on="03-12"), book.paid("100.00")]
    page = at(salim, salim.open(MatchingPage, ""), 3)
    for number in (0, 1):
        page._on_part(page.model.rows[number])
        dialog = answer(salim, page, OneDialog)
        dialog.field.show_value(50)
        dialog.take()
        salim.until(partial(is_marked, page, number))
        salim.until(lambda: not page.is_busy(page._mark_part))
    page._on_selected([*page.marked(), page.model.rows[2]])

    salim.until(lambda: page.model.rowCount() == 2)
    assert book.open(*lines) == ["30", "30", "0"]
    assert book.letters(*lines) == "a a a"


@pytest.mark.usefixtures("desk")
def test_who_only_looks_is_offered_nothing_to_match(qtbot: QtBot) -> None:
    answers = {list_matching: [ROW], list_matches: []}
    backend: Any = FakeBackend(answers, user=make_user(Permission.VIEW_LEDGER))
    page = Desk(qtbot, backend).open(MatchingPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)

    page.table.select_row(0)
    page.mark()

    assert page.marked() == []
    assert not page.bar.isVisible()
    assert not page.history.undo.isVisible()


def test_what_is_left_is_written_off_within_the_tolerance(salim: Desk, book: MatchBook) -> None:
    debt, payment = book.debt("100.00"), book.paid("99.50")
    page = at(salim, salim.open(MatchingPage, ""), 2)
    page._on_tolerance()
    dialog = answer(salim, page, OneDialog)
    dialog.field.show_value(1)
    dialog.take()
    salim.until(lambda: book.house.value("select tolerance from accounting.matching_settings") == 1)
    at(salim, page, 2)
    for _each in (1, 2):
        QTest.keyClick(page.table, Key.Key_Space)
    salim.until(page.bar.write_off.isEnabled)

    page.bar.write_off.click()
    answer(salim, page, OneDialog).take()

    salim.until(lambda: page.model.rowCount() == 0)
    assert book.letters(debt, payment) == "A A"
    loss = "select sum(l.debit) from accounting.entry_lines l join accounting.accounts a"
    assert str(book.house.value(f"{loss} on a.id = l.account_id where a.code = '658'")) == "0.50"
    assert page.notices.bar.text == "Matched under the letter A."
    true_to_lines(book.house)


def test_proposals_are_looked_at_and_then_matched(salim: Desk, book: MatchBook) -> None:
    lines = [book.debt("100.00", label="FA-26/1"), book.paid("80.00", label="FA-26/1"),
             book.debt("7.00", on="03-12"), book.paid("7.00")]  # fmt: skip
    listed = at(salim, salim.open(MatchingPage, "account:41"), 4)
    listed._on_automatic()
    assert salim.opened == [("accounting.match_proposals", "account:41")]
    page = at(salim, salim.open(ProposalsPage, "account:41"), 2)
    assert page.summary() == "2 proposals · 87.00\u00a0DZD"

    page._on_some([row for row in page.model.rows if row.reason == "amount"])
    salim.until(lambda: page.model.rowCount() == 1)
    page._on_all()
    said(salim, page, "Match all")

    salim.until(lambda: page.model.rowCount() == 0)
    assert book.letters(*lines) == "b b A A"
    true_to_lines(book.house)
