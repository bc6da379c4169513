"""A kind of import as small as can be: things with a code, tags that nobody shares, and a price."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from typing_extensions import override

from erp_desktop.imports import headings, reads
from erp_desktop.imports.checking import Plan, check_table
from erp_desktop.imports.fields import EXTRA, ImportField, propose_columns
from erp_desktop.imports.kinds import Kind
from erp_desktop.imports.problems import What
from erp_desktop.imports.reading import read_table
from erp_desktop.imports.rows import ImportOptions, ReadRow


@dataclass(frozen=True, slots=True)
class Thing:
    """What is imported."""

    code: str
    name: str
    price: Decimal | None = None
    tags: tuple[str, ...] = ()
    extra: Any = None


class ThingKind(Kind[Thing]):
    """Things, priced in dinars."""

    code_taken = What("code_taken", "A thing has this code.")
    mark_repeated = What("tag_repeated", "Row {row} has this tag.")
    mark_taken = What("tag_taken", "Thing {code} has this tag.")
    makes_codes = True

    def __init__(self) -> None:
        super().__init__(
            (
                ImportField(
                    "code",
                    "Code",
                    headings.CODE,
                    reads.code(10),
                    missing=What("code_missing", "There is no code."),
                    is_code=True,
                ),
                ImportField(
                    "tag",
                    "Barcode",
                    headings.BARCODE,
                    lambda cell, _note: tuple(cell.split()),
                    marks=tuple,
                    repeats=True,
                    is_code=True,
                ),
                ImportField(
                    "name",
                    "Name",
                    "nom",
                    reads.text(12),
                    missing=What("name_missing", "There is no name."),
                ),
                ImportField("price", "Price", "prix", reads.amount("DZD")),
                ImportField("stock", "Quantity", "stock", reads.quantity),
                ImportField(EXTRA, "Extra fact", repeats=True),
            )
        )

    @override
    def draft(self, row: ReadRow) -> Thing:
        said = row.values
        extra = said.get(EXTRA)
        return Thing(row.code, said["name"], said.get("price"), said.get("tag", ()), extra)


KIND = ThingKind()


def check(path: Path, *, known: Any = (frozenset(), {}), **options: Any) -> Plan[Thing]:
    """Check a file whose columns are known by their headings."""
    table = read_table(path)
    given = {"columns": propose_columns(table, KIND.fields), **options}
    return check_table(table, ImportOptions(**given), KIND, lambda _codes, _tags: known)


def check_text(folder: Path, text: str, **options: Any) -> Plan[Thing]:
    """Check a text."""
    path = folder / "things.csv"
    path.write_text(text, encoding="utf-8")
    return check(path, **options)


def found(plan: Plan[Any]) -> list[tuple[int, int, str]]:
    """Return row, place and code of each problem."""
    return [(problem.row, problem.place, problem.code) for problem in plan.problems]
