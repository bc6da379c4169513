"""The days that a filter line names: `date:1/3..31/3`, `date:15/3`."""

from datetime import date

from erp_desktop.ui.entry import parse_day
from erp_desktop.ui.filters import Query

# The field's names in English, French and Arabic, folded.
DATE = ("date", "التاريخ")

Days = tuple[date | None, date | None]


def days_of(query: Query, today: date) -> Days:
    """Return the days that `date:a..b` or `date:a` means; what cannot be read yet is open."""
    for term in query.terms:
        if term.field in DATE:
            since = _day(term.value, today)
            until = _day(term.until, today) if term.until is not None else since
            return since, until
    return None, None


def date_term(first: date, last: date) -> str:
    """Return what asks a filter line for these days."""
    return f"date:{first:%d/%m/%Y}..{last:%d/%m/%Y}"


def _day(text: str, today: date) -> date | None:
    try:
        return parse_day(text, today) if text else None
    except ValueError:
        return None
