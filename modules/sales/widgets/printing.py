"""Putting documents on paper: through this workstation's queue, or into a PDF that opens."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current, words
from erp_desktop.documents.invoice.paper import PaperLanguage
from erp_desktop.ui.exporting import ExportingPage, print_pdf, save_file
from erp_desktop.ui.file_choice import choose_target
from modules.sales.selectors import InvoiceSheet, PaymentSheet
from modules.sales.services import count_print

PRINTS: tuple[tuple[PaperLanguage, str], ...] = (
    ("fr", N_("Print in French")),
    ("ar", N_("Print in Arabic")),
    ("ar+fr", N_("Print in Arabic and French")),
    ("en", N_("Print in English")),
)
PDFS: tuple[tuple[PaperLanguage, str], ...] = (
    ("fr", N_("PDF in French")),
    ("ar", N_("PDF in Arabic")),
    ("ar+fr", N_("PDF in Arabic and French")),
    ("en", N_("PDF in English")),
)

Way = tuple[str, Callable[[], Awaitable[str | None]]]


async def print_invoice(
    page: ExportingPage, sheet: InvoiceSheet, language: PaperLanguage | None = None
) -> None:
    """Print a posted document in a language, its customer's without one; the page says so."""
    content, name = await _paper(page, sheet, language)
    await print_pdf(page, name, content)


async def save_pdf(
    page: ExportingPage, sheet: InvoiceSheet, language: PaperLanguage | None = None
) -> None:
    """Ask where a PDF of a posted document shall go, write and open it."""
    name = sheet.head.number if sheet.head else ""
    path = await choose_target(page, _("PDF"), name, ".pdf")  # type: ignore[arg-type] # a page
    if path is None:
        return
    content, _name = await _paper(page, sheet, language)
    await save_file(page, path, content)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


async def print_receipt(page: ExportingPage, sheet: PaymentSheet) -> None:
    """Print the receipt of a payment, in the language of its customer's papers."""
    from erp_desktop.documents.receipt import render_receipt  # noqa: PLC0415 - as below
    from modules.sales.receipt import payment_receipt  # noqa: PLC0415

    own = sheet.customer.document_language.split("+") if sheet.customer else []
    here = current()
    # Who reads two languages gets the one that is spoken here, if it is one of them.
    language = here.language if here.language in own or not own else own[-1]
    speech = words(language, here.country)
    receipt = payment_receipt(sheet, speech)
    station = page.backend.workstation
    if station is None:
        content = await page.backend.thread(render_receipt, receipt, speech)
        await print_pdf(page, sheet.number, content)
        return
    from erp_desktop.documents.outlets import print_receipt as queue  # noqa: PLC0415 - same

    now = wall_clock.now()
    failed = await page.backend.local(
        queue, receipt, speech, at=now, opens_drawer=sheet.method == "cash"
    )
    if failed is None:
        page.say(_("“{name}” is printed.").format(name=sheet.number))
    else:
        page.say(failed.trouble, "warn")


async def _paper(
    page: ExportingPage, sheet: InvoiceSheet, language: PaperLanguage | None
) -> tuple[bytes, str]:
    # ReportLab is slow to load, and most pages print nothing.
    from erp_desktop.documents.invoice import render_invoice  # noqa: PLC0415
    from modules.sales.paper import invoice_paper  # noqa: PLC0415

    head = sheet.head
    assert head is not None  # noqa: S101 - only what is posted is offered to print
    times = await page.backend.do(count_print, head.id)
    wanted = language or head.language
    paper = invoice_paper(sheet, wanted, is_duplicate=times > 1)
    return await page.backend.thread(render_invoice, paper), head.number
