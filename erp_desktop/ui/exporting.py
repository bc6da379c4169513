"""What a page does to export and print what it shows: ask where, work in a thread, say it."""

import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Protocol, cast

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.documents.files import safe_name, write_whole
from erp_desktop.ui import keys
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.exports import KINDS, Kind, Table, render
from erp_desktop.ui.file_choice import choose_target
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Deed
from erp_desktop.ui.parts import Tone, button
from erp_desktop.ui.work import Work

# Returns what is to be exported; asks for the rows that are not loaded yet.
Source = Callable[[Work], Awaitable[Table[Any]]]


class ExportingPage(Protocol):
    """All that `Exporter` needs of a page."""

    title: ClassVar[str]
    backend: Backend

    def start_once(self, function: Deed, /, *args: Any, **kwargs: Any) -> bool:
        """Start a deed, unless it is still on its way."""

    def start_work(self, title: str, function: Deed, /, *args: Any, **kwargs: Any) -> bool:
        """Start long work."""

    def say(self, message: str, tone: Tone = "ok", *, details: str = "") -> None:
        """Tell the user something."""


class Exporter:
    """The exports of one page."""

    def __init__(self, page: "ExportingPage", source: Source) -> None:
        self._page = page
        self._source = source
        # Another paper than a plain table, made in a thread.
        self.paper: Callable[[Table[Any]], bytes] | None = None
        self.name = ""

    def add_buttons(self, header: Header) -> None:
        """Offer export and print at the top of the page."""
        export = button(N_("Export"), icon="file-export-outline")
        menu = QMenu(export)
        menu.aboutToShow.connect(menu.clear)
        menu.aboutToShow.connect(lambda: self.fill_menu(menu))
        export.setMenu(menu)
        header.add(export)
        printing = button(N_("Print"), self.start_print, icon="printer-outline", key="page.print")
        header.add(printing)

    def fill_menu(self, menu: QMenu) -> None:
        """Offer each kind of file, and paper."""
        for kind, (_words, _icon, title) in KINDS.items():
            menu.addAction(_(title), partial(self.start, kind))
        menu.addAction(f"{_('Print')}\t{keys.shown('page.print')}", self.start_print)

    def start(self, kind: Kind) -> None:
        """Ask where the file shall go, and write it."""
        self._page.start_once(self._ask, kind)

    def export(self, kind: Kind, path: Path) -> None:
        """Write everything to `path`, with progress and Cancel."""
        self._page.start_work(N_("Exporting"), self._export, kind, path)

    def start_print(self) -> None:
        """Print everything on this workstation's printer, or open the PDF where it has none."""
        self._page.start_work(N_("Printing"), self._print)

    async def _ask(self, kind: Kind) -> None:
        name = f"{self._title()} {wall_clock.now():%Y-%m-%d}"
        path = await choose_target(cast("QWidget", self._page), _(KINDS[kind][2]), name, f".{kind}")
        if path is not None:
            self.export(kind, path)

    async def _export(self, work: Work, kind: Kind, path: Path) -> None:
        await save_file(self._page, path, await self._content(work, kind))

    async def _print(self, work: Work) -> None:
        content = await self._content(work, "pdf")
        await print_pdf(self._page, self._title(), content)

    async def _content(self, work: Work, kind: Kind) -> bytes:
        work.watched_by(self._page.backend.cancel)
        table = await self._source(work)
        work.report(0, len(table.rows), _("Writing the file…"))

        def watch(done: int, total: int) -> None:
            work.report(done, total, _("Writing the file…"))

        if kind == "pdf" and self.paper is not None:
            return bytes(await self._page.backend.thread(self.paper, table))
        return bytes(await self._page.backend.thread(render, table, kind, current(), watch))

    def _title(self) -> str:
        return self.name or _(self._page.title)


async def save_file(page: ExportingPage, path: Path, content: bytes) -> None:
    """Write a file, whole or not at all, and say where it is."""
    await page.backend.thread(write_whole, path, content)
    page.say(_("Exported to {path}.").format(path=current().isolate(str(path))))


async def print_pdf(page: ExportingPage, title: str, content: bytes) -> None:
    """Print a PDF on this workstation's printer, or open it where there is no workstation."""
    station = page.backend.workstation
    if station is None:
        path = Path(tempfile.mkdtemp(prefix="erp-desktop-")) / safe_name(title, ".pdf")
        await page.backend.thread(write_whole, path, content)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        return
    from erp_desktop.documents.outlets import print_document  # noqa: PLC0415 - ReportLab

    now = wall_clock.now()
    failed = await page.backend.local(print_document, title, content, kind="a4", at=now)
    if failed is None:
        page.say(_("“{name}” is printed.").format(name=title))
    else:
        page.say(failed.trouble, "warn")
