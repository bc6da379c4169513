"""Charts in the colours of the theme: a line with its area, bars by name.

    LineChart(N_("Sales by day"), days, values, previous=before, text=amount)
    BarChart(N_("By branch"), names, values, text=amount)

Values are exact; only where a point stands on the screen is a float. Left and right (mirrored in
Arabic) step from point to point and say each exactly, as the mouse does. pyqtgraph is imported by
the first chart that is made, never by a window that has none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import column, kind, label, row

NOTHING = N_("Nothing to show yet.")
_LEAST_HEIGHT = 250


def prepare() -> None:
    """Import what draws: in a thread, so that no window stands still for its first chart."""
    from erp_desktop.ui import chart_plot  # noqa: F401, PLC0415 - the import is all


def as_number(value: Decimal) -> str:
    """Write a value as a number."""
    return current().number(value)


@dataclass(frozen=True, slots=True)
class LineChart:
    """Values over time, and those of the period before, dashed.

    Attributes:
        title: Marked `N_`.
        names: What stands below each point, already worded: a day, a month.
        values: One for each name.
        previous: The same for the period before; may be empty or shorter.
        text: Writes a value for people.
    """

    title: str
    names: Sequence[str]
    values: Sequence[Decimal]
    previous: Sequence[Decimal] = ()
    text: Callable[[Decimal], str] = as_number

    def told(self, place: int) -> str:
        """Say one point exactly."""
        told = f"{current().isolate(self.names[place])} · {self.text(self.values[place])}"
        if place < len(self.previous):
            before = _("before: {value}").format(value=self.text(self.previous[place]))
            return f"{told} · {before}"
        return told


@dataclass(frozen=True, slots=True)
class BarChart:
    """Values by name, the greatest at the top if they come so.

    Attributes:
        title: Marked `N_`.
        names: Already worded.
        values: One for each name.
        text: Writes a value for people.
    """

    title: str
    names: Sequence[str]
    values: Sequence[Decimal]
    text: Callable[[Decimal], str] = as_number

    def told(self, place: int) -> str:
        """Say one bar exactly."""
        return f"{self.names[place]} · {self.text(self.values[place])}"


Chart = LineChart | BarChart


class ChartCard(QFrame):
    """A card with a chart; whoever steps through it reads exact values beside the title."""

    def __init__(self, colors: theme.Tokens | None = None) -> None:
        """Show charts in the theme's colours, or always in `colors`, as paper does."""
        super().__init__()
        kind(self, "card")
        self._colors = colors
        self._chart: Chart | None = None
        self._plot: Any = None
        self._place = -1
        self._title = label(look="heading")
        self._told = label(look="muted")
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._told.setMinimumHeight(self._told.fontMetrics().height())
        self._empty = label(NOTHING, "muted")
        head = row(self._title, self._told)
        head.setStretch(1, 1)
        self._column = column(head, self._empty, margins=theme.SPACE_L, spacing=theme.SPACE_S)
        self._column.setStretch(1, 1)
        self.setLayout(self._column)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        follow(self, self._draw)

    def show_chart(self, chart: Chart) -> None:
        """Show a chart instead of the one before."""
        self._chart = chart
        self._draw()

    def step(self, steps: int) -> None:
        """Go to another point and say it."""
        if self._chart is not None and self._chart.values:
            last = len(self._chart.values) - 1
            self.tell(max(0, min(self._place + steps, last)) if self._place >= 0 else 0)

    def tell(self, place: int) -> None:
        """Say one point exactly, and mark it; -1 says nothing."""
        if self._chart is None or self._plot is None:
            return
        self._place = place
        self._told.setText(self._chart.told(place) if place >= 0 else "")
        self._plot.mark(place)

    @property
    def told(self) -> str:
        """What is said beside the title now."""
        return self._told.text()

    def _draw(self) -> None:
        chart = self._chart
        self._title.setText(_(chart.title) if chart else "")
        self._told.clear()
        self._place = -1
        has_values = chart is not None and any(chart.values)
        self._empty.setVisible(not has_values)
        if self._plot is not None:
            self._plot.setVisible(has_values)
        if chart is not None and has_values:
            self.setAccessibleName(_(chart.title))
            said = "; ".join(map(chart.told, range(len(chart.values))))
            self.setAccessibleDescription(said)
            self._drawn(chart)

    def make_plot(self) -> None:
        """Make what draws, if it is not there: the first drawing is quick then."""
        if self._plot is None:
            # It takes a third of a second, and most windows show no chart.
            from erp_desktop.ui.chart_plot import Plot  # noqa: PLC0415

            self._plot = Plot(self.tell)
            self._plot.setVisible(False)
            self._column.addWidget(self._plot, 1)

    def _drawn(self, chart: Chart) -> None:
        self.make_plot()
        self._plot.setVisible(True)
        self._plot.draw(chart, self._colors or theme.tokens())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        forth = -1 if theme.is_right_to_left() else 1
        if isinstance(self._chart, BarChart):
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        else:
            steps = {Qt.Key.Key_Left: -forth, Qt.Key.Key_Right: forth}
        if event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.tell(-1)
