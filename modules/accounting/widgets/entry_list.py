"""The entries of the ledger, newest first, with their lines at the side."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.entry import parse_day
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import column, label, row
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel
from modules.accounting.selectors import (
    PAGE_SIZE,
    EntryLineRow,
    EntryRow,
    list_entries,
    list_entry_lines,
)

_JOURNAL, _ACCOUNT, _DATE = (
    ("journal", "اليوميه"),
    ("account", "compte", "حساب"),
    ("date", "التاريخ"),
)


def _amount(value: str) -> Any:
    def text(line: EntryLineRow) -> str:
        amount = getattr(line, value)
        return current().amount(amount, line.currency) if amount else ""

    return text


_COLUMNS: tuple[Column[EntryRow], ...] = (
    Column(N_("Number"), lambda e: current().isolate(e.number), width=170, strong=True),
    Column(N_("Date"), lambda e: current().date(e.dated_on), width=100, value=lambda e: e.dated_on),
    Column(N_("Label"), lambda e: current().isolate(e.label)),
    Column(N_("Journal"), lambda e: e.journal_named(current().language), width=120),
    Column(N_("Document"), lambda e: current().isolate(e.document), width=130, hidden=True),
    Column(N_("Branch"), lambda e: e.branch, width=64),
    Column(
        N_("Total"),
        lambda e: current().amount(e.total, e.currency),
        RIGHT,
        width=110,
        value=lambda e: e.total,
    ),
)
_LINES: tuple[Column[EntryLineRow], ...] = (
    Column(N_("Account"), lambda line: current().isolate(line.account), width=70),
    Column(N_("Name"), lambda line: line.named(current().language)),
    Column(N_("Debit"), _amount("debit"), RIGHT, width=94),
    Column(N_("Credit"), _amount("credit"), RIGHT, width=94),
)


def days_of(query: Query, today: date) -> tuple[date | None, date | None]:
    """Return the days that `date:a..b` or `date:a` means; what cannot be read yet is open."""
    for term in query.terms:
        if term.field in _DATE:
            since = _day(term.value, today)
            until = _day(term.until, today) if term.until is not None else since
            return since, until
    return None, None


def _day(text: str, today: date) -> date | None:
    try:
        return parse_day(text, today) if text else None
    except ValueError:
        return None


class EntryListPage(ListPage[EntryRow]):
    """The list: text, `journal:`, `account:` and `date:` filter it."""

    title: ClassVar[str] = N_("Entries")
    hint: ClassVar[str] = N_("Number, label, journal:VC, account:530, date:1/3..31/3")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._detail = EntryDetail()
        self.set_preview(self._detail, width=440)
        self.table.empty.tell(
            N_("No entries here yet. Sales, receipts and opening stock write them by themselves.")
        )

    @override
    async def load(self, query: Query, after: EntryRow | None) -> Sequence[EntryRow]:
        return await self.backend.ask(
            list_entries,
            search=query.text,
            journal=query.value(*_JOURNAL),
            account=query.value(*_ACCOUNT),
            days=days_of(query, date.today()),  # noqa: DTZ011 - the desk's day
            after=after,
        )

    @override
    def open(self, argument: Any) -> None:
        """Show what a filter line finds, such as `account:530`."""
        self.filter.entry.setText(str(argument))

    @override
    def preview(self, row: EntryRow) -> None:
        self._detail.show_entry(row)
        self.start_latest(self._show_lines, row)

    async def _show_lines(self, entry: EntryRow) -> None:
        self._detail.show_lines(await self.backend.ask(list_entry_lines, entry.id))


class EntryDetail(QWidget):
    """One entry at the side: its lines, who posted it, and when."""

    def __init__(self) -> None:
        super().__init__()
        self._number = label(look="heading")
        self._day = label(look="muted")
        self._label = label()
        self._lines: TableModel[EntryLineRow] = TableModel(_LINES, self)
        self._posted = label(look="muted")
        table = TableView(self._lines)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = row(self._number, None, self._day)
        self.setLayout(column(head, self._label, table, self._posted))

    def show_entry(self, entry: EntryRow) -> None:
        """Show what the list knows."""
        words = current()
        self._number.setText(words.isolate(entry.number))
        self._day.setText(words.date(entry.dated_on))
        self._label.setText(f"{entry.journal_named(words.language)} · {words.isolate(entry.label)}")
        moment = words.moment(entry.posted_at.astimezone())
        sentence = words.say(N_("Posted by {user}, {moment}."))
        self._posted.setText(sentence.format(user=entry.posted_by, moment=moment))
        self._lines.show_rows([])

    def show_lines(self, lines: Sequence[EntryLineRow]) -> None:
        """Show its debits and credits."""
        self._lines.show_rows(lines)
