"""What pages of the ledger ask each other for, in the words of a filter line.

`account:530 date:01/03/2026..31/03/2026 branch:ALG` opens the ledger of the cash account in March.
"""

from datetime import date

from erp_desktop.ui.days import DATE, date_term, days_of

__all__ = [
    "ACCOUNT",
    "BRANCH",
    "DATE",
    "DOCUMENT",
    "JOURNAL",
    "PARTNER",
    "days_of",
    "ledger_of",
]

# Each field by its names in English, French and Arabic, folded.
JOURNAL = ("journal", "اليوميه")
ACCOUNT = ("account", "compte", "حساب")
DOCUMENT = ("document", "piece", "الوثيقه")
PARTNER = ("partner", "partenaire", "tiers", "المتعامل", "متعامل")
BRANCH = ("branch", "agence", "الفرع")


def ledger_of(account: str, days: tuple[date, date], branch: str = "") -> str:
    """Return what the ledger page is opened with."""
    only = f" branch:{branch}" if branch else ""
    return f"account:{account} {date_term(*days)}{only}"
