"""What a user may be allowed to do with the catalog."""

from enum import StrEnum


class Permission(StrEnum):
    """A right, as `core.permit` writes it."""

    VIEW_PRODUCTS = "catalog.product.view"
    EDIT_PRODUCTS = "catalog.product.edit"
    IMPORT_PRODUCTS = "catalog.product.import"
