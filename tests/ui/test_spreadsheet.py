"""Rows for a spreadsheet."""

from datetime import date
from decimal import Decimal

from erp_desktop.core.i18n import words
from erp_desktop.ui.spreadsheet import as_csv
from erp_desktop.ui.tables import RIGHT, Column

COLUMNS: tuple[Column[tuple[str, Decimal, date]], ...] = (
    Column("Name", lambda row: row[0]),
    Column("Price", lambda row: f"\u2066{row[1]}\u2069 DA", RIGHT, value=lambda row: row[1]),
    Column("On", lambda _row: "", value=lambda row: row[2]),
)
ROWS = [("قهوة; 1 كغ", Decimal("1234.50"), date(2026, 3, 5))]


def test_french_excel_reads_amounts_as_amounts() -> None:
    text = as_csv(COLUMNS, ROWS, words("fr")).decode("utf-8-sig")

    assert text.splitlines()[1] == '"قهوة; 1 كغ";1234,50;05/03/2026'


def test_english_excel_reads_amounts_as_amounts() -> None:
    text = as_csv(COLUMNS, ROWS, words("en")).decode("utf-8-sig")

    assert text.splitlines()[1] == "قهوة; 1 كغ,1234.50,05/03/2026"


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    rows = [("=cmd|'/c calc'!A1", Decimal(1), date(2026, 1, 1))]

    assert as_csv(COLUMNS, rows, words("fr")).decode("utf-8-sig").splitlines()[1].startswith("'=")
