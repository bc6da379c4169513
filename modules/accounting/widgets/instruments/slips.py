"""Deposit slips: their list, and one on screen and on paper."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.documents.amount_words import amount_in_words
from erp_desktop.documents.table_paper import TableColumn, render_table
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.forms import TextField
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.selectors.instruments import (
    InstrumentRow,
    SlipRow,
    get_slip,
    list_of_slip,
    list_slips,
)
from modules.accounting.widgets.instruments.words import KINDS, STATES, state_words

_PURPOSES = {"collection": N_("To collect"), "discount": N_("To discount")}
_ZERO = Decimal(0)


class SlipListPage(ListPage[SlipRow]):
    """The slips, newest first."""

    title: ClassVar[str] = N_("Deposit slips")
    hint: ClassVar[str] = N_("Number")
    page_size: ClassVar[int] = 10_000
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("Number"), lambda s: current().isolate(s.number), width=170, strong=True),
        Column(
            N_("Date"), lambda s: current().date(s.dated_on), width=100, value=lambda s: s.dated_on
        ),
        Column(N_("What for"), lambda s: _(_PURPOSES[s.purpose]), width=130),
        Column(N_("Pieces"), lambda s: current().number(s.pieces), RIGHT, 80),
        Column(
            N_("Total"),
            lambda s: current().amount(s.total, s.currency),
            RIGHT,
            width=130,
            value=lambda s: s.total,
            strong=True,
        ),
        Column(N_("Waiting for the bank"), lambda s: current().number(s.open), RIGHT, 190),
        Column(N_("Made by"), lambda s: s.made_by),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        nothing = N_("No slips yet. Select cheques in the portfolio and make one.")
        self.table.empty.tell(nothing, icon="bank-transfer-in")

    @override
    async def load(self, query: Query, after: SlipRow | None) -> Sequence[SlipRow]:
        slips = await self.backend.ask(list_slips)
        wanted = query.text.strip().lower()
        return [slip for slip in slips if wanted in slip.number.lower()]

    @override
    def on_open(self, row: SlipRow) -> None:
        self.opens.emit("accounting.deposit_slip", row.number)


class SlipPage(ReportPage[InstrumentRow]):
    """What lies on a slip; its paper goes to the bank."""

    title: ClassVar[str] = N_("Deposit slip")
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("Kind"), lambda r: _(KINDS[r.kind]), width=90),
        Column(N_("Number"), lambda r: current().isolate(r.number), width=140, strong=True),
        Column(N_("Drawn by"), lambda r: r.drawer or r.party_named(current().language)),
        Column(N_("Bank"), lambda r: current().isolate(r.bank), width=130),
        Column(
            N_("Due date"), lambda r: current().date(r.due_on), width=104, value=lambda r: r.due_on
        ),
        Column(
            N_("State"),
            lambda r: state_words(r.state),
            width=140,
            tone=lambda r: STATES[r.state][1],
            hidden=True,
        ),
        Column(
            N_("Amount"),
            lambda r: current().amount(r.on_slip, r.currency),
            RIGHT,
            width=130,
            value=lambda r: r.on_slip,
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._number = TextField("number", N_("Number"), required=True)
        self._slip: SlipRow | None = None
        super().__init__(backend, (self._number,))
        self.set_paper(self.paper, "deposit-slip.pdf")
        self.table.empty.tell(N_("Type the number of a slip and press Show."))

    def paper(self, report: Report[InstrumentRow]) -> bytes:
        """Return the slip as PDF, in the user's language."""
        words = current()
        shown = [column for column in self.columns if not column.hidden]
        columns = [TableColumn(_(c.title), is_figure=c.align == RIGHT) for c in shown]
        rows = [[column.text(row) for column in shown] for row in report.rows]
        foot, told = self._sums(report.rows, len(shown))
        title = f"{_(self.title)} {words.isolate(self._number.read())}"
        if self._slip is not None:
            slip = self._slip
            told = [words.date(slip.dated_on), _(_PURPOSES[slip.purpose]), *told]
        return render_table(title, told, columns, rows, foot or None, words)

    @staticmethod
    def _sums(rows: Sequence[InstrumentRow], width: int) -> tuple[list[str], list[str]]:
        """The last line of the paper, and what stands over it in words."""
        if not rows:
            return [], []
        words, currency = current(), rows[0].currency
        total = sum((row.on_slip for row in rows), _ZERO)
        foot = [_("Total"), *[""] * (width - 2), words.amount(total, currency)]
        pieces = _("{count} pieces, {amount}").format(
            count=len(rows), amount=words.money(total, currency)
        )
        return foot, [pieces, amount_in_words(total, currency, words.language)]

    @override
    def on_first_show(self) -> None:
        if self._number.read():
            super().on_first_show()
        else:
            self.show_report(Report(()))
            self._number.setFocus()

    @override
    def open(self, argument: Any) -> None:
        """Show a slip by its number."""
        self._number.show_value(str(argument))
        if self.isVisible():
            self.refresh()

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[InstrumentRow]:
        rows = await self.backend.ask(list_of_slip, parameters["number"])
        self._slip = await self.backend.ask(get_slip, parameters["number"])
        self.renamed.emit(parameters["number"])
        return Report(rows)
