"""How typed numbers and dates are read: arithmetic, both separators, Arabic-Indic digits, steps.

`12*3,5` is 42; `1 234,50` and `1,234.50` are the same; `15/3` is the fifteenth of March.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from erp_desktop.core.i18n import N_, _

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬×÷−–", "01234567890123456789.'*/--")
_SILENT = re.compile("[\\s'\u00a0\u202f\u200e\u200f\u061c\u2066-\u2069]")
_TOKEN = re.compile(r"[\d.,]+|[-+*/()]")
_LIMIT = Decimal(10) ** 15
# The upper row of a French keyboard without Shift; MAGHREB.md 7.3.
_FRENCH_SIGNS = "à&é\"'(-è_ç"
_FRENCH_ROW = str.maketrans(_FRENCH_SIGNS, "0123456789")
# What no number and no sum has: where one of these stands, the row was meant.
_UNSHIFTED = frozenset('à&é"è_ç')

NOT_A_NUMBER = N_("This is not a number. Type one such as 1250,50 or a sum such as 12*3,5.")
NOT_A_DATE = N_("This is not a date. Type 15/3, 15/3/2026, 0 for today or +3 for in three days.")


def western(text: str) -> str:
    """Return `text` with Western digits and operators."""
    return text.translate(_DIGITS)


def unshifted(text: str) -> str:
    """Return digits where somebody typed the upper row of a French keyboard without Shift."""
    return text.translate(_FRENCH_ROW) if _UNSHIFTED & set(text) else text


def only_digits(text: str) -> str:
    """Return the digits of a text, in whatever script or row they were typed."""
    plain = western(text.translate(_FRENCH_ROW))
    return "".join(letter for letter in plain if letter.isdecimal())


def parse_amount(text: str) -> Decimal:
    """Read a number or a sum.

    Raises:
        ValueError: It is neither, in the user's words.
    """
    try:
        return _amount(unshifted(text))
    except ValueError:
        # `(` and `'` are signs as well as 5 and 4 of that row; alone they are no number.
        row = text.strip()
        if not row or set(row) - set(_FRENCH_SIGNS):
            raise
        return _amount(row.translate(_FRENCH_ROW))


def _amount(text: str) -> Decimal:
    plain = _SILENT.sub("", western(text))
    tokens = _TOKEN.findall(plain)
    if not tokens or "".join(tokens) != plain:
        raise ValueError(_(NOT_A_NUMBER))
    try:
        value = _Sum(tokens).value()
    except (InvalidOperation, IndexError, ZeroDivisionError):
        raise ValueError(_(NOT_A_NUMBER)) from None
    if abs(value) >= _LIMIT:
        raise ValueError(_(NOT_A_NUMBER))
    return value


def _number(text: str) -> Decimal:
    """Read digits with separators: the last kind of separator is the decimal one."""
    last = max(text.rfind(","), text.rfind("."))
    if last < 0:
        return Decimal(text)
    sign = text[last]
    other = "." if sign == "," else ","
    if text.count(sign) > 1:  # 1.234.567: thousands
        if other in text:
            raise InvalidOperation
        return Decimal(text.replace(sign, ""))
    return Decimal(text.replace(other, "").replace(sign, "."))


class _Sum:
    """Reads `+ - * /` and brackets; never Python's `eval`."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = [*tokens, ""]
        self._place = 0

    def value(self) -> Decimal:
        total = self._terms()
        if self._tokens[self._place]:
            raise InvalidOperation
        return total

    def _take(self) -> str:
        self._place += 1
        return self._tokens[self._place - 1]

    def _next_is(self, signs: str) -> bool:
        following = self._tokens[self._place]
        return bool(following) and following in signs

    def _terms(self) -> Decimal:
        total = self._factors()
        while self._next_is("+-"):
            sign = 1 if self._take() == "+" else -1
            total += sign * self._factors()
        return total

    def _factors(self) -> Decimal:
        product = self._one()
        while self._next_is("*/"):
            product = product * self._one() if self._take() == "*" else product / self._one()
        return product

    def _one(self) -> Decimal:
        first = self._take()
        if first in {"-", "+"}:
            return -self._one() if first == "-" else self._one()
        if first == "(":
            inner = self._terms()
            if self._take() != ")":
                raise InvalidOperation
            return inner
        return _number(first)


def parse_day(text: str, today: date) -> date:
    """Read a date: `0`, `+3`, `-1`, `+2w`, `15`, `15/3`, `15/3/26`, `2026-03-15`.

    Raises:
        ValueError: It is none of these, in the user's words.
    """
    plain = _SILENT.sub("", western(text)).replace(".", "/").lower()
    try:
        return _day(plain, today)
    except (ValueError, OverflowError):
        raise ValueError(_(NOT_A_DATE)) from None


def _day(plain: str, today: date) -> date:
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", plain):
        year, month, day = map(int, plain.split("-"))
        return date(year, month, day)
    stepped = re.fullmatch(r"([-+]\d+)([dwmy]?)", plain)
    if stepped:
        return step_day(today, int(stepped[1]), stepped[2] or "d")
    if plain == "0":
        return today
    parts = [int(part) for part in re.split(r"[/-]", plain)]
    return _from_parts(parts, today)


def _from_parts(parts: list[int], today: date) -> date:
    day, month, year = [*parts, *(today.month, today.year)[len(parts) - 1 :]]
    if year < 100:
        year += 2000
    return date(year, month, day)


def step_day(day: date, steps: int, unit: str) -> date:
    """Move a date by days, weeks, months or years (`d`, `w`, `m`, `y`)."""
    if unit in {"d", "w"}:
        return day + timedelta(days=steps * (7 if unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + steps * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
