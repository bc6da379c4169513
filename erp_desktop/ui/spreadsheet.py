"""Rows for a spreadsheet: CSV that Excel opens rightly in French, Arabic and English."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from erp_desktop.core.i18n import Words, _, current
from erp_desktop.ui.tables import Column

R = TypeVar("R")
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Excel runs a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(text: str) -> str:
    """Return shown text without the marks that only a screen needs."""
    return _DIRECTION_MARKS.sub("", text)


def as_csv(columns: Sequence[Column[R]], rows: Iterable[R], words: Words | None = None) -> bytes:
    """Return rows as CSV: a mark for UTF-8, and `;` where the decimal sign is a comma."""
    words = words or current()
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter="," if words.language == "en" else ";", lineterminator="\r\n"
    )
    writer.writerow([_(column.title) for column in columns])
    for row in rows:
        writer.writerow([_cell(column, row, words) for column in columns])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_tsv(columns: Sequence[Column[R]], rows: Iterable[R], *, headings: bool = False) -> str:
    """Return rows as a spreadsheet takes them from the clipboard."""
    lines = [[_(column.title) for column in columns]] if headings else []
    lines += [[_cell(column, row, current()) for column in columns] for row in rows]
    return "\n".join("\t".join(map(_one_line, line)) for line in lines)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n")).replace("\t", " ")


def _cell(column: Column[R], row: R, words: Words) -> str:
    if column.value is not None:
        return _exact(column.value(row), words)
    text = plain(column.text(row))
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text) else text


def _exact(value: Any, words: Words) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", "." if words.language == "en" else ",")
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[-+]?[\d\s.,]+", text))
