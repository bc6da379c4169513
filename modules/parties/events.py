"""What parties tell the others. PostgreSQL publishes it with the merge."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from erp_desktop.core.events import Event


@dataclass(frozen=True)
class PartiesMerged(Event):
    """Two records turned out to be one party; the merged one is closed and means the kept one."""

    topic: ClassVar[str] = "parties.merged"

    kept_id: UUID
    merged_id: UUID

    @classmethod
    def read(cls, payload: Mapping[str, Any]) -> "PartiesMerged":
        """Read what travelled."""
        return cls(UUID(payload["kept_id"]), UUID(payload["merged_id"]))
