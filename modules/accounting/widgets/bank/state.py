"""The reconciliation statement of a day, on screen and on paper: two balances that agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.documents.table_paper import StrongRow, TableColumn, render_table
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import CodeField, DateField
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.selectors.reconciling import BankState, OutstandingRow, get_bank_state
from modules.accounting.widgets.bank.lists import name_tab

_HEADS = {
    "balance": N_("Balance"),
    "bank": N_("At the bank, not in the ledger yet"),
    "books": N_("In the ledger, not at the bank yet"),
    "corrected": N_("Corrected balance"),
}


@dataclass(frozen=True, slots=True)
class StateRow:
    """A line of the statement: what it adds to the ledger, or to the bank.

    Attributes:
        head: Of `_HEADS`.
        item: What is outstanding; None for balances and headings.
    """

    head: str
    currency: str
    item: OutstandingRow | None = None
    ledger: Decimal | None = None
    bank: Decimal | None = None


def _words(row: StateRow) -> str:
    if row.item is None:
        return _(_HEADS[row.head])
    if row.item.is_opening:
        return _("Opening balance of the first statement")
    words = current()
    return " · ".join(
        filter(None, (row.item.party_named(words.language), words.isolate(row.item.label)))
    )


def _amount(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else current().amount(amount, currency)


_COLUMNS: tuple[Column[StateRow], ...] = (
    Column(
        N_("Date"),
        lambda r: current().date(r.item.dated_on) if r.item else "",
        width=100,
        value=lambda r: r.item.dated_on if r.item else None,
    ),
    Column(N_("Number"), lambda r: current().isolate(r.item.number) if r.item else "", width=160),
    Column(N_("Label"), _words, strong=lambda r: r.item is None),
    Column(
        N_("Ledger"),
        lambda r: _amount(r.ledger, r.currency),
        RIGHT,
        width=140,
        value=lambda r: r.ledger,
        strong=lambda r: r.item is None,
    ),
    Column(
        N_("Bank statement"),
        lambda r: _amount(r.bank, r.currency),
        RIGHT,
        width=140,
        value=lambda r: r.bank,
        strong=lambda r: r.item is None,
    ),
)


def rows_of(state: BankState) -> list[StateRow]:
    """Return the lines between the balances and the corrected ones."""
    money = state.head.currency
    rows = [StateRow("balance", money, None, state.head.ledger, state.head.statement)]
    if state.bank:
        rows.append(StateRow("bank", money))
        rows += [StateRow("bank", money, each, ledger=each.amount) for each in state.bank]
    if state.books:
        rows.append(StateRow("books", money))
        rows += [StateRow("books", money, each, bank=each.amount) for each in state.books]
    return rows


def paper_of(state: BankState) -> bytes:
    """Return the statement as PDF in the user's language."""
    words, head = current(), state.head
    title = _("Bank reconciliation on {date}").format(date=words.date(state.day))
    until = words.date(head.read_until) if head.read_until else "—"
    about = [
        words.isolate(f"{head.code} · {head.named(words.language)}"),
        words.isolate(head.bank),
        f"{_('RIB')} {words.isolate(head.rib)}" if head.rib else "",
        f"{_('Account')} {words.isolate(head.account)}",
        words.isolate(head.currency),
        _("Statements until {date}").format(date=until),
    ]
    columns = [TableColumn(_(each.title), is_figure=each.align == RIGHT) for each in _COLUMNS]
    texts = [
        (StrongRow if row.item is None else tuple)(each.text(row) for each in _COLUMNS)
        for row in rows_of(state)
    ]
    corrected = _corrected(state)
    foot = [each.text(corrected) for each in _COLUMNS]
    return render_table(title, [each for each in about if each], columns, texts, foot, words)


def _corrected(state: BankState) -> StateRow:
    ledger, bank = state.corrected_ledger, state.corrected_statement
    return StateRow("corrected", state.head.currency, None, ledger, bank)


class BankStatePage(ReportPage[StateRow]):
    """The statement of a bank account on a day; its paper goes to the file of the month."""

    title: ClassVar[str] = N_("Reconciliation statement")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        self._bank = CodeField("bank", N_("Bank account"), required=True)
        day = DateField("day", N_("Date"), required=True)
        day.show_value(wall_clock.today())
        super().__init__(backend, (self._bank, day))
        self._state: BankState | None = None
        self._name_tab = name_tab(self, lambda: self._state.head.code if self._state else "")
        self.set_paper(self._paper, "bank-reconciliation.pdf")
        self.table.empty.tell(N_("Type the code of a bank account and press Show."))

    @override
    def open(self, argument: Any) -> None:
        """Show the bank account of a code."""
        self._bank.show_value(str(argument or ""))
        if self.isVisible():
            self.refresh()

    @override
    def on_first_show(self) -> None:
        if self._bank.read():
            super().on_first_show()

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[StateRow]:
        state = await self.backend.ask(get_bank_state, parameters["bank"], parameters["day"])
        self._state = state
        self._name_tab()
        return Report(rows_of(state), _corrected(state))

    @override
    def on_open(self, row: StateRow) -> None:
        if row.item is not None and row.item.entry_id is not None:
            self.opens.emit("accounting.entries", row.item.number)

    def _paper(self, _report: Report[StateRow]) -> bytes:
        assert self._state is not None  # noqa: S101 - a paper is made of what is shown
        return paper_of(self._state)
