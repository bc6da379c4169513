"""What the dashboard asks other pages for, in the words of their filter lines."""

from datetime import timedelta

from erp_desktop.core import wall_clock
from erp_desktop.ui.days import date_term
from modules.dashboard.figures import Asked

TICKETS, SESSIONS, STOCK = "till.tickets", "till.sessions", "inventory.stock"
REVIEWS, LEDGER, INVOICES = "admin.reviews", "accounting.ledger", "sales.invoices"


def of_branch(asked: Asked, *words: str) -> str:
    """Return a filter line of the branch that is looked at."""
    branch = f"branch:{asked.branch}" if asked.branch else ""
    return " ".join(filter(None, (*words, branch)))


def of_days(asked: Asked) -> str:
    """Return a filter line of the days and the branch that are looked at."""
    # What was kept may be of an earlier day.
    if asked.days == 1 and asked.last_day == wall_clock.today():
        return of_branch(asked, "is:today")
    return of_branch(asked, days_term(asked))


def days_term(asked: Asked) -> str:
    """Return the days that are looked at, as a filter line names them."""
    return date_term(asked.last_day - timedelta(days=asked.days - 1), asked.last_day)


def of_month(asked: Asked) -> str:
    """Return a filter line of the month so far, in the branch that is looked at."""
    return of_branch(asked, date_term(asked.last_day.replace(day=1), asked.last_day))


def of_account(asked: Asked, account: str) -> str:
    """Return what opens the ledger of an account, in the month and the branch looked at."""
    days = date_term(asked.last_day.replace(day=1), asked.last_day)
    return of_branch(asked, f"account:{account}", days)
