"""Small parts that several pages of the catalog share."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import current
from modules.catalog.selectors import Choice


def scrolled(inside: QWidget) -> QScrollArea:
    """Return `inside` with scroll bars where it is too long, on the card that it stands on."""
    scroll = QScrollArea(widgetResizable=True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(inside)
    inside.setAutoFillBackground(False)
    scroll.viewport().setAutoFillBackground(False)
    return scroll


def offered(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    """Return units or taxes as a choice field offers them, in the user's language."""
    language = current().language
    return [(each.code, f"{each.named(language)} ({each.code})") for each in choices]


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
