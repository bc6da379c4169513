"""What a file really is, whatever its name says, and whether it can be read at all."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from erp_desktop.core.i18n import N_, _
from erp_desktop.imports.errors import (
    FileDamagedError,
    FileEmptyError,
    FileForbiddenError,
    FileGoneError,
    FileIsFolderError,
    FileNoTableError,
    FileTooLargeError,
)

Shape = Literal["text", "workbook"]

MEGABYTE = 1024 * 1024
LARGEST_TEXT = 256 * MEGABYTE
LARGEST_WORKBOOK = 64 * MEGABYTE
# A small archive can hold a mountain of zeros.
LARGEST_UNPACKED = 2048 * MEGABYTE

_HEAD = 4096
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHERS = (
    (b"%PDF", N_("a PDF")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"PK\x05\x06", N_("an archive")),
    (b"\x1f\x8b", N_("an archive")),
    (b"7z\xbc\xaf", N_("an archive")),
    (b"Rar!", N_("an archive")),
    (b"{\\rtf", N_("a text document")),
)
# Programs that call a web page XLS are many.
_WEB = (b"<html", b"<!doctype", b"<table", b"<?xml")
_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Say in one sentence why a file cannot be read.

    Raises:
        FileGoneError: It is not there.
        FileIsFolderError: It is a folder.
        FileForbiddenError: It may not be read.
        FileDamagedError: The disk does not give it.
    """
    try:
        yield
    except FileNotFoundError as error:
        raise FileGoneError(file=path.name) from error
    except IsADirectoryError as error:
        raise FileIsFolderError(file=path.name) from error
    except PermissionError as error:
        raise FileForbiddenError(file=path.name) from error
    except OSError as error:
        raise FileDamagedError(file=path.name) from error


def shape_of(path: Path) -> Shape:
    """Return whether a file is a text or a spreadsheet, by what is in it.

    Raises:
        FileEmptyError: Nothing is in it.
        FileNoTableError: It is something else.
        FileTooLargeError: It would fill the memory.
        UserError: As `readable`.
    """
    with readable(path):
        # Windows says of a folder that it may not be read.
        if path.is_dir():
            raise FileIsFolderError(file=path.name)
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
        shape = _shape(path, head)
    limit = LARGEST_TEXT if shape == "text" else LARGEST_WORKBOOK
    if size > limit:
        raise FileTooLargeError(file=path.name, limit=limit // MEGABYTE)
    return shape


def _shape(path: Path, head: bytes) -> Shape:
    if not head.strip():
        raise FileEmptyError(file=path.name)
    if head.startswith(_ZIP):
        _open_archive(path)
        return "workbook"
    if head.startswith(_OLE):
        return "workbook"
    what = next((name for mark, name in _OTHERS if head.startswith(mark)), "")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_WEB):
        what = N_("a web page")
    if what:
        raise FileNoTableError(file=path.name, what=_(what))
    return "text"


def _open_archive(path: Path) -> None:
    """Go on only if an archive is a spreadsheet of a bearable size."""
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            is_open = "mimetype" in sizes and archive.read("mimetype").startswith(_OPEN_DOCUMENT)
    except (zipfile.BadZipFile, ValueError, EOFError) as error:
        raise FileDamagedError(file=path.name) from error
    if not is_open and not any(name in sizes for name in _WORKBOOKS):
        raise FileNoTableError(file=path.name, what=_(N_("an archive")))
    if sum(sizes.values()) > LARGEST_UNPACKED:
        raise FileTooLargeError(file=path.name, limit=LARGEST_WORKBOOK // MEGABYTE)
