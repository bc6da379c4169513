"""Every problem of a file in one list, to be filtered; and the rows around one of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.search import fold, terms
from erp_desktop.imports.fields import ImportField
from erp_desktop.imports.problems import Problem
from erp_desktop.imports.tables import NumberedRow
from erp_desktop.ui import theme
from erp_desktop.ui.filter_bar import FilterBar
from erp_desktop.ui.filters import Chip
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import Tone, column, label, row
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import Column, TableModel

_FIRST_STRONG, _POP = "\u2068", "\u2069"
_CELL_WIDTH = 150
# More than anybody reads; the file with remarks has all.
_MOST = 20_000
_KINDS = {"wrong": False, "doubt": True}


def as_written(text: str) -> str:
    """Let a text of the file run in its own direction; a heading is nobody's word to translate."""
    return f"{_FIRST_STRONG}{text}{_POP}" if text else ""


class ProblemList(QWidget):
    """All that is wrong with a file.

    Signals:
        opened: A problem whose row is to be seen.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._titles: Mapping[str, ImportField] = {}
        self._all: Sequence[Problem] = ()
        self._texts: list[str] = []
        self.model: TableModel[Problem] = TableModel(self._columns(), self)
        self.table = TableView(self.model)
        self.filter = FilterBar(
            N_("Row, column, value or words"),
            (Chip("wrong", N_("Left out")), Chip("doubt", N_("Look at it"))),
        )
        self.filter.columns.hide()
        self.filter.hide()
        self.filter.changed.connect(self._show)
        self.table.opened.connect(self.opened)
        self._more = label(look="muted")
        self._more.hide()
        follow(self, self._word)
        self.setLayout(column(self.filter, self._more, self.table, spacing=theme.SPACE_S))

    def show_problems(self, problems: Sequence[Problem], fields: Iterable[ImportField]) -> None:
        """Show these instead of the ones before; of very many the first."""
        self._titles = {each.id: each for each in fields}
        self._all, self._texts = problems[:_MOST], []
        doubts = sum(problem.is_doubt for problem in problems)
        self.filter.clear()
        self.filter.show_counts({"wrong": len(problems) - doubts, "doubt": doubts})
        self.filter.setVisible(bool(problems))
        self._more.setVisible(len(problems) > _MOST)
        self._show()

    def _show(self) -> None:
        wanted = {_KINDS[chip] for chip in self.filter.query().chips}
        words = terms(self.filter.entry.text())
        if words and not self._texts:
            self._texts = [self._text(problem) for problem in self._all]
        self.model.show_rows(
            [
                problem
                for place, problem in enumerate(self._all)
                if (not wanted or problem.is_doubt in wanted)
                and all(word in self._texts[place] for word in words)
            ]
        )

    def _text(self, problem: Problem) -> str:
        """Return what a filter compares of a problem."""
        said = (str(problem.row), self._title(problem), problem.value, problem.sentence())
        return fold(" ".join(said))

    def _word(self) -> None:
        """Compare words of the language of now."""
        self._texts = []
        shown = _("Only the first {n} are listed; the file with remarks has all.")
        self._more.setText(shown.format(n=current().number(_MOST)))

    def _title(self, problem: Problem) -> str:
        return self._titles[problem.about].named() if problem.about in self._titles else ""

    def _columns(self) -> tuple[Column[Problem], ...]:
        return (
            Column(N_("Row"), lambda p: current().number(p.row), width=72, value=lambda p: p.row),
            Column(
                N_("Kind"),
                lambda p: _("Look at it") if p.is_doubt else _("Left out"),
                width=120,
                tone=lambda p: "warn" if p.is_doubt else "bad",
            ),
            Column(N_("Column"), self._title, width=190),
            Column(N_("Value"), lambda p: as_written(p.value), width=190),
            Column(N_("What is wrong"), lambda p: p.sentence()),
        )


@dataclass(frozen=True, slots=True)
class _FileRow:
    """A row of the file, with the tones of the cells that are questioned."""

    number: int
    cells: Sequence[str]
    tones: Mapping[int, Tone] = field(default_factory=dict)

    def text(self, place: int) -> str:
        """Return a cell; what is missing can be seen too."""
        cell = self.cells[place].strip() if place < len(self.cells) else ""
        return as_written(cell) or ("—" if place in self.tones else "")


class FileRows(QWidget):
    """Some rows of the file, with what is questioned in them."""

    def __init__(self) -> None:
        super().__init__()
        self.table: TableView | None = None
        self._place: QHBoxLayout = row()
        self.setLayout(self._place)

    def show_headings(self, headings: Sequence[str]) -> None:
        """Show columns with these headings; those of the file before are gone."""
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.deleteLater()
        number: Column[_FileRow] = Column(
            N_("Row"), lambda r: current().number(r.number), width=72, strong=True
        )
        cells = [self._column(place, heading) for place, heading in enumerate(headings)]
        self.table = TableView(TableModel([number, *cells], self))
        self._place.addWidget(self.table)

    def show_rows(
        self, rows: Sequence[NumberedRow], problems: Mapping[int, Sequence[Problem]], at: Problem
    ) -> None:
        """Show rows, and go to the cell of a problem."""
        if self.table is None:
            return
        shown = [
            _FileRow(number, cells, _tones(problems.get(number, ()))) for number, cells in rows
        ]
        model = self.table.rows_model
        model.show_rows(shown)
        place = next((n for n, each in enumerate(shown) if each.number == at.row), 0)
        self.table.setCurrentIndex(model.index(place, max(0, at.place + 1)))
        self.table.setFocus()

    @staticmethod
    def _column(place: int, heading: str) -> Column[_FileRow]:
        title = as_written(heading or str(place + 1))
        tone: Callable[[_FileRow], Tone | None] = lambda r: r.tones.get(place)  # noqa: E731
        return Column(title, lambda r: r.text(place), width=_CELL_WIDTH, tone=tone)


def _tones(problems: Iterable[Problem]) -> Mapping[int, Tone]:
    ordered = sorted(problems, key=lambda problem: not problem.is_doubt)
    return {p.place: "warn" if p.is_doubt else "bad" for p in ordered}
