"""The auxiliary ledger: every partner's lines, between what the partner had and has."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.documents.table_paper import Carry, StrongRow, TableColumn, render_table
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import ChoiceField, TextField
from erp_desktop.ui.link_field import LinkField
from erp_desktop.ui.report_page import Report
from erp_desktop.ui.tables import CENTER, RIGHT, Column
from modules.accounting.selectors.auxiliary import (
    AuxiliaryLine,
    list_auxiliary_ledger,
    total_of_ledger,
)
from modules.accounting.widgets.documents import page_of
from modules.accounting.widgets.line_columns import partners
from modules.accounting.widgets.months import last_day
from modules.accounting.widgets.months_report import MonthsReportPage
from modules.accounting.widgets.third_parties.auxiliary import WHOSE, about_partner

_ZERO = Decimal(0)
_SUMS = {"opening": N_("Opening balance"), "closing": N_("Closing balance"), "total": N_("Total")}


def _partner(row: AuxiliaryLine) -> str:
    if row.kind == "total":
        return ""
    return row.named(current().language) if row.party_id else _("Without a partner")


def _label(row: AuxiliaryLine) -> str:
    return _(_SUMS[row.kind]) if row.kind in _SUMS else current().isolate(row.label)


def _is_strong(row: AuxiliaryLine) -> bool:
    return row.kind in _SUMS


def _of_line(text: Callable[[AuxiliaryLine], str]) -> Callable[[AuxiliaryLine], str]:
    return lambda row: current().isolate(text(row)) if row.kind == "line" else ""


def _figure(title: str, of: Callable[[AuxiliaryLine], Decimal | None]) -> Column[AuxiliaryLine]:
    def text(row: AuxiliaryLine) -> str:
        amount = of(row)
        is_told = amount or (amount is not None and row.kind != "line")
        return current().amount(amount or Decimal(0), row.currency) if is_told else ""

    return Column(title, text, RIGHT, width=112, value=of, strong=_is_strong)


def _moved(amount: Callable[[AuxiliaryLine], Decimal]) -> Callable[[AuxiliaryLine], Decimal | None]:
    return lambda row: None if row.kind == "opening" else amount(row)


COLUMNS: tuple[Column[AuxiliaryLine], ...] = (
    Column(
        N_("Partner"),
        lambda row: _partner(row) if row.kind == "opening" else "",
        width=190,
        value=_partner,
        strong=True,
    ),
    Column(
        N_("Date"),
        lambda row: current().date(row.dated_on) if row.dated_on else "",
        width=92,
        value=lambda row: row.dated_on,
    ),
    Column(N_("Number"), _of_line(lambda row: row.number), width=152),
    Column(N_("Label"), _label, strong=_is_strong),
    Column(N_("Account"), _of_line(lambda row: row.account), width=76),
    Column(N_("Counterpart"), _of_line(lambda row: row.counterparts), width=112),
    Column(N_("Letter"), _of_line(lambda row: row.letter), CENTER, width=56),
    Column(N_("Journal"), _of_line(lambda row: row.journal), width=70, hidden=True),
    Column(N_("Branch"), _of_line(lambda row: row.branch), width=64, hidden=True),
    Column(
        N_("Due date"),
        lambda row: current().date(row.due_on) if row.due_on else "",
        width=92,
        value=lambda row: row.due_on,
        hidden=True,
    ),
    _figure(N_("Debit"), _moved(lambda row: row.debit)),
    _figure(N_("Credit"), _moved(lambda row: row.credit)),
    _figure(N_("Balance"), lambda row: row.balance),
)


class AuxiliaryLedgerPage(MonthsReportPage[AuxiliaryLine]):
    """The report; a line opens its document or its entry, a sum the partner's statement."""

    title: ClassVar[str] = N_("Auxiliary ledger")
    columns: ClassVar[tuple[Column[Any], ...]] = COLUMNS

    def __init__(self, backend: Backend) -> None:
        whose = ChoiceField("whose", N_("Whose"), WHOSE)
        whose.show_value("customer")
        account = TextField("account", N_("Account"), hint=N_("Beginning of a code"))
        party = LinkField("party", N_("Partner"), provider=partners)
        super().__init__(backend, (whose, account, party))
        self.set_paper(self.paper, "auxiliary-ledger.pdf")
        self.table.empty.tell(N_("Nobody has or had anything in these months. Choose others."))

    def paper(self, report: Report[AuxiliaryLine]) -> bytes:
        """Return the ledger as PDF, in the user's language."""
        shown = [column for column in self.columns if not column.hidden]
        columns = [TableColumn(_(c.title), is_figure=c.align == RIGHT) for c in shown]
        rows = [
            (StrongRow if _is_strong(row) else tuple)(column.text(row) for column in shown)
            for row in report.rows
        ]
        total = report.totals
        totals = None if total is None else [column.text(total) for column in shown]
        whose = dict(WHOSE)[self.asked["whose"]]
        about = [_(whose), *self.about_asked(report)]
        carry = carried(report.rows, shown)
        return render_table(_(self.title), about, columns, rows, totals, current(), carry)

    @override
    def open(self, argument: Any) -> None:
        """Show what an auxiliary balance sums up: its parameters, by name."""
        for name, value in (argument or {}).items():
            self.parameters[name].show_value(value)
        if self.isVisible():
            self.refresh()

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[AuxiliaryLine]:
        branch, party = parameters["branch"], parameters["party"]
        rows = await self.backend.ask(
            list_auxiliary_ledger,
            parameters["whose"],
            (parameters["account"] or "").strip(),
            first_day=parameters["first"],
            last_day=last_day(parameters["last"]),
            branch_id=UUID(branch) if branch else None,
            party_id=party.id if isinstance(party, LinkChoice) else None,
        )
        self.asked = parameters
        return Report(rows, total_of_ledger(rows))

    @override
    def on_open(self, row: AuxiliaryLine) -> None:
        if row.kind == "line":
            found = page_of(row.document or {})
            self.opens.emit(*(found or ("accounting.entries", row.number)))
        elif row.party_id is not None:
            about = about_partner(row.party_id, row, self.asked["whose"], self.days_asked())
            self.opens.emit("accounting.party_account", about)


def carried(rows: Sequence[AuxiliaryLine], shown: Sequence[Column[AuxiliaryLine]]) -> Carry:
    """Return the sums of the partner whose lines go on on the next page, and whose they are."""
    debits, credits_ = [_ZERO], [_ZERO]
    for row in rows:
        is_line = row.kind == "line"
        debits.append(debits[-1] + row.debit if is_line else _ZERO)
        credits_.append(credits_[-1] + row.credit if is_line else _ZERO)

    def sums(title: str, end: int) -> list[str]:
        before = rows[end - 1]
        if end == len(rows) or rows[end].kind == "opening":
            return []
        figures = {
            N_("Debit"): debits[end],
            N_("Credit"): credits_[end],
            N_("Balance"): before.balance,
        }
        texts = {name: current().amount(each, before.currency) for name, each in figures.items()}
        texts |= {N_("Partner"): _partner(before), N_("Label"): _(title)}
        return [texts.get(column.title, "") for column in shown]

    return Carry(
        lambda _first, end: list(filter(None, [sums(N_("Carried forward"), end)])),
        lambda first: sums(N_("Brought forward"), first),
        feet=1,
    )
