"""What stands in the place of a page that could not be opened."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from erp_desktop.core.errors import UserError
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
        copy = button(N_("Copy details"), self._on_copy, icon="content-copy")
        actions = [copy, *_retry_button(retry)]
        lay_out(self, N_("This could not be opened"), lambda: failure.sentence, actions)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.failure.details)
        self.say(_("Copied."))


class RefusedPage(Page):
    """Says why a page cannot be opened at this desk, and what to do about it; no fault of ours."""

    def __init__(self, refusal: UserError, retry: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.refusal = refusal
        actions = _retry_button(retry)
        lay_out(self, N_("This cannot be opened here yet"), refusal.sentence, actions)


def lay_out(
    page: Page, title: str, sentence: Callable[[], str], actions: Sequence[QPushButton]
) -> None:
    """Put a title, a sentence and what can be done into the middle of a page."""
    words: QLabel = kind(label(), "")
    words.setWordWrap(True)
    follow(words, lambda: words.setText(sentence()))
    box = card(
        label(title, "title"),
        words,
        row(*actions, None),
        margins=theme.SPACE_XL,
        spacing=theme.SPACE_L,
    )
    box.setFixedWidth(560)
    middle = row(None, box, None)
    middle.setAlignment(Qt.AlignmentFlag.AlignCenter)
    page.setLayout(column(None, middle, None, None))


def _retry_button(retry: Callable[[], object] | None) -> list[QPushButton]:
    if retry is None:
        return []
    return [button(N_("Try again"), retry, icon="refresh", look="primary")]
