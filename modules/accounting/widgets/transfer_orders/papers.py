"""What goes to the bank: the letter, printed or as PDF, and the files."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from erp_desktop.core.i18n import _, current, words
from erp_desktop.imports.remarks import writable
from erp_desktop.ui.exporting import print_pdf, save_file
from erp_desktop.ui.file_choice import choose_target
from modules.accounting.selectors.transfer_orders import TransferPaper, get_transfer_paper
from modules.accounting.transfer_files import cfonb_file, pain_file

if TYPE_CHECKING:
    from modules.accounting.widgets.transfer_orders.sheet import TransferSheet

# Each file: its suffix, and what writes it.
FILES: dict[str, tuple[str, Callable[[TransferPaper], bytes]]] = {
    "pain": (".xml", pain_file),
    "cfonb": (".txt", cfonb_file),
}


async def print_letter(page: "TransferSheet", order_id: UUID) -> None:
    """Print the letter on this workstation's printer, or open it, in the user's language."""
    paper = await page.backend.ask(get_transfer_paper, order_id)
    language = current().language if current().language in {"fr", "ar"} else "fr"
    await print_pdf(page, page.name(), await _letter(page, paper, language))


async def save_letter(page: "TransferSheet", order_id: UUID, language: str) -> None:
    """Ask where the letter shall go, write it as PDF and open it."""
    paper = await page.backend.ask(get_transfer_paper, order_id)
    path = await choose_target(page, _("PDF"), paper.order.number, ".pdf")
    if path is None:
        return
    content = await _letter(page, paper, language)
    with writable(path):
        await save_file(page, path, content)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


async def save_bank_file(page: "TransferSheet", order_id: UUID, kind: str) -> None:
    """Write a file for the bank where the user wants it, whole or not at all."""
    suffix, write = FILES[kind]
    paper = await page.backend.ask(get_transfer_paper, order_id)
    content = await page.backend.thread(write, paper)
    path = await choose_target(page, _("File for the bank"), paper.order.number, suffix)
    if path is not None:
        with writable(path):
            await save_file(page, path, content)


async def _letter(page: "TransferSheet", paper: TransferPaper, language: str) -> bytes:
    from modules.accounting.transfer_order_paper import (  # noqa: PLC0415 - ReportLab is slow to load
        transfer_letter,
    )

    spoken = words(language, paper.country)
    return bytes(await page.backend.thread(transfer_letter, paper, spoken))
