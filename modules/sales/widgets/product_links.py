"""Products to choose from, with their price on the shelf."""

from collections.abc import Sequence
from typing import Any

from erp_desktop.core.i18n import current
from erp_desktop.core.links import LinkChoice
from modules.catalog.api import ProductFilter, ProductRow, list_products

_MOST = 20


async def find_products(backend: Any, text: str) -> Sequence[LinkChoice]:
    """Return the products that a text means, best first; what they cost is asked for later."""
    rows = await backend.ask(list_products, ProductFilter(text=text, is_active=True))
    return [_choice(row) for row in rows[:_MOST]]


def _choice(row: ProductRow) -> LinkChoice:
    note = current().money(row.price, row.currency)
    return LinkChoice(row.id, row.code, row.name, row.name_ar, note)
