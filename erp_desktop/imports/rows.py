"""One row of a file, cell by cell: what it says, and what is wrong with it."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from erp_desktop.imports import problems
from erp_desktop.imports.cells import Figure, clean
from erp_desktop.imports.fields import EXTRA, IGNORED, ImportField
from erp_desktop.imports.problems import Problem, What
from erp_desktop.imports.tables import Table

Existing = Literal["refuse", "change"]
Repeated = Literal["refuse", "merge"]

_SAMPLE = 2000


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user decided before the rows are read.

    Attributes:
        columns: What each column holds (`ImportField.id`); empty is ignored.
        defaults: By field, what rows say that do not say anything, as a cell would.
        existing: What a code that exists already means.
        repeated: What a code that comes again in the file means.
        name_from_code: The code is the name of whatever has none.
        code_prefix: What has no code is called by this and the number of its row.
    """

    columns: tuple[str, ...]
    defaults: Mapping[str, str] = field(default_factory=dict)
    existing: Existing = "refuse"
    repeated: Repeated = "refuse"
    name_from_code: bool = False
    code_prefix: str = ""


@dataclass(slots=True)
class ReadRow:
    """What one row says.

    Attributes:
        values: By field; what it does not say is not there.
        code: What tells it from others; empty if it says none.
        made_code: The code is made from its first mark.
        is_numbered: The code is made from its number, and so says nothing about what exists.
        marks: What no two records may share, and in which column it stands.
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    code: str = ""
    made_code: bool = False
    is_numbered: bool = False
    marks: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def has_noted(self, what: What, value: str) -> bool:
        """Whether this is noted already."""
        return any((p.what, p.value) == (what, value) for p in self.problems)

    def is_questioned(self, about: str) -> bool:
        """Whether something is wrong with what it says about a field."""
        return any(p.about == about for p in self.problems)

    @property
    def is_wrong(self) -> bool:
        """Whether it cannot be imported."""
        return any(not problem.is_doubt for problem in self.problems)


@dataclass(slots=True)
class CellNote:
    """Notes what is wrong with one cell of a row."""

    row: ReadRow
    place: int
    about: str
    value: str

    def __call__(self, what: What, **details: Any) -> None:
        """Note it."""
        self.row.problems.append(
            Problem(self.row.number, self.place, self.about, self.value, what, details)
        )


class RowReader:
    """Reads the rows of one file by the user's options."""

    def __init__(self, table: Table, fields: Sequence[ImportField], options: ImportOptions) -> None:
        self._headings = table.headings
        self._fields = {field.id: field for field in fields}
        self._defaults = {i: Figure(text) for i, text in options.defaults.items() if text}
        columns = options.columns[: len(table.headings)]
        self._extra = [place for place, held in enumerate(columns) if held == EXTRA]
        self._columns = [
            (place, self._fields[held])
            for place, held in enumerate(columns)
            if held not in {IGNORED, EXTRA}
        ]
        self._zeros = _zeros_of(table, self._columns)

    def read(self, number: int, cells: Sequence[str]) -> ReadRow:
        """Return what a row says, and what is wrong with its cells."""
        row = ReadRow(number)
        width = len(self._headings)
        if len(cells) > width and any(cells[width:]):
            CellNote(row, -1, IGNORED, cells[width])(problems.TOO_MANY_CELLS)
        for place, held in self._columns:
            value = clean(cells[place]) if place < len(cells) else ""
            if value:
                self._take(row, place, held, value)
        for place in self._extra:
            value = clean(cells[place]) if place < len(cells) else ""
            if value:
                facts = row.values.setdefault(EXTRA, {})
                facts[self._headings[place] or f"{place + 1}"] = html.unescape(value)
        row.code = row.values.get("code", "")
        return row

    def fill(self, row: ReadRow) -> None:
        """Let a row say by default what it says nothing about."""
        for identity, cell in self._defaults.items():
            if identity in self._fields and identity not in row.values:
                self._read_default(row, identity, cell)

    def place_of(self, about: str) -> int:
        """Return the first column that holds a field; -1 if none does."""
        return next((place for place, held in self._columns if held.id == about), -1)

    def _take(self, row: ReadRow, place: int, held: ImportField, cell: str) -> None:
        note = CellNote(row, place, held.id, str(cell))
        value = held.read(cell, note)
        if value is None:
            return
        is_short = isinstance(cell, Figure) and len(cell) < self._zeros.get(place, 0)
        if is_short and not row.has_noted(problems.ZEROS_RESTORED, note.value):
            note(problems.ZEROS_LOST)
        if held.repeats:
            before = row.values.get(held.id, ())
            value = before + tuple(each for each in value if each not in before)
        row.values[held.id] = value
        for mark in held.marks(value) if held.marks else ():
            row.marks.setdefault(mark, place)

    def _read_default(self, row: ReadRow, identity: str, cell: str) -> None:
        if not row.is_questioned(identity):
            value = self._fields[identity].read(cell, CellNote(row, -1, identity, str(cell)))
            if value is not None:
                row.values[identity] = value


def _zeros_of(table: Table, columns: Sequence[tuple[int, ImportField]]) -> Mapping[int, int]:
    """Return how long the codes of a column are, where some of them begin with a zero.

    A number in such a column has lost its zeros: spreadsheets do that to what was not formatted.
    """
    coded = [place for place, held in columns if held.is_code]
    longest: dict[int, int] = {}
    for cells in table.sample(_SAMPLE) if coded and table.sheet else ():
        for place in coded:
            cell = cells[place]
            if not isinstance(cell, Figure) and cell.startswith("0") and cell.isdigit():
                longest[place] = max(longest.get(place, 0), len(cell))
    return longest
