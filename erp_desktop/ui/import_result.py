"""What a check has found, or an import has written: one line of verdict, and every problem."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.imports.checking import Plan
from erp_desktop.imports.fields import ImportField
from erp_desktop.imports.problems import Problem
from erp_desktop.imports.tables import NumberedRow, Table
from erp_desktop.ui import theme
from erp_desktop.ui.import_presenter import Written
from erp_desktop.ui.import_problems import FileRows, ProblemList
from erp_desktop.ui.parts import button, card, column, label, row


@dataclass(frozen=True, slots=True)
class ImportWords:
    """How an import names what it imports; each says how many.

    Attributes:
        action: What the button does: “Import 12 products”.
        ready: What would be written: “12 products to import”.
        created: What was written: “12 products created”.
    """

    action: Callable[[int], str]
    ready: Callable[[int], str]
    created: Callable[[int], str]


class ImportResult(QWidget):
    """The lower half of the import page.

    Signals:
        asked: A problem whose row is to be seen.
    """

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.problems = ProblemList()
        self.rows = FileRows()
        self._by_row: Mapping[int, Sequence[Problem]] = {}
        self._verdict = label(look="strong")
        self._back = button(N_("Back to the problems"), self.back, icon="arrow-left", look="quiet")
        self._stack = QStackedLayout()
        self._stack.addWidget(self.problems)
        self._stack.addWidget(self.rows)
        self.problems.opened.connect(self.asked)
        head = row(self._verdict, None, self._back)
        framed = card(head, self._stack, margins=theme.SPACE_M, spacing=theme.SPACE_S)
        self.setLayout(column(framed))
        self.back()

    @property
    def model(self) -> Any:
        """The problems that are shown."""
        return self.problems.model

    @property
    def verdict(self) -> str:
        """What the one line says."""
        return self._verdict.text()

    def show_table(self, table: Table) -> None:
        """Show the columns of a file; of the file before nothing is shown any more."""
        self.rows.show_headings(table.headings)
        self.show_plan(None, ())

    def show_plan(self, plan: Plan[Any] | None, fields: Sequence[ImportField]) -> None:
        """Show every problem of a plan, or nothing."""
        problems = plan.problems if plan else ()
        by_row = groupby(problems, key=lambda problem: problem.row)
        self._by_row = {number: tuple(found) for number, found in by_row}
        self.problems.show_problems(problems, fields)
        self.back()

    def show_rows(self, rows: Sequence[NumberedRow], problem: Problem) -> None:
        """Show the row of a problem among its neighbours."""
        self.rows.show_rows(rows, self._by_row, problem)
        self._stack.setCurrentWidget(self.rows)
        self._back.show()

    def back(self) -> None:
        """Show the problems again."""
        self._stack.setCurrentWidget(self.problems)
        self._back.hide()

    def say(self, sentence: str) -> None:
        """Show the verdict, already translated; nothing hides it."""
        self._verdict.setText(sentence)
        self._verdict.setVisible(bool(sentence))

    def advise(self, message: str) -> None:
        """Say, marked `N_`, what to do while there is nothing to show."""
        empty = self.problems.table.empty
        empty.tell(message, icon="file-delimited-outline")
        empty.setVisible(not self.model.rowCount())


def verdict_of(plan: Plan[Any], words: ImportWords) -> str:
    """Say in one line what importing would do."""
    parts = [count("{n} row read", "{n} rows read", plan.rows_read), words.ready(len(plan.drafts))]
    if plan.changes:
        parts.append(count("{n} of them exists already", "{n} of them exist already", plan.changes))
    parts.append(count("{n} row left out", "{n} rows left out", len(plan.left_out)))
    if plan.doubts:
        parts.append(count("{n} to look at", "{n} to look at", plan.doubts))
    return " · ".join(parts)


def outcome_of(report: Written, plan: Plan[Any], words: ImportWords, seconds: float) -> str:
    """Say in one line what an import has written."""
    parts = [
        words.created(report.created),
        count("{n} changed", "{n} changed", report.changed),
        count("{n} row left out", "{n} rows left out", len(plan.left_out)),
    ]
    took = _("in {seconds} s").format(seconds=current().number(round(Decimal(seconds), 1)))
    return f"{' · '.join(parts)} · {took}"
