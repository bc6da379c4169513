"""One side of the reconciliation: what the bank or the ledger has alone, to be marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import keys, theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import card, column, label, row
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import CENTER, RIGHT, Column, TableModel
from modules.accounting.selectors.reconciling import OutstandingRow

keys.declare(("bank.mark", N_("Mark a movement or a line to be reconciled"), "Space"))


@dataclass(slots=True)
class SideRow:
    """A movement or a line of the ledger, and whether the user marked it."""

    row: OutstandingRow
    is_marked: bool = False


def _label(side: SideRow) -> str:
    words, row_ = current(), side.row
    if row_.is_opening:
        return _("Opening balance of the first statement")
    return " · ".join(filter(None, (row_.party_named(words.language), words.isolate(row_.label))))


def _columns(number: str) -> tuple[Column[SideRow], ...]:
    return (
        Column(N_("Mark"), lambda s: "✓" if s.is_marked else "", CENTER, width=60, strong=True),
        Column(
            N_("Date"),
            lambda s: current().date(s.row.dated_on),
            width=91,
            value=lambda s: s.row.dated_on,
        ),
        Column(number, lambda s: current().isolate(s.row.number), width=154),
        Column(N_("Label"), _label, strong=lambda s: s.is_marked),
        Column(
            N_("Amount"),
            lambda s: current().amount(s.row.amount, s.row.currency),
            RIGHT,
            width=105,
            value=lambda s: s.row.amount,
        ),
    )


class SideTable(QWidget):
    """A heading with a balance, and rows that the space bar marks.

    Signals:
        marked: Another row is marked, or one less.
        opened: An `OutstandingRow` to look at.
    """

    marked = Signal()
    opened = Signal(object)

    def __init__(self, title: str, number: str, nothing: str) -> None:
        """All texts are marked `N_`."""
        super().__init__()
        self._balance = label(look="strong")
        self._told: tuple[Decimal, str] | None = None
        self.model: TableModel[SideRow] = TableModel(_columns(number), self)
        self.table = TableView(self.model)
        self.table.empty.tell(nothing, icon="check-all")
        self.table.opened.connect(lambda side: self.opened.emit(side.row))
        head = row(label(title, "heading"), None, self._balance)
        framed = card(head, self.table, margins=theme.SPACE_M, spacing=theme.SPACE_S)
        self.setLayout(column(framed))
        bound = keys.bind(self.table, "bank.mark", self.mark)
        bound.setContext(Qt.ShortcutContext.WidgetShortcut)
        follow(self, self._word)

    def show_side(self, rows: Sequence[OutstandingRow], balance: Decimal, currency: str) -> None:
        """Show these rows and the balance of the side; nothing is marked."""
        self._told = balance, currency
        self.model.show_rows([SideRow(each) for each in rows])
        self._word()

    def mark(self) -> None:
        """Mark the current row, or take its mark away, and go on to the next."""
        side, index = self.table.current_row(), self.table.currentIndex()
        if side is not None:
            side.is_marked = not side.is_marked
            self.model.reword()
            self.table.select_row(index.row() + 1)
            self.marked.emit()

    def marks(self) -> list[OutstandingRow]:
        """Return the marked rows."""
        return [side.row for side in self.model.rows if side.is_marked]

    def _word(self) -> None:
        if self._told is not None:
            words = current()
            self._balance.setText(words.isolate(words.money(*self._told)))
