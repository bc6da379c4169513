"""The package for the auditor: whole, the same for the same books, without other branches."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import CancelledError
from erp_desktop.imports.errors import FileNotWrittenError
from modules.accounting.auditing import FEC_COLUMNS, write_package
from tests.accounting.books import Books, books_of, draft, pair
from tests.houses import ORAN, YEAR, Ask, House

pytestmark = pytest.mark.database


@pytest.fixture
def asker() -> str:
    """The accountant hands the books over."""
    return "salim"


@pytest.fixture
def books(house: House) -> Iterator[Books]:
    """Salim's books: a rent, a claim in euros, and an entry of Oran and of another year."""
    party = uuid7()
    house.run(f"insert into accounting.party_names values ('{party}', 'Benali\tFrères', 'بن علي')")
    with books_of(house) as opened:
        opened.post()
        claim, income = pair("411", "700", "14530.00", party_id=party)
        claim = replace(claim, currency="EUR", rate=Decimal("145.3"), amount=Decimal(100))
        opened.post(draft(claim, income, label="Facture 12"))
        opened.post(draft(branch=ORAN.id))
        yield opened


def read(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")


@pytest.mark.usefixtures("books")
def test_the_package_holds_every_line_and_says_what_its_files_amount_to(
    ask: Ask, tmp_path: Path
) -> None:
    path = tmp_path / "audit.zip"

    package = ask(write_package, path, YEAR)

    lines = [row.split("\t") for row in read(path, "fec.txt").splitlines()]
    assert lines[0] == list(FEC_COLUMNS)
    assert package.lines == len(lines) - 1 == 6
    assert {len(line) for line in lines} == {18}
    claim = dict(zip(FEC_COLUMNS, lines[3], strict=True))
    assert claim["EcritureNum"] == f"OD-ALG-{YEAR}-000002"
    assert (claim["CompteNum"], claim["CompAuxLib"]) == ("411", "Benali Frères")
    assert (claim["Debit"], claim["Credit"]) == ("14530,00", "0")
    assert (claim["Montantdevise"], claim["Idevise"]) == ("100", "EUR")
    assert claim["EcritureDate"] == f"{date(YEAR, 3, 10):%Y%m%d}"
    manifest = json.loads(read(path, "manifest.json"))
    assert manifest["sha256"].keys() == {
        "fec.txt",
        "chain.jsonl",
        "trial_balance.csv",
        "accounts.csv",
        "journals.csv",
        "law.csv",
    }
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256(read(path, name).encode()).hexdigest() == digest, name
    balance = list(csv.DictReader(io.StringIO(read(path, "trial_balance.csv"))))
    assert sum(Decimal(row["debit"]) for row in balance) == Decimal("114530.00")


@pytest.mark.usefixtures("books")
def test_the_same_books_give_the_same_file(ask: Ask, tmp_path: Path) -> None:
    ask(write_package, tmp_path / "one.zip", YEAR)
    ask(write_package, tmp_path / "two.zip", YEAR)

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert ask(write_package, tmp_path / "none.zip", YEAR - 1).lines == 0


def test_only_branches_of_the_reader_are_in_it(ask: Ask, books: Books, tmp_path: Path) -> None:
    books.house.run("update core.users set sees_all_branches = false where login = 'salim'")

    assert ask(write_package, tmp_path / "audit.zip", YEAR).lines == 4


@pytest.mark.usefixtures("books")
def test_what_is_not_written_whole_leaves_nothing(ask: Ask, tmp_path: Path) -> None:
    def give_up(_done: int, _total: int, _doing: str) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        ask(write_package, tmp_path / "audit.zip", YEAR, progress=give_up)
    with pytest.raises(FileNotWrittenError):
        ask(write_package, tmp_path / "nowhere" / "audit.zip", YEAR)

    assert list(tmp_path.iterdir()) == []
