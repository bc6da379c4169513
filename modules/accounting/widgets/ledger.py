"""The ledger of an account (grand livre): its lines by day, with the balance after each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QBoxLayout
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.imports.remarks import writable
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.exporting import save_file
from erp_desktop.ui.exports import Table
from erp_desktop.ui.file_choice import choose_target
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import CENTER, RIGHT, Column
from erp_desktop.ui.work import Work
from modules.accounting.reports import ledger_pdf
from modules.accounting.selectors import (
    PAGE_SIZE,
    Ledger,
    LedgerRow,
    get_ledger,
    list_chart,
    list_entry_lines,
    list_ledger,
)
from modules.accounting.widgets.documents import page_of
from modules.accounting.widgets.entry_detail import EntryDetail
from modules.accounting.widgets.ledger_head import LedgerBar, LedgerQuestion, LedgerSums


def _amount(name: str, *, is_always: bool = False) -> Callable[[LedgerRow], str]:
    def text(row: LedgerRow) -> str:
        amount: Decimal = getattr(row, name)
        return current().amount(amount, row.currency) if amount or is_always else ""

    return text


def _label(row: LedgerRow) -> str:
    words = current()
    return " · ".join(filter(None, (row.party_named(words.language), words.isolate(row.label))))


_COLUMNS: tuple[Column[LedgerRow], ...] = (
    Column(N_("Date"), lambda r: current().date(r.dated_on), width=92, value=lambda r: r.dated_on),
    Column(N_("Number"), lambda r: current().isolate(r.number), width=152),
    Column(N_("Label"), _label),
    Column(N_("Partner"), lambda r: r.party_named(current().language), width=130, hidden=True),
    Column(N_("Counterpart"), lambda r: current().isolate(r.counterparts), width=112),
    Column(N_("Letter"), lambda r: current().isolate(r.letter), CENTER, width=56),
    Column(N_("Journal"), lambda r: r.journal, width=70, hidden=True),
    Column(
        N_("Document"),
        lambda r: current().isolate(str(r.document.get("number") or "")),
        width=130,
        hidden=True,
    ),
    Column(N_("Branch"), lambda r: r.branch, width=64, hidden=True),
    Column(N_("Debit"), _amount("debit"), RIGHT, width=108, value=lambda r: r.debit),
    Column(N_("Credit"), _amount("credit"), RIGHT, width=108, value=lambda r: r.credit),
    Column(
        N_("Balance"),
        _amount("balance", is_always=True),
        RIGHT,
        width=112,
        value=lambda r: r.balance,
    ),
)


class LedgerPage(ListPage[LedgerRow]):
    """The page: an account, two days, one branch or all; a line opens its entry."""

    title: ClassVar[str] = N_("Ledger")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.ledger: Ledger | None = None
        self.bar = LedgerBar(backend.user.branches, self.refresh)
        self.sums = LedgerSums()
        self.detail = EntryDetail()
        self._asked: LedgerQuestion | None = None
        self._arrange()
        self.add_action(N_("PDF"), self._on_paper, icon="file-pdf-box", key="page.print")
        self.add_row_action(N_("Journal entry"), self.on_open)
        self.add_row_action(N_("Open document"), self._on_document)
        self.table.empty.tell(N_("Choose an account by its code or name, and the days to look at."))

    def _arrange(self) -> None:
        """Put what is asked for where other lists have their filter line."""
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)  # noqa: S101 - lists are columns
        place = layout.indexOf(self.filter)
        self.filter.hide()
        layout.insertWidget(place, self.bar)
        layout.insertWidget(place + 1, self.sums)
        self.set_preview(self.detail, width=410)
        self.detail.opens.connect(self.opens)
        self.detail.account_opened.connect(self._on_account)

    @override
    def on_first_show(self) -> None:
        self.bar.account.setFocus()
        self.start_latest(self._offer_accounts)
        self.refresh()

    @override
    def refresh(self) -> None:
        """Ask afresh; a field that cannot be read says so beneath itself."""
        asked = self.bar.question()
        if asked is not None:
            self._asked = asked
            super().refresh()

    @override
    async def load(self, query: Query, after: LedgerRow | None) -> Sequence[LedgerRow]:
        asked = self._asked
        if asked is None or not asked.account:
            self._show_ledger(None)
            return ()
        if after is None or self.ledger is None:
            ledger = await self.backend.ask(
                get_ledger, asked.account, days=asked.days, branch_id=asked.branch_id
            )
            self._show_ledger(ledger)
            return ledger.rows
        return await self.backend.ask(
            list_ledger,
            self.ledger.account_id,
            last_day=asked.days[1],
            after=after,
            branch_id=asked.branch_id,
        )

    @override
    async def whole(self, work: Work) -> Table[LedgerRow]:
        """Say on files and paper whose lines they are."""
        table = await super().whole(work)
        if self.ledger is None:
            return table
        words, ledger = current(), self.ledger
        name = f"{words.isolate(ledger.code)} · {ledger.named(words.language)}"
        opening = f"{_('Opening balance')}: {words.money(ledger.opening, ledger.currency)}"
        return replace(table, about=(name, *self.bar.about(self._asked), opening))

    @override
    def open(self, argument: Any) -> None:
        """Show an account: `account:530 date:01/03/2026..31/03/2026 branch:ALG`."""
        self.bar.show_argument(str(argument))
        if self._asked is not None:
            self.refresh()

    @override
    def on_open(self, row: LedgerRow) -> None:
        """Go down to the entry of a line."""
        self.opens.emit("accounting.entries", row.number)

    @override
    def preview(self, row: LedgerRow) -> None:
        self.detail.show_entry(row)
        self.start_latest(self._show_lines, row)

    @override
    def state(self) -> dict[str, Any]:
        return {"ledger": self.bar.argument(self._asked)} if self._asked else {}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self.open(state.get("ledger", ""))

    def _show_ledger(self, ledger: Ledger | None) -> None:
        self.ledger = ledger
        self.sums.show_ledger(ledger)
        if ledger is not None:
            self.renamed.emit(f"{ledger.code} · {ledger.named(current().language)}")

    async def _show_lines(self, row: LedgerRow) -> None:
        self.detail.show_lines(await self.backend.ask(list_entry_lines, row.entry_id))

    async def _offer_accounts(self) -> None:
        self.bar.account.offer(await self.backend.ask(list_chart))

    def _on_document(self, row: LedgerRow) -> None:
        found = page_of(row.document)
        if found is not None:
            self.opens.emit(*found)

    def _on_account(self, account: str, _day: date) -> None:
        if self._asked is not None:
            other = replace(self._asked, account=account)
            self.opens.emit("accounting.ledger", self.bar.argument(other))

    def _on_paper(self) -> None:
        if self.ledger is not None:
            self.start_once(self._print, self.ledger)

    async def _print(self, ledger: Ledger) -> None:
        path = await choose_target(self, _("Save as PDF"), f"ledger-{ledger.code}", ".pdf")
        if path is not None:
            about = self.bar.about(self._asked)
            rows = await self.everything()
            content = await self.backend.thread(ledger_pdf, ledger, rows, current(), about=about)
            with writable(path):
                await save_file(self, path, content)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
