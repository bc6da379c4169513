"""A bank's own file: all that is in it, or all that is wrong with it; then it is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.core.search import fold
from erp_desktop.imports.problems import Problem
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.file_choice import choose_source
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.table_files import FileDrop
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.bank_files import Statement, read_bank_file
from modules.accounting.reconciling import import_statements
from modules.accounting.selectors.bank import BankAccountRow, list_bank_accounts
from modules.accounting.widgets.bank.lists import name_tab

_PATTERNS = (
    "CFONB120, MT940, OFX, CAMT.053"
    " (*.txt *.dat *.cfonb *.120 *.sta *.940 *.ofx *.qfx *.xml);;* (*)"
)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A movement of the file, or what is wrong in a row of it."""

    row: int
    currency: str = ""
    booked_on: date | None = None
    reference: str = ""
    label: str = ""
    amount: Decimal | None = None
    remark: str = ""


_COLUMNS: tuple[Column[FileRow], ...] = (
    Column(N_("Row"), lambda r: current().number(r.row) if r.row else "", RIGHT, width=64),
    Column(
        N_("Date"),
        lambda r: current().date(r.booked_on) if r.booked_on else "",
        width=100,
        value=lambda r: r.booked_on,
    ),
    Column(N_("Reference"), lambda r: current().isolate(r.reference), width=150),
    Column(N_("Label"), lambda r: current().isolate(r.label)),
    Column(
        N_("Amount"),
        lambda r: "" if r.amount is None else current().amount(r.amount, r.currency),
        RIGHT,
        width=130,
        value=lambda r: r.amount,
        strong=True,
    ),
    Column(N_("Remark"), lambda r: r.remark, width=420),
)


class BankFilePage(ListPage[FileRow]):
    """Choose a file, look at it, import it: all of it or nothing."""

    title: ClassVar[str] = N_("Import a bank file")
    hint: ClassVar[str] = N_("Label or reference")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        self._code = ""
        self._name = ""
        self._rows: list[FileRow] = []
        self._statements: list[Statement] = []
        super().__init__(backend)
        self._name_tab = name_tab(self, lambda: self._code)
        self.set_primary(N_("Import the file"), self._on_take, "file-import-outline", "page.save")
        self.add_action(N_("Choose a file…"), self._on_choose, "folder-open-outline", "page.new")
        FileDrop(self).dropped.connect(lambda path: self.start_latest(self.read, path))
        self.table.empty.tell(
            N_("Choose a CFONB120, MT940, OFX or CAMT.053 file of your bank, or drop it here."),
            icon="file-import-outline",
        )

    @override
    def open(self, argument: Any) -> None:
        """Import for the bank account of a code."""
        self._code = str(argument or "")
        self._name_tab()

    @override
    async def load(self, query: Query, after: FileRow | None) -> Sequence[FileRow]:
        if after is not None:
            return ()
        wanted = fold(query.text.strip())
        return [row for row in self._rows if wanted in fold(f"{row.label} {row.reference}")]

    @override
    def summary(self) -> str:
        """Return what the file says of the account and its balances."""
        words = current()
        return " · ".join(
            _("{account}: {opening} on {first}, {closing} on {last}").format(
                account=words.isolate(each.account),
                opening=words.money(each.opening, each.currency),
                first=words.date(each.opened_on),
                closing=words.money(each.closing, each.currency),
                last=words.date(each.closed_on),
            )
            for each in self._statements
        )

    async def read(self, path: Path) -> None:
        """Read a file and show what is in it, or all that is wrong with it."""
        statements, problems = await self.backend.thread(read_bank_file, path)
        self._name = path.name
        self._statements = [] if problems else statements
        self._rows = [_wrong(each) for each in problems] or _movements(statements)
        if problems:
            told = count("{n} row is wrong.", "{n} rows are wrong.", len(problems))
            self.say(f"{told} {_('Nothing of this file is imported.')}", "warn")
        self.refresh()

    async def take(self) -> None:
        """Import the file that is shown."""
        bank = await self._bank()
        if bank is None or not self._statements:
            self.say(_("Choose a file without mistakes first."), "warn")
            return
        taken = await self.backend.do(
            import_statements, bank.id, self._statements, source="file", file_name=self._name
        )
        new = count("{n} new movement", "{n} new movements", taken.added)
        known = count("{n} known already", "{n} known already", taken.known)
        self._statements, self._rows = [], []
        self.say(f"{new} · {known}")
        self.refresh()
        if taken.added:
            self.opens.emit("accounting.bank_reconciliation", bank.code)

    async def _bank(self) -> BankAccountRow | None:
        kept = await self.backend.ask(list_bank_accounts)
        return next((each for each in kept if each.code == self._code), None)

    async def _choose(self) -> None:
        path = await choose_source(self, _("Choose a file…"), _PATTERNS)
        if path is not None:
            await self.read(path)

    def _on_choose(self) -> None:
        self.start_once(self._choose)

    def _on_take(self) -> None:
        self.start_once(self.take)

    @override
    def state(self) -> dict[str, Any]:
        return {**super().state(), "bank": self._code}

    @override
    def restore(self, state: Any) -> None:
        self._code = str(state.get("bank") or "")
        super().restore(state)


def _wrong(problem: Problem) -> FileRow:
    return FileRow(problem.row, label=problem.value, remark=problem.sentence())


def _movements(statements: Sequence[Statement]) -> list[FileRow]:
    return [
        FileRow(0, each.currency, line.booked_on, line.reference, line.label, line.amount)
        for each in statements
        for line in each.lines
    ]
