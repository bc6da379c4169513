"""From a file to drafts, and everything that is wrong with it, all at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Generic

from erp_desktop.core.i18n import N_, _
from erp_desktop.imports.kinds import D, Kind, Known, Progress
from erp_desktop.imports.problems import Problem, What
from erp_desktop.imports.rows import CellNote, ImportOptions, ReadRow, RowReader
from erp_desktop.imports.tables import Table

_OFTEN = 500


@dataclass(frozen=True, slots=True)
class Plan(Generic[D]):
    """What an import would do.

    Attributes:
        table: The file.
        columns: What its columns hold.
        rows_read: How many rows the file has.
        drafts: What would be written, each code once.
        changes: How many of them exist already and would be changed.
        problems: What is wrong or doubtful, by row.
        left_out: The rows that cannot be imported.
    """

    table: Table
    columns: tuple[str, ...]
    rows_read: int
    drafts: tuple[D, ...]
    changes: int
    problems: tuple[Problem, ...]
    left_out: frozenset[int]

    @property
    def mistakes(self) -> int:
        """How many problems keep a row out."""
        return sum(not problem.is_doubt for problem in self.problems)

    @property
    def doubts(self) -> int:
        """How many problems do not."""
        return len(self.problems) - self.mistakes


class Checker(Generic[D]):
    """Reads a whole file; `read` first, `plan` when it is known what exists already."""

    def __init__(self, table: Table, options: ImportOptions, kind: Kind[D]) -> None:
        self._table = table
        self._options = options
        self._kind = kind
        self._reader = RowReader(table, kind.fields, options)
        self._rows: list[ReadRow] = []
        self._by_code: dict[str, ReadRow] = {}
        self._by_mark: dict[str, ReadRow] = {}
        self._rows_read = 0

    def read(self, progress: Progress) -> None:
        """Read every row; `progress` may raise to end the work."""
        total = self._table.source.size
        for number, cells in self._table.rows():
            if self._rows_read % _OFTEN == 0:
                progress(min(number, total), total, _(N_("Reading the file…")))
            self._rows_read += 1
            row = self._reader.read(number, cells)
            if not row.code:
                self._make_code(row)
            self._take(row)
        for row in self._rows:
            self._complete(row)

    @property
    def codes(self) -> list[str]:
        """Every code of the file."""
        return list(self._by_code)

    @property
    def marks(self) -> list[str]:
        """Every mark of the file."""
        return list(self._by_mark)

    def plan(self, known_codes: frozenset[str], known_marks: Mapping[str, str]) -> Plan[D]:
        """Return what would be written, now that it is known what exists already."""
        final: dict[str, ReadRow] = {}
        for row in self._rows:
            self._meet_known(row, known_codes, known_marks)
            first = final.setdefault(row.code, row) if row.code else row
            # A code made from a barcode may turn out to be the code of another row.
            if first is not row and not row.is_wrong:
                self._note(row, "code", row.code, self._kind.code_repeated, row=first.number)
        good = [row for row in self._rows if not row.is_wrong]
        problems = [problem for row in self._rows for problem in row.problems]
        return Plan(
            table=self._table,
            columns=self._options.columns,
            rows_read=self._rows_read,
            drafts=tuple(self._kind.draft(row) for row in good),
            changes=sum(row.code in known_codes for row in good),
            problems=tuple(sorted(problems, key=lambda problem: problem.row)),
            left_out=frozenset(row.number for row in self._rows if row.is_wrong),
        )

    def _make_code(self, row: ReadRow) -> None:
        if row.marks and self._kind.makes_codes:
            row.code, row.made_code = next(iter(row.marks)), True
        elif self._options.code_prefix and not row.is_questioned("code"):
            row.code, row.is_numbered = f"{self._options.code_prefix}{row.number:06d}", True

    def _take(self, row: ReadRow) -> None:
        first = self._by_code.get(row.code) if row.code else None
        if first is not None and self._options.repeated == "merge":
            self._claim_marks(first, row)
            first.values = self._kind.merged(first.values, row.values)
            return
        if first is None and row.code:
            self._by_code[row.code] = row
        elif first is not None and not row.made_code:
            self._note(row, "code", row.code, self._kind.code_repeated, row=first.number)
        self._rows.append(row)
        self._claim_marks(row, row)

    def _claim_marks(self, owner: ReadRow, row: ReadRow) -> None:
        for mark, place in row.marks.items():
            other = self._by_mark.setdefault(mark, owner)
            if other is not owner and not owner.has_noted(self._kind.mark_repeated, mark):
                self._note_mark(owner, mark, place, self._kind.mark_repeated, row=other.number)
            owner.marks.setdefault(mark, place)

    def _complete(self, row: ReadRow) -> None:
        """Note what is missing, once all rows of a record have had their say."""
        if self._options.repeated == "merge":
            # One line of an invoice without a good price says nothing about the product.
            row.problems = [p for p in row.problems if not self._is_settled(row, p)]
        self._reader.fill(row)
        if self._options.name_from_code and row.code:
            row.values.setdefault("name", row.code)
        for field in self._kind.fields:
            is_said = field.id in row.values or (field.id == "code" and row.code)
            if field.missing and not is_said and not row.is_questioned(field.id):
                self._note(row, field.id, "", field.missing)
        self._kind.finish(row, partial(self._note, row))

    def _is_settled(self, row: ReadRow, problem: Problem) -> bool:
        """Whether another row of the same record has said better what was wrong in its first."""
        return problem.about in row.values and problem.about not in self._kind.repeating

    def _meet_known(
        self, row: ReadRow, known_codes: frozenset[str], known_marks: Mapping[str, str]
    ) -> None:
        changing = self._options.existing == "change"
        owners = [known_marks[mark] for mark in row.marks if mark in known_marks]
        if changing and owners and (row.made_code or not row.code):
            row.code = owners[0]
        elif row.code in known_codes and (row.is_numbered or not changing):
            self._note(row, "code", row.code, self._kind.code_taken)
        for mark, place in row.marks.items():
            owner = known_marks.get(mark, row.code)
            if owner != row.code:
                self._note_mark(row, mark, place, self._kind.mark_taken, code=owner)

    def _note(self, row: ReadRow, about: str, value: str, what: What, /, **details: object) -> None:
        CellNote(row, self._reader.place_of(about), about, value)(what, **details)

    def _note_mark(
        self, row: ReadRow, mark: str, place: int, what: What, /, **details: object
    ) -> None:
        CellNote(row, place, self._options.columns[place], mark)(what, **details)


def check_table(
    table: Table,
    options: ImportOptions,
    kind: Kind[D],
    known: Known,
    progress: Progress = lambda _done, _total, _doing: None,
) -> Plan[D]:
    """Return what importing `table` would do; nothing is written.

    Args:
        table: The file.
        options: What the user decided.
        kind: What is imported.
        known: Says which codes and marks exist already.
        progress: Told how far it is; may raise to end the work.
    """
    checker = Checker(table, options, kind)
    checker.read(progress)
    progress(1, 1, _(N_("Comparing with what is there…")))
    return checker.plan(*known(checker.codes, checker.marks))
