"""Importing products: what rows may leave out, and how it is called."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from typing_extensions import override

from erp_desktop.core.i18n import N_, count
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import AmountField, ChoiceField, Field
from erp_desktop.ui.import_page import ImportPage
from erp_desktop.ui.import_presenter import ImportJob
from erp_desktop.ui.import_result import ImportWords
from modules.catalog.imports.dry_run import dry_run, get_product_kind
from modules.catalog.imports.products import ProductKind
from modules.catalog.selectors import ProductSheet
from modules.catalog.services import ImportDraft, import_products
from modules.catalog.widgets.parts import offered


class ProductImportPage(ImportPage[ImportDraft]):
    """Products from a file of any supplier."""

    title = N_("Import products")
    job = ImportJob(
        "catalog.import",
        get_product_kind,
        dry_run,
        import_products,
        may_merge=True,
        may_number=True,
    )
    words = ImportWords(
        action=lambda n: count("Import {n} product", "Import {n} products", n),
        ready=lambda n: count("{n} product to import", "{n} products to import", n),
        created=lambda n: count("{n} product created", "{n} products created", n),
    )
    done = N_("Show the products")
    done_page = "catalog.products"

    def __init__(self, backend: Backend) -> None:
        self._sheet: ProductSheet | None = None
        super().__init__(backend)
        follow(self, self._word_choices)

    @override
    def defaults(self) -> Sequence[Field]:
        self._unit = ChoiceField("unit", N_("Unit"), translate=False)
        self._tax = ChoiceField("tax", N_("Tax"), translate=False)
        price = AmountField("price", N_("Price, taxes included"), least=Decimal(0))
        return (price, self._tax, self._unit)

    @override
    def offer(self, kind: Any) -> None:
        if isinstance(kind, ProductKind):
            self._sheet = kind.sheet
            self._word_choices()

    def _word_choices(self) -> None:
        if self._sheet is not None:
            self._unit.offer(offered(self._sheet.units))
            self._tax.offer(offered(self._sheet.taxes))
