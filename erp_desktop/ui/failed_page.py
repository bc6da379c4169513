"""What stands in the place of a page that could not be opened."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from erp_desktop.core.i18n import N_, _
from erp_desktop.plugins.failures import FailedModule
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, column, kind, label, row


class FailedPage(Page):
    """Says which module failed at what, offers the details to copy, and to try again."""

    def __init__(self, failure: FailedModule, retry: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.failure = failure
        words: QLabel = kind(label(), "")
        words.setWordWrap(True)
        follow(words, lambda: words.setText(failure.sentence))
        actions = row(button(N_("Copy details"), self._on_copy, icon="content-copy"))
        if retry is not None:
            actions.addWidget(button(N_("Try again"), retry, icon="refresh", look="primary"))
        actions.addStretch(1)
        title = label(N_("This could not be opened"), "title")
        box = card(title, words, actions, margins=theme.SPACE_XL, spacing=theme.SPACE_L)
        box.setFixedWidth(560)
        middle = row(None, box, None)
        middle.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(None, middle, None, None))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.failure.details)
        self.say(_("Copied."))
