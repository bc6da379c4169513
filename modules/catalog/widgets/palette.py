"""What the catalog adds to search and commands (Ctrl+K)."""

from collections.abc import Sequence

from erp_desktop.core.i18n import current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.palette import Found
from modules.catalog.selectors import ProductFilter, list_products

_MOST = 8


async def find_products(backend: Backend, text: str) -> Sequence[Found]:
    """Return the products that a search means, best first."""
    rows = await backend.ask(list_products, ProductFilter(text=text, is_active=True))
    words = current()
    return [
        Found(
            title=row.named(words.language),
            note=f"{words.isolate(row.code)} · {words.money(row.price, row.currency)}",
            icon="package-variant",
            page="catalog.product",
            argument=str(row.id),
        )
        for row in rows[:_MOST]
    ]
