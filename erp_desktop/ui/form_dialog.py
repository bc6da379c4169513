"""A few fields in a window over a page: Enter does the deed, Esc leaves."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import theme
from erp_desktop.ui.fields import Field
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import Form
from erp_desktop.ui.link_field import LinkField
from erp_desktop.ui.parts import button, card, column, kind, label, row

D = TypeVar("D")
_NARROWEST = 440


class FormDialog(QDialog, Generic[D]):
    """Shows a draft and takes it once every field can be read.

    Attributes:
        taken: The draft as typed; None until then.
    """

    def __init__(
        self, parent: QWidget, title: str, deed: str, fields: Sequence[Field], draft: D, about: str
    ) -> None:
        """Ask for `fields`; `title` and `deed` are marked `N_`, `about` is translated."""
        super().__init__(parent)
        kind(self, "ground")
        follow(self, lambda: self.setWindowTitle(_(title)))
        self.form: Form[D] = Form(fields)
        self.form.show_draft(draft)
        self.taken: D | None = None
        self.main = button(deed, self.take, look="primary")
        cancel = button(N_("Cancel"), self.reject)
        told = label(look="muted")
        told.setText(about)
        told.setWordWrap(True)
        told.setVisible(bool(about))
        foot = row(None, cancel, self.main, spacing=theme.SPACE_S)
        self.setLayout(
            column(told, card(self.form), foot, spacing=theme.SPACE_M, margins=theme.SPACE_L)
        )
        self.setMinimumWidth(_NARROWEST)
        for place, field in enumerate(fields):
            if isinstance(field, LinkField):
                field.confirmed.connect(partial(self._go_on, fields[place + 1 :]))
        fields[0].setFocus()

    def take(self) -> None:
        """Take what is typed, if it can be taken."""
        self.taken = self.form.read()
        if self.taken is not None:
            self.accept()

    def _go_on(self, left: Sequence[Field]) -> None:
        """Leave a link, which has used Enter for itself."""
        if left:
            left[0].setFocus()
        else:
            self.take()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.take()
        else:
            super().keyPressEvent(event)


async def ask_form(
    parent: QWidget, title: str, deed: str, fields: Sequence[Field], draft: D, *, about: str = ""
) -> D | None:
    """Ask for a few fields; None if the user would rather not.

    Args:
        parent: The page that asks.
        title: Of the window, marked `N_`.
        deed: What the button says, marked `N_`.
        fields: Named as the attributes of `draft`.
        draft: A frozen dataclass with what is proposed.
        about: What it is about, translated.
    """
    dialog = FormDialog(parent, title, deed, fields, draft, about)
    answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    dialog.finished.connect(lambda _code: None if answer.done() else answer.set_result(None))
    # Not `exec`: a loop within a task would stop every other task.
    dialog.open()
    try:
        await answer
        return dialog.taken
    finally:
        dialog.deleteLater()
