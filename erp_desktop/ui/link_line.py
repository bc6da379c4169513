"""The line of a link, without its keys: it searches as one types and keeps what is chosen."""

from typing import Any, Literal

import shiboken6
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from erp_desktop.core.i18n import current
from erp_desktop.core.links import LinkChoice, LinkProvider, meant
from erp_desktop.ui.follow import follow
from erp_desktop.ui.link_popup import LinkPopup
from erp_desktop.ui.page import page_of

_TYPING_PAUSE = 120


class LinkLine(QLineEdit):
    """What is typed and what is chosen; it looks up as one types, and shows what it found.

    Signals:
        chosen: Another `LinkChoice`, or None, by the user.
        confirmed: The user is done here: with Enter, or with a click in the list.
    """

    chosen = Signal(object)
    confirmed = Signal()

    def __init__(
        self,
        provider: LinkProvider,
        *,
        create: str = "",
        shows: Literal["name", "code"] = "name",
    ) -> None:
        """Search with `provider`; `create` is the page that makes a new record."""
        super().__init__()
        self.choice: LinkChoice | None = None
        self._provider = provider
        self._create = create
        self._shows = shows
        self._popup: LinkPopup | None = None
        self._is_typed = False
        self._is_confirming = False
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE)
        self._typing.timeout.connect(self.look_up)
        self.textEdited.connect(self._on_typed)
        follow(self, self._reword)

    @property
    def is_settled(self) -> bool:
        """Whether what is typed is a choice, or nothing."""
        return not self._is_typed

    def show_choice(self, choice: LinkChoice | None) -> None:
        """Show a choice; nothing is emitted."""
        self.choice = choice
        self._is_typed = self._is_confirming = False
        self._typing.stop()
        self._hide_popup()
        self._reword()

    @property
    def is_open(self) -> bool:
        """Whether the list is on the screen."""
        return self._popup is not None and self._popup.isVisible()

    def step(self, steps: int) -> None:
        """Go up or down in the list; down opens it."""
        if self._popup is not None and self.is_open:
            self._popup.move_by(steps)
        elif steps > 0:
            self.look_up()

    def look_up(self) -> None:
        """Show the list: what fits what is typed, or what is wanted most."""
        self._typing.stop()
        text = self.text().strip() if self._is_typed else ""
        page = page_of(self)
        page.start_latest(self._find, page.backend, text)

    def confirm(self) -> None:
        """Take what is current in the list, or find what the typed text can only mean."""
        current_choice = self._popup.choice if self._popup and self.is_open else None
        if self.is_settled and current_choice is None:
            self.confirmed.emit()
        elif current_choice is not None and not self._typing.isActive():
            self._take(current_choice)
            self.confirmed.emit()
        else:
            self._is_confirming = True
            self.look_up()

    def make_new(self) -> None:
        """Open the page that makes a new record."""
        if self._create:
            self._hide_popup()
            page_of(self).opens.emit(self._create, None)

    def _on_typed(self, text: str) -> None:
        self._is_typed = bool(text.strip())
        if self._is_typed:
            self._typing.start()
            return
        self._typing.stop()
        self._hide_popup()
        self._set(None)

    async def _find(self, backend: Any, text: str) -> None:
        choices = await self._provider(backend, text)
        if not shiboken6.isValid(self):
            return
        found = meant(choices, text) if self._is_confirming and text else None
        if found is not None:
            self._take(found)
            self.confirmed.emit()
        elif self.hasFocus():
            self._opened().show_choices(choices, may_create=bool(self._create))
        self._is_confirming = False

    def _take(self, choice: LinkChoice) -> None:
        self.show_choice(choice)
        self.selectAll()
        self.chosen.emit(choice)

    def _on_picked(self, choice: LinkChoice) -> None:
        self._take(choice)
        self.confirmed.emit()

    def _set(self, choice: LinkChoice | None) -> None:
        if self.choice is not None or choice is not None:
            self.choice = choice
            self.chosen.emit(choice)

    def _opened(self) -> LinkPopup:
        if self._popup is None:
            self._popup = LinkPopup(self)
            self._popup.picked.connect(self._on_picked)
            self.destroyed.connect(self._popup.deleteLater)
        return self._popup

    def _hide_popup(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def _reword(self) -> None:
        if self._is_typed:
            return
        if self.choice is None:
            self.clear()
        else:
            is_code = self._shows == "code"
            self.setText(self.choice.code if is_code else self.choice.named(current().language))
            self.setCursorPosition(0)
            self.setToolTip(f"{self.choice.code} · {self.choice.named(current().language)}")

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hide_popup()
        if self._is_typed and not self._is_confirming:
            self.confirm()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._hide_popup()
