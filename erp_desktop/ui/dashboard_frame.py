"""What a dashboard is laid out of: periods to choose, a shelf of charts, work to do."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_
from erp_desktop.ui import theme
from erp_desktop.ui.charts import BarChart, ChartCard, LineChart
from erp_desktop.ui.filters import Chip
from erp_desktop.ui.follow import follow, worded
from erp_desktop.ui.parts import clear, column, kind, label, row
from erp_desktop.ui.table_view import TableView

_TASKS_SHOWN = 5


class ChartShelf(QWidget):
    """Charts, two beside each other."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[ChartCard] = []
        self._lines = column(spacing=theme.SPACE_L)
        self.setLayout(self._lines)

    def make_room(self, charts: Sequence[LineChart | BarChart]) -> Iterator[None]:
        """Make what these charts need, one at each step: each takes a moment."""
        self._arrange(charts)
        for place, chart in zip(self.cards, charts, strict=True):
            if any(chart.values):
                place.make_plot()
            yield

    def show_charts(self, charts: Sequence[LineChart | BarChart]) -> None:
        """Show these instead of the ones before."""
        self._arrange(charts)
        for place, chart in zip(self.cards, charts, strict=True):
            place.show_chart(chart)

    def _arrange(self, charts: Sequence[LineChart | BarChart]) -> None:
        if len(charts) != len(self.cards):
            clear(self._lines)
            self.cards = [ChartCard() for _chart in charts]
            for start in range(0, len(self.cards), 2):
                self._add_line(self.cards[start : start + 2])

    def _add_line(self, cards: Sequence[ChartCard]) -> None:
        line = row(*cards, spacing=theme.SPACE_L)
        for place in range(len(cards)):
            line.setStretch(place, 1)
        self._lines.addLayout(line)


class PeriodButton(QPushButton):
    """One period to look at."""

    def __init__(self, period: Chip, look_at: Callable[[str], object]) -> None:
        super().__init__()
        kind(self, "period")
        worded(self, period.title)
        self.setCheckable(True)
        self.clicked.connect(lambda: look_at(period.id))

    @override
    def sizeHint(self) -> QSize:
        """Leave room for bold letters: so is the chosen one written."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        more = QFontMetrics(bold).horizontalAdvance(self.text())
        less = self.fontMetrics().horizontalAdvance(self.text())
        return super().sizeHint() + QSize(max(0, more - less), 0)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class PeriodChoice(QButtonGroup):
    """The periods that can be looked at, one of them pressed."""

    def __init__(self, periods: Sequence[Chip], look_at: Callable[[str], object]) -> None:
        super().__init__()
        self._periods = periods
        for each in periods:
            self.addButton(PeriodButton(each, look_at))

    def show_period(self, period: str) -> None:
        """Press the button of a period, by its id."""
        for each, shown in zip(self._periods, self.buttons(), strict=True):
            shown.setChecked(each.id == period)


class TaskCard(QFrame):
    """Work to do, with room for a few lines of it."""

    def __init__(self, tasks: TableView) -> None:
        super().__init__()
        kind(self, "card")
        tasks.empty.tell(N_("Nothing waits for anybody."), icon="check-circle-outline")
        follow(tasks, lambda: tasks.setMinimumHeight((_TASKS_SHOWN + 1) * theme.look().row_height))
        heading = label(N_("To do"), "heading")
        heading.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, 0)
        self.setLayout(column(heading, tasks, spacing=theme.SPACE_S))
