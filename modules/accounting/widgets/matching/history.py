"""What a line was matched with, at the side of the list: each match can be taken back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, column, label, row
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel
from modules.accounting.selectors import MatchingRow, MatchRow
from modules.accounting.widgets.matching.lines import why


def _why(match: MatchRow) -> str:
    if match.undone_at is not None:
        return _("Taken back by {user}").format(user=match.undone_by)
    return why(match.reason, match.reference)


_COLUMNS: tuple[Column[MatchRow], ...] = (
    Column(N_("Matched with"), lambda m: current().isolate(m.number), width=146),
    Column(
        N_("Amount"),
        lambda m: current().amount(m.amount, m.currency),
        RIGHT,
        width=84,
        value=lambda m: m.amount,
    ),
    Column(N_("Why"), _why),
)


class MatchHistory(QWidget):
    """One line, its matches and those that were taken back.

    Signals:
        opens: Id of a page and what to open it with: the entry on the other side.
        undone: A `MatchRow` that is to be taken back.
    """

    opens = Signal(str, object)
    undone = Signal(object)

    def __init__(self, *, may_match: bool) -> None:
        super().__init__()
        self._number, self._letter, self._label = (
            label(look="heading"),
            label(look="strong"),
            label(),
        )
        self._label.setWordWrap(True)
        self._line: MatchingRow | None = None
        self._may_match = may_match
        self.model: TableModel[MatchRow] = TableModel(_COLUMNS, self)
        self.table = TableView(self.model)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.opened.connect(lambda m: self.opens.emit("accounting.entries", m.number))
        self.table.chosen.connect(self._on_chosen)
        self.table.empty.tell(N_("Not matched yet."))
        self.undo = button(N_("Take this match back"), self._on_undo, icon="link-variant-off")
        head = row(self._number, None, self._letter)
        self.setLayout(column(head, self._label, self.table, row(None, self.undo)))
        self.undo.setVisible(may_match)
        self.undo.setEnabled(False)
        follow(self, self._word)

    def show_line(self, line: MatchingRow) -> None:
        """Show what the list knows of a line."""
        self._line = line
        self.model.show_rows([])
        self._word()

    def show_matches(self, matches: Sequence[MatchRow]) -> None:
        """Show what it was matched with."""
        self.model.show_rows(matches)

    def _word(self) -> None:
        if self._line is not None:
            words = current()
            self._number.setText(words.isolate(self._line.number))
            self._letter.setText(words.isolate(self._line.letter))
            parts = (self._line.party_named(words.language), words.isolate(self._line.label))
            self._label.setText(" · ".join(filter(None, parts)))

    def _on_chosen(self, match: MatchRow | None) -> None:
        stands = match is not None and match.undone_at is None and not match.is_mirror
        self.undo.setEnabled(stands)

    def _on_undo(self) -> None:
        match = self.table.current_row()
        if match is not None:
            self.undone.emit(match)
