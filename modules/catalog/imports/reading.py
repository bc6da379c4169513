"""A CSV file as people have it: in some encoding, with some delimiter, from some spreadsheet."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from modules.catalog.barcodes import expected_digit
from modules.catalog.errors import FileTooLargeError, FileUnreadableError

ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp1256")
DELIMITERS = (";", ",", "\t", "|")

_LARGEST = 256 * 1024 * 1024
_SAMPLE = 64 * 1024
_SAMPLE_ROWS = 200
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Old Excel files, new ones, PDF: no table in them can be read as text.
_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")
_ARABIC_WORD = re.compile(r"(?<![A-Za-zÀ-ÿ])[\u0621-\u064a]{2,}(?![A-Za-zÀ-ÿ])")
_ARABIC_IN_LATIN = re.compile(r"[A-Za-z][\u0621-\u064a]|[\u0621-\u064a][A-Za-z]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# Ingredients, notes: longer than what the csv module expects of a cell.
csv.field_size_limit(16 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was understood.

    Attributes:
        headings: Of each column; empty texts if the first row is data already.
        first_row: Number of the first row of data, as a spreadsheet counts.
    """

    name: str
    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    first_row: int
    text: str = field(repr=False)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Return each row that is not empty with its number, counted as a spreadsheet does."""
        for number, cells in enumerate(_cells(self.text, self.delimiter), 1):
            if number >= self.first_row and any(cells):
                yield number, cells

    def sample(self, most: int = _SAMPLE_ROWS) -> list[list[str]]:
        """Return the cells of the first rows."""
        return [cells for _number, cells in islice(self.rows(), most)]


def read_table(path: Path, *, encoding: str = "", delimiter: str = "") -> Table:
    """Read a file; what is not said is found out.

    Raises:
        FileUnreadableError: There is no table in it.
        FileTooLargeError: It does not fit into memory with comfort.
    """
    content = _content(path)
    encoding = encoding or detect_encoding(content)
    text = _CONTROL.sub("", content.decode(encoding, errors="replace"))
    delimiter = delimiter or detect_delimiter(text[:_SAMPLE])
    top = next((cells for cells in _cells(text, delimiter) if any(cells)), [])
    if not top:
        raise FileUnreadableError(file=path.name)
    is_data = any(len(cell) >= 8 and cell.isdigit() and not expected_digit(cell) for cell in top)
    headings = tuple("" if is_data else cell.strip() for cell in top)
    return Table(path.name, encoding, delimiter, headings, 1 if is_data else 2, text)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise FileTooLargeError(file=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise FileUnreadableError(file=path.name) from error
    if not content.strip() or content.startswith(_NOT_TEXT):
        raise FileUnreadableError(file=path.name)
    return content


def detect_encoding(content: bytes) -> str:
    """Return the encoding of a file: by its mark, else UTF-8 if it is that, else Windows'.

    Both Windows encodings read every French letter alike, except capitals; so Arabic is told by
    whole words of Arabic letters, which French in the wrong encoding does not have.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        arabic = content.decode("cp1256", errors="replace")
        whole, torn = len(_ARABIC_WORD.findall(arabic)), len(_ARABIC_IN_LATIN.findall(arabic))
        return "cp1256" if whole > torn else "cp1252"
    return "utf-8"


def detect_delimiter(text: str) -> str:
    """Return the delimiter that cuts most rows into the same number of cells, and into most."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[bool, float, int]:
    rows = [cells for cells in islice(_cells(text, delimiter), _SAMPLE_ROWS) if any(cells)]
    # The last row of a sample may be cut.
    counted = Counter(len(cells) for cells in rows[:-1] or rows)
    if not counted:
        return (False, 0.0, 0)
    width, often = counted.most_common(1)[0]
    return (width > 1, round(often / counted.total(), 1), width)


def _cells(text: str, delimiter: str) -> Iterator[list[str]]:
    reader: Iterator[Sequence[str]] = csv.reader(io.StringIO(text), delimiter=delimiter)
    yield from (list(cells) for cells in reader)
