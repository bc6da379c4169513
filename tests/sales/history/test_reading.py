"""A file of invoice lines is read as it streams by, however it is packed."""

import gzip
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from erp_desktop.core.errors import CancelledError, UserError
from erp_desktop.imports.errors import FileDamagedError, FileEmptyError, FileNoTableError
from modules.sales.errors import NothingToBookError
from modules.sales.history.census import compare
from modules.sales.history.history import read_history
from modules.sales.history.reading import open_history
from tests.sales.history.shop import HEAD, SAMPLE, write_csv


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.md", "not this one")
        archive.write(SAMPLE, "shop/lines.csv")


PACKERS: dict[str, Callable[[Path], object]] = {
    "lines.csv": lambda path: path.write_bytes(SAMPLE.read_bytes()),
    "lines.csv.xz": lambda path: path.write_bytes(lzma.compress(SAMPLE.read_bytes())),
    "lines.csv.gz": lambda path: path.write_bytes(gzip.compress(SAMPLE.read_bytes())),
    "lines.zip": zipped,
}


@pytest.mark.parametrize("name", PACKERS)
def test_a_file_is_the_same_however_it_is_packed(tmp_path: Path, name: str) -> None:
    PACKERS[name](tmp_path / name)
    plain = read_history(SAMPLE)

    history = read_history(tmp_path / name)

    assert history.sha256 == plain.sha256
    assert history.census == plain.census
    assert history.documents == plain.documents


def test_headings_may_be_french_and_columns_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "lignes.csv"
    path.write_text(
        "Pays;Client;Prix unitaire;Quantité;Date;Désignation;Référence;N° facture\n"
        "France;12;2.50;3;01/12/2010 08:26;COEUR;85123a;536365\n",
        encoding="utf-8-sig",
    )

    (document,) = read_history(path).documents

    (line,) = document.lines
    assert (line.invoice, line.code, line.name, str(line.value)) == (
        "536365",
        "85123A",
        "COEUR",
        "7.50",
    )


BROKEN: dict[str, tuple[bytes, type[UserError]]] = {
    "empty": (b"", FileEmptyError),
    "only headings": (HEAD.encode(), FileEmptyError),
    "another table": (b"a,b,c\n1,2,3\n", FileNoTableError),
    "half a packed file": (lzma.compress(SAMPLE.read_bytes())[:-500], FileDamagedError),
    "no line that can be booked": (
        f"{HEAD}536365,POST,,1,never,2,,\n".encode(),
        NothingToBookError,
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_such_file_is_refused(tmp_path: Path, name: str) -> None:
    content, refusal = BROKEN[name]
    path = tmp_path / "lines.csv"
    path.write_bytes(content)

    with pytest.raises(refusal):
        read_history(path)


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    row = "536365,85123A,HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom"
    path = write_csv(tmp_path / "long.csv", *[row] * 6000)

    def stop(_done: int, _total: int, _doing: str) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        read_history(path, progress=stop)


def test_a_short_row_reads_as_if_the_rest_were_empty(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "short.csv", "536365,85123A,HEART,6,2010-12-01 08:26:00,2.55")

    with open_history(path) as file:
        (raw,) = file.lines()

    assert (raw.price, raw.customer, raw.country) == ("2.55", "", "")


def test_what_was_read_is_held_against_what_was_stated() -> None:
    census = read_history(SAMPLE).census
    stated = {
        "rows": 152,
        "total_value_GBP": "-7630.879",
        "invoices_starting_A": 4,
        "per_month": {"2010-12": {"lines": 61, "countries": ["unknown"]}},
        "busiest_day_lines": ["2011-12-05", 5331],
    }

    checks = {check.name: check for check in compare(census, stated)}

    assert {name for name, check in checks.items() if not check.is_right} == {
        "invoices_starting_A",
        "per_month.2010-12.lines",
    }
    assert checks["invoices_starting_A"].stated == 4
    assert checks["invoices_starting_A"].found == 3
