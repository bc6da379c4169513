"""Where this workstation's receipts come out, and the queue in which they wait for it."""

import shutil
import threading
from datetime import datetime
from pathlib import Path

from erp_desktop.core.i18n import Words
from erp_desktop.documents.printers import FilePrinter, Printer, SystemPrinter
from erp_desktop.documents.receipt import Receipt, render_receipt
from erp_desktop.documents.spool import Job, Spool
from erp_desktop.workstation.workstation import Workstation

_CHOICE = "till.receipt_printer"
_FOLDER, _SYSTEM = "folder:", "system:"
_spools: dict[Path, Spool] = {}
_lock = threading.Lock()


def choose_folder(workstation: Workstation, folder: Path) -> None:
    """Let receipts come out as PDF files in a folder, from now on."""
    _choose(workstation, f"{_FOLDER}{folder}")


def choose_printer(workstation: Workstation, name: str) -> None:
    """Let receipts come out of a printer, by the operating system's name for it, from now on."""
    _choose(workstation, f"{_SYSTEM}{name}")


def print_receipt(
    workstation: Workstation, receipt: Receipt, words: Words, *, at: datetime
) -> Job | None:
    """Queue a receipt and print what waits; return the job of it that could not be printed.

    The sale is in the journal already: whatever happens here, it stands.
    """
    spool = spool_of(workstation)
    added = spool.add(receipt.title, render_receipt(receipt, words), kind="receipt", at=at)
    for job in spool.print_waiting():
        if job.id == added.id and job.state != "printed":
            return job
    return None


def spool_of(workstation: Workstation) -> Spool:
    """Return the queue of this workstation, opened once."""
    with _lock:
        folder = workstation.folder / "spool"
        if folder not in _spools:
            _spools[folder] = Spool(folder, {"receipt": _printer(workstation)})
        return _spools[folder]


def _choose(workstation: Workstation, choice: str) -> None:
    workstation.journal.memory.put(_CHOICE, choice)
    with _lock:
        _spools.pop(workstation.folder / "spool", None)


def _printer(workstation: Workstation) -> Printer:
    """Without a choice: the system's default printer, or a folder where there is none."""
    choice = str(workstation.journal.memory.get(_CHOICE) or "")
    if choice.startswith(_FOLDER):
        return FilePrinter(Path(choice.removeprefix(_FOLDER)))
    if choice.startswith(_SYSTEM) or shutil.which("lp"):
        return SystemPrinter(choice.removeprefix(_SYSTEM))
    return FilePrinter(workstation.folder / "receipts")
