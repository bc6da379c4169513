"""Questions before what cannot be undone: they name the thing; the safe answer is the default."""

import asyncio

from PySide6.QtWidgets import QMessageBox, QWidget

from erp_desktop.core.i18n import _


async def confirm(parent: QWidget, question: str, deed: str) -> bool:
    """Ask whether `deed` shall be done; both texts are translated already.

    Args:
        parent: The page that asks.
        question: Names the thing: "Cancel invoice FA-ALG-2026-00418?"
        deed: What the button says that does it, in a word or two.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(question)
    does = box.addButton(deed, QMessageBox.ButtonRole.DestructiveRole)
    stays = box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stays)
    box.setEscapeButton(stays)
    answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    box.finished.connect(lambda _code: _settle(answer, yes=box.clickedButton() is does))
    # Not `exec`: a loop within a task would stop every other task.
    box.open()
    try:
        return await answer
    finally:
        box.deleteLater()


def _settle(answer: "asyncio.Future[bool]", *, yes: bool) -> None:
    if not answer.done():
        answer.set_result(yes)
