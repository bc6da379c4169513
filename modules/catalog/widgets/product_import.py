"""Importing products: choose a file, say what its columns mean, see what is wrong, import."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QSplitter, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, count
from erp_desktop.ui import memory, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, column, label, row
from modules.catalog.imports.checking import Plan
from modules.catalog.imports.reading import Table
from modules.catalog.imports.rows import ImportOptions
from modules.catalog.selectors import ProductSheet
from modules.catalog.services import ImportReport
from modules.catalog.widgets.import_mapping import MappingGrid
from modules.catalog.widgets.import_options import OptionsForm
from modules.catalog.widgets.import_presenter import ImportPresenter
from modules.catalog.widgets.import_result import ImportResult, outcome_of, verdict_of
from modules.catalog.widgets.parts import FileDrop, scrolled

_SETTINGS_WIDTH = 500
_FILES = "CSV (*.csv *.txt *.tsv);;* (*)"


class ProductImportPage(Page):
    """The presenter's hands and face."""

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._presenter = ImportPresenter(self, backend, memory.current())
        self._path: Path | None = None
        self._is_read = False
        self._plan: Plan | None = None
        self._report = ""
        self._header = Header(N_("Import products"))
        self._mapping = MappingGrid()
        self._options = OptionsForm()
        self._result = ImportResult()
        self._make_actions()
        self._lay_out()
        self._connect()
        self._show_stage()

    def show_choices(self, sheet: ProductSheet) -> None:
        """Offer these units and taxes as defaults."""
        self._options.offer(sheet)

    def show_table(self, table: Table, options: ImportOptions) -> None:
        """Show a file that was read, and how it seems to be meant."""
        self._plan, self._report, self._is_read = None, "", True
        self._mapping.show_table(table, options.columns)
        self._options.show_options(options, table.encoding, table.delimiter)
        self._header.show_summary(table.name)
        self._result.show_plan(None)
        self._show_stage()

    def show_plan(self, plan: Plan) -> None:
        """Show what would happen, and what is wrong."""
        self._plan = plan
        self._result.show_plan(plan)
        self._show_stage()

    def show_report(self, report: ImportReport, plan: Plan, seconds: float) -> None:
        """Show what was written."""
        self._report = outcome_of(report, plan, seconds)
        self._show_stage()
        self.say(_("The import is complete."))

    @override
    def on_first_show(self) -> None:
        self.start_once(self._presenter.start)

    @override
    def open(self, argument: Any) -> None:
        if argument:
            self.open_file(Path(str(argument)))

    @override
    def state(self) -> dict[str, Any]:
        return {"file": str(self._path) if self._path else ""}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        if state.get("file") and Path(state["file"]).exists():
            self.open_file(Path(state["file"]))

    def open_file(self, path: Path) -> None:
        """Read a file."""
        self._path, self._is_read = path, False
        self._show_stage()
        self.start_latest(self._presenter.open_file, path)

    def export_rejected(self, path: Path) -> None:
        """Write the rows that are left out as a file to mend."""
        if self._plan is not None:
            self.start_once(self._presenter.export_rejected, path, self._plan)

    def go_on(self) -> None:
        """Do the next step: choose a file, check it, import it, look at the products."""
        if self._report:
            self.opens.emit("catalog.products", None)
            self.closes.emit()
        elif self._path is None:
            self._on_choose()
        elif self._plan is None:
            self._on_check()
        elif self._plan.products:
            self.start_work(N_("Importing products"), self._presenter.write)

    def _make_actions(self) -> None:
        self._choose = button(N_("Choose a file…"), self._on_choose, icon="folder-open-outline")
        self._export = button(
            N_("Export rows to mend…"), self._on_export, icon="file-export-outline"
        )
        self._primary = button(N_("Check"), self.go_on, look="primary")
        self._header.add(self._export)
        self._header.add(self._choose)
        self._header.set_primary(self._primary)
        follow(self, self._show_stage_words)

    def _lay_out(self) -> None:
        self._top = _top_half(self._mapping, self._options)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self._top)
        split.addWidget(self._result)
        split.setSizes([430, 330])
        self.setLayout(column(self._header, self.notices, split, margins=theme.SPACE_L))

    def _connect(self) -> None:
        self._mapping.changed.connect(self._on_change)
        self._options.changed.connect(self._on_change)
        self._options.file_changed.connect(self._on_reading)
        FileDrop(self).dropped.connect(self.open_file)

    def _show_stage(self) -> None:
        self._top.setVisible(self._path is not None and not self._report)
        self._export.setVisible(bool(self._plan and self._plan.rejected))
        good = self._plan.products if self._plan else self._path is None or self._is_read
        self._primary.setEnabled(bool(good or self._report))
        self._result.advise(_advice(self._path, self._plan))
        self._show_stage_words()

    def _show_stage_words(self) -> None:
        self._primary.setText(_next_step(self._path, self._plan, self._report))
        self._result.say(self._report or (verdict_of(self._plan) if self._plan else ""))

    def _on_choose(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Choose a file…"), "", _FILES)
        if path:
            self.open_file(Path(path))

    def _on_export(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Export rows to mend…"), "", "CSV (*.csv)"
        )
        if path:
            self.export_rejected(Path(path if path.endswith(".csv") else f"{path}.csv"))

    def _on_check(self) -> None:
        options = self._options.read(self._mapping.columns())
        if options is not None:
            self.start_work(N_("Checking the file"), self._presenter.check, options)

    def _on_change(self) -> None:
        """What was checked is no longer what would be imported."""
        self._plan, self._report = None, ""
        self._result.show_plan(None)
        self._show_stage()

    def _on_reading(self) -> None:
        if self._path is not None:
            chosen = (self._options.encoding(), self._options.delimiter())
            self.start_latest(self._presenter.open_file, self._path, *chosen)


def _top_half(mapping: MappingGrid, options: OptionsForm) -> QWidget:
    inside, half = QWidget(), QWidget()
    inside.setLayout(column(mapping, None))
    columns = card(label(N_("What the columns mean"), "heading"), scrolled(inside))
    settings = card(label(N_("For rows that do not say"), "heading"), scrolled(options))
    settings.setFixedWidth(_SETTINGS_WIDTH)
    line = row(columns, settings)
    line.setStretch(0, 1)
    half.setLayout(line)
    return half


def _advice(path: Path | None, plan: Plan | None) -> str:
    if path is None:
        return N_("Choose a CSV file, or drop it here. You see all before anything is written.")
    if plan is None:
        return N_("Say what the columns mean, then check the file.")
    return N_("Nothing is wrong with this file.")


def _next_step(path: Path | None, plan: Plan | None, report: str) -> str:
    if report:
        return _("Show the products")
    if path is None:
        return _("Choose a file…")
    if plan is None:
        return _("Check the file")
    return count("Import {n} product", "Import {n} products", len(plan.products))
