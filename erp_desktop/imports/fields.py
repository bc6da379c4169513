"""What the columns of a file can hold, and which of them seem to hold what."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from erp_desktop.core.i18n import _, current, in_language
from erp_desktop.imports.headings import each, squeezed
from erp_desktop.imports.problems import Note, What
from erp_desktop.imports.tables import Table

IGNORED = ""
EXTRA = "extra"

_SURE = 0.8

Read = Callable[[str, Note], Any]


def as_it_is(cell: str, _note: Note) -> Any:
    """Return a cell as it stands."""
    return cell


@dataclass(frozen=True, slots=True)
class ImportField:
    """What a column can hold.

    Attributes:
        id: Its name in `ImportOptions.columns`.
        title: Marked `N_`; or a name that is translated already, with `title_ar`.
        headings: How people call it, with dots between.
        read: Returns the value of a cell that is not empty, or None after noting why not.
        missing: What is wrong with a row that says nothing about it; None if nothing.
        marks: What of its value no two records may share, such as a barcode.
        recognise: Whether a value gives its column away, where the heading does not.
        title_ar: The Arabic name of what is named by data, such as a tax identifier.
        repeats: Several columns can hold it; its value is a tuple.
        is_code: Digits and letters, to be kept as they are typed.
    """

    id: str
    title: str
    headings: str = ""
    read: Read = as_it_is
    missing: What | None = None
    marks: Callable[[Any], Iterable[str]] | None = None
    recognise: Callable[[str], bool] | None = None
    title_ar: str | None = None
    repeats: bool = False
    is_code: bool = False

    def named(self) -> str:
        """Return its title in the user's language."""
        if self.title_ar is None:
            return _(self.title)
        return in_language(current().language, self.title, self.title_ar)


def propose_columns(table: Table, fields: Sequence[ImportField]) -> tuple[str, ...]:
    """Return what each column seems to hold: by its heading, or by what stands in it."""
    by_heading = {heading: field.id for field in fields for heading in each(field.headings)}
    columns = [by_heading.get(squeezed(heading), IGNORED) for heading in table.headings]
    _keep_first_of_each(columns, {field.id for field in fields if field.repeats})
    for field in fields:
        if field.recognise is not None and field.id not in columns:
            _recognise(table, field, columns)
    return tuple(columns)


def repeats_codes(table: Table, columns: Sequence[str]) -> bool:
    """Whether many rows share their code, as the lines of invoices do."""
    if "code" not in columns:
        return False
    place = list(columns).index("code")
    codes = [cells[place] for cells in table.sample(2000) if place < len(cells)]
    return len(codes) > 20 and len(set(codes)) < 0.9 * len(codes)


def _keep_first_of_each(columns: list[str], repeating: set[str]) -> None:
    seen: set[str] = set()
    for place, field in enumerate(columns):
        if field in seen and field not in repeating:
            columns[place] = IGNORED
        seen.add(field)


def _recognise(table: Table, field: ImportField, columns: list[str]) -> None:
    assert field.recognise is not None  # noqa: S101 - asked for by who calls
    sample = table.sample()
    for place, held in enumerate(columns):
        values = [cells[place].strip() for cells in sample if place < len(cells) and cells[place]]
        right = sum(field.recognise(value) for value in values)
        if held == IGNORED and len(values) > 2 and right > _SURE * len(values):
            columns[place] = field.id
            if not field.repeats:
                return
