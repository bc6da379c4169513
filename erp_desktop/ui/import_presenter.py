"""The story of an import: a file, what its columns mean, what is wrong, what was written."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import _, current
from erp_desktop.imports.checking import Plan
from erp_desktop.imports.fields import propose_columns, repeats_codes
from erp_desktop.imports.kinds import D, Kind
from erp_desktop.imports.problems import Problem
from erp_desktop.imports.reading import read_table
from erp_desktop.imports.remarks import write_remarks
from erp_desktop.imports.remembering import packed, signature, unpacked
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.imports.tables import NumberedRow, Table
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.memory import Memory
from erp_desktop.ui.work import Work

# How many rows are shown around one, and how many of them above it.
_SHOWN, _ABOVE = 200, 5


class Written(Protocol):
    """What an import has written."""

    @property
    def created(self) -> int:
        """How many are new."""

    @property
    def changed(self) -> int:
        """How many were there before."""


@dataclass(frozen=True, slots=True)
class ImportJob(Generic[D]):
    """What a module does for an import.

    Attributes:
        id: The page's; what columns mean is remembered under it.
        get_kind: A selector that returns the kind.
        dry_run: A selector: `(table, options, kind, progress)`, returns a `Plan`.
        write: A service: `(drafts, may_change, progress)`, all or nothing.
        may_merge: Rows with the same code can be one record.
        may_number: Rows without a code can be numbered.
        has_codes: Rows have a code that tells them apart.
    """

    id: str
    get_kind: Callable[[Context], Kind[D]]
    dry_run: Callable[..., Plan[D]]
    write: Callable[..., Written]
    may_merge: bool = False
    may_number: bool = False
    has_codes: bool = True


class ImportView(Protocol):
    """All the presenter needs of whoever shows the import."""

    def show_table(
        self, kind: Any, table: Table, options: ImportOptions, *, is_remembered: bool
    ) -> None:
        """Show a file that was read, and how it seems to be meant, or was meant the last time."""

    def show_plan(self, plan: Plan[Any]) -> None:
        """Show what would happen, and what is wrong."""

    def show_rows(self, rows: Sequence[NumberedRow], problem: Problem) -> None:
        """Show the row of a problem among its neighbours."""

    def show_report(self, report: Written, plan: Plan[Any], seconds: float) -> None:
        """Show what was written."""

    def say(self, message: str) -> None:
        """Tell the user something."""


class ImportPresenter(Generic[D]):
    """What the import does, told without a widget."""

    def __init__(
        self, view: ImportView, backend: Backend, job: ImportJob[D], memory: Memory
    ) -> None:
        self._view = view
        self._backend = backend
        self._job = job
        self._memory = memory
        self._kind: Kind[D] | None = None
        self._table: Table | None = None
        self._plan: Plan[D] | None = None
        self._is_written = False
        self._may_change = False

    async def start(self) -> Kind[D]:
        """Learn what can be imported, and what can be chosen."""
        if self._kind is None:
            self._kind = await self._backend.ask(self._job.get_kind)
        return self._kind

    async def open_file(self, path: Path, reading: Mapping[str, Any] | None = None) -> None:
        """Read a file; what `reading` does not say about it is found out."""
        kind = await self.start()
        table = await self._backend.thread(read_table, path, **(reading or {}))
        self._table, self._plan = table, None
        options, is_remembered = self._options_for(table, kind)
        self._view.show_table(kind, table, options, is_remembered=is_remembered)

    async def check(self, work: Work, options: ImportOptions) -> None:
        """Find out what importing would do."""
        if self._table is None or self._kind is None:
            return
        self._remember(self._table, options)
        plan = await self._backend.run(work, self._job.dry_run, self._table, options, self._kind)
        self._plan, self._is_written = plan, False
        self._may_change = options.existing == "change"
        self._view.show_plan(plan)

    async def write(self, work: Work) -> None:
        """Import what was checked: all of it, or nothing if the user cancels."""
        plan = self._plan
        if plan is None or not plan.drafts or self._is_written:
            return
        began = time.monotonic()
        report = await self._backend.run(
            work, self._job.write, plan.drafts, may_change=self._may_change
        )
        self._is_written = True
        self._view.show_report(report, plan, time.monotonic() - began)

    async def show_row(self, problem: Problem) -> None:
        """Show where a problem is."""
        if self._table is not None:
            first = max(1, problem.row - _ABOVE)
            rows = await self._backend.thread(self._table.slice, first, _SHOWN)
            self._view.show_rows(rows, problem)

    async def save_remarks(self, work: Work, path: Path, *, only_wrong: bool) -> None:
        """Write the rows with what is wrong with them, to be mended by whoever sent them."""
        if self._plan is None or self._kind is None:
            return
        work.watched_by(lambda _work: None)
        await self._backend.thread(
            write_remarks,
            path,
            self._plan,
            self._kind.fields,
            only_wrong=only_wrong,
            progress=work.report,
        )
        said = _("Saved as {file}. Send it back, or mend the rows and import it.")
        self._view.say(said.format(file=current().isolate(path.name)))

    def _options_for(self, table: Table, kind: Kind[D]) -> tuple[ImportOptions, bool]:
        columns = propose_columns(table, kind.fields)
        is_repeating = self._job.may_merge and repeats_codes(table, columns)
        proposed = ImportOptions(
            columns, kind.usual(), repeated="merge" if is_repeating else "refuse"
        )
        key = signature(self._job.id, table)
        kept = self._memory.get(key) if key else None
        if not isinstance(kept, dict):
            return proposed, False
        return unpacked(kept, proposed, kind.fields), True

    def _remember(self, table: Table, options: ImportOptions) -> None:
        key = signature(self._job.id, table)
        if key:
            self._memory.set(key, packed(options))
