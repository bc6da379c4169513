"""What a cheque or a bill did, at the side of the portfolio."""

from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.parts import column, label
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import Column, TableModel
from modules.accounting.selectors.instruments import InstrumentMove, InstrumentRow, list_moves
from modules.accounting.widgets.instruments.words import KINDS, VERBS


def _step(move: InstrumentMove) -> str:
    said = _(VERBS.get(move.verb, move.verb))
    if not move.paid:
        return said
    words = current()
    return f"{said}: {words.isolate(words.amount(abs(move.paid), move.currency))}"


_COLUMNS: tuple[Column[InstrumentMove], ...] = (
    Column(N_("Date"), lambda m: current().date(m.dated_on), width=92),
    Column(N_("Step"), _step),
    Column(N_("Entry"), lambda m: current().isolate(m.entry or m.slip), width=130),
)


class InstrumentHistory(QWidget):
    """The steps of one, in order."""

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._backend = backend
        self.title = label(look="strong")
        self.model: TableModel[InstrumentMove] = TableModel(_COLUMNS, self)
        self.setLayout(column(self.title, TableView(self.model)))

    async def show_row(self, row: InstrumentRow) -> None:
        """Ask for the steps of a cheque or a bill and show them."""
        self.title.setText(f"{_(KINDS[row.kind])} {current().isolate(row.number)}")
        self.model.show_rows(await self._backend.ask(list_moves, row.id))
