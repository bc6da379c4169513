"""All statements, those of the law and the company's own."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.search import fold
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors.statement_designs import DesignRow, list_statement_designs

FORM = "accounting.statement_design"
BASES = (("closing", N_("Balances at the end")), ("movement", N_("Movements of the months")))
_BASIS = dict(BASES)

_COLUMNS: tuple[Column[DesignRow], ...] = (
    Column(N_("Code"), lambda row: current().isolate(row.code), width=150, strong=True),
    Column(N_("Name"), lambda row: row.named(current().language)),
    Column(N_("Figures"), lambda row: _(_BASIS[row.basis]), width=190),
    Column(
        N_("Designed by"),
        lambda row: _("The company") if row.is_own else _("The law"),
        width=150,
        tone=lambda row: "ok" if row.is_own else "",
    ),
    Column(
        N_("State"),
        lambda row: _("Active") if row.is_active else _("Inactive"),
        width=110,
        tone=lambda row: "ok" if row.is_active else "",
    ),
)


class DesignListPage(ListPage[DesignRow]):
    """The list; one's own are edited, those of the law are read and copied."""

    title: ClassVar[str] = N_("Design of statements")
    hint: ClassVar[str] = N_("Code or name")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        if backend.user.may(Permission.EDIT_STATEMENTS):
            self.add_row_action(N_("Copy"), self._on_copy)
            self.set_primary(N_("New statement"), lambda: self.opens.emit(FORM, None))

    @override
    async def load(self, query: Query, after: DesignRow | None) -> Sequence[DesignRow]:
        if after is not None:
            return ()
        wanted, rows = fold(query.text), await self.backend.ask(list_statement_designs)
        return [row for row in rows if wanted in fold(f"{row.code} {row.name} {row.name_ar}")]

    @override
    def on_open(self, row: DesignRow) -> None:
        self.opens.emit(FORM, {"statement": row.code})

    def _on_copy(self, row: DesignRow) -> None:
        self.opens.emit(FORM, {"copy": row.code})
