"""Spreadsheets of all kinds: sheets, numbers without noise, codes that were made numbers."""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from erp_desktop.imports.cells import Figure, Moment, clean, text_of
from erp_desktop.imports.reading import read_table

DATA = Path(__file__).parent / "data"
HEADINGS = ("Référence", "Désignation", "Code-barres", "Prix TTC", "Depuis")


def book(folder: Path, **sheets: Sequence[Any]) -> Path:
    """Write a spreadsheet as Excel does."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "prices.xlsx"
    made.save(path)
    return path


@pytest.mark.parametrize("name", ["prices.xls", "prices.ods"])
def test_old_and_open_spreadsheets_are_read_alike(name: str) -> None:
    table = read_table(DATA / name)

    assert (table.headings, table.sheets, table.encoding) == (HEADINGS, ("Tarif",), "")
    first, second = table.sample()
    assert list(first[:4]) == ["00123", "Café moulu", "6130000000015", "119.5"]
    assert list(second[:4]) == ["THE-1", "شاي أخضر", "6130000000022", "0.3"]
    assert isinstance(first[2], Figure)
    assert not isinstance(second[2], Figure)


def test_old_spreadsheets_keep_their_dates() -> None:
    first, second = read_table(DATA / "prices.xls").sample()

    assert (first[4], second[4]) == ("2026-01-02", "2026-11-30")
    assert isinstance(first[4], Moment)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (119.5, "119.5"),
        (0.1 + 0.2, "0.3"),
        (19.990000000000002, "19.99"),
        (1e-7, "0.0000001"),
        (6130000000015.0, "6130000000015"),
        (123456789012345.0, "123456789012345"),
        (1.2345678901234567e19, "1.23456789012346e+19"),
        (-3, "-3"),
        (True, "true"),
        (False, "false"),
        ("", ""),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2), "2026-01-02"),  # noqa: DTZ001 - spreadsheets know no zones
        (datetime(2026, 1, 2, 14, 5), "2026-01-02 14:05:00"),  # noqa: DTZ001 - same
        (time(14, 5), "14:05:00"),
    ],
)
def test_a_cell_says_what_was_typed(value: Any, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('="0123"', "0123"),
        (" A ", "A"),
        ("'=1+1", "=1+1"),
        ("'-5", "-5"),
        ("l'eau", "l'eau"),
        ("'eau", "'eau"),
        ("a\x00b\x1f", "ab"),
    ],
)
def test_cells_lose_what_spreadsheets_put_around_them(cell: str, value: str) -> None:
    assert clean(cell) == value


def test_the_first_sheet_with_something_in_it_is_read_unless_another_is_wanted(
    tmp_path: Path,
) -> None:
    path = book(
        tmp_path,
        Vide=[],
        Tarif=[["code", "nom"], ["A", "Un"]],
        Gros=[["code", "nom"], ["B", "Deux"]],
    )

    first, other = read_table(path), read_table(path, sheet="Gros")

    assert (first.sheet, first.sheets) == ("Tarif", ("Vide", "Tarif", "Gros"))
    assert other.sample() == [["B", "Deux"]]
    assert read_table(path, sheet="gone").sheet == "Tarif"


def test_rows_are_counted_as_the_spreadsheet_counts_them(tmp_path: Path) -> None:
    rows = [
        [],
        [None, "SARL Atlas"],
        [],
        [None, "code", "nom", "prix"],
        [None, "A", "Un", 1],
        [],
        [None, "B", "Deux", 2],
    ]

    table = read_table(book(tmp_path, Tarif=rows))

    assert (table.headings_in, table.headings) == (4, ("code", "nom", "prix"))
    assert list(table.rows()) == [(5, ["A", "Un", "1"]), (7, ["B", "Deux", "2"])]


def test_a_column_without_heading_is_seen(tmp_path: Path) -> None:
    table = read_table(book(tmp_path, Tarif=[("code", None, None), ("A", "x", None)]))

    assert table.headings == ("code", "")


def test_hidden_sheets_are_nobodys_business(tmp_path: Path) -> None:
    made = Workbook()
    made.active.append(["code"])
    made.create_sheet("Coûts").sheet_state = "hidden"
    made.save(tmp_path / "prices.xlsx")

    assert read_table(tmp_path / "prices.xlsx").sheets == ("Sheet",)
