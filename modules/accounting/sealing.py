"""The chain of hashes over the entries of a series, as anybody can reckon it: no database needed.

Each seal is the SHA-256, in hexadecimal, of the seal before it (64 zeros for the first of a series)
followed by the entry as a list of texts, each written as its length in bytes of UTF-8, a colon,
itself and a comma: number, journal, branch, day (`2026-03-31`), label, number of the document, who
posted it and when (UTC, `2026-03-31T10:20:30.000001`); then of each line in its order: account,
debit, credit, currency, amount in it, label, id of the partner. Amounts have no trailing zeros.
`accounting.seal_text` is the twin in PostgreSQL; a test compares both.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

GENESIS = "0" * 64
_HEAD = ("number", "journal", "branch", "on", "label", "document", "by", "at")
_LINE = ("account", "debit", "credit", "currency", "amount", "label", "party")


def seal(previous: str, entry: Mapping[str, Any]) -> str:
    """Return the seal of an entry behind another seal.

    Args:
        previous: The seal before it.
        entry: Texts by the names above, and `lines`.
    """
    texts = [entry[name] for name in _HEAD]
    texts += [line[name] for line in entry["lines"] for name in _LINE]
    fields = "".join(f"{len(text.encode())}:{text}," for text in texts)
    return hashlib.sha256(f"{previous}{fields}".encode()).hexdigest()


@dataclass
class Verdict:
    """What became of verifying a chain.

    Attributes:
        sealed: How many entries hold, by series (`VC-ALG-2026`).
        unsealed: How many had no seal yet when they were exported.
        broken: What does not hold, in the order in which it was found.
    """

    sealed: dict[str, int] = field(default_factory=dict)
    unsealed: int = 0
    broken: list[str] = field(default_factory=list)


def verify(entries: Iterable[str]) -> Verdict:
    """Verify exported entries, one JSON object a line, by series and number.

    An entry breaks its series if its seal is not that of its content behind the one before, if a
    number is missing or comes again, or if its debits and credits differ.
    """
    verdict, last = Verdict(), dict[str, str]()
    for row in entries:
        entry = json.loads(row)
        series, _dash, number = entry["number"].rpartition("-")
        place = verdict.sealed.get(series, 0) + 1
        if series in last and not last[series]:
            continue  # broken before: what follows cannot hold
        if entry["seal"] is None:
            verdict.unsealed += 1
            continue
        expected = seal(last.get(series, GENESIS), entry)
        is_right = int(number) == place and entry["seal"] == expected and _balances(entry)
        last[series] = expected if is_right else ""
        if is_right:
            verdict.sealed[series] = place
        else:
            verdict.broken.append(entry["number"])
    return verdict


def _balances(entry: Mapping[str, Any]) -> bool:
    sides = (Decimal(line["debit"]) - Decimal(line["credit"]) for line in entry["lines"])
    return sum(sides, Decimal(0)) == 0
