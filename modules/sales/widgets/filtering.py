"""What the filter lines of sales understand, in three languages: names folded, days, amounts."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.context import Branch
from erp_desktop.ui.entry import parse_amount
from erp_desktop.ui.filters import Query, Term

NUMBER = ("number", "numero", "رقم", "الرقم")
CUSTOMER = ("customer", "client", "زبون", "الزبون")
REFERENCE = ("reference", "ref", "مرجع", "المرجع")
BRANCH = ("branch", "agence", "فرع", "الفرع")
TOTAL = ("total", "montant", "المجموع")


def branch_in(query: Query, branches: Iterable[Branch]) -> UUID | None:
    """Return the branch that is asked for; one that the user does not see has nothing."""
    code = query.value(*BRANCH).upper()
    known = {branch.code: branch.id for branch in branches}
    return known.get(code, UUID(int=0)) if code else None


def amounts_in(query: Query) -> tuple[Decimal | None, Decimal | None]:
    """Return both ends of `total:100..500`; nonsense asks nothing."""
    term = _term(query, TOTAL)
    if term is None:
        return None, None
    least = _amount(term.value)
    return least, least if term.until is None else _amount(term.until)


def _term(query: Query, names: tuple[str, ...]) -> Term | None:
    return next((term for term in query.terms if term.field in names), None)


def _amount(text: str) -> Decimal | None:
    try:
        return parse_amount(text) if text else None
    except ValueError:
        return None
