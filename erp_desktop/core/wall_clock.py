"""The wall clock of the company: what time and what day it is at its desks.

A computer may be set to another zone, or to none. The company's day begins where `core.zone` of
PostgreSQL says that it does: a sale at half past midnight belongs to the new day on every screen.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

ZONES = {"DZ": "Africa/Algiers", "MA": "Africa/Casablanca", "TN": "Africa/Tunis"}


class _Wall:
    """The one clock of this process; it follows the computer until the company is known."""

    zone: tzinfo | None = None


def follow(company: Mapping[str, str]) -> None:
    """Go by the time of a company from now on; one without a known country changes nothing."""
    if zone := ZONES.get(company.get("country", "")):
        _Wall.zone = ZoneInfo(zone)


def now() -> datetime:
    """Return this moment, in the company's zone."""
    return datetime.now(_Wall.zone).astimezone(_Wall.zone)


def today() -> date:
    """Return the day that it is at the company's desks."""
    return now().date()


def local(moment: datetime) -> datetime:
    """Return the same moment in the company's zone; one without a zone is taken as there."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_Wall.zone)
    return moment.astimezone(_Wall.zone)


def midnight(day: date) -> datetime:
    """Return when `day` begins at the company's desks."""
    return local(datetime.combine(day, time()))
