"""A field that chooses a record of another module: it searches as one types.

    LinkField("customer", N_("Customer"), provider=find_customers, create="parties.party")

The value is a `LinkChoice` or None. Up and down choose, Enter takes; the look-up key shows what
there is; the create key opens the page `create`. The provider is asked through the page in which
the field stands, so what it refuses is told there.
"""

from typing import Any, ClassVar, Literal

import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.links import LinkChoice, LinkProvider, meant
from erp_desktop.ui import keys
from erp_desktop.ui.fields import Field
from erp_desktop.ui.follow import follow
from erp_desktop.ui.link_popup import LinkPopup
from erp_desktop.ui.page import page_of

__all__ = ["LinkChoice", "LinkEdit", "LinkField", "LinkProvider"]

NOT_CHOSEN = N_("Choose one from the list, or leave this empty.")
_TYPING_PAUSE = 120
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

keys.declare(
    ("link.look_up", N_("Look up in a list"), "F2"),
    ("link.create", N_("Create what a field asks for"), "F3"),
)


class LinkEdit(QLineEdit):
    """The line of a link: in forms inside a `LinkField`, in grids as an editor.

    Signals:
        chosen: Another `LinkChoice`, or None, by the user.
        confirmed: The user is done here: with Enter, or with a click in the list.
    """

    chosen = Signal(object)
    confirmed = Signal()
    _STEPS: ClassVar[dict[int, int]] = {
        Qt.Key.Key_Up: -1,
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_PageUp: -7,
        Qt.Key.Key_PageDown: 7,
    }

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
        self._typing.timeout.connect(self._search)
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
        self.setCursorPosition(0)

    def look_up(self) -> None:
        """Show the list: what fits what is typed, or what is wanted most."""
        self._search()

    def confirm(self) -> None:
        """Take what is current in the list, or find what the typed text can only mean."""
        current_choice = self._popup.choice if self._popup and self._popup.isVisible() else None
        if self.is_settled and current_choice is None:
            self.confirmed.emit()
        elif current_choice is not None and not self._typing.isActive():
            self._take(current_choice)
            self.confirmed.emit()
        else:
            self._is_confirming = True
            self._search()

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

    def _search(self) -> None:
        self._typing.stop()
        text = self.text().strip() if self._is_typed else ""
        page = page_of(self)
        page.start_latest(self._find, page.backend, text)

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
            self.setToolTip(f"{self.choice.code} · {self.choice.named(current().language)}")

    def _deed_of(self, event: QKeyEvent) -> Any:
        """Return what a key does here, or None."""
        sequence = QKeySequence(event.keyCombination())
        if sequence == QKeySequence(keys.key_of("link.look_up")):
            return self.look_up
        if sequence == QKeySequence(keys.key_of("link.create")) and self._create:
            return self.make_new
        is_open = self._popup is not None and self._popup.isVisible()
        if event.key() == Qt.Key.Key_Escape and (is_open or self._is_typed):
            return lambda: self.show_choice(self.choice)
        if event.key() in self._STEPS and not event.modifiers():
            return lambda: self._step(self._STEPS[event.key()])
        if event.key() in _ENTER and not event.modifiers():
            return self.confirm
        return None

    def _step(self, steps: int) -> None:
        if self._popup is not None and self._popup.isVisible():
            self._popup.move_by(steps)
        elif steps > 0:
            self.look_up()

    @override
    def event(self, event: QEvent) -> bool:
        """Keep our keys from the page's shortcuts, and let Tab take what is current."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._deed_of(event) is not None:
                event.accept()
                return True
            leaves = event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
            if event.type() == QEvent.Type.KeyPress and leaves and self._is_typed:
                self.confirm()
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = None if self.isReadOnly() else self._deed_of(event)
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()

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


class LinkField(Field):
    """A labelled link; the value is a `LinkChoice` or None, in a draft as in `read`."""

    def __init__(
        self, name: str, title: str, *, provider: LinkProvider, create: str = "", **options: Any
    ) -> None:
        """Search with `provider`; `create` is the id of the page that makes a new record."""
        self._line = LinkEdit(provider, create=create)
        super().__init__(name, title, self._line, **options)
        self._line.chosen.connect(self.edited)
        self._line.textEdited.connect(self.edited)

    @override
    def read(self) -> LinkChoice | None:
        if not self._line.is_settled:
            raise ValueError(_(NOT_CHOSEN))
        return self._line.choice

    @override
    def show_value(self, value: LinkChoice | None) -> None:
        self._line.show_choice(value)
