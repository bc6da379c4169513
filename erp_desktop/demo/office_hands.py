"""Hands that also answer windows over pages: questions, forms, menus, files."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QWidget,
)

from erp_desktop.core.i18n import _
from erp_desktop.demo.hands import Hands, NotSeenError
from erp_desktop.ui.fields import ChoiceField
from erp_desktop.ui.form_dialog import FormDialog


class OfficeHands(Hands):
    """What an accountant needs more than a cashier."""

    async def mark(self, table: Any, places: Iterable[int]) -> None:
        """Mark rows of a table with the space bar."""
        table.setFocus()
        for place in places:
            table.select_row(place)
            await self.press(table, Qt.Key.Key_Space)

    async def pick(self, field: Any, value: Any) -> None:
        """Choose one of a few by the arrow keys."""
        field.editor.setFocus()
        await self.press(field.editor, Qt.Key.Key_Home)
        for _each in range(field.editor.count()):
            if field.read() == value:
                return
            await self.press(field.editor, Qt.Key.Key_Down)
        missing = f"{value} among what {field.name} offers"
        raise NotSeenError(missing)

    async def idle(self, page: Any) -> None:
        """Wait until a page has done all that it was asked for: before that it begins nothing."""
        await self.until(lambda: not page.is_at_work, "nothing is on its way")

    async def click_on(self, page: QWidget, message: str) -> None:
        """Click a button by its words, marked `N_`, once it can be pressed."""
        await self.idle(page)
        await self.click(await self.until(lambda: _named(page, _(message)), f"“{message}”"))

    async def choose(self, page: QWidget, title: str) -> None:
        """Take an entry of a menu of the page, by its words, marked `N_`."""
        await self.idle(page)
        menu = await self.until(lambda: _menu_with(page, _(title)), f"the menu with “{title}”")
        menu.popup(page.mapToGlobal(page.rect().center()))
        entry = next(action for action in menu.actions() if action.text() == _(title))
        menu.setActiveAction(entry)
        await self.press(menu, Qt.Key.Key_Return)

    async def answer(self, page: QWidget, message: str) -> None:
        """Press a button of the question that a page asks, by its words, marked `N_`."""

        def button() -> Any:
            boxes = [box for box in page.findChildren(QMessageBox) if box.isVisible()]
            return boxes and next(b for b in boxes[-1].buttons() if b.text() == _(message))

        await self.click(await self.until(button, f"the question before “{message}”"))
        await self._come_back(page)

    async def fill(self, page: QWidget, name: str = "", **typed: str) -> None:
        """Type into the window over a page, take its picture as `name`, and do its deed."""

        def opened() -> Any:
            return next((d for d in page.findChildren(FormDialog) if d.isVisible()), None)

        dialog = await self.until(opened, "a window to fill in")
        for field, text in typed.items():
            editor = dialog.form.fields[field]
            if isinstance(editor, ChoiceField):
                await self.pick(editor, text)
            else:
                await self.type(editor.editor, text)
        if name:
            await self.picture(dialog, name)
        await self.click(dialog.main)
        await self.until(lambda: opened() is None, "the window is done")
        await self._come_back(page)

    async def save(self, page: Any, path: Path) -> None:
        """Say where a file goes, and wait until the page has written it."""
        await self.file(page, path)
        await self.until(path.exists, path.name)
        await self.idle(page)

    async def file(self, page: QWidget, path: Path) -> None:
        """Type a file's name into the window that asks for one."""

        def opened() -> Any:
            return next((d for d in page.findChildren(QFileDialog) if d.isVisible()), None)

        dialog = await self.until(opened, "a window that asks for a file")
        await self.type(dialog.findChild(QLineEdit), str(path))
        (box,) = dialog.findChildren(QDialogButtonBox)
        done = QDialogButtonBox.StandardButton
        await self.click(box.button(done.Save) or box.button(done.Open))
        await self._come_back(page)

    async def _come_back(self, page: QWidget) -> None:
        """Be on the page again once the window over it has gone: so does a real desktop."""
        page.window().activateWindow()
        await self.until(page.window().isActiveWindow, "the page is in front")


def _named(page: QWidget, words: str) -> QPushButton | None:
    """Return a button that says so, once it can be pressed."""
    buttons = (b for b in page.findChildren(QPushButton) if b.isVisible() and b.isEnabled())
    return next((b for b in buttons if b.text() == words), None)


def _menu_with(page: QWidget, words: str) -> QMenu | None:
    """Return the menu of a button that has such an entry."""
    for each in page.findChildren(QAbstractButton):
        menu = each.menu() if each.isVisible() and hasattr(each, "menu") else None
        if isinstance(menu, QMenu):
            # Menus are filled as they open.
            menu.aboutToShow.emit()
            if any(action.text() == words for action in menu.actions()):
                return menu
    return None
