"""Packages for the auditor that were forged: none of them holds."""

import json
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from erp_desktop.core.commands import uuid7
from modules.accounting.audit_errors import PackageUnreadableError
from modules.accounting.auditing import write_package
from modules.accounting.sealing import GENESIS
from modules.accounting.verifying import main, verify_package
from tests.accounting import packages
from tests.accounting.books import Books, books_of, draft, pair
from tests.accounting.packages import Files, Row, behind_everybody, chain_of, files_of, forge
from tests.houses import ORAN, YEAR, Ask, House

pytestmark = pytest.mark.database

SERIES = f"OD-ALG-{YEAR}"
NUMBERS = [f"{SERIES}-{place:06d}" for place in range(1, 6)]
Print = pytest.CaptureFixture[str]


@pytest.fixture
def asker() -> str:
    """The accountant hands the books over."""
    return "salim"


@pytest.fixture
def books(house: House) -> Iterator[Books]:
    """Four sealed entries at Algiers with all that is sealed, one not sealed yet; one at Oran."""
    party = uuid7()
    house.run(f"insert into accounting.party_names values ('{party}', 'Benali', 'بن علي')")
    with books_of(house) as opened:
        rent, bank = pair("6132", "512", "50000.00", label="Bail\tdu «\u2028dépôt»")
        opened.post(draft(rent, bank, label="Loyer"))
        income, claim = pair("512", "411", "14530.50")
        claim = replace(claim, party_id=party, currency="EUR")
        claim = replace(claim, rate=Decimal("145.305"), amount=Decimal("100.00"))
        opened.post(draft(income, claim, label="Facture — فاتورة"))
        opened.post(draft(branch=ORAN.id))
        behind_everybody(
            house,
            """update accounting.entries set taxes = '[{"rate": 19.00, "name": "TVA «é»"}]',
               document = '{"number": "F-0012", "kind": "فاتورة", "total": 1.50}'
               where number like '%2'""",
        )
        query = "select id from accounting.entries where number"
        assert opened.reverse(house.value(f"{query} = '{NUMBERS[0]}'")).state == "applied"
        opened.post()
        assert packages.seal_all(house) == 5
        opened.post()
        yield opened


@pytest.fixture
def path(ask: Ask, books: Books, tmp_path: Path) -> Path:  # noqa: ARG001 - the books are open
    """The package as it was really written."""
    ask(write_package, tmp_path / "audit.zip", YEAR)
    return tmp_path / "audit.zip"


def last_hash(path: Path, place: int = 4) -> str:
    (found,) = [e["seal"] for e in chain_of(files_of(path)) if e["number"] == NUMBERS[place - 1]]
    assert isinstance(found, str)
    return found


def test_an_honest_package_holds_and_says_where_each_series_ends(path: Path, capsys: Print) -> None:
    hashes = [last_hash(path), last_hash(path, 2).upper()]

    assert main([str(path), *(f"--expect={SERIES}={each}" for each in hashes)]) == 0

    out = capsys.readouterr().out
    assert f"{SERIES}: sealed and hold: 4. Last entry: {NUMBERS[4]}. Last hash: {hashes[0]}" in out
    assert f"{SERIES}: not sealed yet, so nothing protects them: 1." in out
    assert out.endswith("The ledger holds.\n")
    assert "--expect" not in out
    entry = chain_of(files_of(path))[1]
    assert json.loads(entry["document"])["number"] == "F-0012"
    assert chain_of(files_of(path))[2]["reverses"] == NUMBERS[0]
    manifest = json.loads(files_of(path)["manifest.json"])
    end = {"last_number": NUMBERS[4], "sealed": 4, "last_hash": hashes[0]}
    assert manifest["series"][SERIES] == end


def test_what_is_posted_meanwhile_does_not_stand_in_half_of_it(
    ask: Ask, books: Books, path: Path
) -> None:
    def post(_done: int, _total: int, _doing: str) -> None:
        assert books.post().state == "applied"

    before = files_of(path)
    ask(write_package, path, YEAR, progress=post)

    assert verify_package(path).wrong == []
    assert files_of(path) == before


def test_without_a_hash_of_elsewhere_it_says_what_that_is_worth(path: Path, capsys: Print) -> None:
    assert main([str(path)]) == 0
    assert "--expect SERIES=HASH" in capsys.readouterr().out


def rechain(change: Callable[[list[Row]], object]) -> Callable[[Files], object]:
    return lambda files: packages.rechain(files, change)


def at(place: int, **changes: Any) -> Callable[[Files], object]:
    return rechain(lambda rows: rows[place].update(changes))


def fec(old: str, new: str) -> Callable[[Files], object]:
    def change(files: Files) -> None:
        assert old.encode() in files["fec.txt"]
        files["fec.txt"] = files["fec.txt"].replace(old.encode(), new.encode(), 1)

    return change


def askew(rows: list[Row]) -> None:
    rows[4]["lines"] = rows[4]["lines"][:1]


def emptied(files: Files) -> None:
    files["chain.jsonl"] = b""
    files["fec.txt"] = files["fec.txt"].split(b"\r\n")[0] + b"\r\n"


def unsealed(rows: list[Row]) -> None:
    for row in rows:
        row["seal"] = None


