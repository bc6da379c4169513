"""The lists of tickets and cash sessions: opened from the ledger, and the way back."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from modules.till.selectors import list_sessions
from modules.till.widgets.session_list import SessionListPage
from modules.till.widgets.ticket_list import TicketListPage
from tests.fakes import FakeBackend, make_user

LEDGER = "accounting.ledger.view"


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("page_of", [TicketListPage, SessionListPage])
def test_a_number_from_the_ledger_is_looked_for_on_every_day(
    qtbot: QtBot, page_of: Callable[[Any], Any]
) -> None:
    page = page_of(FakeBackend({list_sessions: []}))
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())

    page.open("ALG-01-000007")

    query = page.filter.query()
    assert (query.text, query.chips) == ("ALG-01-000007", frozenset())


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(("rights", "is_offered"), [((LEDGER,), True), ((), False)])
def test_who_may_see_the_ledger_is_led_from_a_ticket_to_its_entries(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, rights: tuple[str, ...], *, is_offered: bool
) -> None:
    backend: Any = FakeBackend(user=make_user(*rights))
    page = TicketListPage(backend)
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    ticket: Any = type("Look", (), {"number": "ALG-01-000007"})()
    monkeypatch.setattr(page.table, "current_row", lambda: ticket)
    menu = QMenu()
    page.actions_of_row.fill_menu(menu)

    offered = [action for action in menu.actions() if action.text() == "Journal entries"]

    assert bool(offered) == is_offered
    for action in offered:
        with qtbot.waitSignal(page.opens) as opened:
            action.trigger()
        assert opened.args == ["accounting.entries", "document:ALG-01-000007"]
    menu.deleteLater()
