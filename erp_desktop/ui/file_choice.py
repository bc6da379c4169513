"""Asking for a file: the dialog begins in the folder where the user left it."""

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from erp_desktop.documents.files import safe_name
from erp_desktop.ui import memory

_FOLDER = "folder"


async def choose_target(parent: QWidget, title: str, name: str, suffix: str) -> Path | None:
    """Ask where a file shall go; None if the user would rather not.

    Args:
        parent: The page that asks.
        title: Of the dialog, already translated.
        name: What the file would be called, without its suffix; any text.
        suffix: Its kind, such as `.xlsx`; added where the user leaves it out.
    """
    dialog = QFileDialog(parent, title, str(_folder()), f"*{suffix}")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix.lstrip("."))
    dialog.selectFile(safe_name(name, suffix))
    return await _chosen(dialog)


async def choose_source(parent: QWidget, title: str, patterns: str) -> Path | None:
    """Ask for a file to read, such as `*.csv *.xlsx`; None if the user would rather not."""
    dialog = QFileDialog(parent, title, str(_folder()), patterns)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return await _chosen(dialog)


def _folder() -> Path:
    kept = Path(memory.current().get(_FOLDER, str(Path.home())))
    return kept if kept.is_dir() else Path.home()


async def _chosen(dialog: QFileDialog) -> Path | None:
    answer: asyncio.Future[Path | None] = asyncio.get_running_loop().create_future()

    def settle(code: int) -> None:
        files = dialog.selectedFiles() if code == QDialog.DialogCode.Accepted else []
        if not answer.done():
            answer.set_result(Path(files[0]) if files else None)

    dialog.finished.connect(settle)
    # Not `exec`: a loop within a task would stop every other task.
    dialog.open()
    try:
        path = await answer
    finally:
        dialog.deleteLater()
    if path is not None:
        memory.current().set(_FOLDER, str(path.parent))
    return path
