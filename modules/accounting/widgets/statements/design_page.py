"""The page on which a company designs a statement of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.cells import LineColumn
from erp_desktop.ui.document_page import Action, Document, DocumentPage, Reckoned, Total
from erp_desktop.ui.forms import CheckField, ChoiceField, TextField
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import TableModel
from modules.accounting.permissions import Permission
from modules.accounting.selectors.statement_designs import DesignSheet, get_statement_design
from modules.accounting.statement_designs import (
    Design,
    DesignLine,
    coverage_of,
    save_statement,
)
from modules.accounting.widgets.statements.design_lines import (
    COLUMNS,
    COVERAGE_COLUMNS,
    CoverageRow,
    coverage_rows,
)
from modules.accounting.widgets.statements.design_list import BASES

FIGURES = (
    ("single", N_("One figure")),
    ("gross", N_("Gross, allowances and net")),
    ("prior", N_("Of the year and of earlier ones")),
)
_EMPTY = DesignSheet(Design("", ""), None, is_own=True, accounts={})


@dataclass(frozen=True, slots=True)
class DesignHead:
    """The head of a statement."""

    code: str = ""
    name: str = ""
    name_ar: str = ""
    basis: str = "movement"
    columns: str = "single"
    is_active: bool = True


class DesignPage(DocumentPage[DesignHead, DesignLine]):
    """One statement. Opened with nothing, `{"statement": code}`, or `{"copy": code}`.

    Those of the law can be read and copied only.
    """

    title: ClassVar[str] = N_("Statement")
    new_title: ClassVar[str] = N_("New statement")
    columns: ClassVar[tuple[LineColumn[Any], ...]] = COLUMNS
    placeholder: ClassVar[str] = N_("Type a code, such as A01…")

    def __init__(self, backend: Backend) -> None:
        self.sheet = _EMPTY
        self._wanted: Mapping[str, str] = {}
        self.coverage: TableModel[CoverageRow] = TableModel(COVERAGE_COLUMNS)
        fields = (
            TextField("code", N_("Code"), required=True),
            TextField("name", N_("Name"), required=True),
            TextField("name_ar", N_("Arabic name")),
            ChoiceField("basis", N_("Figures"), BASES),
            ChoiceField("columns", N_("Columns"), FIGURES),
            CheckField("is_active", N_("In use")),
        )
        super().__init__(backend, fields)
        self.add_side(N_("Accounts on no line or on two"), TableView(self.coverage, self))

    @override
    def on_first_show(self) -> None:
        self.start_latest(self.load)

    @override
    def open(self, argument: Any) -> None:
        self._wanted = argument or {}
        if self.document is not None:
            self.start_latest(self.load)

    async def load(self) -> None:
        """Ask for what the page was opened with, and show it."""
        copied = self._wanted.get("copy", "")
        code = self._wanted.get("statement", copied)
        sheet = await self.backend.ask(get_statement_design, code)
        if copied:
            design = replace(sheet.design, code=f"{copied[:26]}_own", is_active=True)
            sheet = replace(sheet, design=design, version=None, is_own=True)
        self._show(sheet)

    @override
    def new_line(self) -> DesignLine:
        return DesignLine("", "line", "", side="debit")

    @override
    def reckon(self, head: Mapping[str, Any], lines: Sequence[DesignLine]) -> Reckoned[DesignLine]:
        found = coverage_of(lines, head["columns"] or "single", list(self.sheet.accounts))
        self.coverage.show_rows(coverage_rows(found, self.sheet.accounts))
        totals = [
            Total(_("Accounts on no line"), current().number(len(found.missing))),
            Total(_("Accounts on two lines"), current().number(len(found.doubled)), is_due=True),
        ]
        return Reckoned(lines, totals)

    @override
    async def save(self, head: DesignHead, lines: Sequence[DesignLine]) -> str:
        about = (head.name.strip(), head.name_ar.strip(), head.basis, head.columns)
        design = Design(head.code.strip(), *about, head.is_active, tuple(lines))
        version = await self.backend.do(save_statement, design, version=self.sheet.version)
        self.forget_draft()  # of the code that it had until now
        self._wanted = {"statement": design.code}
        self._show(replace(self.sheet, design=design, version=version))
        saved = _("Statement {name} is saved.").format(name=current().isolate(design.name))
        return f"{saved} {self._uncovered()}".strip()

    def _uncovered(self) -> str:
        stray = self.coverage.rowCount()
        if not stray:
            return ""
        return count(
            "{n} account stands on no line or on two.",
            "{n} accounts stand on no line or on two.",
            stray,
        )

    def _show(self, sheet: DesignSheet) -> None:
        self.sheet, design = sheet, sheet.design
        may_edit = self.backend.user.may(Permission.EDIT_STATEMENTS)
        about = (design.name, design.name_ar, design.basis, design.columns, design.is_active)
        key = f"accounting.statement/{design.code if sheet.version else 'new'}"
        is_kept = sheet.version is not None
        self.show_document(
            Document(
                key,
                DesignHead(design.code, *about),
                design.lines,
                number=design.name if is_kept else "",
                is_editable=may_edit and sheet.is_own,
            )
        )
        self.body.form.fields["code"].lock(locked=is_kept)
        self.offer(*self._actions_of(is_kept=is_kept and may_edit))

    def _actions_of(self, *, is_kept: bool) -> tuple[Action, ...]:
        return (Action(N_("Copy"), self._copy, "content-copy"),) if is_kept else ()

    async def _copy(self) -> None:
        self.opens.emit("accounting.statement_design", {"copy": self.sheet.design.code})
