"""Dashboards: figures that open their lists, charts that say exact values, age, and paper."""

import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.core.i18n import N_
from erp_desktop.ui import language, memory, theme
from erp_desktop.ui.ago import ago
from erp_desktop.ui.chart_plot import round_steps
from erp_desktop.ui.charts import BarChart, ChartCard, LineChart
from erp_desktop.ui.dashboard_page import trend
from tests.fakes import FakeBackend
from tests.ui.dashboards import ManagerPage

pytestmark = pytest.mark.usefixtures("loop")

NOW = datetime(2026, 11, 20, 10, 32, tzinfo=UTC)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[ManagerPage]:
    memory.current().set("period/tests.ui.dashboards.ManagerPage", "30")
    made = ManagerPage(FakeBackend())
    qtbot.addWidget(made)
    made.resize(1230, 790)
    made.show()
    qtbot.waitUntil(lambda: bool(made.dashboard.tiles))
    yield made
    made.stop()


def period(page: ManagerPage, words: str) -> QPushButton:
    return next(b for b in page.header.findChildren(QPushButton) if b.text() == words)


def test_a_tile_opens_its_list_by_click_and_by_enter(page: ManagerPage, qtbot: QtBot) -> None:
    sales, _margin, cash = page.tiles._cards[:3]

    with qtbot.waitSignal(page.opens) as opening:
        QTest.mouseClick(sales, Qt.MouseButton.LeftButton)
    assert opening.args == ["sample.orders", "today"]

    with qtbot.waitSignal(page.opens) as opening:
        QTest.keyClick(cash, Qt.Key.Key_Return)
    assert opening.args == ["sample.orders", None]


def test_a_tile_says_its_figure_and_its_trend_to_those_who_cannot_see(page: ManagerPage) -> None:
    assert page.tiles._cards[0].accessibleName() == "Sales 12,480,300 ▲ 8.4\u00a0%"
    assert page.tiles._cards[1].focusPolicy() == Qt.FocusPolicy.NoFocus


def test_tiles_wrap_in_a_narrow_window(page: ManagerPage, qtbot: QtBot) -> None:
    page.resize(600, 790)

    qtbot.waitUntil(lambda: page.tiles._columns == 2)
    qtbot.waitUntil(lambda: len({card.y() for card in page.tiles._cards}) == 3)


def test_work_to_do_opens_where_it_is_done(page: ManagerPage, qtbot: QtBot) -> None:
    page.tasks.select_row(0)

    with qtbot.waitSignal(page.opens) as opening:
        QTest.keyClick(page.tasks, Qt.Key.Key_Return)

    assert opening.args == ["sample.orders", "A-1"]
    assert page.model.index(0, 2).data() == "18 minutes ago"


def test_another_period_is_asked_for_and_remembered(page: ManagerPage, qtbot: QtBot) -> None:
    assert period(page, "30 days").isChecked()

    period(page, "7 days").click()

    qtbot.waitUntil(lambda: page.asked[-1] == "7")
    again = ManagerPage(FakeBackend())
    qtbot.addWidget(again)
    assert again.period == "7"


def test_the_age_of_the_figures_stands_beside_the_title(page: ManagerPage) -> None:
    assert page.header.summary.startswith("figures: 4")


def test_figures_come_again_while_somebody_looks(page: ManagerPage, qtbot: QtBot) -> None:
    before = len(page.asked)
    page._timer.setInterval(20)

    qtbot.waitUntil(lambda: len(page.asked) > before)
    page.hide()
    assert not page._timer.isActive()


def test_a_chart_says_each_value_exactly_by_key(page: ManagerPage) -> None:
    chart = page.charts.cards[0]
    chart.setFocus()

    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.told == "01/11 · 350,000.00\u00a0DZD · before: 444,898.00\u00a0DZD"
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.told.startswith("02/11")

    language.use("ar")
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert "02/11" in chart.told


def test_a_chart_says_what_the_mouse_is_over(page: ManagerPage, qtbot: QtBot) -> None:
    chart = page.charts.cards[1]
    plot = chart._plot
    qtbot.wait(50)
    scene = plot.getViewBox().mapViewToScene(QPointF(100_000, 2))

    QTest.mouseMove(plot.viewport(), plot.mapFromScene(scene))

    qtbot.waitUntil(lambda: chart.told == "Constantine · 610,000.00\u00a0DZD")


def columns_of(image: QImage, color: str) -> list[int]:
    """Return in which columns of a picture a colour is seen."""
    wanted = theme.color(color).rgb()
    return [
        x
        for x in range(0, image.width(), 2)
        if any(image.pixel(x, y) == wanted for y in range(0, image.height(), 3))
    ]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_bars_have_the_colours_of_the_theme_and_begin_at_the_leading_edge(
    qtbot: QtBot, look: str
) -> None:
    theme.use(theme.Look(look))
    chart = ChartCard()
    qtbot.addWidget(chart)
    chart.resize(600, 300)
    chart.show_chart(BarChart(N_("By branch"), ("A", "B"), (Decimal(90), Decimal(10))))
    chart.show()
    qtbot.wait(50)
    left = columns_of(chart.grab().toImage(), "accent")

    language.use("ar")
    qtbot.wait(50)
    right = columns_of(chart.grab().toImage(), "accent")

    assert min(left) < 100
    assert max(right) > 500
    assert abs(len(left) - len(right)) <= 2


def test_a_chart_without_values_says_so_and_draws_nothing(qtbot: QtBot) -> None:
    chart = ChartCard()
    qtbot.addWidget(chart)
    chart.show()

    chart.show_chart(LineChart(N_("Sales by day"), ("01/11",), (Decimal(0),)))

    assert chart._empty.isVisible()
    assert chart._plot is None
    chart.step(1)
    assert chart.told == ""


@pytest.mark.parametrize(
    ("values", "steps"),
    [
        ((920_000, 220_000), [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]),
        ((3,), [0, 1, 2, 3]),
        ((-40, 55), [-40, -20, 0, 20, 40, 60]),
        ((0,), [Decimal(0), Decimal("0.2")]),
    ],
)
def test_an_axis_shows_round_numbers_and_zero(values: tuple[int, ...], steps: list[Any]) -> None:
    assert round_steps([Decimal(value) for value in values]) == steps


def test_the_page_is_one_sheet_in_light_colours_whatever_the_theme(
    page: ManagerPage, qtbot: QtBot
) -> None:
    theme.use(theme.Look("dark"))
    qtbot.wait(20)

    reader = PdfReader(io.BytesIO(page.paper()))

    assert len(reader.pages) == 1
    width, height = reader.pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (842, 595)
    picture = QImage.fromData(reader.pages[0].images[0].data)
    assert picture.pixelColor(2, 2).name() == theme.LIGHT.surface.lower()


def test_no_window_pays_for_charts_that_it_does_not_show() -> None:
    program = "import sys, erp_desktop.ui.dashboard_page; assert 'pyqtgraph' not in sys.modules"

    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=42), "42 seconds ago"),
        (timedelta(minutes=18), "18 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(hours=20), "yesterday"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=30), "21/10/2026"),
        (timedelta(seconds=-5), "0 seconds ago"),
    ],
)
def test_how_long_ago(before: timedelta, words: str) -> None:
    assert ago(NOW - before, NOW) == words


def test_a_trend_needs_something_to_compare_with() -> None:
    assert trend(Decimal(108), Decimal(100)) == "▲ 8.0\u00a0%"
    assert trend(Decimal(97), Decimal(100)) == "▼ 3.0\u00a0%"
    assert trend(Decimal(97), Decimal(0)) == ""
