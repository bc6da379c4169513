"""What is to be printed is printed once, or waits and says why."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from erp_desktop.core.i18n import Words, speaking
from erp_desktop.documents.errors import NoPrinterError, PrintFailedError
from erp_desktop.documents.printers import FilePrinter, SystemPrinter
from erp_desktop.documents.receipt import Receipt, Text, render_receipt
from erp_desktop.documents.spool import Spool

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
RECEIPT = render_receipt(Receipt("ticket", (Text("Café 1 kg"),)), Words("fr", "DZ"))


class Jammed:
    """A printer without paper."""

    def print(self, path: Path, *, name: str, opens_drawer: bool = False) -> None:  # noqa: ARG002
        """Refuse."""
        raise PrintFailedError(name=name, reason=f"no paper for {path.suffix}")


class Burning:
    """A printer whose driver has a bug."""

    def print(self, path: Path, *, name: str, opens_drawer: bool = False) -> None:  # noqa: ARG002
        """Fail as no printer may."""
        raise ZeroDivisionError(path, name)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return tmp_path / "paper"


@pytest.fixture
def spool(tmp_path: Path, paper: Path) -> Spool:
    return Spool(tmp_path / "spool", {"receipt": FilePrinter(paper), "a4": Jammed()})


def test_documents_are_printed_in_order(spool: Spool, paper: Path) -> None:
    for number in (1, 2, 3):
        spool.add(f"ALG-01-00000{number}", b"%d" % number, kind="receipt", at=NOON)

    assert [job.state for job in spool.print_waiting()] == ["printed"] * 3
    assert {path.name: path.read_bytes() for path in paper.iterdir()} == {
        "ALG-01-000001.pdf": b"1",
        "ALG-01-000002.pdf": b"2",
        "ALG-01-000003.pdf": b"3",
    }
    assert spool.print_waiting() == []


def test_a_failed_print_waits_says_why_and_holds_up_nobody(spool: Spool, paper: Path) -> None:
    spool.add("invoice 1", b"1", kind="a4", at=NOON)
    spool.add("ticket 2", b"2", kind="receipt", at=NOON)

    failed, printed = spool.print_waiting()

    assert (failed.state, printed.state) == ("failed", "printed")
    with speaking("en"):
        assert failed.trouble == (
            "“invoice 1” was not printed: no paper for .pdf. "
            "Check the printer, then print it again."
        )
    assert [path.name for path in paper.iterdir()] == ["ticket_2.pdf"]


def test_a_failed_document_is_printed_after_its_cure(tmp_path: Path, paper: Path) -> None:
    broken = Spool(tmp_path / "spool", {"a4": Jammed()})
    broken.add("invoice 1", b"1", kind="a4", at=NOON)
    broken.print_waiting()

    mended = Spool(tmp_path / "spool", {"a4": FilePrinter(paper)})
    [job] = mended.jobs("failed")
    mended.again(job)

    [printed] = mended.print_waiting()
    assert (printed.state, printed.attempts, printed.trouble) == ("printed", 2, "")
    assert (paper / "invoice_1.pdf").read_bytes() == b"1"


def test_a_document_without_a_printer_waits(spool: Spool) -> None:
    spool.add("label", b"1", kind="label", at=NOON)

    [job] = spool.print_waiting()

    assert (job.state, job.code) == ("failed", NoPrinterError.code)


def test_a_fault_of_ours_leaves_the_document_waiting(tmp_path: Path) -> None:
    spool = Spool(tmp_path, {"a4": Burning()})
    spool.add("invoice 1", b"1", kind="a4", at=NOON)

    with pytest.raises(ZeroDivisionError):
        spool.print_waiting()

    assert [job.state for job in spool.jobs()] == ["failed"]


def test_a_reprint_does_not_replace_the_paper_that_is_out(spool: Spool, paper: Path) -> None:
    job = spool.add("ticket", RECEIPT, kind="receipt", at=NOON)
    spool.print_waiting()

    spool.again(job)
    spool.print_waiting()

    assert sorted(path.name for path in paper.iterdir()) == ["ticket-2.pdf", "ticket.pdf"]


class Hanging:
    """A printer that takes its time."""

    def __init__(self) -> None:
        self.started, self.free = threading.Event(), threading.Event()

    def print(self, path: Path, *, name: str, opens_drawer: bool = False) -> None:  # noqa: ARG002
        """Wait until somebody mends it."""
        self.started.set()
        assert self.free.wait(10)


def test_a_printer_that_hangs_holds_up_no_other_kind(tmp_path: Path, paper: Path) -> None:
    hanging = Hanging()
    spool = Spool(tmp_path / "spool", {"a4": hanging, "receipt": FilePrinter(paper)})
    invoice = spool.add("invoice", RECEIPT, kind="a4", at=NOON)
    with ThreadPoolExecutor(1) as other:
        on_its_way = other.submit(spool.print_waiting, "a4")
        assert hanging.started.wait(10)

        spool.add("ticket", RECEIPT, kind="receipt", at=NOON)
        assert [job.state for job in spool.print_waiting("receipt")] == ["printed"]
        assert spool.again(invoice).state == "printing"
        assert spool.set_aside(invoice).state == "printing"

        hanging.free.set()
        assert [job.state for job in on_its_way.result(10)] == ["printed"]


def test_two_who_print_at_once_print_each_document_once(tmp_path: Path, paper: Path) -> None:
    spool = Spool(tmp_path / "spool", {"receipt": FilePrinter(paper)})
    for number in range(20):
        spool.add(f"ticket {number}", b"x", kind="receipt", at=NOON)

    with ThreadPoolExecutor(4) as many:
        done = [
            job for jobs in many.map(lambda _n: spool.print_waiting(), range(4)) for job in jobs
        ]

    assert len(done) == 20
    assert len([*paper.iterdir()]) == 20


def test_a_drawer_opens_with_the_first_paper_only(tmp_path: Path) -> None:
    opened: list[bool] = []

    class Drawer:
        def print(self, path: Path, *, name: str, opens_drawer: bool = False) -> None:  # noqa: ARG002
            opened.append(opens_drawer)

    spool = Spool(tmp_path / "spool", {"receipt": Drawer()})
    job = spool.add("ticket", RECEIPT, kind="receipt", at=NOON, opens_drawer=True)
    spool.print_waiting()
    spool.again(job)
    spool.print_waiting()

    assert opened == [True, False]


def test_after_kill_9_the_document_on_its_way_waits_for_a_look(tmp_path: Path) -> None:
    printing = (
        "import sys, time; from datetime import datetime, timezone; from pathlib import Path\n"
        "from erp_desktop.documents.spool import Spool\n"
        "class Slow:\n"
        "    def print(self, path, *, name, opens_drawer):\n"
        "        print('printing', flush=True); time.sleep(60)\n"
        "spool = Spool(Path(sys.argv[1]), {'receipt': Slow()})\n"
        "for name in 'ab': spool.add(name, b'x', kind='receipt', at=datetime.now(timezone.utc))\n"
        "spool.print_waiting()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", printing, str(tmp_path)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)

    spool = Spool(tmp_path, {"receipt": FilePrinter(tmp_path / "paper")})

    assert [(job.name, job.state) for job in spool.jobs()] == [("a", "failed"), ("b", "queued")]
    with speaking("en"):
        assert "See whether the paper came out" in spool.jobs("failed")[0].trouble
    spool.set_aside(spool.jobs("failed")[0])
    assert [job.name for job in spool.print_waiting()] == ["b"]
    assert [job.state for job in spool.jobs()] == ["printed", "printed"]


def test_old_prints_are_forgotten_and_what_waits_never_is(spool: Spool) -> None:
    spool.add("old", b"1", kind="receipt", at=NOON - timedelta(days=40))
    spool.add("old invoice", b"1", kind="a4", at=NOON - timedelta(days=40))
    spool.add("new", b"1", kind="receipt", at=NOON)
    spool.print_waiting()

    spool.sweep(NOON)

    assert [job.name for job in spool.jobs()] == ["old invoice", "new"]


def test_a_hostile_name_stays_in_the_folder(spool: Spool, paper: Path) -> None:
    spool.add("../../../etc/passwd", b"1", kind="receipt", at=NOON)
    spool.print_waiting()

    assert [path.name for path in paper.iterdir()] == ["etc_passwd.pdf"]


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called `lp` that notes what it is asked, or refuses."""
    program = tmp_path / "bin/lp"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/asked\n'
        '[ "$2" = broken ] && { echo "lp: The printer or class does not exist." >&2; exit 1; }\n'
        "exit 0\n"
    )
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:/bin:/usr/bin")
    return tmp_path / "asked"


def test_the_systems_printer_gets_the_file_and_its_name(cups: Path, tmp_path: Path) -> None:
    SystemPrinter("till").print(tmp_path / "-o evil.pdf", name="; rm -rf / #")

    asked = cups.read_text().splitlines()
    assert asked == ["-d", "till", "-t", "; rm -rf / #", "--", str(tmp_path / "-o evil.pdf")]


def test_what_the_system_refuses_is_said_in_its_words(cups: Path, tmp_path: Path) -> None:
    with speaking("en"), pytest.raises(PrintFailedError, match="class does not exist"):
        SystemPrinter("broken").print(tmp_path / "x.pdf", name="ticket")

    assert cups.exists()


def test_a_computer_without_a_print_system_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NoPrinterError):
        SystemPrinter().print(tmp_path / "x.pdf", name="ticket")
