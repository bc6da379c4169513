"""Keeping categories."""

from dataclasses import dataclass
from uuid import UUID

from erp_desktop.core.context import Context
from modules.catalog.permissions import Permission
from modules.catalog.selectors import CategoryRow


@dataclass(frozen=True, slots=True)
class CategoryDraft:
    """A category as it is to be kept; an empty code becomes the next free one."""

    parent_id: UUID | None = None
    code: str = ""
    name: str = ""
    name_ar: str = ""
    is_active: bool = True

    @classmethod
    def of(cls, category: CategoryRow) -> "CategoryDraft":
        """Return a category as it is kept now."""
        return cls(**{name: getattr(category, name) for name in cls.__dataclass_fields__})


def save_category(
    ctx: Context, category_id: UUID, draft: CategoryDraft, *, version: int | None = None
) -> int:
    """Keep a category, and return its new version.

    Raises:
        NotAllowedError: The user may not edit products.
        StaleRecordError: Somebody changed it after the user read `version`.
        CategoryCodeTakenError: Another category has the code.
        CategoryNameMissingError: Code or name is missing or too long.
        CategoryCycleError: It would be below itself.
        ParentInactiveError: The category above it is no longer used.
        CategoryHasOthersError: Others below it are still used.
    """
    ctx.require(Permission.EDIT_PRODUCTS)
    parent = None if draft.parent_id is None else str(draft.parent_id)
    told = {
        "id": str(category_id),
        "version": version,
        "parent_id": parent,
        "code": draft.code,
        "name": draft.name,
        "name_ar": draft.name_ar,
        "is_active": draft.is_active,
    }
    return int(ctx.call("catalog.save_category_v1", told))
