"""Lines that can be understood, and why the others cannot."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from modules.sales.history.codes import product_code
from modules.sales.history.reading import RawLine
from modules.sales.history.reasons import Reason

_LIMIT = Decimal(10) ** 12
# A file writes the same numbers, moments and names again and again: each is read once.
_FEW = 1 << 16
_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M")


class Line(NamedTuple):
    """One line of an invoice; `code` and `name` are cleaned, nothing else is.

    Attributes:
        price: Of one unit, as the file has it.
        at: When, by the shop's clock.
    """

    row: int
    invoice: str
    code: str
    name: str
    quantity: Decimal
    at: datetime
    price: Decimal
    customer: str
    country: str

    @property
    def value(self) -> Decimal:
        """Quantity by price, not rounded."""
        return self.quantity * self.price


class Rejected(NamedTuple):
    """A line that cannot be booked.

    Attributes:
        value: Quantity by price where both can be read, else nothing.
    """

    row: int
    invoice: str
    code: str
    reason: Reason
    value: Decimal = Decimal(0)


def read_line(raw: RawLine) -> Line | Rejected:
    """Return a line of the file as it is meant, or why nobody can tell."""
    quantity, price, at = _number(raw.quantity), _number(raw.price), _moment(raw.at)
    invoice, code = raw.invoice.strip(), product_code(raw.code)
    value = quantity * price if quantity is not None and price is not None else Decimal(0)

    def rejected(reason: Reason) -> Rejected:
        return Rejected(raw.row, invoice, code, reason, value)

    if not invoice:
        return rejected(Reason.NO_INVOICE)
    if not code or len(code) > 40:
        return rejected(Reason.NO_PRODUCT)
    if quantity is None or quantity == 0:
        return rejected(Reason.NO_QUANTITY)
    if price is None:
        return rejected(Reason.NO_PRICE)
    if at is None:
        return rejected(Reason.NO_DATE)
    name = _words(raw.name)
    return Line(
        raw.row, invoice, code, name, quantity, at, price, raw.customer.strip(), raw.country.strip()
    )


@lru_cache(_FEW)
def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < _LIMIT else None


@lru_cache(_FEW)
def _moment(text: str) -> datetime | None:
    for form in _FORMS:
        try:
            return datetime.strptime(text.strip(), form)  # noqa: DTZ007 - the shop's own clock
        except ValueError:
            continue
    return None


@lru_cache(_FEW)
def _words(text: str) -> str:
    return " ".join(text.split())[:200]