DIFFERS = "is not the same in fec.txt and chain.jsonl."
BROKEN = "does not hold: it was changed, moved or left out."
FORGERIES: dict[str, tuple[Callable[[Files], object], str]] = {
    "rate": (rechain(lambda rows: rows[1]["lines"][1].update(rate="1")), f"{NUMBERS[1]} {BROKEN}"),
    "centre": (
        rechain(lambda rows: rows[0]["lines"][0].update(cost_centre="X")),
        f"{NUMBERS[0]} {BROKEN}",
    ),
    "due": (
        rechain(lambda rows: rows[0]["lines"][0].update(due_on="2026-01-01")),
        f"{NUMBERS[0]} {BROKEN}",
    ),
    "period": (at(1, period=f"closing {YEAR}-12-31"), f"{NUMBERS[1]} {BROKEN}"),
    "taxes": (at(1, taxes="[]"), f"{NUMBERS[1]} {BROKEN}"),
    "document": (at(1, document='{"number": "F-0012"}'), f"{NUMBERS[1]} {BROKEN}"),
    "reverses": (at(2, reverses=""), f"{NUMBERS[2]} {BROKEN}"),
    "unsealed in between": (at(1, seal=None), f"{NUMBERS[2]} {BROKEN}"),
    "unsealed and changed": (at(3, seal=None, label="X"), f"{NUMBERS[3]} {DIFFERS}"),
    "unsealed gap": (at(4, number=f"{SERIES}-000006"), f"{SERIES}-000006 {BROKEN}"),
    "unsealed askew": (rechain(askew), f"{NUMBERS[4]} {BROKEN}"),
    "amount": (fec("14530,50", "14530,60"), f"{NUMBERS[1]} {DIFFERS}"),
    "account": (fec("\t6132\t", "\t6133\t"), f"{NUMBERS[0]} {DIFFERS}"),
    "day": (fec(f"\t{YEAR}0310\t", f"\t{YEAR}0311\t"), f"{NUMBERS[0]} {DIFFERS}"),
    "row out": (lambda files: packages.drop_fec(files, NUMBERS[2]), f"{NUMBERS[2]} {DIFFERS}"),
    "row of fec only": (rechain(lambda rows: rows.pop(4)), f"{NUMBERS[4]} {DIFFERS}"),
    "empty": (emptied, "No entry is sealed, so the package proves nothing."),
    "no seals": (rechain(unsealed), "No entry is sealed, so the package proves nothing."),
}


@pytest.mark.parametrize(("change", "words"), FORGERIES.values(), ids=FORGERIES)
def test_a_forged_package_does_not_hold(
    path: Path, change: Callable[[Files], object], words: str, capsys: Print
) -> None:
    forge(path, change)

    assert main([str(path)]) == 1

    out = capsys.readouterr().out
    assert words in out
    assert "The ledger does not hold. Have the package written again" in out


def test_every_file_is_named_in_the_manifest_and_there_once(path: Path) -> None:
    files = files_of(path)

    def wrong(**changed: bytes) -> list[str]:
        packages.pack(path, {**files, **changed})
        return verify_package(path).wrong

    assert wrong() == []
    assert wrong(**{"notes.txt": b"x"}) == ["notes.txt is not named in the manifest."]
    assert wrong(**{"law.csv": b"x"}) == ["law.csv is not what the manifest says."]
    law = files.pop("law.csv")
    assert wrong() == ["law.csv is named in the manifest, but is not there."]
    assert wrong(**{"law.csv": law}) == []
    with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("law.csv", law)
    assert verify_package(path).wrong == ["law.csv is there more than once."]


def test_series_end_where_the_manifest_says(path: Path) -> None:
    files = files_of(path)
    manifest = json.loads(files["manifest.json"])
    manifest["series"][SERIES]["last_hash"] = GENESIS
    manifest["series"]["VC-ALG-2026"] = manifest["series"][SERIES]
    packages.pack(path, {**files, "manifest.json": json.dumps(manifest).encode()})

    ends = "does not end where the manifest says."
    assert verify_package(path).wrong == [f"{SERIES} {ends}", f"VC-ALG-2026 {ends}"]


def test_what_is_cut_or_rewritten_as_a_whole_shows_by_a_hash_of_elsewhere(path: Path) -> None:
    kept = [f"--expect={SERIES}={last_hash(path)}"]
    whole = path.read_bytes()

    def cut(files: Files) -> None:
        packages.rechain(files, lambda rows: rows.__delitem__(slice(3, 5)))
        for number in NUMBERS[3:]:
            packages.drop_fec(files, number)

    def rewrite(rows: list[Row]) -> None:
        rows[1]["by"] = "someone"
        packages.reseal(rows)

    for change in (cut, rechain(rewrite)):
        path.write_bytes(whole)
        forge(path, change)
        assert main([str(path)]) == 0
        assert main([str(path), *kept]) == 1
    path.write_bytes(whole)
    assert main([str(path), *kept]) == 0
    assert main([str(path), *kept, f"--expect={SERIES}={'0' * 64}"]) == 1
    assert main([str(path), f"--expect=VC-ALG-2026={last_hash(path)}"]) == 1
    with pytest.raises(SystemExit):
        main([str(path), f"--expect={SERIES}=12"])


def test_the_last_entries_taken_out_of_the_books_show_by_a_hash_of_elsewhere(
    ask: Ask, house: House, path: Path
) -> None:
    kept = f"--expect={SERIES}={last_hash(path)}"
    last = f"'{NUMBERS[3]}', '{NUMBERS[4]}'"
    behind_everybody(
        house,
        "delete from accounting.entry_lines where entry_id in"
        f" (select id from accounting.entries where number in ({last}))",
    )
    behind_everybody(house, f"delete from accounting.entries where number in ({last})")

    ask(write_package, path, YEAR)

    assert verify_package(path).wrong == []
    assert main([str(path), kept]) == 1


@pytest.mark.parametrize("content", [b"[]", b'{"sha256": {}}', b"\xff", b'{"number": 1}'])
@pytest.mark.parametrize("name", ["manifest.json", "chain.jsonl"])
def test_what_is_no_package_is_refused(path: Path, name: str, content: bytes) -> None:
    packages.pack(path, {**files_of(path), name: content})

    with pytest.raises(PackageUnreadableError):
        verify_package(path)
