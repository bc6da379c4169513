"""The budget of a branch and a year, typed or pasted like a spreadsheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.cells import LineColumn
from erp_desktop.ui.document_page import Action, Document, DocumentPage, Reckoned, Total
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import ChoiceField
from modules.accounting.budgets import save_budget
from modules.accounting.permissions import Permission
from modules.accounting.selectors.budgets import BudgetSheet, get_budget, get_budget_start
from modules.accounting.widgets.budgets.lines import COLUMNS, Line, line_of

_EMPTY = BudgetSheet("DZD", None, {}, ())
_YEARS_BACK, _YEARS_AHEAD = 3, 2


@dataclass(frozen=True, slots=True)
class BudgetHead:
    """Whose budget, and for when; branch is the id as text."""

    branch: str
    year: int


class BudgetPage(DocumentPage[BudgetHead, Line]):
    """One budget. Opened with nothing, or `{"branch", "year"}`; the head goes to another one."""

    title: ClassVar[str] = N_("Budget")
    new_title: ClassVar[str] = N_("Budget")
    columns: ClassVar[tuple[LineColumn[Any], ...]] = COLUMNS
    placeholder: ClassVar[str] = N_("Type an account or its beginning…")

    def __init__(self, backend: Backend) -> None:
        this_year = wall_clock.today().year
        years = range(this_year + _YEARS_AHEAD, this_year - _YEARS_BACK - 1, -1)
        self._branch = ChoiceField("branch", N_("Branch"), [("", "")], translate=False)
        year = ChoiceField("year", N_("Year"), [(y, str(y)) for y in years], translate=False)
        self.sheet = _EMPTY
        self._shown = BudgetHead(str(backend.user.branch.id), this_year)
        self._kept: Sequence[Line] = ()
        super().__init__(backend, (self._branch, year))
        follow(self._branch, self._offer_branches)

    @override
    def on_first_show(self) -> None:
        self.start_latest(self.load, self._shown)

    @override
    def open(self, argument: Any) -> None:
        if not argument:
            return
        self._shown = BudgetHead(argument["branch"] or self._shown.branch, argument["year"])
        if self.document is not None:
            self.start_latest(self.load, self._shown)

    async def load(self, head: BudgetHead) -> None:
        """Ask for a budget and show it."""
        self.sheet = await self.backend.ask(get_budget, UUID(head.branch), head.year)
        sheet = self.sheet
        self._show(head, [line_of(each, sheet.accounts, sheet.currency) for each in sheet.lines])

    @override
    def new_line(self) -> Line:
        return Line(home=self.sheet.currency)

    @override
    def reckon(self, head: Mapping[str, Any], lines: Sequence[Line]) -> Reckoned[Line]:
        accounts = self.sheet.accounts
        named = []
        for line in lines:
            name, name_ar = accounts.get(line.prefix, ("", ""))
            named.append(replace(line, name=name, name_ar=name_ar))
        income, charges = (
            sum((line.total for line in lines if line.prefix.startswith(digit)), Decimal(0))
            for digit in ("7", "6")
        )
        figures = ((_("Income"), income), (_("Charges"), charges), (_("Result"), income - charges))
        shown = [(words, current().amount(f, self.sheet.currency)) for words, f in figures]
        totals = [Total(*each) for each in shown[:2]] + [Total(*shown[2], is_due=True)]
        return Reckoned(named, totals)

    @override
    def on_head(self, name: str) -> None:
        """Go to the budget that was chosen, unless something typed would be lost."""
        fields = self.body.form.fields
        wanted = BudgetHead(fields["branch"].read(), fields["year"].read())
        if wanted == self._shown:
            return
        if tuple(self.body.grid.lines.lines) != tuple(self._kept):
            fields["branch"].show_value(self._shown.branch)
            fields["year"].show_value(self._shown.year)
            self.say(_("Save this budget first, or undo what you typed."), "warn")
            return
        self.start_latest(self.load, wanted)

    @override
    async def save(self, head: BudgetHead, lines: Sequence[Line]) -> str:
        del head  # the fields may have gone on already
        about = self._shown
        version = await self.backend.do(
            save_budget,
            UUID(about.branch),
            about.year,
            [line.as_budget() for line in lines],
            version=self.sheet.version,
        )
        self.sheet = replace(self.sheet, version=version)
        self.forget_draft()
        self._show(about, lines)
        return _("The budget of {year} is saved.").format(year=about.year)

    def _show(self, head: BudgetHead, lines: Sequence[Line]) -> None:
        self._shown = head
        may_edit = self.backend.user.may(Permission.EDIT_BUDGETS)
        key = f"accounting.budget/{head.branch}/{head.year}"
        self.show_document(Document(key, head, tuple(lines), is_editable=may_edit))
        self.body.form.fields["branch"].lock(locked=False)
        self.body.form.fields["year"].lock(locked=False)
        self._kept = tuple(lines)
        compare = Action(N_("Compare with the ledger"), self._compare, "scale-balance")
        start = Action(N_("Take last year's figures"), self.start_from_actuals, "content-copy")
        self.offer(*((compare, start) if may_edit else (compare,)))

    async def start_from_actuals(self) -> str:
        """Add what charges and income were in the year before; lines that are there stay."""
        about = self._shown
        found = await self.backend.ask(get_budget_start, UUID(about.branch), about.year)
        lines = self.body.grid.lines.lines
        known = {line.prefix for line in lines}
        added = [
            line_of(each, self.sheet.accounts, self.sheet.currency)
            for each in found
            if each.prefix not in known
        ]
        if not added:
            return _("The year before has no charges or income that are not here already.")
        self.change_lines([*lines, *added])
        return _("The figures of {year} are here. Change them, then save.").format(
            year=about.year - 1
        )

    async def _compare(self) -> None:
        about = {"branch": self._shown.branch, "year": self._shown.year}
        self.opens.emit("accounting.budget_report", about)

    def _offer_branches(self) -> None:
        language, branches = current().language, self.backend.user.branches
        self._branch.offer(
            [(str(b.id), in_language(language, b.name, b.name_ar)) for b in branches]
        )
