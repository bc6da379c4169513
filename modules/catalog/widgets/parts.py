"""Small parts that several pages of the catalog share."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

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
