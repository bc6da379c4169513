"""The top of an import page: which file, what comes next, and the file to send back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui.header import Header
from erp_desktop.ui.parts import button
from erp_desktop.ui.table_files import READABLE, WRITABLE, with_suffix


class ImportHead(Header):
    """Chooses files, and says the next step.

    Signals:
        file_chosen: The path of a file to read.
        save_wanted: Where to write the file with remarks, and whether without what is imported.
    """

    file_chosen = Signal(object)
    save_wanted = Signal(object, bool)

    def __init__(self, title: str, on_next: Callable[[], object]) -> None:
        super().__init__(title)
        self._stem = ""
        self._choose = button(N_("Choose a file…"), self.choose, icon="folder-open-outline")
        self._save = button(N_("Save with remarks"), icon="file-export-outline")
        menu = QMenu(self._save)
        menu.aboutToShow.connect(lambda: self._fill_menu(menu))
        self._save.setMenu(menu)
        self.primary = button(N_("Check the file"), on_next, look="primary")
        self.add(self._save)
        self.add(self._choose)
        self.set_primary(self.primary)

    def show_file(self, path: Path | None) -> None:
        """Offer another file where there is one; the main action offers the first."""
        self._stem = path.stem if path else ""
        self._choose.setVisible(path is not None)

    def show_next(self, words: str, *, is_ready: bool, may_save: bool) -> None:
        """Say what the main action does, and whether it and the remarks are to be had."""
        self.primary.setText(words)
        self.primary.setEnabled(is_ready)
        self._save.setVisible(may_save)

    def choose(self) -> None:
        """Let the user choose a file."""
        path, _kind = QFileDialog.getOpenFileName(self, _("Choose a file…"), "", READABLE)
        if path:
            self.file_chosen.emit(Path(path))

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        menu.addAction(_("All rows…"), lambda: self._on_save(only_wrong=False))
        menu.addAction(_("Only the rows left out…"), lambda: self._on_save(only_wrong=True))

    def _on_save(self, *, only_wrong: bool) -> None:
        name = f"{self._stem} - {_('Remarks')}.xlsx"
        path, kind = QFileDialog.getSaveFileName(self, _("Save with remarks"), name, WRITABLE)
        if path:
            self.save_wanted.emit(with_suffix(path, kind), only_wrong)
