"""What inventory tells the others. PostgreSQL publishes it with the goods that moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from erp_desktop.core.events import Event


@dataclass(frozen=True)
class StockFell(Event):
    """Products fell to their reorder point, or below, in one branch.

    Attributes:
        products: What is left of each.
    """

    topic: ClassVar[str] = "inventory.stock_fell"

    branch_id: UUID
    products: Mapping[UUID, Decimal]

    @classmethod
    def read(cls, payload: Mapping[str, Any]) -> "StockFell":
        """Read what travelled."""
        products = {UUID(p["product_id"]): Decimal(str(p["on_hand"])) for p in payload["products"]}
        return cls(UUID(payload["branch_id"]), products)
