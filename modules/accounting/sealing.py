"""The chain of hashes over the entries of a series, as anybody can reckon it: no database needed.

Each seal is the SHA-256, in hexadecimal, of the seal before it (64 zeros for the first of a series)
followed by the entry as a list of texts, each written as its length in bytes of UTF-8, a colon,
itself and a comma: number, journal, branch, day (`2026-03-31`), period (`month 2026-03-01`), label,
document and taxes (JSON, as PostgreSQL writes `jsonb`), number of the entry that it reverses, who
posted it and when (UTC, `2026-03-31T10:20:30.000001`); then of each line in its order: account,
debit, credit, currency, rate, amount in it, label, cost centre, day it is due, id of the partner.
What is not given is empty. Amounts and rates have no trailing zeros. `chain.jsonl` holds these
very texts.
`accounting.seal_text` is the twin in PostgreSQL; a test compares both.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

GENESIS = "0" * 64
_HEAD = (
    *("number", "journal", "branch", "on", "period", "label"),
    *("document", "taxes", "reverses", "by", "at"),
)
_LINE = (
    *("account", "debit", "credit", "currency", "rate", "amount", "label"),
    *("cost_centre", "due_on", "party"),
)


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
class Series:
    """What holds of a series (`VC-ALG-2026`).

    Attributes:
        sealed: How many sealed entries hold.
        unsealed: How many stand behind them without a seal.
        last_number: The last entry that holds, sealed or not.
        last_hash: The seal of the last sealed one.
        is_broken: Whether something does not hold; nothing behind it is looked at.
        met: Which of the hashes that were kept elsewhere are among its seals.
    """

    sealed: int = 0
    unsealed: int = 0
    last_number: str = ""
    last_hash: str = GENESIS
    is_broken: bool = False
    met: set[str] = field(default_factory=set)

    def take(self, entry: Mapping[str, Any], number: int) -> bool:
        """Take the next entry in, if it holds behind those before it; return whether it does."""
        hashed = seal(self.last_hash, entry)
        is_sealed = entry["seal"] is not None
        is_next = number == self.sealed + self.unsealed + 1 and _balances(entry)
        if not is_next or (is_sealed and (self.unsealed or entry["seal"] != hashed)):
            self.is_broken = True
            return False
        self.last_number = entry["number"]
        if is_sealed:
            self.sealed, self.last_hash = self.sealed + 1, hashed
        else:
            self.unsealed += 1
        return True


@dataclass
class Verdict:
    """What became of verifying a chain.

    Attributes:
        series: What holds of each series.
        broken: What does not hold, in the order in which it was found.
    """

    series: dict[str, Series] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def verify(entries: Iterable[str], kept: Mapping[str, Collection[str]] | None = None) -> Verdict:
    """Verify exported entries, one JSON object a line, by series and number.

    An entry breaks its series if its seal is not that of its content behind the one before, if it
    is sealed behind one that is not, if a number is missing or comes again, or if its debits and
    credits differ.

    Args:
        entries: The lines.
        kept: Hashes that were kept elsewhere, by series, to be looked for.
    """
    verdict, wanted = Verdict(), kept or {}
    for row in entries:
        entry = json.loads(row)
        name, _dash, number = entry["number"].rpartition("-")
        series = verdict.series.setdefault(name, Series())
        if series.is_broken:
            continue
        if not series.take(entry, int(number)):
            verdict.broken.append(entry["number"])
        elif entry["seal"] in wanted.get(name, ()):
            series.met.add(entry["seal"])
    return verdict


def _balances(entry: Mapping[str, Any]) -> bool:
    sides = [Decimal(line["debit"]) - Decimal(line["credit"]) for line in entry["lines"]]
    return bool(sides) and sum(sides, Decimal(0)) == 0
