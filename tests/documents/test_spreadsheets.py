"""Workbooks: what Excel and everybody else reads back is what was written."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from erp_desktop.core.errors import CancelledError
from erp_desktop.documents.spreadsheets import SheetColumn, write_xlsx

COLUMNS = (
    SheetColumn("Code"),
    SheetColumn("Nom"),
    SheetColumn("Prix", decimals=2),
    SheetColumn("Depuis"),
    SheetColumn("Vu"),
    SheetColumn("Quantité"),
)
MOMENT = datetime(2026, 11, 20, 10, 12)  # noqa: DTZ001 - Excel knows no zones
ROW = (
    "0007",
    "قهوة \u20661 كغ\u2069",
    Decimal("1234.50"),
    date(2026, 3, 5),
    MOMENT,
    Decimal("2.500"),
)


def book_of(rows: Sequence[Sequence[Any]], totals: Any = None, *, rtl: bool = False) -> Any:
    content = io.BytesIO()
    write_xlsx(content, "Produits: 2026/11", COLUMNS, rows, totals, rtl=rtl)
    content.seek(0)
    return load_workbook(content)


def xml_of(rows: Sequence[Sequence[Any]]) -> str:
    content = io.BytesIO()
    write_xlsx(content, "Produits", COLUMNS, rows)
    with zipfile.ZipFile(content) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def test_amounts_are_numbers_days_are_days_and_codes_are_texts() -> None:
    sheet = book_of([ROW]).active
    code, name, price, since, seen, quantity = sheet[2]

    assert (code.value, code.data_type) == ("0007", "s")
    assert name.value == "قهوة 1 كغ"
    assert (price.value, price.data_type, price.number_format) == (1234.5, "n", "#,##0.00")
    assert (since.value, since.number_format) == (datetime(2026, 3, 5), "dd/mm/yyyy")  # noqa: DTZ001 - same
    assert (seen.value, seen.number_format) == (MOMENT, "dd/mm/yyyy hh:mm")
    assert quantity.number_format == "#,##0.0"


def test_a_decimal_never_becomes_a_float() -> None:
    long = Decimal("12345678901234567.123")

    found = re.findall(r"<v>([\d.]+)</v>", xml_of([("A", "B", long, None, None, Decimal("0.1"))]))

    assert found == ["12345678901234567.123", "0.1"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_a_text_that_begins_like_a_formula_stays_a_text(start: str) -> None:
    evil = f"{start}cmd|'/c calc'!A1"
    cell = book_of([("A", evil, None, None, None, None)]).active["B2"]

    assert cell.data_type == "s"
    assert cell.value == evil
    assert "<f>" not in xml_of([("A", evil, None, None, None, None)])


def test_headings_are_bold_and_stay_in_sight() -> None:
    sheet = book_of([ROW]).active

    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.title == "Produits  2026 11"


def test_an_arabic_sheet_is_read_from_right_to_left() -> None:
    assert book_of([ROW], rtl=True).active.sheet_view.rightToLeft
    assert not book_of([ROW]).active.sheet_view.rightToLeft


def test_totals_are_one_bold_row_at_the_end() -> None:
    sheet = book_of([ROW, ROW], ("", "Total", Decimal(2469), None, None, None)).active

    assert sheet.max_row == 4
    assert sheet["C4"].value == 2469
    assert sheet["C4"].font.bold


def test_columns_are_as_wide_as_what_is_in_them() -> None:
    wide = book_of([("A", "x" * 50, None, None, None, None)]).active.column_dimensions

    assert 50 <= wide["B"].width <= 62
    assert wide["A"].width < 12


def test_what_no_sheet_can_hold_is_left_out_and_not_refused() -> None:
    row = (
        "A\x00\x1b",
        "x" * 40_000,
        Decimal("NaN"),
        date(1815, 6, 18),
        MOMENT.replace(tzinfo=UTC),
        3,
    )

    sheet = book_of([row]).active

    assert sheet["A2"].value == "A"
    assert len(sheet["B2"].value) == 32_767
    assert sheet["C2"].value is None
    assert sheet["D2"].value == "18/06/1815"


def test_another_library_reads_the_same() -> None:
    content = io.BytesIO()
    write_xlsx(content, "Produits", COLUMNS, [ROW])
    content.seek(0)

    rows = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()

    assert rows[1][:4] == ["0007", "قهوة 1 كغ", 1234.5, date(2026, 3, 5)]


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    def rows() -> Iterator[Sequence[Any]]:
        yield ROW
        raise CancelledError

    with pytest.raises(CancelledError):
        write_xlsx(tmp_path / "a.xlsx", "Produits", COLUMNS, rows())
    assert list(tmp_path.iterdir()) == []

    write_xlsx(tmp_path / "a.xlsx", "Produits", COLUMNS, [ROW])
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
