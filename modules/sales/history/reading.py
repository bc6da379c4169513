"""Reading a file of invoice lines as it streams by: CSV, or CSV in xz, gzip or zip."""

import csv
import gzip
import hashlib
import io
import lzma
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from erp_desktop.core.i18n import N_, _
from erp_desktop.imports.errors import FileDamagedError, FileEmptyError, FileNoTableError
from erp_desktop.imports.files import readable
from modules.sales.history.columns import COLUMNS, columns_of

_XZ, _GZIP, _ZIP = b"\xfd7zXZ\x00", b"\x1f\x8b", b"PK\x03\x04"
_BROKEN = (lzma.LZMAError, gzip.BadGzipFile, zipfile.BadZipFile, EOFError)
_BUFFER = 1 << 20


class RawLine(NamedTuple):
    """One line of the file, as it is written.

    Attributes:
        row: Its place in the file; the first row under the headings is 1.
    """

    row: int
    invoice: str
    code: str
    name: str
    quantity: str
    at: str
    price: str
    customer: str
    country: str


class HistoryFile:
    """A file on its way through; afterwards it is known by the fingerprint of its content.

    Attributes:
        rows: How many rows have come by.
    """

    def __init__(self, path: Path, content: IO[bytes]) -> None:
        self._path = path
        self._hash = _Hashed(content)
        self.rows = 0

    @property
    def sha256(self) -> str:
        """The fingerprint of what was read: of the unpacked content, once it is read to its end."""
        return self._hash.digest.hexdigest()

    def lines(self) -> Iterator[RawLine]:
        """Return the lines, one after the other.

        Raises:
            FileEmptyError: There is nothing in it.
            FileNoTableError: It has not the columns of invoice lines.
            FileDamagedError: It breaks off.
        """
        buffered = io.BufferedReader(self._hash, _BUFFER)
        text = io.TextIOWrapper(buffered, encoding="utf-8-sig", errors="replace", newline="")
        head = text.readline()
        if not head.strip():
            raise FileEmptyError(file=self._path.name)
        delimiter = max(",;\t", key=head.count)
        places = columns_of(next(csv.reader([head], delimiter=delimiter)))
        if places is None:
            raise FileNoTableError(file=self._path.name, what=_(N_("no list of invoice lines")))
        try:
            yield from self._read(csv.reader(text, delimiter=delimiter), places)
        except _BROKEN as error:
            raise FileDamagedError(file=self._path.name) from error

    def _read(self, rows: "Iterator[list[str]]", places: tuple[int, ...]) -> Iterator[RawLine]:
        longest = max(places)
        for cells in rows:
            if not cells:
                continue
            self.rows += 1
            if len(cells) <= longest:
                cells = [*cells, *[""] * (longest + 1 - len(cells))]  # noqa: PLW2901 - a short row
            yield RawLine(self.rows, *(cells[place] for place in places))


@contextmanager
def open_history(path: Path) -> Iterator[HistoryFile]:
    """Open a file, packed or not.

    Raises:
        UserError: It is not there, may not be read, or is damaged.
    """
    with readable(path), path.open("rb") as packed:
        try:
            with _unpacked(path, packed) as content:
                yield HistoryFile(path, content)
        except _BROKEN as error:
            raise FileDamagedError(file=path.name) from error


@contextmanager
def _unpacked(path: Path, packed: IO[bytes]) -> Iterator[Any]:
    magic = packed.read(6)
    packed.seek(0)
    if magic.startswith(_XZ):
        with lzma.open(packed) as content:
            yield content
    elif magic.startswith(_GZIP):
        with gzip.open(packed) as content:
            yield content
    elif magic.startswith(_ZIP):
        with zipfile.ZipFile(packed) as archive, archive.open(_only_file(path, archive)) as content:
            yield content
    else:
        yield packed


def _only_file(path: Path, archive: zipfile.ZipFile) -> str:
    tables = [name for name in archive.namelist() if name.lower().endswith((".csv", ".txt"))]
    if not tables:
        raise FileNoTableError(file=path.name, what=_(N_("an archive without a CSV file")))
    return max(tables, key=lambda name: archive.getinfo(name).file_size)


class _Hashed(io.RawIOBase):
    """Takes the fingerprint of all that is read through it."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        chunk = self._content.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self.digest.update(chunk)
        return len(chunk)


assert len(COLUMNS) == len(RawLine._fields) - 1  # noqa: S101 - the two must go together
