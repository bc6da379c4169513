"""The category of a product, found as one types; a missing one is made on the categories' page."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.link_field import LinkField
from modules.catalog.links import category_links, find_category_links
from modules.catalog.selectors import CategoryRow


class CategoryField(LinkField):
    """A link whose value is the category's id, as drafts keep it."""

    def __init__(self, name: str, title: str) -> None:
        self._known: dict[UUID, LinkChoice] = {}
        super().__init__(name, title, provider=find_category_links, create="catalog.categories")

    def know(self, categories: Sequence[CategoryRow]) -> None:
        """Know what ids are called; what is looked up is asked afresh."""
        self._known = {choice.id: choice for choice in category_links(categories)}

    @override
    def read(self) -> Any:
        choice = super().read()
        if choice is not None:
            self._known[choice.id] = choice
        return None if choice is None else choice.id

    @override
    def show_value(self, value: Any) -> None:
        super().show_value(self._known.get(value))
