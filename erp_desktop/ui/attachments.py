"""The files of a document, at its side: added by choosing or dropping, opened, kept elsewhere."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.attachments import (
    Attachment,
    Subject,
    attach,
    detach,
    list_attachments,
    read_attachment,
    read_file,
)
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.documents.files import safe_name, write_whole
from erp_desktop.imports.remarks import writable
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.file_choice import choose_source, choose_target
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, column, label, row
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel

_KILO = 1024


def size_words(size: int) -> str:
    """Return a size such as `12 kB`; `size` in bytes."""
    words = current()
    if size < _KILO * _KILO:
        return _("{size} kB").format(size=words.number(max(1, round(size / _KILO))))
    return _("{size} MB").format(size=words.number(round(size / _KILO / _KILO)))


_COLUMNS: tuple[Column[Attachment], ...] = (
    Column(N_("File"), lambda a: current().isolate(a.name)),
    Column(N_("Size"), lambda a: size_words(a.size), RIGHT, width=80),
    Column(N_("Added"), lambda a: current().date(wall_clock.local(a.added_at).date()), width=92),
)


class AttachmentsSide(QWidget):
    """The list of files; asked for when it is first looked at, so that a document opens quickly."""

    def __init__(self, page: Page, backend: Backend) -> None:
        super().__init__()
        self._page, self._backend = page, backend
        self._subject: Subject | None = None
        self._is_asked = False
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.model: TableModel[Attachment] = TableModel(_COLUMNS, self)
        self.table = TableView(self.model)
        self.table.empty.tell(N_("No files yet. Drop one here."), icon="paperclip")
        self.table.opened.connect(lambda file: self._start(self._open, file))
        self.add = button(N_("Add"), self._on_add, icon="paperclip")
        self.keep = button(N_("Save as…"), lambda: self._with_file(self._keep), icon="download")
        self.remove = button(
            N_("Remove"), lambda: self._with_file(self._remove), icon="delete-outline"
        )
        self._hint = label(N_("Double-click a file to open it."), "muted")
        buttons = row(self.add, self.keep, self.remove, None)
        self.setLayout(column(buttons, self.table, self._hint))
        self.setAcceptDrops(True)

    def show_subject(self, subject: Subject | None, *, may_edit: bool) -> None:
        """Show the files of a document; None is one that is not kept yet."""
        if subject != self._subject:
            self._subject, self._is_asked = subject, False
            self.model.show_rows([])
        for each in (self.add, self.remove):
            each.setVisible(may_edit)
            each.setEnabled(subject is not None)
        self.setAcceptDrops(may_edit and subject is not None)
        if self.isVisible():
            self._ask()

    def take(self, paths: Iterable[Path]) -> None:
        """Attach files."""
        self._start(self._attach, list(paths))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files_of(event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.take(_files_of(event.mimeData().urls()))
        event.acceptProposedAction()

    def _ask(self) -> None:
        if self._subject is not None and not self._is_asked:
            self._is_asked = True
            self._page.start_latest(self._load)

    def _on_add(self) -> None:
        self._start(self._choose)

    def _with_file(self, deed: Any) -> None:
        file = self.table.current_row()
        if file is not None:
            self._start(deed, file)

    def _start(self, deed: Any, *about: Any) -> None:
        self._page.start_once(deed, *about)

    async def _load(self) -> None:
        if self._subject is not None:
            self.model.show_rows(await self._backend.ask(list_attachments, self._subject))

    async def _choose(self) -> None:
        path = await choose_source(self._page, _("Attach a file"), "*")
        if path is not None:
            await self._attach([path])

    async def _attach(self, paths: list[Path]) -> None:
        assert self._subject is not None  # noqa: S101 - nothing can be added before
        try:
            for path in paths:
                content = read_file(path)
                await self._backend.do(attach, self._subject, path.name, content)
                self._page.say(_("{file} is attached.").format(file=current().isolate(path.name)))
        finally:
            await self._load()

    async def _open(self, file: Attachment) -> None:
        content = await self._backend.ask(read_attachment, file.id)
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="erp-desktop-")
            self.destroyed.connect(self._folder.cleanup)
        path = Path(self._folder.name) / f"{file.id.hex[-8:]}-{_safe(file.name)}"
        _write(path, content)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    async def _keep(self, file: Attachment) -> None:
        name = Path(file.name)
        target = await choose_target(self._page, _("Save the file"), name.stem, name.suffix)
        if target is not None:
            _write(target, await self._backend.ask(read_attachment, file.id))
            self._page.say(_("Saved as {file}.").format(file=current().isolate(target.name)))

    async def _remove(self, file: Attachment) -> None:
        name = current().isolate(file.name)
        if not await confirm(self._page, _("Remove {file}?").format(file=name), _("Remove")):
            return
        await self._backend.do(detach, file.id)
        await self._load()
        self._page.say(_("{file} is removed.").format(file=name))


def _files_of(urls: Iterable[QUrl]) -> list[Path]:
    paths = (Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    return [path for path in paths if path.is_file()]


def _safe(name: str) -> str:
    path = Path(name)
    return safe_name(path.stem, path.suffix)


def _write(path: Path, content: bytes) -> None:
    with writable(path):
        write_whole(path, content)
