"""What accounting tells the others: facts in the past tense."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
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
class YearClosed(Event):
    """The accounts of a year are closed, for now or for good."""

    topic: ClassVar[str] = "accounting.year_closed"
    year: int
    is_final: bool
