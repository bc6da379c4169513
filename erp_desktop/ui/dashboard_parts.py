"""The parts of a dashboard: tiles that open their list, and the work that is to be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QWidget,
)
from typing_extensions import override

from erp_desktop.core.i18n import N_, current
from erp_desktop.ui import theme
from erp_desktop.ui.ago import ago
from erp_desktop.ui.charts import Chart
from erp_desktop.ui.follow import follow, worded
from erp_desktop.ui.parts import Tone, chip, column, kind, label, row, set_tone
from erp_desktop.ui.tables import Column

_NARROWEST = 200


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of a dashboard.

    Attributes:
        caption: What it is, marked `N_`.
        figure: Words the figure, in the language of now.
        note: Words what stands in the chip below: a trend, how many are late; empty for none.
        tone: The chip's.
        page: Id of the list that it opens.
        argument: What that page is opened with.
    """

    caption: str
    figure: Callable[[], str]
    note: Callable[[], str] = str
    tone: Tone = ""
    page: str = ""
    argument: Any = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something that somebody has to do.

    Attributes:
        text: Words it, in the language of now.
        place: Words where: a branch, a till.
        since: Since when it waits.
        tone: How bad it is.
        page: Id of the page where it is done.
        argument: What that page is opened with.
    """

    text: Callable[[], str]
    place: Callable[[], str] = str
    since: datetime | None = None
    tone: Tone = ""
    page: str = ""
    argument: Any = None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What a dashboard shows.

    Attributes:
        tiles: The figures.
        charts: Two stand beside each other.
        tasks: What is to be done, the most pressing first.
        read_at: How old the figures are; None for right now.
    """

    tiles: Sequence[Tile] = ()
    charts: Sequence[Chart] = ()
    tasks: Sequence[Task] = ()
    read_at: datetime | None = None


TASK_COLUMNS: tuple[Column[Task], ...] = (
    Column(N_("Work"), lambda task: task.text()),
    Column(N_("Where"), lambda task: task.place(), width=190),
    Column(N_("Since"), lambda task: ago(task.since) if task.since else "", width=150),
)


def trend(value: Decimal, before: Decimal) -> str:
    """Word how much `value` differs from what was before, such as `▲ 8,4 %`; or nothing."""
    if not before:
        return ""
    percent = (value - before) / abs(before) * 100
    arrow = "▲" if percent >= 0 else "▼"
    shown = f"{current().number(abs(percent), 1)}\u00a0%"
    return current().isolate(f"{arrow} {shown}")


def tone_of_trend(value: Decimal, before: Decimal) -> Tone:
    """Return the tone of a trend where more is better."""
    return "ok" if value >= before else "warn"


class TileCard(QAbstractButton):
    """A tile: caption, figure, chip; a click or Enter opens its list."""

    def __init__(self, tile: Tile, on_open: Callable[[Tile], object]) -> None:
        super().__init__()
        kind(self, "tile")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tile = tile
        self._figure = label(look="figure")
        self._note = chip(tone=tile.tone)
        caption = worded(label(look="caption"), tile.caption)
        caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._caption = caption
        self.setLayout(
            column(
                caption,
                self._figure,
                row(self._note, None),
                None,
                margins=theme.SPACE_L,
                spacing=theme.SPACE_XS,
            )
        )
        for part in (caption, self._figure, self._note):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if tile.page:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(lambda: on_open(tile))
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        follow(self, self._word)

    def _word(self) -> None:
        figure, note = self._tile.figure(), self._tile.note()
        self._figure.setText(figure)
        self._note.setText(note)
        # An empty chip keeps its room, so that all figures stand on one line.
        set_tone(self._note, self._tile.tone)
        self._note.setProperty("silent", "false" if note else "true")
        theme.restyle(self._note)
        self.setAccessibleName(" ".join(filter(None, (self._caption.text(), figure, note))))

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, QPainter(self), self)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)


class TileGrid(QWidget):
    """Tiles beside each other, as many in a row as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[TileCard] = []
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.SPACE_M)
        self.setLayout(self._grid)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)

    @property
    def cards(self) -> Sequence[TileCard]:
        """The tiles that are shown."""
        return self._cards

    def show_tiles(self, tiles: Sequence[Tile], on_open: Callable[[Tile], object]) -> None:
        """Show tiles; the one that has the focus keeps it."""
        focused = next((n for n, card in enumerate(self._cards) if card.hasFocus()), -1)
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = [TileCard(tile, on_open) for tile in tiles]
        self._columns = 0
        self._arrange()
        if 0 <= focused < len(self._cards):
            self._cards[focused].setFocus()

    def _arrange(self) -> None:
        widest = max((card.sizeHint().width() for card in self._cards), default=0)
        fitting = max(
            1, (self.width() + theme.SPACE_M) // (max(widest, _NARROWEST) + theme.SPACE_M)
        )
        columns = min(fitting, max(1, len(self._cards)))
        if columns == self._columns:
            return
        for number in range(max(columns, self._columns)):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
