"""A till that is killed: a child that stays imports everything once and forks one victim a round.

Run as a program: `victim.py <folder>`; a line on its input starts a victim, whose process id it
writes; `-` on its input ends it. Each victim sells until it is killed and prints receipts into
`paper`, which is fsynced, as paper is.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import keyring
from keyring.backends import fail

from erp_desktop.workstation.author import Author
from erp_desktop.workstation.workstation import Workstation
from tests.workstation.deeds import SETS


def sell_until_killed(folder: Path) -> None:
    """Record a sale, print its receipt, and so on."""
    workstation = Workstation.open(folder, SETS)
    author = Author.new("amina")
    paper = os.open(folder / "paper", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    while True:
        recorded = workstation.record(
            "till.sell_v1",
            lambda number: {"number": number, "total": "119.00"},
            actor=author,
            at=datetime.now(UTC),
            series="ticket",
        )
        os.write(paper, f"{recorded.seq} {recorded.number} {recorded.id}\n".encode())
        os.fsync(paper)


def main() -> None:
    """Fork a victim for each line of input."""
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    folder = Path(sys.argv[1])
    for line in sys.stdin:
        if line.strip() == "-":
            return
        victim = os.fork()
        if victim == 0:
            sell_until_killed(folder)
        print(victim, flush=True)
        os.waitpid(victim, 0)


if __name__ == "__main__":
    main()
