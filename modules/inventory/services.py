"""Changes inventory can make. Goods move through the gate; each function writes one command."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from modules.inventory.opening import OpeningLine, payload

OPEN_STOCK = "inventory.open_stock_v1"

# A command is read and answered whole: small enough for a slow line, large enough for a branch.
_MOST_LINES = 2000


def opening_commands(branch_id: UUID, lines: Sequence[OpeningLine]) -> list[dict[str, Any]]:
    """Return the payloads of `OPEN_STOCK` that book these lines, those without mistakes."""
    good = [line for line in lines if not line.wrong]
    starts = range(0, len(good), _MOST_LINES)
    return [payload(branch_id, good[start : start + _MOST_LINES]) for start in starts]
