"""The front door of inventory: what other modules may ask of it."""

from decimal import Decimal
from uuid import UUID

from erp_desktop.workstation.workstation import Workstation
from modules.inventory.replica import STOCK


def on_hand(workstation: Workstation, product_id: UUID) -> Decimal:
    """Return what this branch has, less what it sold here and head office does not know yet."""
    key = str(product_id)
    row = workstation.replica.get(STOCK.id, key)
    known: Decimal = row["on_hand"] if row else Decimal(0)
    return known + workstation.journal.pending(STOCK.id, key)
