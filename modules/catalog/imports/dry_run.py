"""What an import would do to the catalog as it is now."""

from functools import partial

from erp_desktop.core.context import Context
from modules.catalog.imports.checking import Plan, Progress, check_table
from modules.catalog.imports.reading import Table
from modules.catalog.imports.rows import ImportOptions
from modules.catalog.permissions import Permission
from modules.catalog.selectors import ProductSheet, known_products


def dry_run(
    ctx: Context,
    table: Table,
    options: ImportOptions,
    sheet: ProductSheet,
    *,
    progress: Progress = lambda _done, _total, _doing: None,
) -> Plan:
    """Return what importing a file would write, change and leave out; nothing is written.

    Raises:
        NotAllowedError: The user may not import products.
        CancelledError: The user has cancelled.
    """
    ctx.require(Permission.IMPORT_PRODUCTS)
    return check_table(table, options, sheet, partial(known_products, ctx), progress)
