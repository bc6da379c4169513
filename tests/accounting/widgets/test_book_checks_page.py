"""The page of the checks of the books, over a real database: what differs, and where to look."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.ui import language
from erp_desktop.ui.backend import Backend
from modules.accounting.widgets.book_checks import BookChecksPage
from tests.accounting.books import books_of
from tests.accounting.packages import behind_everybody
from tests.houses import YEAR, House, SignIn

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("desk")]


@pytest.fixture
def backend(house: House, signed_in: SignIn) -> Iterator[Backend]:
    """Salim's desk, after he posted one rent."""
    with books_of(house) as books:
        assert books.post().state == "applied"
    session = signed_in("salim")
    with ThreadPoolExecutor(1) as threads:
        yield Backend(session.database, session.user, threads)


def shown(qtbot: QtBot, backend: Backend, rows: int) -> tuple[BookChecksPage, list[Any]]:
    page, opened = BookChecksPage(backend), list[Any]()
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.opens.connect(lambda name, about: opened.append((name, about)))
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == rows, timeout=10_000)
    return page, opened


def cells(page: BookChecksPage, column: int) -> list[str]:
    model = page.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_honest_books_show_each_check_in_order(qtbot: QtBot, backend: Backend) -> None:
    page, opened = shown(qtbot, backend, 7)

    assert set(cells(page, 1)) == {"In order"}
    assert page.header.summary == "All that was checked agrees."
    page.on_open(page.model.row(page.model.index(0, 0)))
    assert opened == []
    language.use("ar")
    assert page.header.summary == "كل ما فُحص متطابق."


def test_what_differs_leads_to_the_ledger_and_to_the_entry(
    qtbot: QtBot, house: House, backend: Backend
) -> None:
    behind_everybody(house, "update accounting.entry_lines set debit = 50001 where debit > 0")
    behind_everybody(house, "update inventory.stock set value = 0")
    behind_everybody(
        house,
        "insert into accounting.balances select a.id, p.id, b.id, 12, 0 from accounting.accounts a,"
        " accounting.periods p, core.branches b where a.code = '301' and b.code = 'ALG'"
        f" and p.starts_on = '{YEAR}-02-01'",
    )
    page, opened = shown(qtbot, backend, 7)

    assert cells(page, 1).count("Differs") == 3
    balances, stock, entry = (
        next(row for row in page.report.rows if row.check_id == check)
        for check in ("balances", "stock", "entries")
    )
    figures = [balances.ledger, balances.other, stock.ledger]
    assert figures == [Decimal(0), Decimal(12), Decimal(12)]
    page.on_open(balances)
    page.on_open(entry)
    (ledger, line), last = opened
    assert ledger == "accounting.ledger"
    assert line.startswith("account:301 ")
    assert line.endswith("branch:ALG")
    assert last == ("accounting.entries", f"OD-ALG-{YEAR}-000001")
