"""Letters of reminders as a PDF that opens."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from erp_desktop.core.i18n import N_, _
from erp_desktop.documents.invoice.paper import PaperLanguage
from erp_desktop.ui.exporting import ExportingPage, save_file
from erp_desktop.ui.file_choice import choose_target
from modules.accounting.selectors import get_letters

PDFS: tuple[tuple[PaperLanguage, str], ...] = (
    ("fr", N_("PDF in French")),
    ("ar", N_("PDF in Arabic")),
    ("ar+fr", N_("PDF in Arabic and French")),
)


async def save_letters(page: ExportingPage, ids: Sequence[UUID], language: PaperLanguage) -> None:
    """Ask where the letters shall go, write them into one PDF and open it."""
    path = await choose_target(page, _("PDF"), "reminders", ".pdf")  # type: ignore[arg-type] # a page
    if path is None:
        return
    from modules.accounting.letters import letters_pdf  # noqa: PLC0415 - ReportLab is slow to load

    sheets = await page.backend.ask(get_letters, ids)
    content = await page.backend.thread(letters_pdf, sheets, language)
    await save_file(page, path, content)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
