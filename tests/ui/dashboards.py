"""A dashboard as a module would write it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from math import sin
from typing import Any, ClassVar

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui.dashboard_page import (
    BarChart,
    Dashboard,
    DashboardPage,
    LineChart,
    Task,
    Tile,
    tone_of_trend,
    trend,
)

NAMES = {
    "fr": ("Alger", "Oran", "Constantine", "Sétif", "Annaba"),
    "ar": ("الجزائر", "وهران", "قسنطينة", "سطيف", "عنابة"),
}
SALES, BEFORE = Decimal(12480300), Decimal(11513195)


def money(value: Decimal) -> str:
    """Write an amount."""
    return current().money(value, "DZD")


def number(value: int) -> Callable[[], str]:
    """Write a figure."""
    return lambda: current().number(Decimal(value))


def days(count_of: int) -> list[str]:
    """Return the days of a period."""
    return [f"{day:02d}/11" for day in range(1, count_of + 1)]


def curve(count_of: int, shift: float) -> list[Decimal]:
    """Return sales of each day."""
    return [
        Decimal(round(350_000 + 100_000 * sin((n + shift) / 4) + n * 4_000))
        for n in range(count_of)
    ]


def tiles() -> tuple[Tile, ...]:
    """Return one tile of each tone."""
    return (
        Tile(
            N_("Sales"),
            number(int(SALES)),
            lambda: trend(SALES, BEFORE),
            tone_of_trend(SALES, BEFORE),
            "sample.orders",
            "today",
        ),
        Tile(N_("Margin"), number(3910120), lambda: trend(Decimal(97), Decimal(100)), "warn"),
        Tile(N_("Cash"), number(9112000), page="sample.orders"),
        Tile(
            N_("Late"),
            number(1860000),
            lambda: count("{n} line", "{n} lines", 38),
            "bad",
            "sample.orders",
        ),
        Tile(N_("Stock is low"), number(14), str, "", "sample.orders"),
    )


def charts(length: int, names: Sequence[str]) -> tuple[LineChart | BarChart, ...]:
    """Return a chart of each kind."""
    values = [Decimal(n) for n in (920_000, 740_000, 610_000, 400_000, 220_000)]
    return (
        LineChart(N_("Sales by day"), days(length), curve(length, 0), curve(length, 5), text=money),
        BarChart(N_("By branch"), names, values, text=money),
    )


def tasks(names: Sequence[str], now: datetime) -> tuple[Task, ...]:
    """Return work of different ages, with a page to do it on and without."""
    return (
        Task(
            lambda: _("Stock is low"),
            lambda: names[1],
            now - timedelta(minutes=18),
            page="sample.orders",
            argument="A-1",
        ),
        Task(lambda: _("Waiting"), lambda: names[0], now - timedelta(minutes=18)),
        Task(lambda: _("Waiting"), lambda: names[3], now - timedelta(days=3)),
    )


class ManagerPage(DashboardPage):
    """What the manager looks at."""

    title: ClassVar[str] = N_("Dashboard")

    def __init__(self, backend: Any) -> None:
        super().__init__(backend)
        self.asked: list[str] = []

    async def load(self, period: str) -> Dashboard:
        """Return made-up figures."""
        await asyncio.sleep(0)
        self.asked.append(period)
        now, length = wall_clock.now(), int(period)
        names = NAMES.get(current().language, NAMES["fr"])
        return Dashboard(
            tiles(), charts(length, names), tasks(names, now), now - timedelta(seconds=42)
        )
