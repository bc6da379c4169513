"""What pages of the ledger ask each other for, in the words of a filter line.

`account:530 date:01/03/2026..31/03/2026 branch:ALG` opens the ledger of the cash account in March.
"""

from datetime import date

from erp_desktop.ui.entry import parse_day
from erp_desktop.ui.filters import Query

# Each field by its names in English, French and Arabic, folded.
JOURNAL = ("journal", "اليوميه")
ACCOUNT = ("account", "compte", "حساب")
DOCUMENT = ("document", "piece", "الوثيقه")
DATE = ("date", "التاريخ")
BRANCH = ("branch", "agence", "الفرع")

Days = tuple[date | None, date | None]


def days_of(query: Query, today: date) -> Days:
    """Return the days that `date:a..b` or `date:a` means; what cannot be read yet is open."""
    for term in query.terms:
        if term.field in DATE:
            since = _day(term.value, today)
            until = _day(term.until, today) if term.until is not None else since
            return since, until
    return None, None


def ledger_of(account: str, days: tuple[date, date], branch: str = "") -> str:
    """Return what the ledger page is opened with."""
    since, until = (f"{day:%d/%m/%Y}" for day in days)
    only = f" branch:{branch}" if branch else ""
    return f"account:{account} date:{since}..{until}{only}"


def _day(text: str, today: date) -> date | None:
    try:
        return parse_day(text, today) if text else None
    except ValueError:
        return None
