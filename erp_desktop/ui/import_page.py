"""Importing: choose a file, say what its columns mean, see what is wrong, import."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Generic

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu, QScrollArea, QSplitter, QWidget
from typing_extensions import override

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.imports.checking import Plan
from erp_desktop.imports.fields import ImportField
from erp_desktop.imports.kinds import D, Kind
from erp_desktop.imports.problems import Problem
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.imports.tables import NumberedRow, Table
from erp_desktop.ui import keys, memory, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.fields import Field
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.import_mapping import MappingGrid
from erp_desktop.ui.import_options import OptionsForm, ReadingForm
from erp_desktop.ui.import_presenter import ImportJob, ImportPresenter, Written
from erp_desktop.ui.import_result import ImportResult, ImportWords, outcome_of, verdict_of
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, column, label, row
from erp_desktop.ui.table_files import READABLE, WRITABLE, FileDrop, with_suffix

_SETTINGS_WIDTH = 500


class ImportPage(Page, Generic[D]):
    """The base of all imports: a subclass names its job, its words and its defaults.

    Attributes:
        title: Heading, marked `N_`.
        job: What the module does for it.
        words: How what is imported is called.
        done: What the last button says, marked `N_`; it opens `done_page`.
    """

    title: ClassVar[str]
    job: ClassVar[ImportJob[Any]]
    words: ClassVar[ImportWords]
    done: ClassVar[str]
    done_page: ClassVar[str]

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._presenter: ImportPresenter[D] = ImportPresenter(
            self, backend, self.job, memory.current()
        )
        self._path: Path | None = None
        self._fields: Sequence[ImportField] = ()
        self._is_read = False
        self._plan: Plan[D] | None = None
        self._report = ""
        self._header = Header(self.title)
        self._mapping = MappingGrid()
        self._options = OptionsForm(
            self.defaults(), may_merge=self.job.may_merge, may_number=self.job.may_number
        )
        self._reading = ReadingForm()
        self._result = ImportResult()
        self._make_actions()
        self._lay_out()
        self._connect()
        self._show_stage()

    def defaults(self) -> Sequence[Field]:
        """Return fields for what rows may leave out, named as what they fill."""
        return ()

    def offer(self, kind: Any) -> None:
        """Let these fields offer what can be chosen."""

    def show_table(
        self, kind: Kind[D], table: Table, options: ImportOptions, *, is_remembered: bool
    ) -> None:
        """Show a file that was read, and how it seems to be meant, or was meant the last time."""
        self._plan, self._report, self._is_read = None, "", True
        self._fields = kind.fields
        self.offer(kind)
        self._mapping.show_table(table, options.columns, kind.fields)
        self._options.show_options(options)
        self._reading.show_table(table)
        self._remembered.setVisible(is_remembered)
        self._result.show_table(table)
        place = f"{table.name} · {table.sheet}" if len(table.sheets) > 1 else table.name
        self._header.show_summary(current().isolate(place))
        self._show_stage()

    def show_plan(self, plan: Plan[D]) -> None:
        """Show what would happen, and what is wrong."""
        self._plan = plan
        self._result.show_plan(plan, self._fields)
        self._show_stage()

    def show_rows(self, rows: Sequence[NumberedRow], problem: Problem) -> None:
        """Show the row of a problem among its neighbours."""
        self._result.show_rows(rows, problem)

    def show_report(self, report: Written, plan: Plan[D], seconds: float) -> None:
        """Show what was written."""
        self._report = outcome_of(report, plan, self.words, seconds)
        self._show_stage()
        self.say(_("The import is complete."))

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

    def open_file(self, path: Path, reading: Mapping[str, Any] | None = None) -> None:
        """Read a file; what `reading` does not say about it is found out."""
        self._path, self._is_read, self._plan = path, False, None
        self._header.show_summary(_("Reading {file}…").format(file=current().isolate(path.name)))
        self._show_stage()
        self.start_latest(self._presenter.open_file, path, reading)

    def save_remarks(self, path: Path, *, only_wrong: bool) -> None:
        """Write the rows of the file with what is wrong with them, to be sent back."""
        self.start_work(
            N_("Saving the remarks"), self._presenter.save_remarks, path, only_wrong=only_wrong
        )

    def go_on(self) -> None:
        """Do the next step: choose a file, check it, import it, look at what was imported."""
        if self._report:
            self.opens.emit(self.done_page, None)
            self.closes.emit()
        elif self._path is None:
            self._on_choose()
        elif self._plan is None:
            self._on_check()
        elif self._plan.drafts:
            self.start_work(self.title, self._presenter.write)

    @override
    def refuse(self, error: UserError) -> None:
        """A file that cannot be read is not the file of this page."""
        if self._path is not None and not self._is_read:
            self._path = None
            self._header.show_summary("")
            self._show_stage()
        super().refuse(error)

    def _make_actions(self) -> None:
        self._choose = button(N_("Choose a file…"), self._on_choose, icon="folder-open-outline")
        self._save = button(N_("Save with remarks"), icon="file-export-outline")
        menu = QMenu(self._save)
        menu.aboutToShow.connect(lambda: self._fill_menu(menu))
        self._save.setMenu(menu)
        self._remembered = label(N_("The columns are read as the last time."), "muted")
        self._primary = button(N_("Check"), self.go_on, look="primary")
        for action in (self._save, self._choose):
            self._header.add(action)
        self._header.set_primary(self._primary)
        keys.bind(self, "page.back", self._result.back)
        follow(self, self._show_stage_words)

    def _lay_out(self) -> None:
        self._remembered.hide()
        self._top = _top_half(self._mapping, self._remembered, self._options, self._reading)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self._top)
        split.addWidget(self._result)
        split.setSizes([430, 330])
        self.setLayout(column(self._header, self.notices, split, margins=theme.SPACE_L))

    def _connect(self) -> None:
        self._mapping.changed.connect(self._on_change)
        self._options.changed.connect(self._on_change)
        self._reading.changed.connect(self._on_reading)
        self._result.asked.connect(
            lambda problem: self.start_latest(self._presenter.show_row, problem)
        )
        FileDrop(self).dropped.connect(self.open_file)

    def _show_stage(self) -> None:
        self._top.setVisible(self._path is not None and not self._report)
        self._save.setVisible(bool(self._plan and self._plan.problems))
        good = self._plan.drafts if self._plan else self._path is None or self._is_read
        self._primary.setEnabled(bool(good or self._report))
        self._result.advise(_advice(self._path, self._plan))
        self._show_stage_words()

    def _show_stage_words(self) -> None:
        self._primary.setText(self._next_step())
        verdict = verdict_of(self._plan, self.words) if self._plan else ""
        self._result.say(self._report or verdict)

    def _next_step(self) -> str:
        if self._report:
            return _(self.done)
        if self._path is None:
            return _("Choose a file…")
        if self._plan is None:
            return _("Check the file")
        return self.words.action(len(self._plan.drafts))

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        menu.addAction(_("All rows…"), lambda: self._on_save(only_wrong=False))
        menu.addAction(_("Only the rows left out…"), lambda: self._on_save(only_wrong=True))

    def _on_choose(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Choose a file…"), "", READABLE)
        if path:
            self.open_file(Path(path))

    def _on_save(self, *, only_wrong: bool) -> None:
        stem = self._path.stem if self._path else ""
        name = f"{stem} - {_('Remarks')}.xlsx"
        path, kind = QFileDialog.getSaveFileName(self, _("Save with remarks"), name, WRITABLE)
        if path:
            self.save_remarks(with_suffix(path, kind), only_wrong=only_wrong)

    def _on_check(self) -> None:
        options = self._options.read(self._mapping.columns())
        if options is not None:
            self.start_work(N_("Checking the file"), self._presenter.check, options)

    def _on_change(self) -> None:
        """What was checked is no longer what would be imported."""
        self._plan, self._report = None, ""
        self._result.show_plan(None, self._fields)
        self._show_stage()

    def _on_reading(self) -> None:
        if self._path is not None:
            self.open_file(self._path, self._reading.reading())


def _top_half(
    mapping: MappingGrid, remembered: QWidget, options: OptionsForm, reading: ReadingForm
) -> QWidget:
    half = QWidget()
    columns = card(
        row(label(N_("What the columns mean"), "heading"), None, remembered), _scrolled(mapping)
    )
    settings = card(label(N_("For rows that do not say"), "heading"), _scrolled(options, reading))
    settings.setFixedWidth(_SETTINGS_WIDTH)
    line = row(columns, settings)
    line.setStretch(0, 1)
    half.setLayout(line)
    return half


def _scrolled(*parts: QWidget) -> QScrollArea:
    """Return `parts` below each other, with a scroll bar where they are too long."""
    inside = QWidget()
    inside.setLayout(column(*parts, None, spacing=theme.SPACE_L))
    scroll = QScrollArea(widgetResizable=True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(inside)
    inside.setAutoFillBackground(False)
    scroll.viewport().setAutoFillBackground(False)
    return scroll


def _advice(path: Path | None, plan: Plan[Any] | None) -> str:
    if path is None:
        return N_(
            "Choose a spreadsheet or a CSV file, or drop it here. You see all before anything is "
            "written."
        )
    if plan is None:
        return N_("Say what the columns mean, then check the file.")
    return N_("Nothing is wrong with this file.")
