"""Files that cannot be read or written: one clear sentence each, from the real thing."""

import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from erp_desktop.core.errors import UserError
from erp_desktop.imports import errors, files, tables
from erp_desktop.imports.reading import read_table

DATA = Path(__file__).parent / "data"


def good(folder: Path) -> Path:
    path = folder / "good.xlsx"
    book = Workbook()
    for number in range(200):
        book.active.append([f"A-{number}", "Un produit", number])
    book.save(path)
    return path


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def archive(folder: Path, **entries: bytes) -> Path:
    path = folder / "prices.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return path


def truncated(folder: Path) -> Path:
    content = good(folder).read_bytes()
    return written(folder, "prices.xlsx", content[: len(content) // 2])


def scrambled(folder: Path) -> Path:
    return archive(folder, xl__workbook_xml=b"<workbook><sheets><sheet")


def truncated_xls(folder: Path) -> Path:
    return written(folder, "prices.xls", (DATA / "prices.xls").read_bytes()[:1500])


def bomb(folder: Path) -> Path:
    return archive(folder, xl__workbook_xml=b"", xl__zeros=b"\x00" * 4096)


def open_quote(folder: Path) -> Path:
    text = 'code;nom\nA;Un\nB;"Deux\n' + "C;Trois et davantage de mots pour remplir\n" * 500_000
    return written(folder, "prices.csv", text.encode())


def sheets_without_rows(folder: Path) -> Path:
    Workbook().save(folder / "prices.xlsx")
    return folder / "prices.xlsx"


BROKEN: dict[Callable[[Path], Path], type[UserError]] = {
    lambda folder: folder / "gone.csv": errors.FileGoneError,
    lambda folder: folder: errors.FileIsFolderError,
    lambda folder: written(folder, "prices.csv", b""): errors.FileEmptyError,
    lambda folder: written(folder, "prices.csv", b"  \n \n;;\n"): errors.FileEmptyError,
    lambda folder: written(folder, "prices.csv", b"\xef\xbb\xbf"): errors.FileEmptyError,
    sheets_without_rows: errors.FileEmptyError,
    lambda folder: written(folder, "prices.csv", b"%PDF-1.7 1 0 obj"): errors.FileNoTableError,
    lambda folder: written(folder, "prices.xlsx", b"%PDF-1.7 1 0 obj"): errors.FileNoTableError,
    lambda folder: written(folder, "prices.xls", b"<html><table>"): errors.FileNoTableError,
    lambda folder: written(folder, "prices.csv", b"\x89PNG\r\n\x1a\n"): errors.FileNoTableError,
    lambda folder: written(folder, "prices.csv", b"\x1f\x8b\x08"): errors.FileNoTableError,
    lambda folder: written(folder, "prices.csv", b"MZ\x90\x00\x03\n;"): errors.FileNoTableError,
    lambda folder: archive(folder, word__document_xml=b"<w/>"): errors.FileNoTableError,
    truncated: errors.FileDamagedError,
    truncated_xls: errors.FileDamagedError,
    scrambled: errors.FileDamagedError,
    lambda _folder: DATA / "protected.xlsx": errors.FileProtectedError,
    open_quote: errors.QuoteOpenError,
}


def read_all(path: Path) -> None:
    for _row in read_table(path).rows():
        pass


@pytest.mark.parametrize(("breaking", "refusal"), BROKEN.items())
def test_a_broken_file_gives_one_clear_sentence(
    tmp_path: Path, breaking: Any, refusal: type[UserError]
) -> None:
    path = breaking(tmp_path)

    with pytest.raises(refusal) as refused:
        read_all(path)

    sentence = refused.value.sentence()
    assert path.name in sentence
    assert "{" not in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("kept", range(0, 100, 4))
def test_a_spreadsheet_cut_anywhere_is_read_or_refused_in_words(tmp_path: Path, kept: int) -> None:
    whole = good(tmp_path).read_bytes()
    for name, content in (
        ("cut.xlsx", whole[: len(whole) * kept // 100]),
        ("cut.xls", (DATA / "prices.xls").read_bytes()[: 5632 * kept // 100]),
        ("cut.ods", (DATA / "prices.ods").read_bytes()[: 1667 * kept // 100]),
        ("torn.xlsx", whole[: len(whole) * kept // 100] + whole[len(whole) * kept // 100 + 40 :]),
    ):
        path = written(tmp_path, name, content)
        # Whatever is no `UserError` fails the test.
        with suppress(UserError):
            read_all(path)


@contextmanager
def nobody() -> Iterator[None]:
    """Be somebody who may read nothing of ours: the superuser could read anything."""
    if os.name != "posix" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_without_rights_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, "prices.csv", b"code;nom\nA;Un\n")
    path.chmod(0)

    with nobody(), pytest.raises(errors.FileForbiddenError):
        read_table(path)


def test_files_that_would_fill_the_memory_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST_TEXT", 10)
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 1000)

    for path in (written(tmp_path, "prices.csv", b"code;nom\nA;Un\n"), bomb(tmp_path)):
        with pytest.raises(errors.FileTooLargeError):
            read_table(path)


def test_more_rows_than_one_import_takes_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = read_table(written(tmp_path, "few.csv", b"code\nA\nB\nC\n"))
    many = read_table(written(tmp_path, "many.csv", b"code\nA\nB\nC\nD\n"))
    monkeypatch.setattr(tables, "MOST_ROWS", 3)

    assert len(list(few.rows())) == 3
    with pytest.raises(errors.TooManyRowsError, match="up to 3 rows"):
        list(many.rows())
