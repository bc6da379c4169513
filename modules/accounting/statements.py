"""Financial statements: what a formula says of the balances of accounts. Pure; amounts are exact.

A formula is words with spaces between them, each added or, after a minus, taken away:

| word   | means |
|--------|-------|
| `41`   | the balance of all accounts whose code begins so, seen from the line's side |
| `D41`  | the same, but only of accounts that have a debit balance |
| `C41`  | the same, but only of accounts that have a credit balance |
| `#A01` | the figure of another line of the statement, seen from that line's side |
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from modules.accounting.statement_errors import (
    FormulaCircularError,
    FormulaLineUnknownError,
    FormulaUnreadableError,
)

Side = Literal["", "debit", "credit"]
Balances = Mapping[str, Decimal]

_ZERO = Decimal(0)
_WORD = re.compile(r"(?P<sign>[-+]?)(?:#(?P<line>\w{1,12})|(?P<only>[DC]?)(?P<prefix>[0-9]{1,12}))")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a formula.

    Attributes:
        sign: 1, or -1 where it is taken away.
        line: The code of another line; empty for accounts.
        prefix: How the codes of its accounts begin.
        only: `D` or `C` for accounts with a balance on that side; empty for all.
    """

    sign: int
    line: str = ""
    prefix: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class FormulaLine:
    """A line as it is reckoned.

    Attributes:
        side: On which side its figures are positive; a head has none.
        first: The formula of its first figure.
        second: That of its second one, if the statement has two.
    """

    code: str
    side: Side
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a line amounts to, in the company's currency."""

    first: Decimal = _ZERO
    second: Decimal = _ZERO


@lru_cache(maxsize=4096)
def parse(formula: str, line: str = "") -> tuple[Word, ...]:
    """Return the words of a formula.

    Raises:
        FormulaUnreadableError: One of them means nothing.
    """
    return tuple(_word(text, line) for text in formula.split())


def _word(text: str, line: str) -> Word:
    found = _WORD.fullmatch(text)
    if found is None:
        raise FormulaUnreadableError(word=text, line=line)
    sign = -1 if found["sign"] == "-" else 1
    return Word(sign, found["line"] or "", found["prefix"] or "", found["only"] or "")


def reckon_lines(lines: Sequence[FormulaLine], balances: Balances) -> dict[str, Figures]:
    """Return the figures of each line.

    Args:
        lines: The statement.
        balances: What each account holds or what moved on it, by code; a debit is positive.

    Raises:
        FormulaUnreadableError: A word means nothing.
        FormulaLineUnknownError: A sum names a line that is not there.
        FormulaCircularError: A line adds up itself.
    """
    statement = _Statement(lines, balances)
    return {line.code: Figures(*statement.figures(line.code)) for line in lines}


def accounts_of(line: FormulaLine, balances: Balances) -> dict[str, Figures]:
    """Return what each account gives to a line: what stands behind its figures.

    Lines that are sums of others have none.
    """
    found: dict[str, Figures] = {}
    first, second = (
        dict(_shares(parse(formula, line.code), line.side, balances))
        for formula in (line.first, line.second)
    )
    for code in sorted(first.keys() | second.keys()):
        figures = Figures(first.get(code, _ZERO), second.get(code, _ZERO))
        if figures != Figures():
            found[code] = figures
    return found


def _shares(words: Sequence[Word], side: Side, balances: Balances) -> Iterator[tuple[str, Decimal]]:
    """Yield each account that words of a formula name, with what it gives, seen from a side."""
    seen_from = 1 if side == "debit" else -1
    for code, balance in balances.items():
        times = sum(word.sign for word in words if _names(word, code, balance))
        if times and balance:
            yield code, seen_from * times * balance


def _names(word: Word, code: str, balance: Decimal) -> bool:
    is_meant = bool(word.prefix) and code.startswith(word.prefix)
    if word.only == "D":
        return is_meant and balance > 0
    return is_meant and balance < 0 if word.only == "C" else is_meant


class _Statement:
    """Reckons each line once; a line that is asked for while it is reckoned adds up itself."""

    def __init__(self, lines: Sequence[FormulaLine], balances: Balances) -> None:
        self._lines = {line.code: line for line in lines}
        self._balances = balances
        self._known: dict[str, tuple[Decimal, Decimal]] = {}
        self._open: set[str] = set()

    def figures(self, code: str) -> tuple[Decimal, Decimal]:
        if code in self._known:
            return self._known[code]
        if code in self._open:
            raise FormulaCircularError(line=code)
        self._open.add(code)
        line = self._lines[code]
        self._known[code] = (self._sum(line, 0), self._sum(line, 1))
        self._open.discard(code)
        return self._known[code]

    def _sum(self, line: FormulaLine, which: int) -> Decimal:
        words = parse((line.first, line.second)[which], line.code)
        total = sum((share for _code, share in _shares(words, line.side, self._balances)), _ZERO)
        for word in words:
            if word.line:
                if word.line not in self._lines:
                    raise FormulaLineUnknownError(line=line.code, other=word.line)
                total += word.sign * self.figures(word.line)[which]
        return total
