"""Spreadsheets, new and old: XLSX, XLSB, XLS and ODS, read by calamine."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from erp_desktop.imports.cells import text_of
from erp_desktop.imports.errors import FileDamagedError, FileEmptyError, FileProtectedError
from erp_desktop.imports.files import readable


class SheetSource:
    """The rows of one sheet, from its first on, also those that are empty."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self.size: int = sheet.end[0] + 1 if sheet.end else 0

    def rows(self) -> Iterator[Sequence[str]]:
        """Return the cells of each row, as text."""
        for values in self._sheet.iter_rows():
            yield [value if type(value) is str else text_of(value) for value in values]


def open_workbook(path: Path, sheet: str = "") -> tuple[SheetSource, str, tuple[str, ...]]:
    """Return the rows of a sheet, its name, and the names of all sheets that are shown.

    Args:
        path: The file.
        sheet: The sheet's name; without one, the first that has something in it.

    Raises:
        FileProtectedError: A password is needed.
        FileDamagedError: It cannot be read, or only in part.
        FileEmptyError: Nothing is in it.
    """
    try:
        with readable(path):
            book = CalamineWorkbook.from_path(str(path))
        sheets = _shown(book)
        wanted = [sheet] if sheet in sheets else sheets
        for name in wanted:
            source = SheetSource(book.get_sheet_by_name(name))
            if source.size:
                return source, name, tuple(sheets)
    except PasswordError as error:
        raise FileProtectedError(file=path.name) from error
    except BaseException as error:
        if not _is_damage(error):
            raise
        raise FileDamagedError(file=path.name) from error
    raise FileEmptyError(file=path.name)


def _is_damage(error: BaseException) -> bool:
    """Whether calamine has found a file broken.

    WORKAROUND: over some broken files it panics, which is no `Exception` and has no public name:
    https://pyo3.rs/main/doc/pyo3/panic/struct.PanicException
    """
    return isinstance(error, CalamineError) or type(error).__name__ == "PanicException"


def _shown(book: Any) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
