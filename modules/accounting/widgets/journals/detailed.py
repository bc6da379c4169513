"""A journal in detail: every entry of some months with its lines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import accumulate
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.documents.table_paper import Carry, TableColumn, render_table
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.report_page import Report
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.selectors import (
    JournalLine,
    JournalRow,
    list_journal_lines,
    list_journals,
    total_of_journal,
)
from modules.accounting.widgets.documents import page_of
from modules.accounting.widgets.months import last_day
from modules.accounting.widgets.months_report import MonthsReportPage

_PLACE = 2  # of the words that sums begin with


def _figure(title: str, name: str) -> Column[JournalLine]:
    def text(row: JournalLine) -> str:
        amount: Decimal = getattr(row, name)
        return current().amount(amount, row.currency) if amount or row.dated_on is None else ""

    return Column(title, text, RIGHT, width=124, value=attrgetter(name))


def _once(text: Callable[[JournalLine], str]) -> Callable[[JournalLine], str]:
    """Say what belongs to an entry on its first line only."""
    return lambda row: text(row) if row.is_first else ""


def _day(row: JournalLine) -> str:
    return current().date(row.dated_on) if row.dated_on else ""


def _label(row: JournalLine) -> str:
    words = current()
    if row.dated_on is None:
        return _("Total")
    own = "" if row.line_label == row.label else row.line_label
    said = words.isolate(row.label if row.is_first else own)
    return " · ".join(filter(None, (row.party_named(words.language), said)))


def _whole_label(row: JournalLine) -> str:
    """Return what a spreadsheet says on each line: it is sorted and filtered there."""
    return _label(replace(row, is_first=True))


COLUMNS: tuple[Column[JournalLine], ...] = (
    Column(N_("Date"), _once(_day), width=92, value=attrgetter("dated_on")),
    Column(
        N_("Number"),
        _once(lambda row: current().isolate(row.number)),
        width=152,
        value=attrgetter("number"),
        strong=True,
    ),
    Column(N_("Label"), _label, value=_whole_label),
    Column(N_("Account"), lambda row: current().isolate(row.account), width=84),
    Column(N_("Name"), lambda row: row.named(current().language)),
    _figure(N_("Debit"), "debit"),
    _figure(N_("Credit"), "credit"),
)


class DetailedJournalPage(MonthsReportPage[JournalLine]):
    """The entries of a journal, or of all; a line opens its document, or else its entry."""

    title: ClassVar[str] = N_("Detailed journal")
    columns: ClassVar[tuple[Column[Any], ...]] = COLUMNS

    def __init__(self, backend: Backend) -> None:
        self._journal = ChoiceField("journal", N_("Journal"), [("", "")], translate=False)
        self._journals: list[JournalRow] = []
        self._wanted: Mapping[str, Any] = {}
        super().__init__(backend, (self._journal,))
        follow(self._journal, self._offer_journals)
        self.set_paper(self.paper, "journal.pdf")
        self.table.empty.tell(N_("Nothing was posted in these months. Choose others."))

    def paper(self, report: Report[JournalLine]) -> bytes:
        """Return the journal as PDF, with sums at the foot of each page that are carried on."""
        columns = [TableColumn(_(c.title), is_figure=c.align == RIGHT) for c in self.columns]
        rows = [[column.text(row) for column in self.columns] for row in report.rows]
        total = report.totals
        totals = None if total is None else [column.text(total) for column in self.columns]
        journal = dict(self._offered()).get(self.asked["journal"], "")
        about = [journal, *self.about_asked(report)]
        carry = carried(report.rows)
        return render_table(_(self.title), about, columns, rows, totals, current(), carry)

    @override
    def on_first_show(self) -> None:
        self.start_latest(self._begin)

    @override
    def open(self, argument: Any) -> None:
        """Show a journal of a month: `{"journal", "month", "branch"}`."""
        self._wanted = argument or {}
        if self._journals:
            self._show_wanted()

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[JournalLine]:
        branch = parameters["branch"]
        rows = await self.backend.ask(
            list_journal_lines,
            parameters["journal"],
            first_day=parameters["first"],
            last_day=last_day(parameters["last"]),
            branch_id=UUID(branch) if branch else None,
        )
        self.asked = parameters
        return Report(rows, total_of_journal(rows))

    @override
    def on_open(self, row: JournalLine) -> None:
        self.opens.emit(*(page_of(row.document) or ("accounting.entries", row.number)))

    async def _begin(self) -> None:
        self._journals = await self.backend.ask(list_journals)
        self._offer_journals()
        self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted:
            month = date.fromisoformat(self._wanted["month"])
            self.parameters["first"].show_value(month)
            self.parameters["last"].show_value(month)
            self.parameters["branch"].show_value(self._wanted["branch"])
            self._journal.show_value(self._wanted["journal"])
        elif not self.asked:
            today = wall_clock.today()
            self.parameters["first"].show_value(today.replace(day=1))
        self.table.setFocus()
        self.refresh()

    def _offered(self) -> list[tuple[str, str]]:
        language = current().language
        named = [(each.code, f"{each.code} · {each.named(language)}") for each in self._journals]
        return [("", _("All journals")), *named]

    def _offer_journals(self) -> None:
        self._journal.offer(self._offered())


def carried(rows: Sequence[JournalLine]) -> Carry:
    """Return what stands at the foot and at the head of the pages of a journal."""
    none = Decimal(0)
    debits = list(accumulate((row.debit for row in rows), initial=none))
    credits_ = list(accumulate((row.credit for row in rows), initial=none))
    currency = rows[0].currency if rows else ""

    def sums(title: str, first: int, end: int) -> list[str]:
        texts = [""] * len(COLUMNS)
        texts[_PLACE] = _(title)
        pair = (debits[end] - debits[first], credits_[end] - credits_[first])
        texts[-2:] = [current().amount(amount, currency) for amount in pair]
        return texts

    return Carry(
        lambda first, end: (
            sums(N_("Total of the page"), first, end),
            sums(N_("Carried forward"), 0, end),
        ),
        lambda first: sums(N_("Brought forward"), 0, first),
        joins=lambda number: not rows[number].is_first,
    )
