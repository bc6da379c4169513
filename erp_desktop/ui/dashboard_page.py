"""The dashboard: tiles, charts and work to do, each opening its list; how old it all is; a PDF.

class ManagerPage(DashboardPage):
    title = N_("Dashboard")

    async def load(self, period): return Dashboard(tiles, charts, tasks, read_at)
"""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import keys, memory, theme
from erp_desktop.ui.ago import ago
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.charts import BarChart, LineChart, prepare
from erp_desktop.ui.dashboard_frame import ChartShelf, PeriodChoice, TaskCard
from erp_desktop.ui.dashboard_paper import paper
from erp_desktop.ui.dashboard_parts import (
    TASK_COLUMNS,
    Dashboard,
    Task,
    Tile,
    TileGrid,
    tone_of_trend,
    trend,
)
from erp_desktop.ui.exporting import print_pdf, save_file
from erp_desktop.ui.file_choice import choose_target
from erp_desktop.ui.filters import Chip
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, column, kind
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import TableModel

__all__ = [
    "BarChart",
    "Dashboard",
    "DashboardPage",
    "LineChart",
    "Task",
    "Tile",
    "tone_of_trend",
    "trend",
]

_REFRESH_MS, _AGE_MS = 60_000, 5_000


class DashboardPage(Page):
    """The base of all dashboards; a subclass says what there is by `load`.

    Attributes:
        title: Heading, marked `N_`.
        periods: What can be looked at; the first is what a new user sees.
        source: Whose figures they are, marked `N_`, with the age: "ledger: {age}".
    """

    title: ClassVar[str]
    periods: ClassVar[tuple[Chip, ...]] = (
        Chip("1", N_("Today")),
        Chip("7", N_("7 days")),
        Chip("30", N_("30 days")),
    )
    source: ClassVar[str] = N_("figures: {age}")

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self.backend = backend
        self.header = Header(self.title)
        self.tiles = TileGrid()
        self.model: TableModel[Task] = TableModel(TASK_COLUMNS, self)
        self.tasks = TableView(self.model)
        self.dashboard = Dashboard()
        self.charts = ChartShelf()
        self._periods = PeriodChoice(self.periods, self.look_at)
        self._periods.show_period(self.period)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._ageing = QTimer(self, interval=_AGE_MS)
        self._lay_out()
        self._connect()

    async def load(self, period: str) -> Dashboard:
        """Return what there is to see of a period, by its id."""
        raise NotImplementedError

    def choices(self) -> Sequence[QWidget]:
        """Return what else can be chosen, to stand before the periods: a branch, say."""
        return ()

    @property
    def period(self) -> str:
        """The id of the period that is looked at."""
        kept = memory.current().get(self._key(), "")
        return kept if kept in {each.id for each in self.periods} else self.periods[0].id

    @override
    def on_first_show(self) -> None:
        self.refresh()

    @override
    def on_return(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Ask afresh."""
        self.start_latest(self._find, self.period)

    def show_dashboard(self, dashboard: Dashboard) -> None:
        """Show this instead of what was before."""
        self.dashboard = dashboard
        self.tiles.show_tiles(dashboard.tiles, self._open)
        self.charts.show_charts(dashboard.charts)
        self.model.show_rows(dashboard.tasks)
        self._say_age()

    def look_at(self, period: str) -> None:
        """Look at another period."""
        memory.current().set(self._key(), period)
        self._periods.show_period(period)
        self.refresh()

    async def _find(self, period: str) -> None:
        drawing = self.backend.thread(prepare)
        dashboard, _ready = await asyncio.gather(self.load(period), drawing)
        for _step in self.charts.make_room(dashboard.charts):
            await asyncio.sleep(0)
        self.show_dashboard(dashboard)

    async def _export(self) -> None:
        name = f"{self.heading()} {wall_clock.now():%Y-%m-%d}"
        path = await choose_target(self, _("Export as PDF…"), name, ".pdf")
        if path is not None:
            await save_file(self, path, self.paper())

    async def _print(self) -> None:
        await print_pdf(self, self.heading(), self.paper())

    def heading(self) -> str:
        """Say on paper what it is, and of whom."""
        return _(self.title)

    def paper(self) -> bytes:
        """Return what is shown as one page of PDF, in light colours."""
        return paper(self.heading(), self.header.summary, self.dashboard)

    def _open(self, place: Tile | Task) -> None:
        if place.page:
            self.opens.emit(place.page, place.argument)

    def _say_age(self) -> None:
        read_at = self.dashboard.read_at
        self.header.show_summary(_(self.source).format(age=ago(read_at)) if read_at else "")

    def _lay_out(self) -> None:
        for choice in (*self.choices(), *self._periods.buttons()):
            self.header.add(choice)
        self.header.add(button(N_("PDF"), self._on_export, icon="file-pdf-box"))
        self.header.add(
            button(N_("Print"), self._on_print, icon="printer-outline", key="page.print")
        )
        inside: QWidget = kind(QWidget(), "ground")
        inside.setLayout(
            column(self.tiles, self.charts, TaskCard(self.tasks), None, spacing=theme.SPACE_L)
        )
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(inside)
        self.setLayout(column(self.header, self.notices, scroll, margins=theme.SPACE_L))

    def _connect(self) -> None:
        self.tasks.opened.connect(self._open)
        self._timer.timeout.connect(self.refresh)
        self._ageing.timeout.connect(self._say_age)
        keys.bind(self, "page.refresh", self.refresh)
        follow(self, self._say_age)

    def _on_export(self) -> None:
        self.start_once(self._export)

    def _on_print(self) -> None:
        self.start_once(self._print)

    def _key(self) -> str:
        return f"period/{type(self).__module__}.{type(self).__qualname__}"

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self._ageing.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._ageing.stop()
