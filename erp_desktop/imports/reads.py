"""Readers of cells that all kinds of import share: each returns a value, or notes why not."""

import html
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Protocol

from erp_desktop.core.money import CURRENCIES, Currency, round_money
from erp_desktop.core.search import fold
from erp_desktop.imports import problems
from erp_desktop.imports.amounts import LIMIT, is_ambiguous, read_amount
from erp_desktop.imports.cells import Figure, Moment
from erp_desktop.imports.fields import Read
from erp_desktop.imports.problems import Note, What

_SPACES = re.compile(r"\s+")
# What a spreadsheet shows of a number with too many digits.
_SHORTENED = re.compile(r"\d[.,]?\d*[eE]\+?\d+")


class Named(Protocol):
    """Something to choose, with a code and a name in two languages."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def name(self) -> str:
        """Its name in French or English."""

    @property
    def name_ar(self) -> str:
        """Its name in Arabic."""


def text(most: int) -> Read:
    """Read words: one line, without what belongs to the web."""

    def read(cell: str, note: Note) -> str | None:
        words = _SPACES.sub(" ", html.unescape(cell)).strip()
        if len(words) <= most:
            return words
        note(problems.TEXT_TOO_LONG, most=most)
        return None

    return read


def code(most: int) -> Read:
    """Read a code, as it was typed and not as a spreadsheet understood it."""

    def read(cell: str, note: Note) -> str | None:
        if not is_kept(cell, note):
            return None
        if len(cell) <= most:
            return str(cell)
        note(problems.CODE_TOO_LONG, most=most)
        return None

    return read


def is_kept(cell: str, note: Note) -> bool:
    """Whether all digits of a code are there; a spreadsheet may have lost some."""
    if isinstance(cell, Moment):
        note(problems.CODE_DATED)
    elif _SHORTENED.fullmatch(cell):
        note(problems.CODE_SHORTENED)
    else:
        return True
    return False


def amount(currency: str) -> Read:
    """Read an amount of money, with the decimals of its currency."""
    money = CURRENCIES[currency]

    def read(cell: str, note: Note) -> Decimal | None:
        value = read_amount(cell)
        if value is None or abs(value) >= LIMIT:
            wrong = problems.AMOUNT_UNREADABLE
        elif value < 0:
            wrong = problems.AMOUNT_NEGATIVE
        elif not isinstance(cell, Figure) and is_ambiguous(cell, money.decimals):
            wrong = problems.AMOUNT_AMBIGUOUS
        else:
            return _rounded(value, money, note)
        note(wrong)
        return None

    return read


def _rounded(value: Decimal, money: Currency, note: Note) -> Decimal:
    rounded = round_money(value, money)
    if rounded != value:
        note(problems.AMOUNT_ROUNDED, amount=str(rounded))
    return rounded


def quantity(cell: str, note: Note) -> Decimal | None:
    """Read how many, or how much, of something; zero is a quantity."""
    value = read_amount(cell)
    if value is not None and 0 <= value < LIMIT:
        return value
    note(problems.QUANTITY_UNREADABLE)
    return None


def choice(words: Mapping[str, str], unknown: What, known: str) -> Read:
    """Read one of a few.

    Args:
        words: What people write, folded, and what they mean by it.
        unknown: What is wrong with other words.
        known: What can be written, for people to read.
    """

    def read(cell: str, note: Note) -> str | None:
        meant = words.get(fold(cell))
        if meant is None:
            note(unknown, known=known)
        return meant

    return read


def named(choices: Iterable[Named]) -> dict[str, str]:
    """Return what people write for a choice: its code, or its name in either language."""
    return {
        fold(word): each.code
        for each in choices
        for word in (each.name_ar, each.name, each.code)
        if word
    }
