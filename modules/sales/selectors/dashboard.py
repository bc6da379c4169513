"""What a manager wants to see of sales on a day; one round trip."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from erp_desktop.core.context import Context
from modules.sales.permissions import Permission
from modules.sales.selectors.reading import typed


@dataclass(frozen=True, slots=True)
class SalesFigures:
    """Invoices and payments in the branches of the user; credit notes are taken off.

    Attributes:
        invoiced_day: Without taxes, of the day; `invoiced_month` of its month until then.
        margin_month: What the month's invoices leave after the cost of their goods.
        open: What customers owe on invoices; `overdue` what of it should have been paid.
        advances: Payments and credit notes that settle nothing yet.
        received_day: Payments of the day by way of paying.
    """

    currency: str
    invoiced_day: Decimal
    invoiced_month: Decimal
    margin_month: Decimal
    invoices_day: int
    invoices_month: int
    drafts: int
    open: Decimal
    overdue: Decimal
    overdue_count: int
    advances: Decimal
    received_month: Decimal
    received_day: Mapping[str, Decimal]


def figures(ctx: Context, day: date) -> SalesFigures:
    """Return the figures of a day and its month.

    Raises:
        NotAllowedError: The user may not see invoices.
    """
    ctx.require(Permission.INVOICE_VIEW)
    given = ctx.call("sales.figures_v1", day)
    received = {method: Decimal(amount) for method, amount in given["received_day"].items()}
    return typed(SalesFigures, {**given, "received_day": received})
