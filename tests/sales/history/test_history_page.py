"""The page of a shop's history: read, look, book, stop half-way, go on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.ui.backend import Backend
from erp_desktop.ui.notices import ProgressPanel
from modules.sales.history import payloads
from modules.sales.widgets.history_page import HistoryPage
from modules.sales.widgets.history_presenter import Wish
from tests.houses import House, SignIn
from tests.sales.history.shop import SAMPLE, write_csv


@pytest.fixture
def page(desk: Any, qtbot: QtBot, signed_in: SignIn) -> Iterator[HistoryPage]:  # noqa: ARG001 - a loop
    """The page before the accountant, with a real door to a real PostgreSQL."""
    session = signed_in("salim")
    with ThreadPoolExecutor(2) as threads:
        backend = Backend(session.database, session.user, threads)
        shown = HistoryPage(backend)
        qtbot.addWidget(shown)
        shown.resize(1100, 700)
        shown.show()
        yield shown
        shown.stop()
        backend.close()


def texts(page: HistoryPage) -> str:
    model = page._table.model()
    return "\n".join(
        str(model.index(row, column).data() or "")
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )


def read(page: HistoryPage, qtbot: QtBot, path: Path = SAMPLE) -> None:
    page.open_file(path)
    qtbot.waitUntil(lambda: page._job is not None, timeout=20000)


def test_a_file_is_read_and_booked(page: HistoryPage, qtbot: QtBot, house: House) -> None:
    assert page._primary.text() == "Choose a file…"

    read(page, qtbot)

    assert page._primary.text() == "Book 150 rows"
    assert "22 documents" in texts(page)
    assert "one for one" in page.options.meaning

    page.go_on()
    qtbot.waitUntil(lambda: page._state is not None, timeout=30000)

    assert house.value("select state from sales.imports") == "done"
    assert page._primary.text() == "Show the invoices"
    assert page._header.chip.text() == "Complete"
    assert "-7,630.88" in texts(page)
    with qtbot.waitSignal(page.opens) as opened:
        page.go_on()
    assert opened.args == ["sales.invoices", None]


def test_what_was_stopped_goes_on_as_it_was_meant(
    page: HistoryPage, qtbot: QtBot, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payloads, "BATCH_LINES", 6)
    read(page, qtbot)
    page.options.form.show_draft(Wish("EXO", Decimal(1), covers=False))
    page.options.form.changed.emit()
    qtbot.waitUntil(lambda: page._job is not None, timeout=20000)
    assert "below zero" in page.options.meaning

    page.go_on()
    qtbot.waitUntil(lambda: bool(house.value("select max(done) from sales.imports")), timeout=20000)
    page.findChildren(ProgressPanel)[0]._on_cancel()
    qtbot.waitUntil(lambda: page._state is not None, timeout=20000)

    assert page._header.chip.text() == "Broken off"
    assert page._primary.text().startswith("Go on with ")
    assert "Stopped" in page.notices.bar.text

    read(page, qtbot)
    qtbot.waitUntil(lambda: page._state is not None, timeout=20000)
    assert not page.options.form.isEnabled()
    assert page.options.form.values()["covers"] is False
    page.go_on()
    qtbot.waitUntil(lambda: bool(page._state and page._state.is_done), timeout=30000)
    assert house.value("select sum(debit - credit) from accounting.entry_lines") == 0


def test_a_file_of_something_else_is_refused(
    page: HistoryPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.open_file(write_csv(tmp_path / "empty.csv"))

    qtbot.waitUntil(lambda: "empty" in page.notices.bar.text, timeout=20000)

    assert page._primary.text() == "Choose a file…"


def test_what_is_not_booked_can_be_saved(page: HistoryPage, qtbot: QtBot, tmp_path: Path) -> None:
    read(page, qtbot)
    target = tmp_path / "left.csv"

    page.start_once(page._presenter.save_rejected, target)

    qtbot.waitUntil(lambda: "left.csv" in page.notices.bar.text, timeout=5000)
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 3
