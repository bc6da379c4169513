"""The drawing of charts by pyqtgraph; imported by the first chart that is made."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPen
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from erp_desktop.core.i18n import current
from erp_desktop.ui import theme

if TYPE_CHECKING:
    from erp_desktop.ui.charts import BarChart, Chart, LineChart

_LABELS, _BAR = 7, 0.62
_STRONG = 255
_STEPS, _ROUND = 5, (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))

pg.setConfigOptions(antialias=True)


class Plot(pg.PlotWidget):  # type: ignore[misc] # pyqtgraph carries no types
    """One chart, mirrored in Arabic; it says over which point the mouse is."""

    def __init__(self, tell: Callable[[int], object]) -> None:
        # A menu that nobody opens takes longer to make than the chart.
        super().__init__(enableMenu=False)
        self._tell = tell
        self._chart: Chart | None = None
        self._mark: Any = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(self.Shape.NoFrame)
        # We mirror the axes ourselves; Qt would move them and leave what they measure.
        self.getPlotItem().setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMouseTracking(True)
        self.hideButtons()
        self.getViewBox().setMouseEnabled(x=False, y=False)
        self.getViewBox().setDefaultPadding(0)

    def draw(self, chart: "Chart", colors: theme.Tokens) -> None:
        """Draw a chart in these colours, in the direction of now."""
        from erp_desktop.ui.charts import LineChart  # noqa: PLC0415 - the card imports us

        self.clear()
        self._chart, self._mark = chart, None
        self.setBackground(QColor(colors.surface))
        self.getViewBox().invertX(theme.is_right_to_left())
        if isinstance(chart, LineChart):
            self._draw_line(chart, colors)
        else:
            self._draw_bars(chart, colors)

    def mark(self, place: int) -> None:
        """Mark one point; -1 marks none."""
        if self._mark is not None:
            self._mark.setVisible(place >= 0)
            if place >= 0:
                self._mark.setValue(place)

    def _draw_line(self, chart: "LineChart", colors: theme.Tokens) -> None:
        self._axes(colors, numbers="side")
        places, values = list(range(len(chart.values))), _floats(chart.values)
        accent, area = QColor(colors.accent), QColor(colors.accent)
        area.setAlpha(32)
        self.plot(places, values, pen=pg.mkPen(accent, width=2.4), fillLevel=0, brush=area)
        if len(values) == 1:
            self.plot(places, values, symbol="o", symbolBrush=accent, symbolPen=accent)
        if chart.previous:
            dashed = pg.mkPen(QColor(colors.faint), width=1.4, style=Qt.PenStyle.DashLine)
            before = _floats(chart.previous[: len(values)])
            self.plot(places[: len(before)], before, pen=dashed)
        every = max(1, -(-len(places) // _LABELS))
        below = [(place, current().isolate(chart.names[place])) for place in places[::every]]
        self.getAxis("bottom").setTicks([below])
        least, most = self._scale(self._side(), [*chart.values, *chart.previous])
        self.setXRange(-0.5 if len(places) == 1 else 0, max(0.5, len(places) - 1), padding=0.04)
        self.setYRange(least, most, padding=0.04)
        self._mark = self._line_at(Qt.Orientation.Vertical, colors)

    def _draw_bars(self, chart: "BarChart", colors: theme.Tokens) -> None:
        self._axes(colors, numbers="bottom")
        places, values = list(range(len(chart.values))), _floats(chart.values)
        accent = QColor(colors.accent)
        bars = pg.BarGraphItem(
            x0=0, y=places, height=_BAR, width=values, brush=accent, pen=pg.mkPen(accent)
        )
        self.addItem(bars)
        self._side().setTicks([list(enumerate(chart.names))])
        least, most = self._scale(self.getAxis("bottom"), chart.values)
        self.setXRange(least, most, padding=0.04)
        self.setYRange(-0.6, len(places) - 0.4, padding=0)
        # The first at the top.
        self.getViewBox().invertY(True)  # noqa: FBT003 - pyqtgraph's own
        self._mark = self._line_at(Qt.Orientation.Horizontal, colors)

    def _scale(self, axis: Any, values: Sequence[Decimal]) -> tuple[float, float]:
        """Let an axis show round numbers around `values`, and return its ends."""
        words, steps = current(), round_steps(values)
        axis.setTicks([[(float(each), words.isolate(words.number(each))) for each in steps]])
        return float(steps[0]), float(steps[-1])

    def _side(self) -> Any:
        return self.getAxis("right" if theme.is_right_to_left() else "left")

    def _axes(self, colors: theme.Tokens, *, numbers: str) -> None:
        is_mirrored = theme.is_right_to_left()
        shown = (not is_mirrored, False, is_mirrored, True)
        self.showAxes(shown, showValues=shown)
        self.getViewBox().invertY(False)  # noqa: FBT003 - pyqtgraph's own
        font = QFont(QApplication.font())
        font.setPointSizeF(8.5)
        side, bottom = self._side(), self.getAxis("bottom")
        for axis in (side, bottom):
            axis.setTicks(None)
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=8)
            axis.setPen(QColor(colors.line))
            axis.setTextPen(QColor(colors.muted))
            axis.setGrid(False)
            axis.setZValue(-1)  # lines of the grid stand behind what they measure
        (side if numbers == "side" else bottom).setGrid(_STRONG)

    def _line_at(self, orientation: Qt.Orientation, colors: theme.Tokens) -> Any:
        angle = 90 if orientation == Qt.Orientation.Vertical else 0
        pen = QPen(QColor(colors.muted), 1, Qt.PenStyle.DotLine)
        pen.setCosmetic(True)
        made = pg.InfiniteLine(angle=angle, movable=False, pen=pen)
        made.setVisible(False)
        self.addItem(made)
        return made

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._chart is None:
            return
        from erp_desktop.ui.charts import LineChart  # noqa: PLC0415 - the card imports us

        point = self.getViewBox().mapSceneToView(self.mapToScene(event.position().toPoint()))
        place = round(point.x() if isinstance(self._chart, LineChart) else point.y())
        self._tell(place if 0 <= place < len(self._chart.values) else -1)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._tell(-1)


def _floats(values: Sequence[Decimal]) -> list[float]:
    return [float(value) for value in values]  # where a point stands; never shown


def round_steps(values: Sequence[Decimal]) -> list[Decimal]:
    """Return the numbers that an axis shows: round, with zero among them, and around `values`."""
    least, most = min(Decimal(0), *values), max(Decimal(0), *values)
    rough = (most - least) / _STEPS or Decimal(1) / _STEPS
    size = Decimal(1).scaleb(rough.adjusted())
    step = next(size * factor for factor in _ROUND if size * factor >= rough)
    first, last = floor(least / step), ceil(most / step)
    return [step * number for number in range(first, max(last, first + 1) + 1)]
