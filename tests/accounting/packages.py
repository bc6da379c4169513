"""Packages for the auditor, honest and forged."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from modules.accounting.sealing import GENESIS, seal
from tests.houses import House

Files = dict[str, bytes]
Row = dict[str, Any]


def seal_all(house: House) -> int:
    """Do what the worker does every half minute."""
    with house.connect() as connection:
        connection.execute("set session authorization erp_worker")
        made: int = connection.execute("select accounting.seal_entries_v1()").fetchone()[0]
        return made


def behind_everybody(house: House, statement: str) -> None:
    """Change the books as nobody can who does not own the server."""
    with house.connect() as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(statement)


def files_of(path: Path) -> Files:
    """Return what is in a package."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, files: Files) -> None:
    """Write a package over."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def forge(path: Path, change: Callable[[Files], object]) -> None:
    """Change files of a package and make its manifest say that they are right."""
    files = files_of(path)
    change(files)
    manifest = json.loads(files.pop("manifest.json"))
    manifest["sha256"] = {name: hashlib.sha256(files[name]).hexdigest() for name in files}
    manifest["series"] = {}
    for entry in chain_of(files):
        end = {"last_number": entry["number"], "sealed": 0, "last_hash": GENESIS}
        end = manifest["series"].setdefault(entry["number"].rpartition("-")[0], end)
        end["last_number"] = entry["number"]
        if entry["seal"] is not None:
            end |= {"sealed": end["sealed"] + 1, "last_hash": entry["seal"]}
    pack(path, {**files, "manifest.json": json.dumps(manifest).encode()})


def chain_of(files: Files) -> list[Row]:
    """Return the entries of a chain."""
    return [json.loads(row) for row in files["chain.jsonl"].decode().split("\n") if row]


def rechain(files: Files, change: Callable[[list[Row]], object]) -> None:
    """Change the entries of a chain."""
    rows = chain_of(files)
    change(rows)
    files["chain.jsonl"] = "".join(json.dumps(row) + "\n" for row in rows).encode()


def reseal(rows: list[Row]) -> None:
    """Reckon every seal anew, as whoever rewrites the books would."""
    last: dict[str, str] = {}
    for row in rows:
        series = row["number"].rpartition("-")[0]
        row["seal"] = last[series] = seal(last.get(series, GENESIS), row)


def drop_fec(files: Files, number: str) -> None:
    """Take an entry out of fec.txt."""
    rows = files["fec.txt"].decode().split("\r\n")
    files["fec.txt"] = "\r\n".join(row for row in rows if f"\t{number}\t" not in row).encode()
