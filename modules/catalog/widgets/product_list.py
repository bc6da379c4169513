"""The product list: find a product by word, code or barcode; look at it; open it."""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol, cast

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.core.search import fold
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.catalog.permissions import Permission
from modules.catalog.selectors import (
    PAGE_SIZE,
    Order,
    ProductFilter,
    ProductRow,
    ProductSheet,
    count_products,
    get_product,
    list_products,
)
from modules.catalog.widgets.product_fields import KINDS
from modules.catalog.widgets.product_preview import ProductPreview

# What the user may write before a colon, folded, in three languages.
_CODE = ("code", "رمز", "الرمز")
_PRICE = ("price", "prix", "سعر", "السعر", "ثمن")
_TAX = ("tax", "taxe", "tva", "ضريبه", "الضريبه")
_UNIT = ("unit", "unite", "وحده", "الوحده")
_CATEGORY = ("category", "categorie", "famille", "صنف", "الصنف", "فيه", "الفيه")
_KIND = ("kind", "type", "نوع", "النوع")
_KINDS = {
    "goods": ("goods", "bien", "biens", "marchandise", "سلع", "سلعه", "بضاعه"),
    "service": ("service", "services", "خدمه", "خدمات"),
}


class ProductListView(Protocol):
    """All the presenter needs of whoever shows the list."""

    def show_preview(self, sheet: ProductSheet) -> None:
        """Show a product at the side."""


class ProductListPresenter:
    """What the product list does, told without a widget."""

    def __init__(self, view: ProductListView, backend: Backend) -> None:
        self._view = view
        self._backend = backend

    async def load(self, query: Query, after: ProductRow | None) -> list[ProductRow]:
        """Return the products that `query` asks for, below the row `after`."""
        return await self._backend.ask(list_products, filter_of(query), after=after)

    async def count(self, query: Query) -> int:
        """Return how many products `query` finds."""
        return await self._backend.ask(count_products, filter_of(query))

    async def look_at(self, row: ProductRow) -> None:
        """Show a product at the side."""
        self._view.show_preview(await self._backend.ask(get_product, row.id))


def filter_of(query: Query) -> ProductFilter:
    """Return what a filter line asks for; what is not for sale is shown only if asked for."""
    low, high = query.amounts(*_PRICE)
    return ProductFilter(
        text=query.text,
        code=query.value(*_CODE),
        tax=query.value(*_TAX),
        unit=query.value(*_UNIT),
        price_from=low,
        price_to=high,
        is_active=not query.has("inactive"),
        has_price=False if query.has("no_price") else None,
        has_barcode=False if query.has("no_barcode") else None,
        order=cast("Order", query.order or "code"),
        descending=query.descending,
        category=query.value(*_CATEGORY),
        kind="service" if query.has("service") else _kind(query.value(*_KIND)),
    )


def _kind(said: str) -> str:
    """Return which kind is meant; nonsense finds nothing, as an unknown unit does."""
    known = (kind for kind, words in _KINDS.items() if fold(said) in words)
    return next(known, said)


class ProductListPage(ListPage[ProductRow]):
    """The presenter's hands and face."""

    title = N_("Products")
    hint = N_("Name, code, barcode, category:drinks, price:10..20")
    page_size = PAGE_SIZE
    chips = (
        Chip("inactive", N_("Not for sale")),
        Chip("service", N_("Services")),
        Chip("no_price", N_("Without price")),
        Chip("no_barcode", N_("Without barcode")),
    )
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("Code"), lambda p: current().isolate(p.code), width=128, order="code"),
        Column(N_("Name"), lambda p: p.named(current().language), order="name"),
        Column(N_("Arabic name"), lambda p: p.name_ar, width=180, hidden=True),
        Column(N_("Barcode"), lambda p: current().isolate(p.barcode), width=140),
        Column(
            N_("Category"),
            lambda p: in_language(current().language, p.category, p.category_ar),
            width=150,
        ),
        Column(N_("Kind"), lambda p: _(dict(KINDS)[p.kind]), width=96, hidden=True),
        Column(N_("Unit"), lambda p: p.unit, width=64, hidden=True),
        Column(N_("Tax"), lambda p: p.tax_code, width=80, hidden=True),
        Column(
            N_("Price"),
            lambda p: current().amount(p.price, p.currency),
            RIGHT,
            width=104,
            value=lambda p: p.price,
            order="price",
        ),
        Column(
            N_("Net price"),
            lambda p: "" if p.price_net is None else current().amount(p.price_net, p.currency),
            RIGHT,
            width=110,
            value=lambda p: p.price_net,
            hidden=True,
        ),
        Column(
            N_("State"),
            lambda p: _("For sale") if p.is_active else _("Not for sale"),
            width=116,
            tone=lambda p: "ok" if p.is_active else "",
        ),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._presenter = ProductListPresenter(self, backend)
        self._at_side = ProductPreview()
        self.set_preview(self._at_side)
        self._at_side.edit.clicked.connect(lambda: self.on_open(self.table.current_row()))
        self.add_row_action(N_("Open"), self.on_open)
        if backend.user.may(Permission.IMPORT_PRODUCTS):
            self.add_action(N_("Import"), self._on_import, "file-import-outline")
        if backend.user.may(Permission.EDIT_PRODUCTS):
            self.set_primary(N_("New product"), self._on_new)
        self._tell_first_step()

    def show_preview(self, sheet: ProductSheet) -> None:
        """Show a product at the side."""
        self._at_side.show_product(sheet)

    @override
    async def load(self, query: Query, after: ProductRow | None) -> Sequence[ProductRow]:
        return await self._presenter.load(query, after)

    @override
    async def count(self, query: Query) -> int:
        return await self._presenter.count(query)

    @override
    def preview(self, row: ProductRow) -> None:
        self.start_latest(self._presenter.look_at, row)

    @override
    def on_open(self, row: ProductRow) -> None:
        self.opens.emit("catalog.product", str(row.id))

    @override
    def on_scan(self, text: str) -> bool:
        self.filter.entry.setText(text)
        return True

    @override
    def open(self, argument: Any) -> None:
        self.refresh()

    def _tell_first_step(self) -> None:
        nothing = N_("No product here. Change the filter, import a price list or add a product.")
        if self.backend.user.may(Permission.IMPORT_PRODUCTS):
            self.table.empty.tell(nothing, N_("Import"), self._on_import, icon="package-variant")
        else:
            self.table.empty.tell(nothing, icon="package-variant")

    def _on_new(self) -> None:
        self.opens.emit("catalog.product", None)

    def _on_import(self) -> None:
        self.opens.emit("catalog.import", None)
