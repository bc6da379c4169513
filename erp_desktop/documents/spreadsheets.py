"""Tables as Excel workbooks: amounts are numbers, days are days, codes stay text."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from erp_desktop.core import wall_clock
from erp_desktop.documents.files import write_whole

Style = Literal["head", "body", "total"]

# Excel refuses these in the name of a sheet, and a longer name.
_UNNAMED, _LONGEST_NAME = re.compile(r"[\[\]:*?/\\]"), 31
# What XML cannot hold, and what only a screen needs.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_LONGEST_TEXT = 32_767
_SAMPLE = 200
_NARROWEST, _WIDEST = 8, 60
_INK, _SHADE, _LINE = "FF182230", "FFF2F4F7", "FF98A2B3"
# A day before Excel's own calendar begins can only be text there.
_FIRST_DAY = date(1900, 3, 1)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a sheet.

    Attributes:
        title: Already in the reader's language.
        decimals: How many its numbers show; None shows those they have.
        width: In letters; 0 is as wide as what is in it.
    """

    title: str
    decimals: int | None = None
    width: float = 0


def write_xlsx(
    target: Path | io.BytesIO,
    title: str,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Any]],
    totals: Sequence[Any] | None = None,
    *,
    rtl: bool = False,
) -> None:
    """Write a table as a workbook of one sheet.

    A `Decimal` is written as the number that it is, never through a float; a text that begins like
    a formula stays a text. Rows are taken one by one, so they may be many, and may raise to end it:
    then nothing is written.

    Args:
        target: Where it goes, whole or not at all.
        title: Names the sheet.
        columns: Its columns.
        rows: Values in the order of the columns: texts, `Decimal`, integers, days, moments, None.
        totals: One more row, in bold.
        rtl: Whether the sheet is read from right to left.
    """
    content = io.BytesIO() if isinstance(target, Path) else target
    _Book(title, columns, rtl=rtl).write(content, rows, totals)
    if isinstance(target, Path):
        write_whole(target, content.getvalue())


class _Book:
    """A workbook that is written row by row."""

    def __init__(self, title: str, columns: Sequence[SheetColumn], *, rtl: bool) -> None:
        self._columns = columns
        self._book = Workbook(write_only=True)
        self._book.properties.title = _text(title)
        self._book.properties.creator = "ERP Desktop"
        name = _UNNAMED.sub(" ", _text(title)).strip(" '")[:_LONGEST_NAME]
        self._sheet = self._book.create_sheet(name or "1")
        self._sheet.sheet_view.rightToLeft = rtl
        self._sheet.freeze_panes = "A2"

    def write(
        self, content: io.BytesIO, rows: Iterable[Sequence[Any]], totals: Sequence[Any] | None
    ) -> None:
        coming = iter(rows)
        first = list(islice(coming, _SAMPLE))
        self._size([*first, *([totals] if totals is not None else [])])
        self._sheet.append([self._cell(column.title, None, "head") for column in self._columns])
        for row in chain(first, coming):
            self._sheet.append(self._row(row, "body"))
        if totals is not None:
            self._sheet.append(self._row(totals, "total"))
        self._book.save(content)

    def _row(self, row: Sequence[Any], style: Style) -> list[Any]:
        cells = zip(row, self._columns, strict=True)
        return [self._cell(value, column, style) for value, column in cells]

    def _size(self, sample: Sequence[Sequence[Any]]) -> None:
        for place, column in enumerate(self._columns):
            lengths = chain([len(column.title) + 2], _lengths(sample, place, column.decimals))
            fitting = min(max(max(lengths) + 2, _NARROWEST), _WIDEST)
            letter = get_column_letter(place + 1)
            self._sheet.column_dimensions[letter].width = column.width or fitting

    def _cell(self, value: Any, column: SheetColumn | None, style: Style) -> Any:
        value = _plain(value)
        cell = WriteOnlyCell(self._sheet, value=value)
        if isinstance(value, Decimal):
            # openpyxl itself would write the float nearest to it.
            cell._value = f"{value:f}"  # noqa: SLF001 - see above
            cell.number_format = _number_format(value, column.decimals if column else None)
        elif isinstance(value, datetime):
            cell.number_format = "dd/mm/yyyy hh:mm"
        elif isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
        elif isinstance(value, str):
            # Never a formula, also when somebody edits it.
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
        _dress(cell, style, is_number=isinstance(value, Decimal | int))
        return cell


def _dress(cell: Any, style: Style, *, is_number: bool) -> None:
    if style == "head":
        cell.font = Font(bold=True, color=_INK)
        cell.fill = PatternFill("solid", fgColor=_SHADE)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        cell.border = Border(bottom=Side("thin", color=_LINE))
    elif style == "total":
        cell.font = Font(bold=True)
        cell.border = Border(top=Side("thin", color=_LINE))
        if is_number:
            cell.alignment = Alignment(horizontal="right")


def _plain(value: Any) -> Any:
    """Return what a cell can hold."""
    if isinstance(value, bool) or value is None or isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if isinstance(value, datetime):
        return wall_clock.local(value).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, date):
        return value if value >= _FIRST_DAY else f"{value:%d/%m/%Y}"
    return _text(str(value))


def _text(text: str) -> str:
    return _UNSEEN.sub("", text)[:_LONGEST_TEXT]


def _number_format(value: Decimal, decimals: int | None) -> str:
    if decimals is None:
        exponent = value.normalize().as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def _lengths(rows: Sequence[Sequence[Any]], place: int, decimals: int | None) -> Iterator[int]:
    """Return how many letters each value of a column takes."""
    for row in rows:
        value = row[place]
        if isinstance(value, Decimal):
            whole = len(f"{abs(value):.0f}")
            yield whole + whole // 3 + 1 + (decimals or 3)
        elif isinstance(value, datetime):
            yield 16
        elif isinstance(value, date):
            yield 10
        else:
            yield len(_text(str(value))) if value is not None else 0
