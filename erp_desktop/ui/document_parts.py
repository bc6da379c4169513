"""The parts of a document's page: its path, totals and history, and what stands at its side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QSizePolicy, QTabWidget, QWidget

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import Tone, card, chip, clear, column, kind, label, row
from erp_desktop.ui.tables import RIGHT, isolated

H = TypeVar("H")
L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class Step:
    """One state on a document's path.

    Attributes:
        title: Marked `N_`.
        tone: "ok" for what is behind us, "warn" for where we are, "" for what is to come.
        note: What stands behind the title, such as `1/2`.
    """

    title: str
    tone: Tone = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """One line of a document's totals: a caption, translated already, and its figure."""

    caption: str
    figure: str
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a document.

    Attributes:
        at: When.
        what: A sentence marked `N_`, with `{placeholders}`.
        who: Whoever did it.
        values: What the placeholders stand for.
        why: The reason that was given, if one was.
    """

    at: datetime
    what: str
    who: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    why: str = ""

    def sentence(self) -> str:
        """Say it in the language of now."""
        told = _(self.what).format(**self.values)
        return " · ".join(filter(None, (told, self.who, self.why)))


@dataclass(frozen=True, slots=True)
class Reckoned(Generic[L]):
    """The lines with what was reckoned on them, as many as before, and the totals."""

    lines: Sequence[L]
    totals: Sequence[Total] = ()


@dataclass(frozen=True, slots=True)
class Document(Generic[H, L]):
    """A document as its page shows it.

    Attributes:
        key: Under which typing is kept against a crash, such as `sales.invoice/<id>`.
        head: A frozen dataclass whose attributes are the names of the head's fields.
        lines: Frozen values.
        number: Its number; a document without one has the page's `new_title`.
        title: Another title than the page's, marked `N_`: a credit note on the invoice's page.
        state: Marked `N_`.
        tone: The state's.
        path: The states that it goes through.
        history: What happened to it, newest first.
        is_editable: False for what is posted.
    """

    key: str
    head: H
    lines: Sequence[L] = ()
    number: str = ""
    title: str = ""
    state: str = ""
    tone: Tone = ""
    path: Sequence[Step] = ()
    history: Sequence[Happening] = ()
    is_editable: bool = True


class PathBar(QWidget):
    """The path of states, with where we are."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: Sequence[Step] = ()
        self._line = row(spacing=theme.SPACE_S)
        self.setLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()
        follow(self, self._word)

    def show_path(self, steps: Sequence[Step]) -> None:
        """Show a path; a document without one takes no room."""
        self._steps = steps
        self.setVisible(bool(steps))
        self._word()

    def _word(self) -> None:
        clear(self._line)
        for place, step in enumerate(self._steps):
            if place:
                arrow = label(look="muted")
                arrow.setText("‹" if theme.is_right_to_left() else "›")
                self._line.addWidget(arrow)
            shown = chip(tone=step.tone)
            note = current().isolate(step.note) if step.note else ""
            shown.setText(" ".join(filter(None, (_(step.title), note))))
            self._line.addWidget(shown)
        self._line.addStretch(1)


class HistoryList(QWidget):
    """Who did what, when and why, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._history: Sequence[Happening] = ()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_M)
        self._grid.setVerticalSpacing(theme.SPACE_S)
        self._grid.setColumnStretch(1, 1)
        inside: QWidget = kind(QWidget(), "clear")
        inside.setLayout(column(self._grid, None))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(inside)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(label(N_("History"), "heading"), scroll, spacing=theme.SPACE_S))
        follow(self, self._word)

    def show_history(self, history: Sequence[Happening]) -> None:
        """Show what happened."""
        self._history = history
        self._word()

    def _word(self) -> None:
        clear(self._grid)
        today = wall_clock.today()
        for place, each in enumerate(self._history):
            moment = wall_clock.local(each.at)
            is_today = moment.date() == today
            when = label(look="muted")
            when.setText(current().time(moment) if is_today else current().moment(moment))
            what = label()
            what.setText(each.sentence())
            what.setWordWrap(True)
            self._grid.addWidget(when, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(what, place, 1)


class TotalsCard(QWidget):
    """Captions at the leading edge, figures in one column on the right."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.SPACE_S)
        self._grid.setColumnStretch(0, 1)
        self.setLayout(column(self._grid, None))

    def show_totals(self, totals: Sequence[Total]) -> None:
        """Show totals."""
        clear(self._grid)
        for place, each in enumerate(totals):
            caption = label(look="" if each.is_due else "muted")
            caption.setText(each.caption)
            figure: QLabel = kind(QLabel(alignment=RIGHT), "figure" if each.is_due else "")
            figure.setText(isolated(each.figure))
            self._grid.addWidget(caption, place, 0)
            self._grid.addWidget(figure, place, 1)


class SideTabs(QWidget):
    """What stands beside a document or a list: a preview, related documents, journal entries."""

    def __init__(self) -> None:
        super().__init__()
        self._tabs = QTabWidget(documentMode=True)
        self._titles: list[str] = []
        self.setLayout(column(self._tabs))
        follow(self, self._word)

    def add(self, title: str, widget: QWidget) -> None:
        """Add a tab; title marked `N_`."""
        self._titles.append(title)
        self._tabs.addTab(widget, _(title))

    def on_change(self, deed: Callable[[str], Any]) -> None:
        """Call `deed` with the title of the tab that came to the front, so that it is filled."""
        self._tabs.currentChanged.connect(lambda place: deed(self._titles[place]))

    def _word(self) -> None:
        for place, title in enumerate(self._titles):
            self._tabs.setTabText(place, _(title))


def foot(history: HistoryList, totals: TotalsCard) -> QWidget:
    """Return history and totals beside each other, as wide as they need to be."""
    left, right = card(history), card(totals)
    both = QWidget()
    both.setLayout(row(left, right, spacing=theme.SPACE_L))
    both.layout().setStretch(0, 2)  # type: ignore[union-attr] # `row` made it
    both.layout().setStretch(1, 3)  # type: ignore[union-attr] # same
    return both
