"""The pages of statements: from any figure Enter shows the accounts, then their ledgers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.documents.table_paper import StrongRow, TableColumn, render_table
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import ChoiceField, Field
from erp_desktop.ui.report_page import Report
from erp_desktop.ui.tables import Column
from modules.accounting.comparing import By, ComparedColumn, Span
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
from modules.accounting.widgets.statements.columns import (
    YEAR_BEFORE,
    Compared,
    columns_of,
    is_strong,
)

# What each choice is called; a balance sheet has no budget.
OF_BALANCES: Mapping[By, str] = {
    "year": YEAR_BEFORE,
    "months": N_("Months"),
    "quarters": N_("Quarters"),
    "branches": N_("Branches"),
}
# Why the columns add up only with what is set off between them.
SET_OFF = N_("Set off: what one column owes on an account and another is owed on it.")
SET_OFF_OF_TWO = N_(
    "Both sides are equal. Set off: what one column owes on an account and another is owed on it."
)
# The first column with a figure.
FIGURES = 2


class StatementPage(MonthsReportPage[StatementRow]):
    """Statements of whole months, beside the year before or compared otherwise.

    Enter on a line shows the accounts behind it, and hides them again; Enter on an account opens
    its ledger in the months and the branch of the column, from where it goes on to documents.
    """

    columns: ClassVar[tuple[Column[Any], ...]] = columns_of("single")
    choices: ClassVar[Mapping[By, str]] = {**OF_BALANCES, "budget": N_("Budget")}

    def __init__(self, backend: Backend, more: tuple[Field, ...] = ()) -> None:
        by = ChoiceField("by", N_("Compare by"), list(self.choices.items()))
        by.show_value("year")
        super().__init__(backend, (*more, by))
        self.statements: tuple[ShownStatement, ...] = ()
        self.compared: tuple[ComparedColumn, ...] = ()
        self._opened: set[tuple[str, str]] = set()
        self.table.marks_cell = True
        self.set_paper(self.paper, "statement.pdf")
        self.table.empty.tell(N_("Choose the months and press Show."))
        follow(self, self._show_columns)

    def codes(self, parameters: Mapping[str, Any]) -> tuple[str, ...]:
        """Return which statements are shown."""
        raise NotImplementedError

    def paper(self, report: Report[StatementRow]) -> bytes:
        """Return the statements as PDF, in the user's language."""
        words = current()
        shown = [column for column in self.model.columns if not column.hidden]
        columns = [
            TableColumn(_(c.title), is_figure=c.value is not None, stays=c.value is None)
            for c in shown
        ]
        rows = [
            (StrongRow if is_strong(row) else tuple)(column.text(row) for column in shown)
            for row in report.rows
        ]
        laws = dict.fromkeys(each.legal_ref for each in self.statements if each.legal_ref)
        about = [*self.about_asked(report), *laws]
        return render_table(self.paper_title(), about, columns, rows, None, words)

    def paper_title(self) -> str:
        """Return what stands over the paper."""
        return _(self.title)

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[StatementRow]:
        branch = parameters["branch"]
        answer = await self.backend.ask(
            get_statements,
            self.codes(parameters),
            first_day=parameters["first"],
            last_day=last_day(parameters["last"]),
            branch_id=UUID(branch) if branch else None,
            by=parameters["by"],
        )
        self.asked = parameters
        self.statements, self.compared = answer.shown, answer.columns
        self._show_columns()
        return Report(list(self._rows()), None, answer.read_at, self._summary())

    @override
    def on_open(self, row: StatementRow) -> None:
        if row.kind == "account":
            self.opens.emit("accounting.ledger", self._ledger_of(row))
        elif row.kind == "line":
            place = self.table.currentIndex()
            self._opened ^= {self._place(row)}
            self.show_report(replace(self.report, rows=list(self._rows())))
            self.table.setCurrentIndex(self.model.index(place.row(), place.column()))

    def _ledger_of(self, row: StatementRow) -> str:
        """Return what opens the ledger of an account as the current column looks at it."""
        number = self.table.currentIndex().column() - FIGURES
        span = Span(*self.days_asked(), None)
        if self.compared and 0 <= number < len(self.compared):
            span = self.compared[number].span
        elif not self.compared and self._is_year_before():
            span = span.year_before
        codes = {each.id: each.code for each in self.backend.user.branches}
        branch = codes.get(span.branch_id) if span.branch_id else self.branch_asked()
        return ledger_of(row.code, (span.first_day, span.last_day), branch or "")

    def _is_year_before(self) -> bool:
        number = self.table.currentIndex().column()
        return number >= 0 and self.model.columns[number].title == YEAR_BEFORE

    def _show_columns(self) -> None:
        """Show the columns that the statements ask for, in the language of now."""
        rows = self.model.rows
        if self.compared:
            shown = Compared(self.compared, self.backend.user.branches).shown()
        else:
            kinds = {each.columns for each in self.statements} - {"single"}
            shown = columns_of(min(kinds, default="single"))
        if [each.title for each in shown] != [each.title for each in self.model.columns]:
            self.show_columns(shown)
            self.model.show_rows(rows)

    def _rows(self) -> Iterable[StatementRow]:
        for statement in self.statements:
            if len(self.statements) > 1:
                yield StatementRow("", "title", statement.name, statement.name_ar)
            for row in statement.rows:
                yield row
                if row.kind == "line" and (statement.code, row.code) in self._opened:
                    yield from statement.behind(row)
            if statement.spread:
                yield StatementRow("", "head", _("Planned for several lines: in sums only"), "")
                yield from statement.spread

    def _place(self, row: StatementRow) -> tuple[str, str]:
        owner = next(each for each in self.statements if row in each.rows)
        return owner.code, row.code

    def _summary(self) -> str:
        if any(each.differs for each in self.statements):
            return N_("Both sides differ: an account stands on no line or on two. Check formulas.")
        is_two_sided = any(each.balances_with for each in self.statements)
        if any(column.kind == "set_off" for column in self.compared):
            return SET_OFF_OF_TWO if is_two_sided else SET_OFF
        return N_("Both sides are equal.") if is_two_sided else ""


class BalanceSheetPage(StatementPage):
    """Assets and liabilities at the end of a month."""

    title: ClassVar[str] = N_("Balance sheet")
    columns: ClassVar[tuple[Column[Any], ...]] = columns_of("gross")
    choices: ClassVar[Mapping[By, str]] = OF_BALANCES

    @override
    def codes(self, parameters: Mapping[str, Any]) -> tuple[str, ...]:
        return ("assets", "liabilities")


class IncomeStatementPage(StatementPage):
    """Charges and income of whole months."""

    title: ClassVar[str] = N_("Income statement")

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
        self._statement.setMaximumWidth(330)
        follow(self._statement, self._offer_statements)

    @override
    def codes(self, parameters: Mapping[str, Any]) -> tuple[str, ...]:
        return (parameters["statement"],)

    @override
    def paper_title(self) -> str:
        """Return the name of the one that is shown."""
        names = [each.named(current().language) for each in self.statements]
        return " · ".join(names) or super().paper_title()

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
