"""MT940: the statement of SWIFT, read by the library mt-940, and proved by its balances.

The library passes over what it cannot read; then the movements do not lead to the closing balance,
and nothing is taken.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import mt940

from erp_desktop.imports.problems import Problem
from modules.accounting.bank_files import problems
from modules.accounting.bank_files.statement import Statement, StatementLine

_BEGINS = re.compile(r"^:20:", re.MULTILINE)
# RC takes a credit back, RD a debit.
_SIGNS = {"C": 1, "RD": 1, "D": -1, "RC": -1}
_NO_REFERENCE = "NONREF"


def is_mt940(text: str) -> bool:
    """Whether a text begins as messages of SWIFT do, with or without their envelope."""
    return bool(_BEGINS.search(text[:500]))


def read_mt940(text: str) -> tuple[list[Statement], list[Problem]]:
    """Return the statements of a file, and all that is wrong with it.

    Nothing may be imported while there are problems.
    """
    statements: list[Statement] = []
    wrong: list[Problem] = []
    for row, message in _messages(text):
        found = _read(row, message)
        if isinstance(found, Problem):
            wrong.append(found)
        else:
            statements.append(found)
    if not statements and not wrong:
        wrong.append(Problem(1, 0, "mt940", "", problems.FILE_EMPTY))
    return statements, wrong


def _messages(text: str) -> Iterator[tuple[int, str]]:
    """Yield each message with the row in which it begins."""
    places = [found.start() for found in _BEGINS.finditer(text)]
    for begin, end in zip(places, [*places[1:], len(text)], strict=True):
        yield text.count("\n", 0, begin) + 1, text[begin:end]


def _read(row: int, message: str) -> Statement | Problem:
    try:
        told: Any = mt940.parse(message)
    except (RuntimeError, ValueError, ArithmeticError):
        # A tag that does not look as it must.
        return Problem(row, 0, "mt940", "", problems.FIELD_UNREADABLE, {"field": ":61:, :60F:"})
    opening, closing = (told.data.get(f"final_{each}_balance") for each in ("opening", "closing"))
    for balance, field in ((opening, ":60F:"), (closing, ":62F:")):
        if balance is None:
            return Problem(row, 0, "mt940", "", problems.FIELD_MISSING, {"field": field})
    lines = tuple(map(_line, told))
    first, last = opening.amount.amount, closing.amount.amount
    expected = first + sum((line.amount for line in lines), Decimal(0))
    if expected != last:
        details = {"expected": str(expected)}
        return Problem(row, 0, "mt940", str(last), problems.BALANCE_WRONG, details)
    return Statement(
        told.data.get("account_identification", ""),
        opening.amount.currency,
        _day(opening.date),
        first,
        _day(closing.date),
        last,
        lines,
    )


def _line(told: Any) -> StatementLine:
    data = told.data
    valued_on = _day(data["date"])
    references = (data.get("customer_reference"), data.get("bank_reference"))
    said = [data.get("transaction_details"), data.get("extra_details")]
    return StatementLine(
        _day(data.get("entry_date") or valued_on),
        valued_on,
        abs(data["amount"].amount) * _SIGNS[data["status"]],
        " ".join(" ".join(filter(None, said)).split()),
        next((each for each in references if each and each != _NO_REFERENCE), ""),
    )


def _day(told: date) -> date:
    """Return a plain day: those of the library are of a class of its own."""
    return date(told.year, told.month, told.day)
