"""A list or a report as a file: a spreadsheet, CSV or PDF, exactly as it is shown."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar, overload

from typing_extensions import override

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, Words
from erp_desktop.ui.spreadsheet import as_csv, plain
from erp_desktop.ui.tables import RIGHT, Column

R = TypeVar("R")
Kind = Literal["xlsx", "csv", "pdf"]
Watch = Callable[[int, int], object]

# Each kind with the words of its button, its icon, and its title in a dialog.
KINDS: dict[Kind, tuple[str, str, str]] = {
    "xlsx": (N_("Excel"), "file-excel-outline", N_("Export as Excel…")),
    "csv": (N_("CSV"), "file-delimited-outline", N_("Export as CSV…")),
    "pdf": (N_("PDF"), "file-pdf-box", N_("Export as PDF…")),
}
MOST_ON_PAPER = 5000


class TooLongForPaperError(UserError):
    """Nobody turns over that many pages, and the printer is wanted by others."""

    code = "ui.too_long_for_paper"
    message = N_("{n} lines are too many for paper. Filter the list, or export it as Excel or CSV.")


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """What is exported.

    Attributes:
        title: Already translated.
        columns: Those that are shown, in the user's order.
        rows: All of them.
        totals: One more row of the same kind.
        about: Sentences below the title, on paper: the filter, the period, the age of the figures.
    """

    title: str
    columns: Sequence[Column[R]]
    rows: Sequence[R]
    totals: R | None = None
    about: Sequence[str] = ()


def render(table: Table[R], kind: Kind, words: Words, watch: Watch | None = None) -> bytes:
    """Return a table as the content of a file.

    Args:
        table: What is exported.
        kind: Of file.
        words: The language in which the user reads.
        watch: Called with how many rows are done, and of how many; what it raises ends the work.

    Raises:
        TooLongForPaperError: A PDF would have hundreds of pages.
    """
    rows = Watched(table.rows, watch)
    if kind == "csv":
        return as_csv(table.columns, [*rows, *_totals(table)], words)
    if kind == "xlsx":
        return _workbook(table, rows, words)
    return _paper(table, rows, words)


def is_strong(columns: Sequence[Column[R]], row: R) -> bool:
    """Whether a row is bold on paper: one of its columns says it of rows, such as sums."""
    return any(callable(column.strong) and column.strong(row) for column in columns)


def _workbook(table: Table[R], rows: "Watched[R]", words: Words) -> bytes:
    # A window that opens does not wait for openpyxl.
    from erp_desktop.documents.spreadsheets import SheetColumn, write_xlsx  # noqa: PLC0415

    columns = [
        SheetColumn(words.say(column.title), _decimals(column, table.rows, words))
        for column in table.columns
    ]
    total = [_values(table, row) for row in _totals(table)]
    content = io.BytesIO()
    write_xlsx(
        content,
        table.title,
        columns,
        (_values(table, row) for row in rows),
        total[0] if total else None,
        rtl=words.is_right_to_left,
    )
    return content.getvalue()


def _paper(table: Table[R], rows: "Watched[R]", words: Words) -> bytes:
    # Nor for ReportLab.
    from erp_desktop.documents.table_paper import (  # noqa: PLC0415
        StrongRow,
        TableColumn,
        render_table,
    )

    # Where all rows are sums, such as groups without their accounts, none stands out.
    stands_out = not all(is_strong(table.columns, row) for row in table.rows)

    def texts_of(row: R) -> Sequence[str]:
        kind = StrongRow if stands_out and is_strong(table.columns, row) else tuple
        return kind(c.text(row) for c in table.columns)

    if len(rows) > MOST_ON_PAPER:
        raise TooLongForPaperError(n=words.number(len(rows)))
    columns = [TableColumn(words.say(c.title), is_figure=c.align == RIGHT) for c in table.columns]
    texts = Watched([texts_of(row) for row in table.rows], rows.watch)
    total = [[c.text(row) for c in table.columns] for row in _totals(table)]
    return render_table(
        table.title, table.about, columns, texts, total[0] if total else None, words
    )


def _values(table: Table[R], row: R) -> list[Any]:
    return [_value(column, row) for column in table.columns]


def _value(column: Column[R], row: R) -> Any:
    return plain(column.text(row)) if column.value is None else column.value(row)


def _totals(table: Table[R]) -> list[R]:
    return [] if table.totals is None else [table.totals]


def _decimals(column: Column[R], rows: Sequence[R], words: Words) -> int | None:
    """Return how many decimals the screen shows of a column's numbers."""
    for row in rows:
        value = _value(column, row)
        if isinstance(value, Decimal) and value:
            sign = r"\." if words.language == "en" else ","
            found = re.search(rf"{sign}(\d+)\D*$", plain(column.text(row)))
            return len(found[1]) if found else None
        if isinstance(value, date | str):
            return None
    return None


class Watched(Sequence[R]):
    """Rows that tell how far their reader is."""

    def __init__(self, rows: Sequence[R], watch: Watch | None) -> None:
        self._rows = rows
        self.watch = watch

    @override
    def __iter__(self) -> Iterator[R]:
        for number, row in enumerate(self._rows):
            if self.watch is not None:
                self.watch(number, len(self._rows))
            yield row

    @override
    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[R]: ...
    @override
    def __getitem__(self, index: int | slice) -> R | Sequence[R]:
        return self._rows[index]
