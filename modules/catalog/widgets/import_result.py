"""What a check has found, or an import has written: one line of verdict, and every problem."""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui import theme
from erp_desktop.ui.parts import card, column, label
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import Column, TableModel
from modules.catalog.imports.checking import Plan
from modules.catalog.imports.fields import FIELDS
from modules.catalog.imports.problems import Problem
from modules.catalog.services import ImportReport

_TITLES = {field.id: field.title for field in FIELDS}

_PROBLEMS: tuple[Column[Problem], ...] = (
    Column(N_("Row"), lambda p: current().number(p.row), width=72, value=lambda p: p.row),
    Column(
        N_("Kind"),
        lambda p: _("Look at it") if p.is_warning else _("Left out"),
        width=120,
        tone=lambda p: "warn" if p.is_warning else "bad",
    ),
    Column(N_("Column"), lambda p: _(_TITLES.get(p.about, "")), width=150),
    Column(N_("Value"), lambda p: current().isolate(p.value), width=200),
    Column(N_("What is wrong"), lambda p: p.sentence()),
)


class ImportResult(QWidget):
    """The lower half of the import page."""

    def __init__(self) -> None:
        super().__init__()
        self.model: TableModel[Problem] = TableModel(_PROBLEMS, self)
        self._table = TableView(self.model)
        self._verdict = label(look="strong")
        self.setLayout(column(card(self._verdict, self._table, margins=theme.SPACE_M)))

    @property
    def verdict(self) -> str:
        """What the one line says."""
        return self._verdict.text()

    def show_plan(self, plan: Plan | None) -> None:
        """Show every problem of a plan, or nothing."""
        self.model.show_rows(plan.problems if plan else ())

    def say(self, sentence: str) -> None:
        """Show the verdict, already translated; nothing hides it."""
        self._verdict.setText(sentence)
        self._verdict.setVisible(bool(sentence))

    def advise(self, message: str) -> None:
        """Say, marked `N_`, what to do while there is nothing to show."""
        self._table.empty.tell(message, icon="file-delimited-outline")
        self._table.empty.setVisible(not self.model.rowCount())


def verdict_of(plan: Plan) -> str:
    """Say in one line what importing would do."""
    parts = [
        count("{n} row read", "{n} rows read", plan.rows_read),
        count("{n} product to import", "{n} products to import", len(plan.products)),
    ]
    if plan.changes:
        parts.append(count("{n} of them exists already", "{n} of them exist already", plan.changes))
    parts.append(count("{n} row left out", "{n} rows left out", len(plan.rejected)))
    if plan.warnings:
        parts.append(count("{n} to look at", "{n} to look at", plan.warnings))
    return " · ".join(parts)


def outcome_of(report: ImportReport, plan: Plan, seconds: float) -> str:
    """Say in one line what an import has written."""
    parts = [
        count("{n} product created", "{n} products created", report.created),
        count("{n} changed", "{n} changed", report.changed),
        count("{n} row left out", "{n} rows left out", len(plan.rejected)),
    ]
    took = _("in {seconds} s").format(seconds=current().number(round(Decimal(seconds), 1)))
    return f"{' · '.join(parts)} · {took}"
