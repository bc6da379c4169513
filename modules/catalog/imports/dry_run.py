"""What an import would do to the catalog as it is now."""

from functools import partial

from erp_desktop.core.context import Context
from erp_desktop.imports.checking import Plan, check_table
from erp_desktop.imports.kinds import Progress
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.imports.tables import Table
from modules.catalog.imports.products import ProductKind
from modules.catalog.permissions import Permission
from modules.catalog.selectors import get_product, known_products
from modules.catalog.services import ImportDraft


def get_product_kind(ctx: Context) -> ProductKind:
    """Return what can be imported, where these units and taxes exist."""
    ctx.require(Permission.IMPORT_PRODUCTS)
    return ProductKind(get_product(ctx, None))


def dry_run(
    ctx: Context,
    table: Table,
    options: ImportOptions,
    kind: ProductKind,
    *,
    progress: Progress = lambda _done, _total, _doing: None,
) -> Plan[ImportDraft]:
    """Return what importing a file would write, change and leave out; nothing is written.

    Raises:
        NotAllowedError: The user may not import products.
        CancelledError: The user has cancelled.
    """
    ctx.require(Permission.IMPORT_PRODUCTS)
    return check_table(table, options, kind, partial(known_products, ctx), progress)
