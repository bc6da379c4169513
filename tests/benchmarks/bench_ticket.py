"""Pricing and taxing a ticket of a hundred lines for each key, against the bare arithmetic.

Ours changes a quantity, prices the product by quantity again, reckons discounts, three tax rates
and what each line leaves in stock. Bare are one product and one rounding for each line, and the
taxes of the three sums. A frame of the screen lasts 16 ms.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from erp_desktop.core.money import DZD
from modules.till.open_ticket import OpenTicket
from modules.till.shelf import offers_of
from tests.benchmarks.harness import Contest, Result, compare, report
from tests.till.shops import Shelf, open_till

LINES, ROUNDS = 100, 400
LIMIT, P95_LIMIT = 20.0, 16.0
DAY = date(2026, 11, 25)
RATES = {"TVA19": Decimal("0.19"), "TVA9": Decimal("0.09"), "EXO": Decimal(0)}
CENT = Decimal("0.01")


def _shelf(shelf: Shelf) -> None:
    for number in range(LINES):
        tax = list(RATES)[number % len(RATES)]
        shelf.product(f"P{number:03d}", f"Produit {number}", price=f"{119 + number}.50", tax=tax)


@contextmanager
def _full_ticket() -> Iterator[OpenTicket]:
    with tempfile.TemporaryDirectory() as folder, open_till(Path(folder), _shelf) as till:
        ticket = OpenTicket(DZD)
        for number in range(LINES):
            (offer,) = offers_of(till, f"P{number:03d}", DAY)
            ticket.add(offer, Decimal(2))
        ticket.discount_all(Decimal("0.05"))
        yield ticket


def _press(ticket: OpenTicket, number: int) -> object:
    """Change a quantity and reckon what the page shows, as a key does."""
    ticket.place = number % LINES
    ticket.set_quantity(Decimal(number % 7 + 1))
    return ticket.rows, ticket.totals


def _reckon_barely(ticket: OpenTicket) -> object:
    sums = dict.fromkeys(RATES, Decimal(0))
    for line in ticket.draft.lines:
        amount = line.quantity * line.unit_price * Decimal("0.95")
        sums[line.plan.code] += amount.quantize(CENT, rounding=ROUND_HALF_UP)
    return [
        (amount / (1 + RATES[code])).quantize(CENT, rounding=ROUND_HALF_UP)
        for code, amount in sums.items()
    ]


def measure() -> list[Result]:
    """Reckon the same ticket both ways by turns."""
    with _full_ticket() as ticket:
        contest = Contest(lambda number: _press(ticket, number), lambda _: _reckon_barely(ticket))
        name = f"a key stroke on a ticket of {LINES} lines"
        return [compare(name, contest, rounds=ROUNDS, limit=LIMIT, p95_limit=P95_LIMIT)]


if __name__ == "__main__":
    sys.exit(report(measure()))
