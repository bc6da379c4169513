"""The pages of statements: from any figure Enter shows the accounts, then their ledgers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.documents.table_paper import TableColumn, render_table
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import ChoiceField, Field
from erp_desktop.ui.report_page import Report
from erp_desktop.ui.tables import Column
from modules.accounting.selectors import (
    ShownStatement,
    StatementChoice,
    StatementRow,
    get_statements,
    list_statements,
)
from modules.accounting.widgets.asking import ledger_of
from modules.accounting.widgets.months import last_day
from modules.accounting.widgets.months_report import MonthsReportPage
from modules.accounting.widgets.statements.columns import columns_of


class StatementPage(MonthsReportPage[StatementRow]):
    """Statements of whole months beside those of the year before.

    Enter on a line shows the accounts behind it, and hides them again; Enter on an account opens
    its ledger, from where it goes on to entries and documents.
    """

    columns: ClassVar[tuple[Column[Any], ...]] = columns_of("single")

    def __init__(self, backend: Backend, more: tuple[Field, ...] = ()) -> None:
        super().__init__(backend, more)
        self.statements: tuple[ShownStatement, ...] = ()
        self._opened: set[tuple[str, str]] = set()
        self.set_paper(self.paper, "statement.pdf")
        self.table.empty.tell(N_("Choose the months and press Show."))

    def codes(self, parameters: Mapping[str, Any]) -> tuple[str, ...]:
        """Return which statements are shown."""
        raise NotImplementedError

    def paper(self, report: Report[StatementRow]) -> bytes:
        """Return the statements as PDF, in the user's language."""
        words = current()
        shown = [column for column in self.columns if not column.hidden]
        columns = [TableColumn(_(c.title), is_figure=c.value is not None) for c in shown]
        rows = [[column.text(row) for column in shown] for row in report.rows]
        laws = dict.fromkeys(each.legal_ref for each in self.statements if each.legal_ref)
        about = [*self.about_asked(report), *laws]
        return render_table(_(self.title), about, columns, rows, None, words)

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[StatementRow]:
        branch = parameters["branch"]
        answer = await self.backend.ask(
            get_statements,
            self.codes(parameters),
            first_day=parameters["first"],
            last_day=last_day(parameters["last"]),
            branch_id=UUID(branch) if branch else None,
        )
        self.asked = parameters
        self.statements = answer.shown
        return Report(list(self._rows()), None, answer.read_at, self._summary())

    @override
    def on_open(self, row: StatementRow) -> None:
        if row.kind == "account":
            about = ledger_of(row.code, self.days_asked(), self.branch_asked())
            self.opens.emit("accounting.ledger", about)
        elif row.kind == "line":
            place = self.table.currentIndex().row()
            self._opened ^= {self._place(row)}
            self.show_report(replace(self.report, rows=list(self._rows())))
            self.table.selectRow(place)

    def _rows(self) -> Iterable[StatementRow]:
        for statement in self.statements:
            if len(self.statements) > 1:
                yield StatementRow("", "title", statement.name, statement.name_ar)
            for row in statement.rows:
                yield row
                if row.kind == "line" and (statement.code, row.code) in self._opened:
                    yield from statement.behind(row)

    def _place(self, row: StatementRow) -> tuple[str, str]:
        owner = next(each for each in self.statements if row in each.rows)
        return owner.code, row.code

    def _summary(self) -> str:
        if any(each.differs for each in self.statements):
            return N_("Both sides differ: an account stands on no line or on two. Check formulas.")
        if any(each.balances_with for each in self.statements):
            return N_("Both sides are equal.")
        return ""


class BalanceSheetPage(StatementPage):
    """Assets and liabilities at the end of a month."""

    title: ClassVar[str] = N_("Balance sheet")
    columns: ClassVar[tuple[Column[Any], ...]] = columns_of("gross")

    @override
    def codes(self, parameters: Mapping[str, Any]) -> tuple[str, ...]:
        return ("assets", "liabilities")


class IncomeStatementPage(StatementPage):
    """Charges and income of whole months."""

    title: ClassVar[str] = N_("Income statement")
    columns: ClassVar[tuple[Column[Any], ...]] = columns_of("prior")

    @override
    def codes(self, parameters: Mapping[str, Any]) -> tuple[str, ...]:
        return ("income",)


class OtherStatementsPage(StatementPage):
    """Every other statement, one at a time: flows, management balances, the company's own."""

    title: ClassVar[str] = N_("Other statements")

    def __init__(self, backend: Backend) -> None:
        self._statement = ChoiceField("statement", N_("Statement"), [("", "")], translate=False)
        self._choices: list[StatementChoice] = []
        super().__init__(backend, (self._statement,))
        follow(self._statement, self._offer_statements)

    @override
    def codes(self, parameters: Mapping[str, Any]) -> tuple[str, ...]:
        return (parameters["statement"],)

    @override
    def on_first_show(self) -> None:
        self.start_latest(self._begin)

    async def _begin(self) -> None:
        known = await self.backend.ask(list_statements)
        shown_elsewhere = {"assets", "liabilities", "income"}
        self._choices = [each for each in known if each.code not in shown_elsewhere]
        is_chosen = bool(self._statement.shown())
        self._offer_statements()
        if not is_chosen and self._choices:
            self._statement.show_value(self._choices[0].code)
        super().on_first_show()

    def _offer_statements(self) -> None:
        language = current().language
        offered = [(each.code, each.named(language)) for each in self._choices]
        self._statement.offer(offered or [("", "")])
