"""The account of a customer or a supplier: what moved, what is open, on screen and on paper."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.documents.table_paper import StrongRow, TableColumn, render_table
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import ChoiceField, DateField
from erp_desktop.ui.link_field import LinkField
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import CENTER, RIGHT, Column
from modules.accounting.selectors import (
    PartyAccount,
    StatementLine,
    get_party_account,
)
from modules.accounting.widgets.documents import page_of
from modules.accounting.widgets.line_columns import partners
from modules.accounting.widgets.third_parties.aged import SIDES

_ZERO = Decimal(0)


def _amount(of: Callable[[StatementLine], Decimal]) -> Callable[[StatementLine], str]:
    def text(line: StatementLine) -> str:
        amount = of(line)
        return current().amount(amount, line.currency) if amount else ""

    return text


def _debit(line: StatementLine) -> Decimal:
    return max(line.amount, _ZERO)


def _credit(line: StatementLine) -> Decimal:
    return max(-line.amount, _ZERO)


def _document(line: StatementLine) -> str:
    return current().isolate(str(line.document.get("number") or line.number))


def _due(line: StatementLine) -> str:
    return current().date(line.due_on) if line.open else ""


def _label(line: StatementLine) -> str:
    """Return what a line is for; the first one is what the account opens with."""
    return _("Opening balance") if line.entry_id is None else current().isolate(line.label)


_COLUMNS: tuple[Column[StatementLine], ...] = (
    Column(N_("Date"), lambda r: current().date(r.dated_on), width=92, value=lambda r: r.dated_on),
    Column(N_("Document"), _document, width=155, strong=True),
    Column(N_("Label"), _label, strong=lambda r: r.entry_id is None),
    Column(N_("Counterpart"), lambda r: current().isolate(r.counterparts), width=95),
    Column(N_("Due date"), _due, width=92, value=lambda r: r.due_on if r.open else None),
    Column(N_("Letter"), lambda r: current().isolate(r.letter), CENTER, width=56),
    Column(N_("Debit"), _amount(_debit), RIGHT, width=102, value=_debit),
    Column(N_("Credit"), _amount(_credit), RIGHT, width=102, value=_credit),
    Column(N_("Balance"), _amount(attrgetter("balance")), RIGHT, 108, value=attrgetter("balance")),
    Column(N_("Left open"), _amount(attrgetter("open")), RIGHT, 102, value=attrgetter("open")),
)


def _sums(account: PartyAccount, shown: Sequence[Column[StatementLine]]) -> list[str]:
    """Return what moved, what it has at the end, and how much of it is open."""
    words = current()
    sums = {
        N_("Debit"): sum(map(_debit, account.lines), _ZERO),
        N_("Credit"): sum(map(_credit, account.lines), _ZERO),
        N_("Balance"): account.closing,
        N_("Left open"): sum((line.open for line in account.lines), _ZERO),
    }
    texts = {title: words.amount(amount, account.currency) for title, amount in sums.items()}
    texts[N_("Label")] = _("Closing balance")
    return [texts.get(column.title, "") for column in shown]


class PartyAccountPage(ReportPage[StatementLine]):
    """The account of one partner between two days; a line opens its document."""

    title: ClassVar[str] = N_("Account statement")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        today = wall_clock.today()
        self._party = LinkField("party", N_("Partner"), provider=partners, required=True)
        self._side = ChoiceField("side", N_("As"), list(SIDES))
        self._side.show_value("customer")
        self._first = DateField("first", N_("From"), required=True)
        self._last = DateField("last", N_("To"), required=True)
        self._first.show_value(today.replace(month=1, day=1))
        self._last.show_value(today)
        super().__init__(backend, (self._party, self._side, self._first, self._last))
        self.account: PartyAccount | None = None
        self._asked: Mapping[str, Any] = {}
        self.set_paper(self.paper, "statement-of-account.pdf")
        self.table.empty.tell(N_("Choose a partner and the days, then press Show."))

    def paper(self, report: Report[StatementLine]) -> bytes:
        """Return the statement as PDF, in the user's language."""
        account = self.account
        assert account is not None  # noqa: S101 - printed once it is shown
        words = current()
        shown = [column for column in self.columns if not column.hidden]
        columns = [TableColumn(_(c.title), is_figure=c.align == RIGHT) for c in shown]
        rows = [
            (StrongRow if row.entry_id is None else tuple)(column.text(row) for column in shown)
            for row in report.rows
        ]
        days = _("from {first} to {last}").format(
            first=words.date(self._asked["first"]), last=words.date(self._asked["last"])
        )
        title = f"{_(self.title)} · {account.named(words.language)}"
        told = [days, self._state()]
        return render_table(title, told, columns, rows, _sums(account, shown), words)

    @override
    def on_first_show(self) -> None:
        if self._party.read() is not None:
            super().on_first_show()
        else:
            self.show_report(Report(()))
            self._party.setFocus()

    @override
    def open(self, argument: Any) -> None:
        """Show a partner's account: `{"party", "name", "name_ar", "side", "first", "last"}`."""
        told: Mapping[str, str] = argument
        choice = LinkChoice(UUID(told["party"]), "", told["name"], told.get("name_ar", ""))
        self._party.show_value(choice)
        self._side.show_value(told.get("side", "customer"))
        if "last" in told:
            last = date.fromisoformat(told["last"])
            year = last.replace(month=1, day=1)
            self._first.show_value(date.fromisoformat(told["first"]) if "first" in told else year)
            self._last.show_value(last)
        if self.isVisible():
            self.refresh()

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[StatementLine]:
        party: LinkChoice = parameters["party"]
        self.account = await self.backend.ask(
            get_party_account,
            party.id,
            parameters["side"],
            first_day=parameters["first"],
            last_day=parameters["last"],
        )
        self._asked = parameters
        self.renamed.emit(self.account.named(current().language))
        return Report([self.account.opened_on(parameters["first"]), *self.account.lines])

    @override
    def show_report(self, report: Report[StatementLine]) -> None:
        super().show_report(report)
        self.header.show_summary(self._state())

    @override
    def on_open(self, row: StatementLine) -> None:
        if row.entry_id is None:
            return
        found = page_of(row.document)
        self.opens.emit(*(found or ("accounting.entries", row.number)))

    def _state(self) -> str:
        account = self.account
        if account is None:
            return ""
        words = current()
        balance = words.money(account.closing, account.currency)
        parts = [_("Balance: {amount}").format(amount=balance)]
        if account.overdue:
            overdue = words.money(account.overdue, account.currency)
            parts.append(_("overdue: {amount}").format(amount=overdue))
        return " · ".join(parts)
