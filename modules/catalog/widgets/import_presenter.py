"""The story of an import: a file, what its columns mean, what is wrong, what was written."""

import time
from collections.abc import Mapping
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from erp_desktop.core.i18n import N_, _
from erp_desktop.documents.files import write_whole
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.memory import Memory
from erp_desktop.ui.spreadsheet import as_csv
from erp_desktop.ui.tables import Column
from erp_desktop.ui.work import Work
from modules.catalog.imports.checking import Plan, Rejected
from modules.catalog.imports.dry_run import dry_run
from modules.catalog.imports.fields import FIELDS, propose_columns, repeats_codes, squeezed
from modules.catalog.imports.reading import Table, read_table
from modules.catalog.imports.rows import ImportOptions
from modules.catalog.selectors import ProductSheet, get_product
from modules.catalog.services import ImportReport, import_products


class ImportView(Protocol):
    """All the presenter needs of whoever shows the import."""

    def show_choices(self, sheet: ProductSheet) -> None:
        """Offer these units and taxes as defaults."""

    def show_table(self, table: Table, options: ImportOptions) -> None:
        """Show a file that was read, and how it seems to be meant."""

    def show_plan(self, plan: Plan) -> None:
        """Show what would happen, and what is wrong."""

    def show_report(self, report: ImportReport, plan: Plan, seconds: float) -> None:
        """Show what was written."""

    def say(self, message: str) -> None:
        """Tell the user something."""


class ImportPresenter:
    """What the import does, told without a widget."""

    def __init__(self, view: ImportView, backend: Backend, memory: Memory) -> None:
        self._view = view
        self._backend = backend
        self._memory = memory
        self._sheet: ProductSheet | None = None
        self._table: Table | None = None
        self._plan: Plan | None = None
        self._may_change = False

    async def start(self) -> None:
        """Learn units and taxes."""
        self._sheet = await self._backend.ask(get_product, None)
        self._view.show_choices(self._sheet)

    async def open_file(self, path: Path, encoding: str = "", delimiter: str = "") -> None:
        """Read a file; what is not said about it is found out."""
        if self._sheet is None:
            await self.start()
        table = await self._backend.thread(read_table, path, encoding=encoding, delimiter=delimiter)
        self._table, self._plan = table, None
        self._view.show_table(table, self._options_for(table))

    async def check(self, work: Work, options: ImportOptions) -> None:
        """Find out what importing would do."""
        if self._table is None or self._sheet is None:
            return
        self._remember(self._table, options)
        plan = await self._backend.run(work, dry_run, self._table, options, self._sheet)
        self._plan, self._may_change = plan, options.existing == "change"
        self._view.show_plan(plan)

    async def write(self, work: Work) -> None:
        """Import what was checked: all of it, or nothing if the user cancels."""
        plan = self._plan
        if plan is None or not plan.products:
            return
        began = time.monotonic()
        report = await self._backend.run(
            work, import_products, plan.products, may_change=self._may_change
        )
        self._plan = None
        self._view.show_report(report, plan, time.monotonic() - began)

    async def export_rejected(self, path: Path, plan: Plan) -> None:
        """Write the rows that were left out as a file to mend, each with what is wrong."""
        content = rejected_csv(plan)
        await self._backend.thread(write_whole, path, content)
        self._view.say(_("Exported to {path}. Mend the rows and import it.").format(path=path))

    def _options_for(self, table: Table) -> ImportOptions:
        columns = propose_columns(table)
        kept = self._memory.get(_key(table))
        if kept is not None:
            return _unpacked(kept, columns)
        repeated = repeats_codes(table, columns)
        options = ImportOptions(columns, repeated="merge" if repeated else "refuse")
        return replace(options, **self._usual())

    def _usual(self) -> dict[str, Any]:
        """Most products are pieces, taxed at the full rate, which comes first."""
        sheet = self._sheet
        if sheet is None or not (sheet.units and sheet.taxes):
            return {}
        units = [unit.code for unit in sheet.units]
        return {"unit": "PCE" if "PCE" in units else units[0], "tax": sheet.taxes[0].code}

    def _remember(self, table: Table, options: ImportOptions) -> None:
        price = None if options.price is None else str(options.price)
        kept = {**asdict(options), "columns": list(options.columns), "price": price}
        self._memory.set(_key(table), kept)


def _key(table: Table) -> str:
    """Files with the same headings come from the same place and mean the same."""
    return f"catalog.import/{'|'.join(squeezed(heading) for heading in table.headings)}"


def _unpacked(kept: Mapping[str, Any], proposed: tuple[str, ...]) -> ImportOptions:
    known = {field.id for field in FIELDS}
    columns = tuple(c if c in known else "" for c in kept["columns"])
    price = None if kept["price"] is None else Decimal(kept["price"])
    fitting = columns if len(columns) == len(proposed) else proposed
    return ImportOptions(**{**kept, "columns": fitting, "price": price})


def rejected_csv(plan: Plan) -> bytes:
    """Return the rejected rows as CSV: the file's own columns, and what is wrong in a last one."""
    wrong: dict[int, list[str]] = {}
    for problem in plan.problems:
        if not problem.is_warning:
            wrong.setdefault(problem.row, []).append(problem.sentence())
    own = [_column(place, heading) for place, heading in enumerate(plan.headings)]
    why: Column[Rejected] = Column(
        N_("What is wrong"), lambda rejected: " ".join(wrong.get(rejected.row, ()))
    )
    return as_csv([*own, why], plan.rejected)


def _column(place: int, heading: str) -> Column[Rejected]:
    def text(rejected: Rejected) -> str:
        return rejected.cells[place] if place < len(rejected.cells) else ""

    return Column(heading, text)
