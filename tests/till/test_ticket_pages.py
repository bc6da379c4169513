"""The lists of tickets and cash sessions: opened from the ledger, and the way back."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from erp_desktop.ui.filters import Query, parse_filter
from modules.till.selectors import list_sessions, list_tickets
from modules.till.widgets.session_list import SessionListPage
from modules.till.widgets.ticket_list import TicketListPage, Tickets, span_of
from tests.fakes import BRANCH, FakeBackend, FakeView, make_user

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
def test_the_dashboard_opens_the_tickets_of_today_and_the_sessions_that_are_open(
    qtbot: QtBot,
) -> None:
    backend: Any = FakeBackend({list_sessions: []})
    for page_of, line, chip in (
        (TicketListPage, "is:today branch:ORN", "today"),
        (SessionListPage, "is:open branch:ORN", "open"),
    ):
        page: Any = page_of(backend)
        qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())

        page.open(line)

        query = page.filter.query()
        assert (query.chips, query.value("branch")) == (frozenset({chip}), "ORN")
        assert page.filter.entry.text() == "branch:ORN"


@pytest.mark.parametrize(
    ("line", "chips", "days"),
    [
        ("", {"today"}, ("2026-11-25", None)),
        ("", set(), (None, None)),
        ("date:1/11..15/11", set(), ("2026-11-01", "2026-11-16")),
        ("date:15/11", set(), ("2026-11-15", "2026-11-16")),
        ("date:1/11..", set(), ("2026-11-01", None)),
    ],
)
def test_tickets_are_asked_for_by_day(
    line: str, chips: set[str], days: tuple[str | None, str | None]
) -> None:
    query = Query(*parse_filter(line), frozenset(chips))

    span = span_of(query, date(2026, 11, 25))

    assert tuple(moment and f"{moment:%Y-%m-%d}" for moment in span) == days


def test_tickets_of_a_branch_are_asked_for_by_its_id(qtbot: QtBot) -> None:
    del qtbot
    backend: Any = FakeBackend({list_tickets: []})
    tickets = Tickets(FakeView(), backend)

    for code in ("branch:alg", "branch:ORN", ""):
        asyncio.run(tickets.load(Query(*parse_filter(code)), None))

    asked = [named["branch_id"] for _args, named in backend.asked(list_tickets)]
    assert asked == [BRANCH.id, UUID(int=0), None]


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
