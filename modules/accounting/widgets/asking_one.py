"""A question that wants one value with its answer: a day, a reason."""

import asyncio
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from erp_desktop.core.i18n import _
from erp_desktop.ui import theme
from erp_desktop.ui.fields import Field
from erp_desktop.ui.parts import column, label


@dataclass(frozen=True, slots=True)
class Answered:
    """What was typed when somebody said yes."""

    value: Any


class OneDialog(QDialog):
    """A question, one field, and the deed's own word on the button."""

    def __init__(self, parent: QWidget, question: str, deed: str, field: Field) -> None:
        """Both texts are translated already; the field says itself what it cannot take."""
        super().__init__(parent)
        self.field = field
        self.setWindowTitle(deed)
        words = label()
        words.setText(question)
        words.setWordWrap(True)
        kind = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kind.Ok | kind.Cancel)
        buttons.button(kind.Ok).setText(deed)
        buttons.button(kind.Cancel).setText(_("Stay"))
        buttons.accepted.connect(self.take)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(words, field, buttons, margins=theme.SPACE_L))
        self.setMinimumWidth(440)

    def take(self) -> None:
        """Say yes, if the field can be taken."""
        try:
            self.field.check()
        except ValueError:
            return
        self.accept()


async def ask_one(parent: QWidget, question: str, deed: str, field: Field) -> Answered | None:
    """Ask and return what was typed; none if it shall not be done."""
    dialog = OneDialog(parent, question, deed, field)
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    dialog.finished.connect(lambda code: _settle(answer, code))
    dialog.open()
    try:
        is_wanted = await answer == QDialog.DialogCode.Accepted
        return Answered(dialog.field.read()) if is_wanted else None
    finally:
        dialog.deleteLater()


def _settle(answer: "asyncio.Future[int]", code: int) -> None:
    if not answer.done():
        answer.set_result(code)
