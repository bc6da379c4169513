"""What every report over days or months checks first."""

from datetime import date

from modules.accounting.errors import PeriodRangeEmptyError


def require_range(first_day: date, last_day: date) -> None:
    """Refuse what ends before it begins.

    Raises:
        PeriodRangeEmptyError: It does.
    """
    if last_day < first_day:
        raise PeriodRangeEmptyError
