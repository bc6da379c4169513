"""The queue to head office, in sentences."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.core.commands import Flag
from erp_desktop.core.errors import BusyError
from erp_desktop.ui import language
from erp_desktop.ui.filters import Query
from erp_desktop.ui.sync_page import SyncPage, SyncPresenter, deed_of, fitting, sentence_of
from erp_desktop.workstation.link import LinkState
from tests.fakes import FakeBackend, FakeView


def entry(seq: int, state: str, name: str = "till.sell_v1", **more: Any) -> Any:
    values = {
        "seq": seq,
        "name": name,
        "number": f"ALG-01-{seq:06d}",
        "at": datetime(2026, 11, 20, 10, 32, tzinfo=UTC),
        "state": state,
        "flags": (),
        "trouble": "",
    }
    return SimpleNamespace(**{**values, **more})


ENTRIES = [
    entry(5, "waiting", trouble="The server does not answer."),
    entry(4, "sent"),
    entry(3, "flagged", flags=(Flag("core.busy", {}),)),
    entry(2, "refused", "inventory.move_stock_v2", flags=(Flag("core.busy", {}),)),
    entry(1, "applied"),
]


class Runner:
    """A sync that counts."""

    urged = 0

    def retry_now(self) -> None:
        """Count."""
        self.urged += 1


@pytest.fixture
def backend() -> FakeBackend:
    made = FakeBackend()
    made.workstation = SimpleNamespace(
        journal=SimpleNamespace(entries=lambda _limit: list(ENTRIES)),
        link=SimpleNamespace(state=LinkState(online=False, waiting=2, trouble="No line.")),
        sync=Runner(),
    )
    return made


def test_every_answer_is_a_sentence() -> None:
    assert sentence_of(ENTRIES[2]) == BusyError().sentence()
    assert sentence_of(ENTRIES[0]) == "The server does not answer."


def test_a_deed_is_named_in_the_words_of_its_module() -> None:
    assert deed_of(ENTRIES[0], {"till.sell": "Sale"}) == "Sale"
    assert deed_of(ENTRIES[3], {}) == "inventory · move stock"


@pytest.mark.parametrize(
    ("query", "seqs"),
    [
        (Query(), [5, 4, 3, 2, 1]),
        (Query(chips=frozenset({"waiting"})), [5, 4]),
        (Query(chips=frozenset({"flagged", "refused"})), [3, 2]),
        (Query("000003"), [3]),
        (Query("inventory"), [2]),
    ],
)
def test_the_queue_is_filtered(query: Query, seqs: list[int]) -> None:
    assert [each.seq for each in fitting(ENTRIES, query)] == seqs


def test_trying_at_once_wakes_the_sync(backend: Any) -> None:
    view = FakeView()
    presenter = SyncPresenter(view, backend)

    asyncio.run(presenter.send_now())

    assert backend.workstation.sync.urged == 1
    assert view.said == ["Trying head office now."]
    assert view.queue == ENTRIES


@pytest.mark.usefixtures("loop")
def test_a_till_that_did_nothing_yet_says_so(backend: Any, qtbot: QtBot) -> None:
    backend.workstation.journal = SimpleNamespace(entries=lambda _limit: [])
    page = SyncPage(backend, {})
    qtbot.addWidget(page)
    page.show()

    qtbot.waitUntil(page.table.empty.isVisible)
    page.stop()


@pytest.mark.usefixtures("loop")
def test_the_page_shows_queue_line_and_trouble(backend: Any, qtbot: QtBot) -> None:
    page = SyncPage(backend, {})
    qtbot.addWidget(page)
    page.show()

    qtbot.waitUntil(lambda: page.model.rowCount() == 5)
    assert page.header.chip.text() == "offline · 2 waiting"
    assert page._trouble.text() == "No line."
    assert page.filter._chips["waiting"].text() == "Waiting  2"
    language.use("fr")
    assert page.filter._chips["waiting"].text() == "En attente  2"
    language.use("en")
    page.table.select_row(2)
    page.refresh()
    qtbot.wait(50)
    assert page.table.current_row() is ENTRIES[2]
    page.stop()
