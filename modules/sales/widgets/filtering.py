"""What the filter lines of sales understand, in three languages: names folded, days, amounts."""

from datetime import date
from decimal import Decimal

from erp_desktop.ui.entry import parse_amount, parse_day
from erp_desktop.ui.filters import Query, Term

NUMBER = ("number", "numero", "رقم", "الرقم")
CUSTOMER = ("customer", "client", "زبون", "الزبون")
REFERENCE = ("reference", "ref", "مرجع", "المرجع")
DATE = ("date", "التاريخ")
TOTAL = ("total", "montant", "المجموع")


def days_in(query: Query, today: date) -> tuple[date | None, date | None]:
    """Return both ends of `date:1/3..15/3`; what cannot be read yet is open."""
    term = _term(query, DATE)
    if term is None:
        return None, None
    since = _day(term.value, today)
    return since, since if term.until is None else _day(term.until, today)


def amounts_in(query: Query) -> tuple[Decimal | None, Decimal | None]:
    """Return both ends of `total:100..500`; nonsense asks nothing."""
    term = _term(query, TOTAL)
    if term is None:
        return None, None
    least = _amount(term.value)
    return least, least if term.until is None else _amount(term.until)


def _term(query: Query, names: tuple[str, ...]) -> Term | None:
    return next((term for term in query.terms if term.field in names), None)


def _day(text: str, today: date) -> date | None:
    try:
        return parse_day(text, today) if text else None
    except ValueError:
        return None


def _amount(text: str) -> Decimal | None:
    try:
        return parse_amount(text) if text else None
    except ValueError:
        return None
