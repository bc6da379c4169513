"""Receipts of this till: where they come out is chosen on the page “Printers”."""

from pathlib import Path

from erp_desktop.documents.outlets import Outlet, choose_outlet
from erp_desktop.workstation.workstation import Workstation


def choose_folder(workstation: Workstation, folder: Path) -> None:
    """Let receipts come out as PDF files in a folder, from now on."""
    choose_outlet(workstation, "receipt", Outlet("folder", str(folder)))


def choose_printer(workstation: Workstation, name: str) -> None:
    """Let receipts come out of a printer, by the operating system's name for it, from now on."""
    choose_outlet(workstation, "receipt", Outlet("system", name))
