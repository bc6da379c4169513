"""CFONB120: records of 120 signs, with the sign of an amount in its last digit.

The places of the fields in records 01, 04, 05 and 07 are from general knowledge of the format, not
from a bank's own paper: compare them with a real file before you rely on them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from erp_desktop.imports.problems import Problem, What
from modules.accounting.bank_files import problems
from modules.accounting.bank_files.statement import Statement, StatementLine

_CREDIT, _DEBIT = "{ABCDEFGHI", "}JKLMNOPQR"
_SIGNS = 120
_OPENING, _MOVEMENT, _MORE, _CLOSING = "01", "04", "05", "07"


class _UnreadableError(Exception):
    """A field that holds something else than it should."""

    def __init__(self, what: What, value: str, place: int) -> None:
        super().__init__(what.code)
        self.what, self.value, self.place = what, value, place


@dataclass(slots=True)
class _Reader:
    """What is read so far."""

    statements: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lines: list[StatementLine] = field(default_factory=list)
    opening: str = ""
    row: int = 0
    # A record of the statement was not read: its balance proves nothing.
    is_broken: bool = False

    def note(self, what: What, value: str = "", place: int = 0, **details: Any) -> None:
        self.problems.append(Problem(self.row, place, "cfonb", value, what, details))
        self.is_broken = True

    def take(self, record: str) -> None:
        kind = record[:2]
        try:
            if kind == _OPENING:
                self._open(record)
            elif kind not in (_MOVEMENT, _MORE, _CLOSING):
                self.note(problems.RECORD_UNKNOWN, record[:2])
            elif not self.opening:
                self.note(problems.RECORD_ASTRAY, record[:2])
            elif kind == _CLOSING:
                self._close(record)
            elif kind == _MOVEMENT:
                self.lines.append(_movement(record))
            else:
                self._lengthen(record)
        except _UnreadableError as error:
            self.note(error.what, error.value, error.place)

    def finish(self) -> None:
        if self.opening:
            self.note(problems.CLOSING_MISSING)
        elif not self.statements and not self.problems:
            self.note(problems.FILE_EMPTY)

    def _open(self, record: str) -> None:
        if self.opening:
            self.note(problems.CLOSING_MISSING)
        self.opening, self.lines, self.is_broken = record, [], False
        _amount(record)
        _day(record, 34)

    def _lengthen(self, record: str) -> None:
        more = record[48:118].strip()
        if self.lines and more:
            last = self.lines[-1]
            label = f"{last.label} {more}"
            self.lines[-1] = StatementLine(
                last.booked_on, last.valued_on, last.amount, label, last.reference
            )

    def _close(self, record: str) -> None:
        opening, self.opening = self.opening, ""
        closing, closed_on = _amount(record), _day(record, 34)
        if self.is_broken:
            return
        expected = sum((line.amount for line in self.lines), _amount(opening))
        if expected != closing:
            self.note(problems.BALANCE_WRONG, str(closing), 90, expected=expected)
            return
        self.statements.append(
            Statement(
                account=opening[2:7] + opening[11:16] + opening[21:32],
                currency=opening[16:19],
                opened_on=_day(opening, 34),
                opening=_amount(opening),
                closed_on=closed_on,
                closing=closing,
                lines=tuple(self.lines),
            )
        )


def read_cfonb(text: str) -> tuple[list[Statement], list[Problem]]:
    """Return the statements of a file, and all that is wrong with it.

    Records stand in rows of their own, or follow each other without a break. Nothing may be
    imported while there are problems.
    """
    rows = text.splitlines()
    if len(rows) == 1:
        rows = [text[start : start + _SIGNS] for start in range(0, len(rows[0]), _SIGNS)]
    reader = _Reader()
    for reader.row, row in enumerate(rows, start=1):
        if row.strip():
            reader.take(row.ljust(_SIGNS))
    reader.finish()
    return reader.statements, reader.problems


def _movement(record: str) -> StatementLine:
    booked_on = _day(record, 34)
    return StatementLine(
        booked_on=booked_on,
        valued_on=_day(record, 42) if record[42:48].strip() else booked_on,
        amount=_amount(record),
        label=record[48:79].strip(),
        reference=record[104:120].strip(),
    )


def _amount(record: str) -> Decimal:
    digits, last, places = record[90:103], record[103], record[19]
    is_plain = digits.isascii() and digits.isdigit() and places in ("0", "1", "2", "3")
    if not is_plain or last not in _CREDIT + _DEBIT:
        raise _UnreadableError(problems.AMOUNT_UNREADABLE, record[90:104], 90)
    sign = 1 if last in _CREDIT else -1
    unit = (_CREDIT if sign > 0 else _DEBIT).index(last)
    return sign * Decimal(f"{digits}{unit}").scaleb(-int(places))


def _day(record: str, start: int) -> date:
    written = record[start : start + 6]
    try:
        return datetime.strptime(written, "%d%m%y").date()  # noqa: DTZ007
    except ValueError:
        raise _UnreadableError(problems.DATE_UNREADABLE, written, start) from None
