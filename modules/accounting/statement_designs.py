"""Statements of a company's own design: what their lines may say, and which accounts they miss."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission
from modules.accounting.statement_errors import (
    FormulaUnreadableError,
    StatementLineIncompleteError,
    StatementLineTwiceError,
    StatementLineUnplainError,
    StatementUnnamedError,
)
from modules.accounting.statements import FormulaLine, Side, Word, parse, reckon_lines

_LINE_CODE = re.compile(r"\w{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class DesignLine:
    """A line as it is designed.

    Attributes:
        kind: `head` (only words), `line` (accounts) or `sum` (other lines).
        side: On which side its figures are positive; a head has none.
        second: Of statements with two figures: allowances, or earlier years.
    """

    code: str
    kind: str
    name: str
    name_ar: str = ""
    side: Side = ""
    first: str = ""
    second: str = ""

    def as_formula(self) -> FormulaLine:
        """Return what is reckoned of it."""
        return FormulaLine(self.code, self.side, self.first, self.second)


@dataclass(frozen=True, slots=True)
class Design:
    """A statement as it is designed.

    Attributes:
        basis: `closing` (what accounts hold) or `movement` (what moved on them).
        columns: `single`, `gross` or `prior`.
    """

    code: str
    name: str
    name_ar: str = ""
    basis: str = "movement"
    columns: str = "single"
    is_active: bool = True
    lines: tuple[DesignLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which accounts stand on no line, and which on two: by code, with the lines' codes."""

    missing: tuple[str, ...] = ()
    doubled: tuple[tuple[str, tuple[str, ...]], ...] = ()


def check_design(design: Design) -> None:
    """Refuse a design that could not be reckoned; the sentence names the line.

    Raises:
        StatementUnnamedError: It has no name.
        StatementLineUnplainError: The code of a line is none.
        StatementLineTwiceError: Two lines have the same code.
        StatementLineIncompleteError: A line has no name, or no side.
        FormulaUnreadableError: A word in a formula means nothing.
        FormulaLineUnknownError: A sum names a line that is not there.
        FormulaCircularError: A line adds up itself.
    """
    if not design.name.strip():
        raise StatementUnnamedError
    seen: set[str] = set()
    for place, line in enumerate(design.lines, start=1):
        if not _LINE_CODE.fullmatch(line.code):
            raise StatementLineUnplainError(place=place, line=line.code)
        if line.code in seen:
            raise StatementLineTwiceError(line=line.code)
        if not line.name.strip() or (line.kind == "head") != (line.side == ""):
            raise StatementLineIncompleteError(line=line.code)
        seen.add(line.code)
    reckon_lines([line.as_formula() for line in design.lines], {})


def save_statement(ctx: Context, design: Design, *, version: int | None = None) -> int:
    """Keep a statement of the company's own, and return its version.

    Args:
        ctx: The transaction to write in.
        design: All of it.
        version: The one that the user saw; None for a new statement.

    Raises:
        NotAllowedError: The user may not design statements.
        StaleRecordError: Somebody has changed it meanwhile.
        StatementOfLawError: It is one that the law asks for.
        StatementCodeTakenError: A new one, and there is one with this code.
        UserError: Whatever `check_design` refuses.
    """
    ctx.require(Permission.EDIT_STATEMENTS)
    check_design(design)
    return int(ctx.call("accounting.save_statement_v1", asdict(design), version))


def coverage_of(lines: Iterable[DesignLine], columns: str, accounts: Sequence[str]) -> Coverage:
    """Return which accounts stand on no line or on two.

    Only accounts of the classes that the statement speaks of are looked at, and of them those
    that have none beneath them. An account with `D` on one line and `C` on another is on one.

    Args:
        lines: The statement; formulas that mean nothing are passed over.
        columns: Of the statement: what its second figure does to the first.
        accounts: The codes of the chart.
    """
    words = list(_words(lines, columns))
    classes = {word.prefix[0] for _line, word in words}
    codes = sorted(accounts)
    leaves = [
        code
        for code, after in zip(codes, [*codes[1:], ""], strict=False)
        if not after.startswith(code) and code[0] in classes
    ]
    missing, doubled = [], []
    for code in leaves:
        debit, credit = (_lines_with(code, side, words) for side in ("D", "C"))
        if not debit and not credit:
            missing.append(code)
        both = debit if len(debit) > 1 else credit
        if len(both) > 1:
            doubled.append((code, both))
    return Coverage(tuple(missing), tuple(doubled))


def _words(lines: Iterable[DesignLine], columns: str) -> Iterator[tuple[str, Word]]:
    """Yield each word that names accounts with its line, as it counts in the line's total."""
    for line in lines:
        for formula, sign in ((line.first, 1), (line.second, -1 if columns == "gross" else 1)):
            try:
                words = parse(formula, line.code)
            except FormulaUnreadableError:
                continue
            for word in words:
                if word.prefix:
                    yield line.code, Word(sign * word.sign, "", word.prefix, word.only)


def _lines_with(code: str, side: str, words: Sequence[tuple[str, Word]]) -> tuple[str, ...]:
    times: Counter[str] = Counter()
    for line, word in words:
        if code.startswith(word.prefix) and word.only in {"", side}:
            times[line] += word.sign
    return tuple(line for line, count in times.items() if count)
