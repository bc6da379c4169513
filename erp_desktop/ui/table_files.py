"""Files that hold tables: how they are chosen, and dropped onto a page."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

# What a dialogue offers to choose from, and as what it offers to save.
READABLE = (
    "XLSX, XLS, ODS, CSV (*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.txt *.tsv);;"
    "CSV (*.csv *.txt *.tsv);;* (*)"
)
WRITABLE = "XLSX (*.xlsx);;CSV (*.csv)"


class FileDrop(QObject):
    """Lets files be dropped onto a widget.

    Signals:
        dropped: The path of the first one.
    """

    dropped = Signal(object)

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent):
            paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
            if paths:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.dropped.emit(Path(paths[0]))
            return True
        return super().eventFilter(watched, event)


def with_suffix(path: str, chosen: str) -> Path:
    """Return where to save: with the suffix that was typed, or that of the kind chosen."""
    typed = Path(path)
    if typed.suffix.lower() in {".csv", ".xlsx"}:
        return typed
    return typed.with_name(f"{typed.name}{'.csv' if chosen.startswith('CSV') else '.xlsx'}")
