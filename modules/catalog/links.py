"""Products and categories for the link fields and grids of any page."""

from collections.abc import Mapping, Sequence
from typing import Any

from erp_desktop.core.i18n import current
from erp_desktop.core.links import LinkChoice
from erp_desktop.core.search import has_words
from modules.catalog.selectors import (
    CategoryRow,
    PricedRef,
    find_priced,
    list_categories,
    paths_of,
    priced_by_codes,
)

_MOST = 40


async def find_product_links(backend: Any, text: str) -> Sequence[LinkChoice]:
    """Return the products for sale that a text means; the id is the product's."""
    found = await backend.ask(find_priced, text, with_packs=False)
    return [link_of(each) for each in found]


async def find_pack_links(backend: Any, text: str) -> Sequence[LinkChoice]:
    """Return products and their packs; the id of a pack is its own, `record` says of what."""
    found = await backend.ask(find_priced, text)
    return [link_of(each) for each in found]


async def exact_pack_links(backend: Any, texts: Sequence[str]) -> Mapping[str, LinkChoice]:
    """Return the product or pack that each text is the whole code or a barcode of."""
    found = await backend.ask(priced_by_codes, texts)
    return {text: link_of(each) for text, each in found.items()}


async def find_category_links(backend: Any, text: str) -> Sequence[LinkChoice]:
    """Return the categories in use that a text means, each with its way from the top."""
    categories = await backend.ask(list_categories)
    used = {category.id for category in categories if category.is_active}
    found = [
        choice
        for choice in category_links(categories)
        if choice.id in used and has_words(f"{choice.code} {choice.name} {choice.name_ar}", text)
    ]
    return found[:_MOST]


def category_links(categories: Sequence[CategoryRow]) -> list[LinkChoice]:
    """Return categories as they can be chosen, by their ways from the top in the user's words."""
    latin, arabic = paths_of(categories, "fr"), paths_of(categories, "ar")
    by_id = {category.id: category for category in categories}
    return [
        LinkChoice(category_id, by_id[category_id].code, latin[category_id], arabic[category_id])
        for category_id in paths_of(categories, current().language)
    ]


def link_of(priced: PricedRef) -> LinkChoice:
    """Return a product or pack as one that can be chosen."""
    words = current()
    name, name_ar = priced.named("fr"), priced.named("ar")
    return LinkChoice(
        id=priced.pack_id or priced.product_id,
        code=priced.full_code,
        name=name,
        name_ar=name_ar,
        note=words.money(priced.price, priced.currency),
        record=priced,
    )
