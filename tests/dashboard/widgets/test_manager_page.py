"""The manager's page: tiles that open their lists, rights, branches, days without a line."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from erp_desktop.core import wall_clock
from erp_desktop.core.context import Branch
from erp_desktop.core.errors import OfflineError
from erp_desktop.ui import language
from erp_desktop.ui.dashboard_page import LineChart, Tile
from modules.dashboard.figures import Asked, Figures
from modules.dashboard.selectors import get_figures
from modules.dashboard.widgets import asking
from modules.dashboard.widgets.manager_page import ManagerPage, dashboard_of
from modules.dashboard.widgets.pictures import charts_of
from tests.fakes import BRANCH, FakeBackend, make_user
from tests.till.shops import open_till, two_shelves

pytestmark = pytest.mark.usefixtures("desk")

TODAY = date(2025, 11, 25)
READ_AT = f"{TODAY}T11:30:00+00:00"
ORAN = Branch(UUID(int=2), "ORN", "Oran", "وهران")
NAMED = {"code": "COF-1", "name": "Café", "name_ar": "قهوة", "total": "357.00"}


def answer(days: int = 1, **changes: Any) -> dict[str, Any]:
    """Return what `dashboard.figures_v1` answers."""
    sales = {
        "total": "476.00", "before": "400.00", "tickets": 3, "net": "400.00", "cost": "270.00",
        "places": {"9": "119.00", "11": "357.00"}, "places_before": {"10": "400.00"},
        "branches": [{"name": "Oran", "name_ar": "وهران", "total": "300"},
                     {"name": "Alger", "name_ar": "الجزائر", "total": "176"}],
        "cashiers": [{"name": "amina", "total": "476.00"}],
    }  # fmt: skip
    waiting = {"code": "inventory.short", "details": {}, "since": "2026-11-25T08:00:00+00:00",
               "branch": "ALG", "number": "ALG-01-000004", "is_parked": True}  # fmt: skip
    gone = {**NAMED, "branch": "ORN", "is_short": False, "since": None}
    return {
        "read_at": READ_AT, "last_day": f"{TODAY}", "days": days,
        "currency": "DZD",
        "till": {
            "sales": sales, "month": {"net": "900.00", "cost": "950.00"}, "products": [NAMED],
            "payments": {"card": "76.00", "cash": "400.00"},
            "drawers": {"sessions": 2, "cash": "5400.00", "left_open": [
                {"number": "ALG-01-S000001", "since": "2026-11-23T08:00:00+00:00",
                 "branch": "ALG"}]},
        },
        "accounting": {"account": "530", "name": "Caisse", "name_ar": "", "balance": "5400.00"},
        "inventory": {"value": "9000.00", "out": 4, "low": 9, "short": 1, "first": [gone]},
        "reviews": {"waiting": 5, "parked": 1, "first": [waiting]},
        **changes,
    }  # fmt: skip


Shown = Callable[..., tuple[ManagerPage, Any]]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """Show the page to somebody: `shown(answer, branches=(BRANCH, ORAN))`."""

    def make(
        found: Any = None, *, branches: tuple[Branch, ...] = (BRANCH,), station: Any = None
    ) -> tuple[ManagerPage, Any]:
        user = replace(make_user("dashboard.figures.view", login="nadia"), branches=branches)
        figures = Figures.from_json(found) if isinstance(found, dict) else found
        backend: Any = FakeBackend({get_figures: figures}, user)
        backend.workstation = station
        page = ManagerPage(backend)
        qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
        page.resize(1230, 900)
        page.show()
        qtbot.waitUntil(lambda: not page.is_busy(page._find))
        return page, backend

    return make


def tile(page: ManagerPage, caption: str) -> Tile:
    return next(each for each in page.dashboard.tiles if each.caption == caption)


MONTH = "date:01/11/2025..25/11/2025 branch:ORN"
OPENED = {
    "Sales of the day": ("till.tickets", "date:25/11/2025..25/11/2025 branch:ORN"),
    "Margin of the month": ("till.tickets", MONTH),
    "Cash in open drawers": ("till.sessions", "is:open branch:ORN"),
    "Cash in the ledger": ("accounting.ledger", f"account:530 {MONTH}"),
    "Value of the stock": ("inventory.stock", "is:there branch:ORN"),
    "Out of stock": ("inventory.stock", "is:out branch:ORN"),
    "Low stock": ("inventory.stock", "is:low branch:ORN"),
    "To review": ("admin.reviews", "branch:ORN"),
}


def test_each_tile_opens_its_list_of_the_branch(shown: Shown, qtbot: QtBot) -> None:
    page, backend = shown(answer(), branches=(BRANCH, ORAN))
    page.branch.setCurrentIndex(2)
    page.branch.activated.emit(2)
    qtbot.waitUntil(lambda: len(backend.asked(get_figures)) == 2)
    qtbot.waitUntil(lambda: not page.is_busy(page._find))
    captions = [each.caption for each in page.dashboard.tiles]
    opened = {}

    for caption in OPENED:
        with qtbot.waitSignal(page.opens) as opening:
            QTest.keyClick(page.tiles.cards[captions.index(caption)], Qt.Key.Key_Return)
        opened[caption] = tuple(opening.args)

    assert opened == OPENED
    assert backend.asked(get_figures)[1][0][0].branch_id == ORAN.id
    assert page.header.title.text() == "Dashboard"
    assert page.heading() == "Dashboard — Oran"


def test_figures_trends_and_rates_are_worded(shown: Shown) -> None:
    page, _backend = shown(answer())

    sales, margin, month = (
        tile(page, caption)
        for caption in ("Sales of the day", "Margin of the day", "Margin of the month")
    )
    assert (sales.figure(), sales.note()) == (
        "476.00\u00a0DZD",
        "▲ 19.0\u00a0% on 18/11",
    )
    assert (margin.figure(), margin.note()) == ("130.00\u00a0DZD", "32.5\u00a0%")
    assert (month.figure(), month.tone) == ("-50.00\u00a0DZD", "bad")
    assert tile(page, "To review").note() == "1 not booked"
    assert page.header.summary.startswith("figures of head office: ")


def test_what_the_user_may_not_see_has_no_tile_and_no_chart(shown: Shown) -> None:
    nothing = answer(till={}, accounting=None, inventory=None)

    page, _backend = shown(nothing)

    assert [each.caption for each in page.dashboard.tiles] == ["To review"]
    assert page.dashboard.charts == []


def test_work_to_do_begins_with_what_is_not_booked(shown: Shown) -> None:
    page, _backend = shown(answer())

    tasks = [(each.page, each.argument, each.tone) for each in page.dashboard.tasks]

    assert tasks == [
        ("admin.reviews", "ALG-01-000004", "bad"),
        ("till.sessions", "ALG-01-S000001", "warn"),
        ("inventory.stock", "COF-1", ""),
    ]
    assert page.dashboard.tasks[2].text() == "Out of stock: COF-1 Café"


def test_only_a_day_that_is_not_over_is_called_today() -> None:
    now = wall_clock.today()

    assert asking.of_days(Asked(now, 1)) == "is:today"
    assert asking.of_days(Asked(TODAY, 1)) == "date:25/11/2025..25/11/2025"
    assert asking.of_days(Asked(TODAY, 7, branch="ORN")) == "date:19/11/2025..25/11/2025 branch:ORN"


@pytest.mark.parametrize(
    ("days", "title", "names"),
    [
        (7, "Sales by day", ["19/11", "20/11", "21/11", "22/11", "23/11", "24/11", "25/11"]),
        (84, "Sales by week", ["03/09", "10/09"]),
    ],
)
def test_sales_stand_by_day_or_by_week(days: int, title: str, names: list[str]) -> None:
    chart = charts_of(Figures.from_json(answer(days)), Asked(TODAY, days))[0]

    assert isinstance(chart, LineChart)
    assert chart.title == title
    assert chart.names[: len(names)] == names
    assert len(chart.values) == len(chart.names) == (7 if days == 7 else 12)


def test_a_day_ends_with_the_hour_of_now(shown: Shown) -> None:
    page, _backend = shown(answer())
    hour = wall_clock.local(datetime(2025, 11, 25, 11, 30, tzinfo=UTC)).hour

    chart = page.dashboard.charts[0]

    assert chart.names[0] == "08:00"
    assert chart.names[-1] == f"{max(hour, 11):02d}:00"
    assert sum(chart.values) == 476


def test_branches_are_compared_by_who_sees_several(shown: Shown) -> None:
    several, _backend = shown(answer(), branches=(BRANCH, ORAN))
    one, _backend = shown(answer(), branches=(BRANCH,))

    assert several.branch.isVisible()
    assert [each.title for each in several.dashboard.charts][-1] == "By branch"
    assert not one.branch.isVisible()
    assert one.header.title.text() == "Dashboard — Alger Centre"


def test_names_follow_the_language(shown: Shown) -> None:
    page, _backend = shown(answer(), branches=(BRANCH, ORAN))

    language.use("ar")

    assert page.heading() == "لوحة القيادة — كل الفروع"
    assert list(page.dashboard.charts[1].names) == ["قهوة"]
    assert page.branch.itemText(2) == "وهران"


def test_without_a_line_the_page_shows_what_it_knew_with_its_age(
    shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    with open_till(tmp_path / "till", two_shelves) as station:
        shown(answer(), station=station)
        hours = datetime.now(UTC) - timedelta(hours=3)
        kept = Figures.from_json(answer(read_at=hours.isoformat()))
        page, backend = shown(kept, station=station)

        backend.answers[get_figures] = OfflineError
        offline, _backend = shown(OfflineError, station=station)
        page.refresh()
        qtbot.waitUntil(page.header.chip.isVisible)

        for each in (page, offline):
            assert each.header.chip.text() == "Offline"
            assert tile(each, "Tickets").figure() == "3"
            assert "hours ago" in each.header.summary or "yesterday" in each.header.summary


def test_without_a_line_and_without_memory_it_says_so(shown: Shown, qtbot: QtBot) -> None:
    page, backend = shown(OfflineError)

    assert "keeps no figures" in page.notices.bar.text
    assert page.dashboard.tiles == ()

    backend.answers[get_figures] = Figures.from_json(answer())
    page.refresh()
    qtbot.waitUntil(lambda: bool(page.dashboard.tiles))
    assert not page.notices.bar.isVisible()
    assert not page.header.chip.isVisible()


def test_figures_of_one_user_are_not_kept_for_another(tmp_path: Path, shown: Shown) -> None:
    with open_till(tmp_path / "till", two_shelves) as station:
        shown(answer(), station=station)

        keys = station.journal._store.rows("select name from memory where name like 'dashboard/%'")

    assert keys == [("dashboard/nadia/1/all",)]


def test_amounts_have_the_decimals_of_the_country() -> None:
    figures = Figures.from_json(answer(currency="TND"))

    tiles = dashboard_of(figures, Asked(TODAY, 1)).tiles

    assert tiles[0].figure() == "476.000\u00a0TND"
