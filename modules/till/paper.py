"""Receipts of this till: where they come out is chosen on the page “Printers”."""

from datetime import datetime
from pathlib import Path

from erp_desktop.core.i18n import Words
from erp_desktop.documents import outlets
from erp_desktop.documents.outlets import Outlet, choose_outlet
from erp_desktop.documents.receipt import Receipt
from erp_desktop.documents.spool import Job
from erp_desktop.workstation.workstation import Workstation


def choose_folder(workstation: Workstation, folder: Path) -> None:
    """Let receipts come out as PDF files in a folder, from now on."""
    choose_outlet(workstation, "receipt", Outlet("folder", str(folder)))


def choose_printer(workstation: Workstation, name: str) -> None:
    """Let receipts come out of a printer, by the operating system's name for it, from now on."""
    choose_outlet(workstation, "receipt", Outlet("system", name))


def print_receipt(
    workstation: Workstation,
    receipt: Receipt,
    words: Words,
    *,
    at: datetime,
    opens_drawer: bool = False,
) -> Job | None:
    """Queue a receipt and print what waits; return the job of it that could not be printed.

    The sale is in the journal already: whatever happens here, it stands.
    """
    return outlets.print_receipt(workstation, receipt, words, at=at, opens_drawer=opens_drawer)
