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
from uuid import UUID

import pytest

from erp_desktop.core.attachments import Subject, attach
from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import CancelledError
from erp_desktop.imports.errors import FileNotWrittenError
from modules.accounting.auditing import write_package
from modules.accounting.fec import FEC_COLUMNS
from modules.accounting.verifying import verify_package
from tests.accounting.books import Books, books_of, draft, pair
from tests.accounting.packages import seal_all
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House, SignIn

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
        "documents.csv",
    }
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256(read(path, name).encode()).hexdigest() == digest, name
    balance = list(csv.DictReader(io.StringIO(read(path, "trial_balance.csv"))))
    assert sum(Decimal(row["debit"]) for row in balance) == Decimal("114530.00")


def test_lines_of_a_group_that_balances_have_its_letter_and_day(
    ask: Ask, books: Books, tmp_path: Path
) -> None:
    """500 sold in March and paid in April are group A; 200 and 50 do not balance."""
    wanted = (((3, 1), "500"), ((4, 20), "-500"), ((3, 5), "200"), ((5, 2), "-50"))
    posted = [pay(books, date(YEAR, *day), amount) for day, amount in wanted]
    for pair_of in (posted[:2], posted[2:]):
        lines = [{"entry_id": str(each), "line_no": 1} for each in pair_of]
        assert books.send("accounting.match_v1", {"lines": lines}).state == "applied"

    ask(write_package, tmp_path / "audit.zip", YEAR)

    rows = [row.split("\t") for row in read(tmp_path / "audit.zip", "fec.txt").splitlines()]
    cells = [dict(zip(FEC_COLUMNS, row, strict=True)) for row in rows]
    lettered = [row for row in cells[1:] if row["EcritureLet"]]
    assert [(row["Debit"], row["Credit"]) for row in lettered] == [("500", "0"), ("0", "500")]
    assert {(row["EcritureLet"], row["DateLet"]) for row in lettered} == {("A", f"{YEAR}0420")}
    assert [row["DateLet"] for row in cells[1:] if not row["EcritureLet"]] == [""] * 12


def pay(books: Books, day: date, amount: str) -> UUID:
    """Post a sale on 411, or a payment below zero; return its entry."""
    entry, value = uuid7(), Decimal(amount)
    (debit, credit) = ("411", "700") if value > 0 else ("512", "411")
    first, second = pair(debit, credit, str(abs(value)))
    lines = (first, second) if value > 0 else (second, first)
    assert books.post(draft(*lines, on=day), id=str(entry)).state == "applied"
    return entry


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


def test_the_files_of_documents_go_along_and_are_verified(
    ask: Ask, books: Books, signed_in: SignIn, tmp_path: Path
) -> None:
    path = tmp_path / "audit.zip"
    number = f"OD-ALG-{YEAR}-000001"
    own = books.house.value(f"select id from accounting.entries where number = '{number}'")
    session = signed_in("salim")
    files = (("bail.pdf", b"%PDF lease"), ("bail.pdf", b"%PDF other"), ("..", b"nowhere"))
    for name, content in files:
        # Each at a moment of its own: the package keeps their order.
        with session.database.begin(session.user, "core") as ctx:
            attach(ctx, Subject("accounting.entry", own, ALGIERS.id), name, content)
    seal_all(books.house)

    package = ask(write_package, path, YEAR)

    folder = f"documents/{number}"
    rows = list(csv.DictReader(io.StringIO(read(path, "documents.csv"))))
    assert [(row["entry"], row["added_by"]) for row in rows] == [(number, "salim")] * 3
    assert [row["file"] for row in rows][:2] == [f"{folder}/bail.pdf", f"{folder}/2-bail.pdf"]
    assert rows[2]["file"].startswith(f"{folder}/")
    assert ".." not in rows[2]["file"]
    assert read(path, f"{folder}/2-bail.pdf") == "%PDF other"
    for row in rows:
        assert package.digests[row["file"]] == row["sha256"]
    assert verify_package(path).wrong == []
