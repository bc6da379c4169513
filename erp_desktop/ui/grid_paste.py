"""Pasting into a grid what was copied from a spreadsheet, or from a grid of ours."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from erp_desktop.core.i18n import _
from erp_desktop.core.search import fold
from erp_desktop.ui.cells import LineColumn

L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class Fault:
    """A pasted cell that could not be taken: its row counted from 1, its column, and why."""

    row: int
    title: str
    text: str
    sentence: str

    def words(self) -> str:
        """Say it in one line, for copying."""
        return f"{self.row} · {_(self.title)} · {self.text} · {self.sentence}"


@dataclass(slots=True)
class Pasted(Generic[L]):
    """What came of a paste: all lines of the document, how many are new or changed, what failed."""

    lines: list[L]
    count: int = 0
    faults: list[Fault] = field(default_factory=list)


def cells_of(text: str) -> list[list[str]]:
    """Return the rows and cells of a text as spreadsheets copy it."""
    rows = csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter="\t")
    return [row for row in rows if any(cell.strip() for cell in row)]


def targets(
    rows: Sequence[Sequence[str]], columns: Sequence[LineColumn[Any]], first: int
) -> tuple[list[LineColumn[Any] | None], int]:
    """Return the column of each pasted cell, and how many rows of headings there are.

    Headings that are ours say which column is meant; without any, the cells fill the columns that
    can be typed into, from the column `first` on. `columns` are those shown, in the user's order.
    """
    by_title = {fold(_(column.title)): column for column in columns}
    named = [by_title.get(fold(cell.strip())) for cell in rows[0]] if rows else []
    if sum(column is not None for column in named) > len(named) / 2:
        return [column if column and column.is_editable else None for column in named], 1
    return [column for column in columns[first:] if column.is_editable], 0


async def paste(
    backend: Any,
    text: str,
    lines: Sequence[L],
    new_line: Any,
    *,
    columns: Sequence[LineColumn[L]],
    at: tuple[int, int],
) -> Pasted[L]:
    """Return the lines with `text` pasted at row and place `at`; what cannot be read is told."""
    rows = cells_of(text)
    into, headings = targets(rows, columns, at[1])
    known = await _known(backend, rows[headings:], into)
    pasted = Pasted(list(lines))
    for number, cells in enumerate(rows[headings:]):
        place = min(at[0] + number, len(pasted.lines))
        is_new = place == len(pasted.lines)
        before = new_line() if is_new else pasted.lines[place]
        after = before
        for column, told, cell in zip(into, known, cells, strict=False):
            if column is not None and column.cell is not None and cell.strip():
                try:
                    value = told.get(cell.strip()) or await column.cell.find(backend, cell)
                    after = column.put(after, value)
                except ValueError as error:
                    fault = Fault(number + 1, column.title, cell.strip(), str(error))
                    pasted.faults.append(fault)
        if after != before:
            pasted.count += 1
            pasted.lines[place:] = [after, *pasted.lines[place + 1 :]]
    return pasted


async def _known(
    backend: Any, rows: Sequence[Sequence[str]], into: Sequence[LineColumn[Any] | None]
) -> list[Mapping[str, Any]]:
    """Return, for each column, the values of texts that its cell can tell at once."""
    found: list[Mapping[str, Any]] = []
    for place, column in enumerate(into):
        texts = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        cell = column.cell if column is not None else None
        found.append(await cell.find_all(backend, list(dict.fromkeys(texts))) if cell else {})
    return found
