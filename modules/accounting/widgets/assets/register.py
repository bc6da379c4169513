"""Fixed assets: the register."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors.assets import AssetRow, list_assets

FORM = "accounting.asset"


def _amount(of: Callable[[AssetRow], Decimal]) -> Callable[[AssetRow], str]:
    return lambda row: current().amount(of(row), row.currency)


def _figure(title: str, name: str, *, strong: bool = False) -> Column[AssetRow]:
    of = attrgetter(name)
    return Column(title, _amount(of), RIGHT, width=124, value=of, strong=strong)


def _life(row: AssetRow) -> str:
    return count("{n} month", "{n} months", row.life_months) if row.life_months else ""


def _state(row: AssetRow) -> str:
    if row.disposed_on:
        return _("Gone on {day}").format(day=current().date(row.disposed_on))
    return _("Used up") if row.life_months and not row.left else _("In service")


_COLUMNS: tuple[Column[AssetRow], ...] = (
    Column(N_("Code"), lambda r: current().isolate(r.code), width=110, strong=True),
    Column(N_("Name"), lambda r: r.named(current().language)),
    Column(N_("Category"), lambda r: r.category_named(current().language), width=170),
    Column(N_("Branch"), lambda r: current().isolate(r.branch), width=70, hidden=True),
    Column(N_("Location"), lambda r: r.location, width=120, hidden=True),
    Column(
        N_("In service on"),
        lambda r: current().date(r.in_service_on),
        width=110,
        value=lambda r: r.in_service_on,
    ),
    Column(N_("Life"), _life, width=90),
    _figure(N_("Cost"), "cost"),
    _figure(N_("Depreciated"), "depreciated"),
    _figure(N_("Net value"), "left", strong=True),
    Column(
        N_("State"),
        _state,
        width=140,
        tone=lambda r: "warn" if r.disposed_on else "ok" if r.left else "",
    ),
)


class AssetsPage(ListPage[AssetRow]):
    """The list of assets."""

    title: ClassVar[str] = N_("Fixed assets")
    hint: ClassVar[str] = N_("Code, name, category, location or invoice")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    chips: ClassVar[tuple[Chip, ...]] = (Chip("gone", N_("Sold and scrapped too")),)

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.table.empty.tell(
            N_("No fixed asset is kept yet. Add the first, or import the register you have."),
            icon="office-building-outline",
        )
        if backend.user.may(Permission.EDIT_ASSETS):
            self.set_primary(N_("New asset"), lambda: self.opens.emit(FORM, None))
            self.add_action(N_("Import"), self._on_import, icon="file-import-outline")
        self.add_action(N_("Categories"), self._on_categories, icon="shape-outline")

    @override
    async def load(self, query: Query, after: AssetRow | None) -> Sequence[AssetRow]:
        if after is not None:
            return ()
        gone = query.has("gone")
        return await self.backend.ask(list_assets, query.text, with_gone=gone)

    @override
    def on_open(self, row: AssetRow) -> None:
        self.opens.emit(FORM, str(row.id))

    def _on_import(self) -> None:
        self.opens.emit("accounting.asset_import", None)

    def _on_categories(self) -> None:
        self.opens.emit("accounting.asset_categories", None)
