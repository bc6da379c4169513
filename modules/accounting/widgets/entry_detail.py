"""One entry at the side of a list: its lines, and the ways to its document and its accounts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, current
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, column, label, row
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel
from modules.accounting.selectors import EntryLineRow, EntryRow, LedgerRow
from modules.accounting.widgets.documents import page_of


def _amount(value: str) -> Any:
    def text(line: EntryLineRow) -> str:
        amount = getattr(line, value)
        return current().amount(amount, line.currency) if amount else ""

    return text


_LINES: tuple[Column[EntryLineRow], ...] = (
    Column(N_("Account"), lambda line: current().isolate(line.account), width=72),
    Column(N_("Name"), lambda line: line.named(current().language)),
    Column(N_("Debit"), _amount("debit"), RIGHT, width=108),
    Column(N_("Credit"), _amount("credit"), RIGHT, width=108),
)


class EntryDetail(QWidget):
    """One entry: number, day, lines, who posted it; a line opens the ledger of its account.

    Signals:
        opens: Id of a page and what to open it with: the document behind the entry.
        account_opened: Code of an account and the day of the entry.
    """

    opens = Signal(str, object)
    account_opened = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._number, self._day = label(look="heading"), label(look="muted")
        self._label, self._posted = label(), label(look="muted")
        self._lines: TableModel[EntryLineRow] = TableModel(_LINES, self)
        self._document = button(
            N_("Open document"), self._on_document, icon="file-document-outline"
        )
        self._entry: EntryRow | LedgerRow | None = None
        self.table = TableView(self._lines)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.opened.connect(self._on_line)
        head, foot = row(self._number, None, self._day), row(self._posted, None, self._document)
        self.setLayout(column(head, self._label, self.table, foot))
        follow(self, self._word)

    def show_entry(self, entry: EntryRow | LedgerRow) -> None:
        """Show what the list knows of an entry."""
        self._entry = entry
        self._word()
        self._lines.show_rows([])

    def show_lines(self, lines: Sequence[EntryLineRow]) -> None:
        """Show its debits and credits."""
        self._lines.show_rows(lines)

    def _word(self) -> None:
        entry, words = self._entry, current()
        if entry is None:
            return
        self._number.setText(words.isolate(entry.number))
        self._day.setText(words.date(entry.dated_on))
        journal, posted = entry.journal, ""
        if isinstance(entry, EntryRow):
            journal = entry.journal_named(words.language)
            moment = words.moment(wall_clock.local(entry.posted_at))
            sentence = words.say(N_("Posted by {user}, {moment}."))
            posted = sentence.format(user=entry.posted_by, moment=moment)
        self._label.setText(f"{journal} · {words.isolate(entry.label)}")
        self._posted.setText(posted)
        self._document.setVisible(page_of(_document(entry)) is not None)

    def _on_document(self) -> None:
        found = page_of(_document(self._entry)) if self._entry is not None else None
        if found is not None:
            self.opens.emit(*found)

    def _on_line(self, line: EntryLineRow) -> None:
        if self._entry is not None:
            day: date = self._entry.dated_on
            self.account_opened.emit(line.account, day)


def _document(entry: EntryRow | LedgerRow) -> Mapping[str, Any]:
    return entry.source if isinstance(entry, EntryRow) else entry.document
