"""When what is agreed with a party falls due."""

from datetime import date, timedelta


def due_date(dated_on: date, *, days: int, end_of_month: bool) -> date:
    """Return when what is bought on a day is due; the twin of `sales.due_date` in SQL."""
    due = dated_on + timedelta(days=days)
    if not end_of_month:
        return due
    return (due.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
