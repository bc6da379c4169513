"""What a till believes is on the shelf: the feed's figure, less what it sold itself meanwhile."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from erp_desktop.core.commands import uuid7
from erp_desktop.workstation.replica import Replica
from erp_desktop.workstation.store import IN_MEMORY
from erp_desktop.workstation.workstation import Workstation
from modules.inventory.api import on_hand
from modules.inventory.replica import STOCK

COFFEE, TEA = uuid7(), uuid7()


def desk(sold: dict[UUID, Decimal]) -> Workstation:
    """A workstation that knows of 10 coffees, and has sold what head office does not know."""
    replica = Replica(IN_MEMORY, b"0" * 32, [STOCK])
    answer: dict[str, Any] = {
        "server": {"system": "1", "timeline": 1, "epoch": 1, "now": "2026-03-01T10:00:00+00:00"},
        "position": {"seen": "1:1:"},
        "more": False,
        "reset": False,
        "rows": {STOCK.id: [{"product_id": str(COFFEE), "on_hand": "10.5"}]},
        "gone": [],
    }
    replica.apply(answer)
    journal = SimpleNamespace(pending=lambda _set, key: sold.get(UUID(key), Decimal(0)))
    return cast("Workstation", SimpleNamespace(replica=replica, journal=journal))


def test_own_sales_count_before_head_office_knows_them() -> None:
    workstation = desk({COFFEE: Decimal(-3)})

    assert on_hand(workstation, COFFEE) == Decimal("7.5")


def test_a_product_that_never_was_there_is_at_nothing_less_own_sales() -> None:
    workstation = desk({TEA: Decimal(-1)})

    assert on_hand(workstation, TEA) == -1
    assert on_hand(workstation, uuid7()) == 0
