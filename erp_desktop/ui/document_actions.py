"""What can be done with a document: the next state by one key, the rest beside it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QPushButton, QToolButton

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import keys
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, tool

if TYPE_CHECKING:
    from erp_desktop.ui.document_page import DocumentPage


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done with a document.

    Attributes:
        title: Marked `N_`.
        deed: A coroutine function without arguments; the sentence it returns is said.
        icon: Name of a Material Design icon.
        key: Id of a key action.
        question: Asked before, marked `N_`; `{name}` is the document. Its button is red.
        saves: Saves what is typed before.
        menu: Other ways to do it, each with its words, marked `N_` or a name: they open below it.
        is_small: Shown as its icon alone: for what a full header has no room for.
    """

    title: str
    deed: Callable[[], Awaitable[str | None]]
    icon: str = ""
    key: str = ""
    question: str = ""
    saves: bool = False
    menu: Sequence[tuple[str, Callable[[], Awaitable[str | None]]]] = ()
    is_small: bool = False


class DocumentActions:
    """The buttons at the top of one document."""

    def __init__(self, page: "DocumentPage[Any, Any]") -> None:
        self._page = page
        self._save: QPushButton | None = None

    def offer(self, actions: Sequence[Action]) -> None:
        """Show these instead of the ones before; the first is the next state."""
        header = self._page.header
        header.clear_actions()
        for each in actions[1:]:
            header.add(self._small(each) if each.is_small else self._plain(each))
            if each.menu:
                header.add(self._menu(each))
        document = self._page.document
        self._save = None
        if document is not None and document.is_editable and self._page.keeps_drafts:
            self._save = button(
                N_("Save"), self._page.save_now, icon="content-save-outline", key="page.save"
            )
            header.add(self._save)
        if actions:
            primary = self._button(actions[0], "primary")
            if actions[0].menu:
                header.add(self._menu(actions[0]))
            header.set_primary(primary)
            follow(primary, lambda: primary.setToolTip(keys.tooltip("", "page.primary").strip()))
        self.follow_changes()

    def follow_changes(self) -> None:
        """Let Save be pressed where there is something to save."""
        if self._save is not None:
            self._save.setEnabled(self._page.body.is_changed)

    def _button(self, action: Action, look: str) -> QPushButton:
        do = partial(self._page.start_once, self._do, action)
        return button(action.title, do, icon=action.icon, look=look, key=action.key)

    def _plain(self, action: Action) -> QPushButton:
        return self._button(action, "danger" if action.question else "")

    def _small(self, action: Action) -> QToolButton:
        do = partial(self._page.start_once, self._do, action)
        return tool(action.title, do, icon=action.icon, key=action.key)

    def _menu(self, action: Action) -> QToolButton:
        opener = tool(N_("Other ways"), icon="chevron-down")
        menu = QMenu(opener)
        menu.aboutToShow.connect(menu.clear)
        menu.aboutToShow.connect(lambda: self._fill(menu, action))
        opener.setMenu(menu)
        opener.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return opener

    def _fill(self, menu: QMenu, action: Action) -> None:
        for words, deed in action.menu:
            way = replace(action, deed=deed, menu=())
            menu.addAction(_(words), partial(self._page.start_once, self._do, way))

    async def _do(self, action: Action) -> None:
        page = self._page
        if action.saves and page.body.is_changed and not await page.save_typed():
            return
        if action.question:
            question = _(action.question).format(name=page.name())
            if not await confirm(page, question, _(action.title)):
                return
        sentence = await action.deed()
        if sentence:
            page.say(sentence)
