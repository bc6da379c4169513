"""`kill -9` in the middle of a sale: every printed receipt is in the journal, once."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from erp_desktop.workstation.workstation import Options, Workstation
from tests.workstation.deeds import SETS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def nursery(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The child that forks victims."""
    command = [sys.executable, "-m", "tests.workstation.victim", str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        yield child
        child.kill()


def kill_one(nursery: subprocess.Popen[str], paper: Path, pause: float) -> None:
    """Let a victim sell until it has printed something, and for a random while longer."""
    assert nursery.stdin
    assert nursery.stdout
    before = paper.stat().st_size if paper.exists() else 0
    nursery.stdin.write("\n")
    nursery.stdin.flush()
    victim = int(nursery.stdout.readline())
    deadline = time.monotonic() + 10
    while (not paper.exists() or paper.stat().st_size == before) and time.monotonic() < deadline:
        time.sleep(0.001)
    time.sleep(pause)
    os.kill(victim, signal.SIGKILL)


def receipts(paper: Path) -> list[tuple[int, str, str]]:
    """Return what was printed; a receipt cut off in the middle was not handed over."""
    whole = paper.read_text().rpartition("\n")[0].splitlines()
    split = [line.split() for line in whole]
    return [(int(seq), number, command) for seq, number, command in split]


def test_no_printed_receipt_is_ever_lost(
    folder: Path, options: Options, nursery: subprocess.Popen[str], kills: int
) -> None:
    dice = random.Random(kills)  # noqa: S311 - any moment will do
    paper = folder / "paper"

    for _round in range(kills):
        kill_one(nursery, paper, dice.uniform(0, 0.03))
    nursery.communicate("-\n", timeout=10)

    printed = receipts(paper)
    with Workstation.open(folder, SETS, options) as workstation:
        journal = workstation.journal
        kept = {entry.seq: entry for entry in journal.entries(limit=1_000_000)}
        assert journal.verify() == ()
    assert len(printed) >= kills
    assert [seq for seq, _number, _id in printed] == sorted({seq for seq, _n, _i in printed})
    for seq, number, command in printed:
        assert (kept[seq].number, str(kept[seq].id)) == (number, command)
    numbers = [kept[seq].number for seq in sorted(kept)]
    assert numbers == [f"ALG-01-{n:06d}" for n in range(1, len(kept) + 1)]
    # At most one sale a round was committed and not printed: those are offered for reprint.
    assert len(kept) - len(printed) <= kills
