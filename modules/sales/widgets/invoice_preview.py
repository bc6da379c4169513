"""A document at the side of the list: what is on it and what it amounts to, without opening it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui import theme
from erp_desktop.ui.document_parts import HistoryList, TotalsCard
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, chip, column, label, line, row, set_tone
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel
from modules.sales.selectors import InvoiceSheet, SheetLine
from modules.sales.widgets.documents import happenings, posted_totals, state_of

# A line and its currency.
_LINES: tuple[Column[tuple[SheetLine, str]], ...] = (
    Column(N_("Product"), lambda pair: pair[0].description or pair[0].named(current().language)),
    Column(N_("Quantity"), lambda pair: current().number(pair[0].quantity), RIGHT, width=76),
    Column(N_("Amount"), lambda pair: current().amount(pair[0].amount, pair[1]), RIGHT, width=100),
)
_LEAST, _HISTORY_HEIGHT = 70, 130


class InvoicePreview(QWidget):
    """Number, customer, lines, totals and history of one document."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: InvoiceSheet | None = None
        self._number, self._state = label(look="heading"), chip()
        self._customer, self._about = label(), label(look="muted")
        self._customer.setWordWrap(True)
        self._lines: TableModel[tuple[SheetLine, str]] = TableModel(_LINES, self)
        table = TableView(self._lines)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setMinimumHeight(_LEAST)
        self._totals, self._history = TotalsCard(), HistoryList()
        self._history.setMinimumHeight(_LEAST)
        self._history.setMaximumHeight(_HISTORY_HEIGHT)
        self.open = button(N_("Open"), icon="file-document-outline")
        head = row(self._number, None, self._state)
        foot = row(self.open, None)
        self.setLayout(
            column(
                *(head, self._customer, self._about, table, self._totals, line()),
                *(self._history, foot),
                spacing=theme.SPACE_S,
            )
        )
        follow(self, self._show)

    def show_sheet(self, sheet: InvoiceSheet) -> None:
        """Show a document instead of the one before."""
        self._sheet = sheet
        self._show()

    def _show(self) -> None:
        sheet = self._sheet
        if sheet is None or sheet.head is None:
            return
        head, words, customer = sheet.head, current(), sheet.customer
        state, tone = state_of(*(head.kind, head.state, head.open, head.to_pay, head.due_on))
        self._number.setText(words.isolate(head.number) if head.number else _("Draft"))
        self._state.setText(_(state))
        set_tone(self._state, tone)
        self._customer.setText(customer.named(words.language) if customer else "")
        branch = in_language(words.language, head.branch_name, head.branch_name_ar)
        facts = (words.date(head.dated_on), branch, words.isolate(head.reference or ""))
        self._about.setText(" · ".join(fact for fact in facts if fact.strip("\u2066\u2069")))
        self._lines.show_rows([(each, head.currency) for each in sheet.lines])
        self._totals.show_totals(posted_totals(head, sheet.choices))
        self._history.show_history(tuple(happenings(sheet.history, head.currency)))
