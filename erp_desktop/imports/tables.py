"""A file that was understood: headings, and rows with the numbers that a spreadsheet gives them."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from erp_desktop.core.gs1 import is_ean
from erp_desktop.imports.amounts import read_amount
from erp_desktop.imports.cells import Figure, Moment
from erp_desktop.imports.encodings import cut
from erp_desktop.imports.errors import QuoteOpenError, TooManyRowsError

MOST_ROWS = 1_000_000

_SAMPLE_ROWS = 200
_HEADINGS_BY = 15

NumberedRow = tuple[int, Sequence[str]]


class Source(Protocol):
    """Where rows come from, as often as they are asked for."""

    @property
    def size(self) -> int:
        """About how many there are."""

    def rows(self) -> Iterator[Sequence[str]]:
        """Return the cells of each row, from the first on."""


class TextSource:
    """The rows of a text with delimiters."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._text = text
        self._delimiter = delimiter

    @property
    def size(self) -> int:
        """About how many rows there are: cells may hold several lines."""
        return self._text.count("\n") + 1

    def rows(self) -> Iterator[Sequence[str]]:
        """Return the cells of each row."""
        return cut(self._text, self._delimiter)


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was understood.

    Attributes:
        name: The file's name.
        headings: Of each column; empty texts if the file has none.
        headings_in: In which row they stand; 0 if there are none.
        encoding: Of a text; empty for a spreadsheet.
        delimiter: Of a text.
        sheet: Of a spreadsheet.
        sheets: All that it has.
    """

    name: str
    headings: tuple[str, ...]
    headings_in: int
    source: Source = field(repr=False)
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Which file it is, and which of several sheets."""
        return f"{self.name} · {self.sheet}" if len(self.sheets) > 1 else self.name

    def rows(self) -> Iterator[NumberedRow]:
        """Return each row that is not empty with its number, counted as a spreadsheet does.

        Raises:
            TooManyRowsError: There are more than one import takes.
            QuoteOpenError: A cell has no end.
        """
        number = 0
        try:
            for number, cells in enumerate(self.source.rows(), 1):
                if number - self.headings_in > MOST_ROWS:
                    raise TooManyRowsError(file=self.name, limit=MOST_ROWS)
                if number > self.headings_in and any(map(str.strip, cells)):
                    yield number, cells
        except csv.Error as error:
            raise QuoteOpenError(file=self.name, row=number + 1) from error

    def sample(self, most: int = _SAMPLE_ROWS) -> list[Sequence[str]]:
        """Return the cells of the first rows."""
        return [cells for _number, cells in islice(self.rows(), most)]

    def slice(self, first: int, most: int) -> list[NumberedRow]:
        """Return some rows, from a number on."""
        wanted = ((number, cells) for number, cells in self.rows() if number >= first)
        return list(islice(wanted, most))


def find_headings(first_rows: Sequence[NumberedRow]) -> int:
    """Return in which row the headings stand: 0 if the file begins with data.

    Above them there may be a title or the name of the firm: rows with few cells. Headings are no
    numbers.
    """
    number, top = first_rows[0]
    if any(is_ean(cell.strip()) for cell in top):
        return 0
    usual = sorted(_filled(cells) for _number, cells in first_rows)[len(first_rows) // 2]
    for place, cells in first_rows[:_HEADINGS_BY]:
        if _filled(cells) * 2 >= usual and not any(_is_number(cell) for cell in cells):
            return place
    return number


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _is_number(cell: str) -> bool:
    return isinstance(cell, Figure | Moment) or read_amount(cell) is not None
