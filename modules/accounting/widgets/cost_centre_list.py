"""Cost centres: what costs and income belong to."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors import CostCentreRow, list_cost_centres

_COLUMNS: tuple[Column[CostCentreRow], ...] = (
    Column(N_("Code"), lambda c: current().isolate(c.code), width=140, strong=True),
    Column(N_("Name"), lambda c: c.named(current().language)),
    Column(
        N_("State"),
        lambda c: _("Active") if c.is_active else _("Inactive"),
        width=110,
        tone=lambda c: "ok" if c.is_active else "",
    ),
)


class CostCentreListPage(ListPage[CostCentreRow]):
    """The list of cost centres."""

    title: ClassVar[str] = N_("Cost centres")
    hint: ClassVar[str] = N_("Code or name")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.table.empty.tell(
            N_("No cost centres. Add workshops, vehicles or projects, then choose them on lines.")
        )
        if backend.user.may(Permission.EDIT_JOURNALS):
            new = N_("New cost centre")
            self.set_primary(new, lambda: self.opens.emit("accounting.cost_centre", None))

    @override
    async def load(self, query: Query, after: CostCentreRow | None) -> Sequence[CostCentreRow]:
        if after is not None:
            return ()
        wanted, centres = query.text.lower(), await self.backend.ask(list_cost_centres)
        return [c for c in centres if wanted in f"{c.code} {c.name} {c.name_ar}".lower()]

    @override
    def on_open(self, row: CostCentreRow) -> None:
        if self.backend.user.may(Permission.EDIT_JOURNALS):
            self.opens.emit("accounting.cost_centre", row.code)
