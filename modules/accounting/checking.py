"""The nightly look at the books: accountants hear of what differs."""

from collections import Counter
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_
from modules.accounting.permissions import Permission
from modules.accounting.selectors import check_books

# Translated when it is shown, to each reader in their own language.
DIFFERS = N_(
    "Figures in the books differ from what is kept beside them: {found}. Look at the page Checks "
    "of the books, and call the administrator."
)


def tell_of_differences(ctx: Context) -> int:
    """Check the books and tell the accountants of each branch what differs, once a day.

    What all branches share is told in the first of them. Returns how many branches were told.

    Raises:
        NotAllowedError: Only the worker may.
    """
    ctx.require(Permission.ROLL_LEDGER)
    found: Counter[UUID] = Counter()
    for check in check_books(ctx, ctx.today):
        if check.found:
            found[check.branch_id or ctx.call("core.branches")[0]] += 1
    for branch, number in found.items():
        about = f"accounting.books/{branch}/{ctx.today}"
        details = {"found": str(number)}
        permission = str(Permission.POST_ENTRIES)
        ctx.call("core.notify_v1", branch, permission, about, DIFFERS, details)
    return len(found)
