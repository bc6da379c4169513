"""The tree of categories."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.catalog.models import Category, Product
from modules.catalog.permissions import Permission

_BETWEEN = " › "


@dataclass(frozen=True, slots=True)
class CategoryRow(Bilingual):
    """A category; `products` is how many are right in it, not below."""

    id: UUID
    version: int
    parent_id: UUID | None
    code: str
    name: str
    name_ar: str
    is_active: bool
    products: int = 0


def list_categories(ctx: Context) -> list[CategoryRow]:
    """Return all categories by code, also those that are no longer used."""
    ctx.require(Permission.VIEW_PRODUCTS)
    inside = (
        select(Product.category_id, func.count().label("products"))
        .where(Product.category_id.is_not(None), Product.deleted_at.is_(None))
        .group_by(Product.category_id)
        .subquery()
    )
    own = (Category.id, Category.version, Category.parent_id, Category.code, Category.name)
    rest = (Category.name_ar, Category.is_active, func.coalesce(inside.c.products, 0))
    query = (
        select(*own, *rest)
        .outerjoin(inside, inside.c.category_id == Category.id)
        .order_by(Category.code)
    )
    return ctx.rows(CategoryRow, query)


def paths_of(categories: Sequence[CategoryRow], language: str) -> dict[UUID, str]:
    """Return each category with its way from the top, `Drinks › Juices`, in alphabetical order."""
    by_id = {category.id: category for category in categories}
    paths = {
        category.id: _BETWEEN.join(_names(category, by_id, language)) for category in categories
    }
    return dict(sorted(paths.items(), key=lambda pair: pair[1].casefold()))


def is_below(categories: Sequence[CategoryRow], inner: UUID, outer: UUID) -> bool:
    """Whether a category is another one, or somewhere below it."""
    by_id = {category.id: category for category in categories}
    return outer in {category.id for category in _way(by_id[inner], by_id)}


def _names(category: CategoryRow, by_id: dict[UUID, CategoryRow], language: str) -> list[str]:
    return [each.named(language) for each in reversed(_way(category, by_id))]


def _way(category: CategoryRow, by_id: dict[UUID, CategoryRow]) -> list[CategoryRow]:
    """Return a category and those above it, up to the top."""
    way = [category]
    while (parent := by_id.get(way[-1].parent_id)) is not None:  # type: ignore[arg-type]
        way.append(parent)
    return way
