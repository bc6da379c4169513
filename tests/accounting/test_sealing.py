"""The chain of seals: what nobody notices in the books shows in it, in PostgreSQL and in a file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from modules.accounting.audit_errors import PackageUnreadableError
from modules.accounting.auditing import write_package
from modules.accounting.sealing import GENESIS, seal, verify
from modules.accounting.selectors import SealRow, list_seals
from modules.accounting.verifying import main, verify_package
from tests.accounting.books import Books, books_of, draft
from tests.houses import ORAN, YEAR, Ask, House

pytestmark = pytest.mark.database


@pytest.fixture
def asker() -> str:
    """The accountant verifies."""
    return "salim"


@pytest.fixture
def books(house: House) -> Iterator[Books]:
    """Salim's books with three entries at Algiers and one at Oran."""
    with books_of(house) as opened:
        for label in ("Loyer", "Café – قهوة", "Assurance"):
            assert opened.post(draft(label=label)).state == "applied"
        assert opened.post(draft(branch=ORAN.id)).state == "applied"
        yield opened


def seal_all(house: House) -> int:
    """Do what the worker does every half minute."""
    with house.connect() as connection:
        connection.execute("set session authorization erp_worker")
        made: int = connection.execute("select accounting.seal_entries_v1()").fetchone()[0]
        return made


def told(ask: Ask) -> dict[str, SealRow]:
    return {f"{row.journal}-{row.branch}": row for row in ask(list_seals, YEAR)}


def behind_everybody(house: House, statement: str) -> None:
    """Change the books as nobody can who does not own the server."""
    with house.connect() as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(statement)


def test_what_is_posted_is_sealed_in_its_order(ask: Ask, books: Books, house: House) -> None:
    assert told(ask)["OD-ALG"].waiting == 3

    assert seal_all(house) == 4
    assert seal_all(house) == 0
    books.post()
    assert seal_all(house) == 1

    row = told(ask)["OD-ALG"]
    assert (row.sealed, row.waiting, row.broken) == (4, 0, "")
    assert told(ask)["OD-ORN"].sealed == 1
    for theft in ("update accounting.seals set hash = ''", "delete from accounting.seals"):
        with house.connect() as connection, pytest.raises(Exception, match="append_only"):
            connection.execute(theft)


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("update accounting.entry_lines set debit = debit + 1 where debit > 0", 1),
        ("update accounting.entries set label = 'X' where number like '%2'", 2),
        ("update accounting.entries set dated_on = dated_on + 1 where number like '%3'", 3),
        ("delete from accounting.entries where number like '%ALG%2'", 2),
        ("update accounting.entries set number = number || '9' where number like '%ALG%2'", 2),
    ],
)
def test_what_was_changed_behind_the_programs_back_is_found(
    ask: Ask, house: House, tmp_path: Path, change: str, number: int
) -> None:
    seal_all(house)
    behind_everybody(house, change)

    row = told(ask)["OD-ALG"]

    assert row.sealed == number - 1
    assert row.broken != ""
    path = tmp_path / "audit.zip"
    ask(write_package, path, YEAR)
    assert verify_package(path)[1].broken != []
    assert main([str(path)]) == 1


@pytest.mark.usefixtures("books")
def test_a_package_is_verified_without_a_database(
    ask: Ask, house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seal_all(house)
    path = tmp_path / "audit.zip"
    ask(write_package, path, YEAR)

    changed, verdict = verify_package(path)

    assert (changed, verdict.broken, verdict.unsealed) == ([], [], 0)
    assert verdict.sealed == {f"OD-ALG-{YEAR}": 3, f"OD-ORN-{YEAR}": 1}
    assert main([str(path)]) == 0
    assert "The ledger holds." in capsys.readouterr().out
    whole = path.read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    for broken in (tmp_path / "half.zip", tmp_path / "gone.zip"):
        with pytest.raises(PackageUnreadableError):
            verify_package(broken)


def test_what_waits_for_its_seal_is_counted(
    ask: Ask, books: Books, house: House, tmp_path: Path
) -> None:
    seal_all(house)
    books.post()
    path = tmp_path / "audit.zip"

    ask(write_package, path, YEAR)

    verdict = verify_package(path)[1]
    assert (verdict.unsealed, verdict.broken) == (1, [])


def entry(number: int, previous: str, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "number": f"OD-ALG-2026-{number:06d}",
        **dict.fromkeys(("journal", "branch", "on", "label", "document", "by", "at"), "x"),
        "lines": [
            {"account": "1", "debit": "5", "credit": "0", "currency": "DZD", "amount": "5"}
            | {"label": "", "party": ""},
            {"account": "2", "debit": "0", "credit": "5", "currency": "DZD", "amount": "5"}
            | {"label": "é", "party": ""},
        ],
        **more,
    }
    return {**made, "seal": seal(previous, made)}


def test_a_chain_in_a_file_breaks_where_it_was_touched() -> None:
    first = entry(1, GENESIS)
    second = entry(2, first["seal"])
    third = entry(3, second["seal"])
    rows = [json.dumps(each) for each in (first, second, third)]

    assert verify(rows).sealed == {"OD-ALG-2026": 3}
    assert verify([rows[0], rows[2]]).broken == [third["number"]]
    assert verify([rows[1], rows[0], rows[2]]).broken == [second["number"]]
    assert verify([rows[0], rows[0]]).broken == [first["number"]]
    swapped = {**second, "label": "y"}
    assert verify([rows[0], json.dumps(swapped), rows[2]]).broken == [second["number"]]
    askew = entry(1, GENESIS, lines=first["lines"][:1])
    assert verify([json.dumps(askew)]).broken == [askew["number"]]
