"""What accounting tells the others: facts in the past tense."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from erp_desktop.core.events import Event


@dataclass(frozen=True)
class PeriodClosed(Event):
    """A period takes no more entries; published by `accounting.close_period_v1`."""

    topic: ClassVar[str] = "accounting.period_closed"
    period_id: UUID
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class PeriodReopened(Event):
    """A period takes entries again; published by `accounting.close_period_v1`."""

    topic: ClassVar[str] = "accounting.period_reopened"
    period_id: UUID
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class TransferSent(Event):
    """Money is on its way to another branch; published by `accounting.send_transfer_v1`."""

    topic: ClassVar[str] = "accounting.transfer_sent"
    branch_id: UUID
    transfer_id: UUID
    number: str

    @classmethod
    def read(cls, payload: Mapping[str, Any]) -> "TransferSent":
        """Read what travelled."""
        branch, transfer = UUID(payload["branch_id"]), UUID(payload["transfer_id"])
        return cls(branch, transfer, payload["number"])


@dataclass(frozen=True)
class YearClosed(Event):
    """The accounts of a year are closed, for now or for good."""

    topic: ClassVar[str] = "accounting.year_closed"
    year: int
    is_final: bool
