"""What inventory does when it is told that something happened; safe to run twice."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import column, select, table

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_
from modules.inventory.events import StockFell
from modules.inventory.permissions import Permission

# Translated when it is shown, to each reader in their own language.
LOW = N_("{product} is running low: {on_hand} left.")


def tell_of_low_stock(ctx: Context, payload: Mapping[str, Any]) -> None:
    """Tell the branch which products fell to their reorder point: once per product and day."""
    event = StockFell.read(payload)
    products = table("products", column("id"), column("code"), column("name"), schema="catalog")
    known = select(*products.c).where(products.c.id.in_(list(event.products)))
    for product_id, code, name in ctx.connection.execute(known).all():
        _tell(ctx, event, product_id, f"{code} {name}")


def _tell(ctx: Context, event: StockFell, product_id: UUID, product: str) -> None:
    left: Decimal = event.products[product_id]
    about = f"inventory.low/{event.branch_id}/{product_id}/{ctx.today}"
    details = {"product": product, "on_hand": f"{left:f}", "product_id": str(product_id)}
    permission = str(Permission.VIEW_STOCK)
    ctx.call("core.notify_v1", event.branch_id, permission, about, LOW, details)
