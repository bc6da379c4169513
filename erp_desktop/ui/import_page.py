"""Importing: choose a file, say what its columns mean, see what is wrong, import."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Generic

from typing_extensions import override

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.imports.checking import Plan
from erp_desktop.imports.kinds import D, Kind
from erp_desktop.imports.problems import Problem
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.imports.tables import NumberedRow, Table
from erp_desktop.ui import keys, memory, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.fields import Field
from erp_desktop.ui.follow import follow
from erp_desktop.ui.import_board import ImportBoard
from erp_desktop.ui.import_head import ImportHead
from erp_desktop.ui.import_options import OptionsForm
from erp_desktop.ui.import_presenter import ImportJob, ImportPresenter, Written
from erp_desktop.ui.import_result import ImportWords, outcome_of, verdict_of
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import column
from erp_desktop.ui.table_files import FileDrop


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
    done_page: str

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._presenter: ImportPresenter[D] = ImportPresenter(
            self, backend, self.job, memory.current()
        )
        self._path: Path | None = None
        self._is_read = False
        self._plan: Plan[D] | None = None
        self._report = ""
        self._header = ImportHead(self.title, self.go_on)
        self.board = ImportBoard(OptionsForm(self.defaults(), self.job))
        self.setLayout(column(self._header, self.notices, self.board, margins=theme.SPACE_L))
        self._connect()

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
        self.offer(kind)
        self.board.show_table(kind, table, options, is_remembered=is_remembered)
        self._header.show_summary(current().isolate(table.title))
        self._show_stage()

    def show_plan(self, plan: Plan[D]) -> None:
        """Show what would happen, and what is wrong."""
        self._plan = plan
        self.board.show_plan(plan)
        self._show_stage()

    def show_rows(self, rows: Sequence[NumberedRow], problem: Problem) -> None:
        """Show the row of a problem among its neighbours."""
        self.board.result.show_rows(rows, problem)

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
        self._path, self._is_read, self._plan, self._report = path, False, None, ""
        self._header.show_summary(_("Reading {file}…").format(file=current().isolate(path.name)))
        self._show_stage()
        self.start_latest(self._presenter.open_file, path, reading)

    def save_remarks(self, path: Path, only_wrong: bool) -> None:  # noqa: FBT001 - a signal's
        """Write the rows of the file with what is wrong with them, to be sent back."""
        deed = self._presenter.save_remarks
        self.start_work(N_("Saving the remarks"), deed, path, only_wrong=only_wrong)

    def go_on(self) -> None:
        """Do the next step: choose a file, check it, import it, look at what was imported."""
        if self._report:
            self.opens.emit(self.done_page, None)
            self.closes.emit()
        elif self._path is None:
            self._header.choose()
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

    def _connect(self) -> None:
        self._header.file_chosen.connect(self.open_file)
        self._header.save_wanted.connect(self.save_remarks)
        self.board.changed.connect(self._on_change)
        self.board.reading_changed.connect(self._on_reading)
        self.board.asked.connect(
            lambda problem: self.start_latest(self._presenter.show_row, problem)
        )
        FileDrop(self).dropped.connect(self.open_file)
        keys.bind(self, "page.back", self.board.result.back)
        follow(self, self._show_stage)

    def _show_stage(self) -> None:
        self.board.show_decisions(shown=self._path is not None and not self._report)
        self.board.result.advise(_advice(self._path, self._plan))
        verdict = verdict_of(self._plan, self.words) if self._plan else ""
        self.board.result.say(self._report or verdict)
        good = self._plan.drafts if self._plan else self._path is None or self._is_read
        self._header.show_file(self._path)
        self._header.show_next(
            _(self.done) if self._report else _next_step(self._path, self._plan, self.words),
            is_ready=bool(good or self._report),
            may_save=bool(self._plan and self._plan.problems),
        )

    def _on_check(self) -> None:
        options = self.board.decided()
        if options is not None:
            self.start_work(N_("Checking the file"), self._presenter.check, options)

    def _on_change(self) -> None:
        """What was checked is no longer what would be imported."""
        self._plan, self._report = None, ""
        self.board.show_plan(None)
        self._show_stage()

    def _on_reading(self) -> None:
        if self._path is not None:
            self.open_file(self._path, self.board.reading.reading())


def _next_step(path: Path | None, plan: Plan[Any] | None, words: ImportWords) -> str:
    if path is None:
        return _("Choose a file…")
    return words.action(len(plan.drafts)) if plan else _("Check the file")


def _advice(path: Path | None, plan: Plan[Any] | None) -> str:
    if path is None:
        return N_(
            "Choose a spreadsheet or a CSV file, or drop it here. You see all before anything is "
            "written."
        )
    if plan is None:
        return N_("Say what the columns mean, then check the file.")
    return N_("Nothing is wrong with this file.")
