"""The file to send back: what was wrong is marked, and it can be imported again as it is."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from erp_desktop.core.i18n import speaking
from erp_desktop.imports.checking import Plan
from erp_desktop.imports.errors import DiskFullError, FileNotWrittenError
from erp_desktop.imports.reading import read_table
from erp_desktop.imports.remarks import write_remarks
from tests.imports.test_broken_files import nobody
from tests.imports.things import KIND, check, check_text

ROWS = [
    ["code", "nom", "prix"],
    ["00123", "Un", 1.5],
    [456, "Deux", "dix"],
    ["C", None, 1.234],
    ["=1+1", "Quatre", 4],
]


def sent(folder: Path) -> Path:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active["A5"].data_type = "s"
    book.save(folder / "sent.xlsx")
    return folder / "sent.xlsx"


def cells(path: Path) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(path).active.iter_rows()]


def fills(path: Path, row: int) -> list[str]:
    found = list(load_workbook(path).active.iter_rows())[row - 1]
    return [cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else "" for cell in found]


def test_wrong_cells_are_coloured_and_a_last_column_says_why(tmp_path: Path) -> None:
    plan, path = check(sent(tmp_path)), tmp_path / "back.xlsx"

    with speaking("fr"):
        write_remarks(path, plan, KIND.fields)

    assert cells(path)[0] == ["code", "nom", "prix", "Remarques"]
    assert cells(path)[1] == ["00123", "Un", 1.5, None]
    assert cells(path)[2][:3] == ["456", "Deux", "dix"]
    assert cells(path)[2][3].splitlines()[1].startswith("Prix\u00a0:")
    assert fills(path, 3) == ["FEF0C7", "", "FEE4E2", ""]
    assert fills(path, 4)[1] == "FEE4E2"
    assert load_workbook(path).active["A5"].data_type == "s"
    assert not load_workbook(path).active.sheet_view.rightToLeft


def test_in_arabic_the_sheet_runs_from_right_to_left(tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"

    with speaking("ar"):
        write_remarks(path, check(sent(tmp_path)), KIND.fields)

    assert cells(path)[0][3] == "ملاحظات"
    assert load_workbook(path).active.sheet_view.rightToLeft


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_what_was_sent_back_is_read_as_before_and_mended_it_is_taken(
    tmp_path: Path, language: str, suffix: str
) -> None:
    plan, path = check(sent(tmp_path)), tmp_path / f"back.{suffix}"

    with speaking(language):
        write_remarks(path, plan, KIND.fields)
    again = check(path)

    assert again.drafts == plan.drafts
    assert [(p.row, p.code) for p in again.problems if not p.is_doubt] == [
        (p.row, p.code) for p in plan.problems if not p.is_doubt
    ]
    assert again.columns == ("code", "name", "price", "")


def test_written_again_there_is_still_one_column_of_remarks(tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    write_remarks(first, check(sent(tmp_path)), KIND.fields)

    write_remarks(second, check(first), KIND.fields)

    assert cells(second)[0] == ["code", "nom", "prix", "Remarks"]


def test_only_the_rows_left_out_can_be_sent_back(tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"

    write_remarks(path, check(sent(tmp_path)), KIND.fields, only_wrong=True)

    assert [row[0] for row in cells(path)] == ["code", "456", "C"]


def test_columns_without_heading_get_one_that_is_known(tmp_path: Path) -> None:
    path, back = tmp_path / "things.csv", tmp_path / "back.csv"
    path.write_text("6130000000015;Un;x\n6130000000022;Deux;\n")
    plan = check(path, columns=("tag", "name", "price"))

    write_remarks(back, plan, KIND.fields)

    assert read_table(back).headings == ("Barcode", "Name", "Price", "Remarks")


def test_amounts_with_three_decimals_stay_what_they_are(tmp_path: Path) -> None:
    plan, path = check(sent(tmp_path)), tmp_path / "back.csv"

    write_remarks(path, plan, KIND.fields)

    prices = {thing.code: thing.price for thing in check(path, name_from_code=True).drafts}
    assert prices["C"] == Decimal("1.23")


def test_no_cell_becomes_a_formula(tmp_path: Path) -> None:
    plan = check_text(tmp_path, "code;nom;prix\n=cmd|x;Un;y\n-5;Deux;z\n@A;Trois;x\n")
    path = tmp_path / "back.csv"

    write_remarks(path, plan, KIND.fields)

    lines = path.read_text("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["code", "'=cmd|x", "-5", "'@A"]


def a_plan(folder: Path) -> Plan[Any]:
    rows = "".join(f"A{n};Un;x\n" for n in range(3000))
    return check_text(folder, f"code;nom;prix\n{rows}")


@contextmanager
def little_room(size: int) -> Iterator[None]:
    """Let the system refuse files larger than this, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("name", ["back.csv", "back.xlsx"])
def test_a_full_disk_says_so_and_leaves_what_was_there(tmp_path: Path, name: str) -> None:
    path, plan = tmp_path / name, a_plan(tmp_path)
    path.write_text("before")

    with little_room(4096), pytest.raises(DiskFullError) as refused:
        write_remarks(path, plan, KIND.fields)

    assert name in refused.value.sentence()
    assert path.read_text() == "before"
    assert {each.name for each in tmp_path.iterdir()} == {name, "things.csv"}


def test_a_folder_without_rights_says_so(tmp_path: Path) -> None:
    plan = a_plan(tmp_path)

    with nobody(), pytest.raises(FileNotWrittenError):
        write_remarks(tmp_path / "back.csv", plan, KIND.fields)


def test_writing_tells_how_far_it_is_and_can_be_ended(tmp_path: Path) -> None:
    plan, told = a_plan(tmp_path), list[tuple[int, int]]()

    write_remarks(
        tmp_path / "back.csv",
        plan,
        KIND.fields,
        progress=lambda done, total, _doing: told.append((done, total)),
    )

    assert told[0] == (0, 3000)
    assert told[-1] == (3000, 3000)
    assert len(told) == 7
