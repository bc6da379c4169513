"""Products for the link fields and grids of any page."""

from collections.abc import Sequence
from typing import Any

from erp_desktop.core.i18n import current
from erp_desktop.core.links import LinkChoice
from modules.catalog.selectors import PricedRef, find_priced


async def find_product_links(backend: Any, text: str) -> Sequence[LinkChoice]:
    """Return the products for sale that a text means; the id is the product's."""
    found = await backend.ask(find_priced, text, with_packs=False)
    return [link_of(each) for each in found]


async def find_pack_links(backend: Any, text: str) -> Sequence[LinkChoice]:
    """Return products and their packs; the id of a pack is its own, `record` says of what."""
    found = await backend.ask(find_priced, text)
    return [link_of(each) for each in found]


def link_of(priced: PricedRef) -> LinkChoice:
    """Return a product or pack as one that can be chosen."""
    words = current()
    name, name_ar = priced.named("fr"), priced.named("ar")
    return LinkChoice(
        id=priced.pack_id or priced.product_id,
        code=f"{priced.code} · {priced.pack}" if priced.pack else priced.code,
        name=name,
        name_ar=name_ar,
        note=words.money(priced.price, priced.currency),
        record=priced,
    )
