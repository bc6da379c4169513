"""The entries of `fec.txt` against those of `chain.jsonl`: only the latter carry seals.

Names of journals, accounts and partners, letters of matching, which come later, and the day of
posting, which depends on the time zone of whoever wrote the package, are not in the chain: these
columns are not compared.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

FEC_COLUMNS = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib"),
    *("CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit"),
    *("EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise"),
)
BREAKS = str.maketrans("\t\r\n", "   ")
_COMPARED = (
    *("JournalCode", "EcritureNum", "EcritureDate", "CompteNum", "CompAuxNum", "PieceRef"),
    *("PieceDate", "EcritureLib", "Debit", "Credit", "Montantdevise", "Idevise"),
)
_AMOUNTS = ("Debit", "Credit", "Montantdevise")
_NUMBER = _COMPARED.index("EcritureNum")


def wording(label: str, line_label: str) -> str:
    """Return what a line is called: its entry's label, and its own where that says more."""
    return label if line_label in {"", label} else f"{label} {line_label}"


def differing(chain: Iterable[str], fec: Iterable[str]) -> list[str]:
    """Return the numbers of entries that are not the same, or not there, in the two files.

    Args:
        chain: The lines of `chain.jsonl`.
        fec: The lines of `fec.txt`, with its heading.

    Raises:
        ValueError: A line of `fec.txt` does not have its columns.
    """
    entries = map(json.loads, chain)
    told = {entry["number"]: _digest(_rows_of(entry)) for entry in entries}
    rows = iter(fec)
    if tuple(_split(next(rows, ""))) != FEC_COLUMNS:
        raise ValueError(FEC_COLUMNS)
    found = []
    for number, lines in groupby(map(_compared, rows), key=itemgetter(_NUMBER)):
        if told.pop(number, b"") != _digest(lines):
            found.append(number)
    return found + list(told)


def _split(row: str) -> list[str]:
    return row.removesuffix("\r\n").split("\t")


def _compared(row: str) -> Sequence[str]:
    cells = dict(zip(FEC_COLUMNS, _split(row), strict=True))
    cells |= {name: _plain(cells[name].replace(",", ".")) for name in _AMOUNTS}
    return [cells[name] for name in _COMPARED]


def _rows_of(entry: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    """Yield what `fec.txt` has to say of each line of an entry."""
    document = json.loads(entry["document"])
    number = document.get("number") if isinstance(document, dict) else ""
    day = entry["on"].replace("-", "")
    for line in entry["lines"]:
        cells = (
            *(entry["journal"], entry["number"], day, line["account"], line["party"]),
            *(str(number or entry["number"]), day, wording(entry["label"], line["label"])),
            *(_plain(line["debit"]), _plain(line["credit"]), *_foreign(line)),
        )
        yield [cell.translate(BREAKS) for cell in cells]


def _foreign(line: Mapping[str, str]) -> tuple[str, str]:
    debit, credit = Decimal(line["debit"]), Decimal(line["credit"])
    if Decimal(line["amount"]) == debit + credit:
        return "", ""
    sign = "-" if debit < credit else ""
    return f"{sign}{_plain(line['amount'])}", line["currency"]


def _plain(amount: str) -> str:
    return amount.rstrip("0").rstrip(".") if "." in amount else amount


def _digest(rows: Iterable[Sequence[str]]) -> bytes:
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\t".join([*row, "\n"]).encode())
    return digest.digest()
