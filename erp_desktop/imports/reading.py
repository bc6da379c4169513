"""Reading a file as people have it: of some program, in some encoding, with some delimiter."""

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from erp_desktop.core.i18n import N_, _
from erp_desktop.imports.cells import CONTROL
from erp_desktop.imports.encodings import detect_delimiter, detect_encoding
from erp_desktop.imports.errors import FileEmptyError, FileNoTableError
from erp_desktop.imports.files import readable, shape_of
from erp_desktop.imports.spreadsheets import open_workbook
from erp_desktop.imports.tables import Table, TextSource, find_headings

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1256")

_SAMPLE = 64 * 1024
_SAMPLE_ROWS = 200
# One byte in so many may be zero.
_FEW = 20
# Excel writes so above the headings which delimiter follows, and does not count it as a row.
_SAYS_DELIMITER = re.compile(r"sep=([;,\t|])\r?\n", re.IGNORECASE)

# Ingredients, notes: longer than what the csv module expects of a cell.
csv.field_size_limit(16 * 1024 * 1024)


def read_table(
    path: Path,
    *,
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
    headings_in: int | None = None,
) -> Table:
    """Read a file; what is not said is found out.

    Args:
        path: The file.
        encoding: Of a text.
        delimiter: Of a text.
        sheet: Of a spreadsheet.
        headings_in: The row of the headings; 0 if there are none.

    Raises:
        FileEmptyError: There is nothing in it.
        FileNoTableError: It is something else.
        UserError: As `files.shape_of` and `spreadsheets.open_workbook`.
    """
    if shape_of(path) == "workbook":
        source, name, sheets = open_workbook(path, sheet)
        table = Table(path.name, (), 0, source, sheet=name, sheets=sheets)
    else:
        table = _text_table(path, encoding, delimiter)
    return _with_headings(table, headings_in)


def _text_table(path: Path, encoding: str, delimiter: str) -> Table:
    with readable(path):
        content = path.read_bytes()
    encoding = encoding or detect_encoding(content)
    if not encoding.startswith("utf-16") and _is_binary(content):
        raise FileNoTableError(file=path.name, what=_(N_("no text")))
    text = CONTROL.sub("", content.decode(encoding, errors="replace"))
    said = _SAYS_DELIMITER.match(text)
    if said:
        text, delimiter = text[said.end() :], delimiter or said[1]
    delimiter = delimiter or detect_delimiter(text[:_SAMPLE])
    return Table(path.name, (), 0, TextSource(text, delimiter), encoding, delimiter)


def _is_binary(content: bytes) -> bool:
    """Whether it is a picture, or a program; a stray zero byte is a slip of some program."""
    zeros = len(content) - len(content.replace(b"\x00", b""))
    return zeros * _FEW > len(content)


def _with_headings(table: Table, headings_in: int | None) -> Table:
    first_rows = list(islice(table.rows(), _SAMPLE_ROWS))
    if not first_rows:
        raise FileEmptyError(file=table.name)
    place = find_headings(first_rows) if headings_in is None else headings_in
    top: Sequence[str] = next((cells for number, cells in first_rows if number == place), ())
    width = len(top)
    if table.sheet or not top:
        # All rows of a sheet are equally wide; one without a heading is seen, an empty one is not.
        below = [cells for number, cells in first_rows if number >= place]
        width = max(map(_width, below), default=1)
    headings = [cell.strip() for cell in top[:width]]
    padding = [""] * (width - len(headings))
    return replace(table, headings=(*headings, *padding), headings_in=place)


def _width(cells: Sequence[str]) -> int:
    """Return up to where a row is filled."""
    return max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
