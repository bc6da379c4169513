"""The till's journal commit against a bare encrypted fsynced insert of the same bytes.

Ours numbers, chains, signs and notes what the sale changes on screen; both wait for the disk.
"""

import sys
import tempfile
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import keyring
from keyring.backends import fail

from erp_desktop.core.commands import uuid7
from erp_desktop.workstation.author import Author
from erp_desktop.workstation.effects import Effect
from erp_desktop.workstation.enrolment import Enrolment
from erp_desktop.workstation.store import Store
from erp_desktop.workstation.workstation import Workstation
from tests.benchmarks.harness import Contest, Result, compare, report

LIMIT = 2.0
ROUNDS = 1500

_BARE = ("create table commands (seq integer primary key, body text, hash text, signature text)",)


class Till:
    """A workstation that sells five lines at a time, and a bare table beside it."""

    def __init__(self, folder: Path) -> None:
        enrolment = Enrolment(uuid4(), "Till", uuid4(), "ALG", "Alger", "الجزائر", "ALG-01", "ws")
        self.workstation = Workstation.enrol(folder / "ours", enrolment, "pw", ())
        self.bare = Store(folder / "bare.db", bytes(32), _BARE)
        self._author = Author.new("amina")
        self._products = [str(uuid7()) for _product in range(500)]
        self._lines = [
            {
                "id": str(uuid7()),
                "product_id": product,
                "quantity": "1",
                "unit_price": "119.00",
                "tax_code": "TVA19",
                "tax_rate": "0.19",
                "total": "119.00",
            }
            for product in self._products[:5]
        ]
        self._body = ""

    def _payload(self, number: str) -> dict[str, Any]:
        return {"number": number, "lines": self._lines, "total": "595.00"}

    def sell(self, _round: int) -> None:
        """Record a sale as the till does."""
        effects = [Effect("inventory.stock", p, Decimal(-1)) for p in self._products[:5]]
        recorded = self.workstation.record(
            "till.sell_v1",
            self._payload,
            actor=self._author,
            at=datetime.now(UTC),
            series="ticket",
            effects=effects,
        )
        self._body = recorded.body

    def insert(self, number: int) -> None:
        """Insert the same bytes."""
        values = (number + 1, self._body, "0" * 64, "0" * 128)
        with self.bare.transaction() as now:
            now.execute("insert into commands values (?, ?, ?, ?)", values)

    def close(self) -> None:
        """Close both files."""
        self.workstation.close()
        self.bare.close()


def measure() -> list[Result]:
    """Sell and insert by turns."""
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    with tempfile.TemporaryDirectory() as folder:
        till = Till(Path(folder))
        contest = Contest(till.sell, till.insert)
        result = compare("journal commit, five lines", contest, rounds=ROUNDS, limit=LIMIT)
        till.close()
    return [result]


if __name__ == "__main__":
    sys.exit(report(measure()))
