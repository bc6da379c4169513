"""Months as the ledger's pages offer and write them."""

from calendar import monthrange
from datetime import date

_YEARS_BACK = 5


def months_until(day: date) -> list[date]:
    """Return the first days of the months that can be chosen, newest first."""
    years = range(day.year, day.year - _YEARS_BACK, -1)
    return [date(year, month, 1) for year in years for month in range(12, 0, -1)]


def month_choices(day: date) -> list[tuple[date, str]]:
    """Return the same months as a field offers them, each with what it is called."""
    return [(month, f"{month:%m/%Y}") for month in months_until(day)]


def last_day(month: date) -> date:
    """Return the last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of a day's month."""
    return day.replace(day=1), last_day(day)
