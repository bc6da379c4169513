"""Matching: lines by account and partner; mark with the space bar, match with Enter."""

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from typing_extensions import override

from erp_desktop.core.i18n import N_
from erp_desktop.ui import keys
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.tables import Column
from modules.accounting.matching import unmatch
from modules.accounting.permissions import Permission
from modules.accounting.selectors import (
    PAGE_SIZE,
    MatchingFilter,
    MatchRow,
    list_matches,
    list_matching,
)
from modules.accounting.widgets import asking
from modules.accounting.widgets.documents import page_of
from modules.accounting.widgets.matching.deeds import MatchingDeeds
from modules.accounting.widgets.matching.difference import DifferenceBar
from modules.accounting.widgets.matching.history import MatchHistory
from modules.accounting.widgets.matching.lines import COLUMNS, MarkedRow, sum_of


def wanted_of(query: Query) -> MatchingFilter:
    """Return which lines a filter line means."""
    return MatchingFilter(
        query.text,
        account=query.value(*asking.ACCOUNT),
        partner=query.value(*asking.PARTNER),
        lettered=query.has("lettered"),
    )


class MatchingPage(MatchingDeeds):
    """The list: text, `account:`, `partner:` filter it; what is matched whole is hidden."""

    title: ClassVar[str] = N_("Matching")
    hint: ClassVar[str] = N_("Number, label, account:411, partner:Benali")
    columns: ClassVar[tuple[Column[Any], ...]] = COLUMNS
    chips: ClassVar[tuple[Chip, ...]] = (Chip("lettered", N_("Matched lines too")),)
    page_size: ClassVar[int] = PAGE_SIZE

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.may_match = backend.user.may(Permission.MATCH_LINES)
        may_write_off = self.may_match and backend.user.may(Permission.WRITE_OFF)
        self.bar = DifferenceBar(self.match, self._on_write_off if may_write_off else None)
        self.history = MatchHistory(may_match=self.may_match)
        self.set_preview(self.history, width=330)
        self._arrange()
        self.table.empty.tell(
            N_("Nothing is open here. Lines that name a partner wait here until they are settled.")
        )

    @override
    async def load(self, query: Query, after: MarkedRow | None) -> Sequence[MarkedRow]:
        marked = {line.key: line.part for line in self.marked()}
        rows = await self.backend.ask(
            list_matching, wanted_of(query), after=after.row if after else None
        )
        found = (((row.entry_id, row.line_no), row) for row in rows)
        return [MarkedRow(row, key in marked, marked.get(key)) for key, row in found]

    @override
    def show_rows(self, rows: Sequence[MarkedRow], *, has_more: bool) -> None:
        """Show these rows instead of the ones before; what was marked stays so."""
        super().show_rows(rows, has_more=has_more)
        self._on_marks()

    @override
    def on_open(self, row: MarkedRow) -> None:
        """Go down to the entry of a line."""
        self.opens.emit("accounting.entries", row.row.number)

    @override
    def preview(self, row: MarkedRow) -> None:
        self.history.show_line(row.row)
        self.start_latest(self._show_history, row)

    def mark(self) -> None:
        """Mark the current line, or take its mark away, and go on to the next."""
        line, index = self.table.current_row(), self.table.currentIndex()
        if line is not None and line.row.open and self.may_match:
            line.is_marked, line.part = not line.is_marked, None
            self._on_marks()
            self.table.select_row(index.row() + 1)

    def match(self) -> None:
        """Match the marked lines; without any, open the entry of the current one."""
        lines, current_line = self.marked(), self.table.current_row()
        if lines:
            self.start_once(self.send, self.request_of(lines))
        elif current_line is not None:
            self.on_open(current_line)

    def _arrange(self) -> None:
        layout = self.layout()
        assert layout is not None  # noqa: S101 - lists are laid out
        layout.addWidget(self.bar)
        for key, deed in (("matching.mark", self.mark), ("matching.match", self.match)):
            # Only in the list: a space in the filter line is a space.
            keys.bind(self.table, key, deed).setContext(Qt.ShortcutContext.WidgetShortcut)
        self.history.opens.connect(self.opens)
        self.history.undone.connect(self._on_undo)
        self.add_row_action(N_("Journal entry"), self.on_open)
        self.add_row_action(N_("Open document"), self._on_document)
        self.bar.setVisible(self.may_match)
        if self.may_match:
            self.add_row_action(N_("Match only a part"), self._on_part)
            self.add_row_action(N_("Take the letter back"), self._on_undo_letter)
            self.add_bulk_action(N_("Match"), self._on_selected, icon="link-variant")
            self.set_primary(
                N_("Match automatically"), self._on_automatic, icon="auto-fix", key="page.new"
            )
        if self.backend.user.may(Permission.EDIT_TOLERANCE):
            self.add_action(N_("Tolerance"), self._on_tolerance, icon="tune")

    def _on_marks(self) -> None:
        lines = self.marked()
        known = lines or list(self.model.rows[:1])
        currency = known[0].row.currency if known else "DZD"
        self.bar.show_marked(sum_of(lines), currency)
        self.model.reword()

    async def _show_history(self, line: MarkedRow) -> None:
        self.history.show_matches(await self.backend.ask(list_matches, *line.key))

    def _on_selected(self, lines: list[MarkedRow]) -> None:
        self.start_once(self.send, self.request_of(lines))

    def _on_part(self, line: MarkedRow) -> None:
        self.start_once(self._mark_part, line)

    async def _mark_part(self, line: MarkedRow) -> None:
        if line.row.open and await self.ask_part(line):
            self._on_marks()

    def _on_write_off(self) -> None:
        self.start_once(self.write_off)

    def _on_tolerance(self) -> None:
        self.start_once(self.change_tolerance)

    def _on_automatic(self) -> None:
        self.opens.emit("accounting.match_proposals", self.filter.entry.text())

    def _on_document(self, line: MarkedRow) -> None:
        found = page_of(line.row.document)
        if found is not None:
            self.opens.emit(*found)

    def _on_undo(self, match: MatchRow) -> None:
        self.start_once(self.send, unmatch(match.id))

    def _on_undo_letter(self, line: MarkedRow) -> None:
        self.start_once(self.undo_letter, line)
