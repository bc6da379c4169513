"""A file to send back: the rows as they were, with what is wrong marked and said beside them.

Who gets it mends the rows where they stand; the file can be imported again as it is.
"""

import csv
import errno
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.documents.files import write_whole
from erp_desktop.imports.cells import CONTROL, Figure
from erp_desktop.imports.checking import Plan
from erp_desktop.imports.errors import DiskFullError, FileNotWrittenError
from erp_desktop.imports.fields import ImportField
from erp_desktop.imports.headings import is_remarks
from erp_desktop.imports.kinds import Progress
from erp_desktop.imports.problems import Problem

REMARKS = N_("Remarks")

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_OFTEN = 500
_WIDEST, _REMARKS_WIDTH = 42, 70
_TEXT = "@"
# The soft colours of the theme: what keeps a row out, and what is worth a look.
_BAD, _WARN, _HEAD = "FEE4E2", "FEF0C7", "E4E7EC"
_FILLS = {tone: PatternFill("solid", fgColor=tone) for tone in (_BAD, _WARN, _HEAD)}
_WRAPPED = Alignment(wrap_text=True, vertical="top")
# A spreadsheet runs a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?[\d\s.,]+")


def write_remarks(
    path: Path,
    plan: Plan[Any],
    fields: Sequence[ImportField],
    *,
    only_wrong: bool = False,
    progress: Progress = lambda _done, _total, _doing: None,
) -> None:
    """Write the rows of a file with what is wrong with them, in the user's language.

    Args:
        path: Where; its suffix says whether it becomes a spreadsheet or a CSV file.
        plan: What was found.
        fields: What its columns can hold.
        only_wrong: Leave out the rows that are imported.
        progress: Told how far it is; may raise to end the work.

    Raises:
        DiskFullError: There is no room.
        FileNotWrittenError: The file may not be written.
    """
    sheet = _Remarked(plan, fields, only_wrong=only_wrong)
    write = _as_csv if path.suffix.lower() == ".csv" else _as_xlsx
    with writable(path):
        write_whole(path, write(sheet, progress))


@contextmanager
def writable(path: Path) -> Iterator[None]:
    """Say in one sentence why a file cannot be written."""
    try:
        yield
    except OSError as error:
        kind = DiskFullError if error.errno in _NO_ROOM else FileNotWrittenError
        raise kind(file=path.name) from error


@dataclass(frozen=True, slots=True)
class _Row:
    """A row to write: its cells, the tone of those that are questioned, and all that is wrong."""

    cells: Sequence[str]
    tones: dict[int, str]
    remark: str


class _Remarked:
    """The rows of a plan, each with its remarks."""

    def __init__(self, plan: Plan[Any], fields: Sequence[ImportField], *, only_wrong: bool) -> None:
        self._plan = plan
        self._only_wrong = only_wrong
        self._titles = {field.id: field.named() for field in fields}
        codes = {field.id for field in fields if field.is_code}
        # What we wrote about the rows the last time is written anew.
        self._places = [n for n, h in enumerate(plan.table.headings) if not is_remarks(h)]
        self.coded = {n for n, held in enumerate(plan.columns) if held in codes}
        self._by_row: dict[int, list[Problem]] = {}
        for problem in plan.problems:
            self._by_row.setdefault(problem.row, []).append(problem)

    def headings(self) -> list[str]:
        """Return the headings: as in the file, else as what the columns hold is called."""
        named = [self._heading(place) for place in self._places]
        return [*named, _(REMARKS)]

    def rows(self, progress: Progress) -> Iterator[_Row]:
        """Return the rows to write."""
        total = self._plan.rows_read
        for done, (number, cells) in enumerate(self._plan.table.rows()):
            if done % _OFTEN == 0:
                progress(min(done, total), total, _(N_("Writing the file…")))
            if self._only_wrong and number not in self._plan.left_out:
                continue
            yield self._row(cells, self._by_row.get(number, ()))
        progress(total, total, _(N_("Writing the file…")))

    def places(self) -> list[int]:
        """Return which columns of the file are written, in order."""
        return self._places

    def _row(self, cells: Sequence[str], problems: Sequence[Problem]) -> _Row:
        tones = {p.place: _WARN for p in problems if p.is_doubt}
        tones |= {p.place: _BAD for p in problems if not p.is_doubt}
        kept = [cells[place] if place < len(cells) else "" for place in self._places]
        return _Row(kept, tones, "\n".join(map(self._remark, problems)))

    def _remark(self, problem: Problem) -> str:
        title = self._titles.get(problem.about, "")
        sentence = problem.sentence()
        said = _("{column}: {sentence}").format(column=title, sentence=sentence)
        return said if title else sentence

    def _heading(self, place: int) -> str:
        held = self._plan.columns[place] if place < len(self._plan.columns) else ""
        named = self._plan.table.headings[place] or self._titles.get(held, "")
        return named or _("Column {n}").format(n=place + 1)


def _as_xlsx(sheet: _Remarked, progress: Progress) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet(_(REMARKS))
    page.sheet_view.rightToLeft = current().is_right_to_left
    page.freeze_panes = "A2"
    headings = sheet.headings()
    for place, heading in enumerate(headings, 1):
        width = min(_WIDEST, max(12, len(heading) + 4))
        is_last = place == len(headings)
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = _REMARKS_WIDTH if is_last else width
    page.append([_cell(page, heading, _HEAD, is_bold=True) for heading in headings])
    for row in sheet.rows(progress):
        page.append(_cells(page, sheet, row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(page: Any, sheet: _Remarked, row: _Row) -> list[Any]:
    written = [
        _cell(page, cell, row.tones.get(place, ""), is_code=place in sheet.coded)
        for place, cell in zip(sheet.places(), row.cells, strict=True)
    ]
    if not row.remark:
        return written
    remark = WriteOnlyCell(page, row.remark)
    remark.alignment = _WRAPPED
    if -1 in row.tones:
        remark.fill = _FILLS[row.tones[-1]]
    return [*written, remark]


def _cell(
    page: Any, text: str, tone: str = "", *, is_code: bool = False, is_bold: bool = False
) -> Any:
    """Return a cell; only what a spreadsheet had as a number is one, and no code is."""
    is_number = isinstance(text, Figure) and not is_code
    if not (tone or is_code or is_bold or text.startswith("=")):
        return Decimal(text) if is_number else CONTROL.sub("", text)
    cell = WriteOnlyCell(page, Decimal(text) if is_number else CONTROL.sub("", text))
    if text and not is_number:
        cell.data_type = "s"
    if is_code:
        cell.number_format = _TEXT
    if tone:
        cell.fill = _FILLS[tone]
    if is_bold:
        cell.font = Font(bold=True)
    return cell


def _as_csv(sheet: _Remarked, progress: Progress) -> bytes:
    is_english = current().language == "en"
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="," if is_english else ";", lineterminator="\r\n")
    writer.writerow(sheet.headings())
    for row in sheet.rows(progress):
        cells = [_guarded(cell, is_english=is_english) for cell in row.cells]
        writer.writerow([*cells, row.remark.replace("\n", " ")])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _guarded(cell: str, *, is_english: bool) -> str:
    if isinstance(cell, Figure):
        # Three decimals could be thousands: a fourth says which.
        text = f"{cell}0" if re.fullmatch(r"-?\d{1,3}\.\d{3}", cell) else str(cell)
        return text if is_english else text.replace(".", ",")
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
