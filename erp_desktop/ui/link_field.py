"""A field that chooses a record of another module: it searches as one types.

    LinkField("customer", N_("Customer"), provider=find_customers, create="parties.party")

The value is a `LinkChoice` or None. Up and down choose, Enter takes; the look-up key shows what
there is; the create key opens the page `create`. The provider is asked through the page in which
the field stands, so what it refuses is told there.
"""

from typing import Any, ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from typing_extensions import override

from erp_desktop.core.i18n import N_, _
from erp_desktop.core.links import LinkChoice, LinkProvider
from erp_desktop.ui import keys
from erp_desktop.ui.fields import Field
from erp_desktop.ui.link_line import LinkLine

__all__ = ["LinkChoice", "LinkEdit", "LinkField", "LinkProvider"]

NOT_CHOSEN = N_("Choose one from the list, or leave this empty.")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

keys.declare(
    ("link.look_up", N_("Look up in a list"), "F2"),
    ("link.create", N_("Create what a field asks for"), "F3"),
)


class LinkEdit(LinkLine):
    """The line of a link with its keys: in forms inside a `LinkField`, in grids as an editor."""

    _STEPS: ClassVar[dict[int, int]] = {
        Qt.Key.Key_Up: -1,
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_PageUp: -7,
        Qt.Key.Key_PageDown: 7,
    }

    def _deed_of(self, event: QKeyEvent) -> Any:
        """Return what a key does here, or None."""
        sequence = QKeySequence(event.keyCombination())
        if sequence == QKeySequence(keys.key_of("link.look_up")):
            return self.look_up
        if sequence == QKeySequence(keys.key_of("link.create")) and self._create:
            return self.make_new
        if event.key() == Qt.Key.Key_Escape and (self.is_open or not self.is_settled):
            return lambda: self.show_choice(self.choice)
        if event.key() in self._STEPS and not event.modifiers():
            return lambda: self.step(self._STEPS[event.key()])
        if event.key() in _ENTER and not event.modifiers():
            return self.confirm
        return None

    @override
    def event(self, event: QEvent) -> bool:
        """Keep our keys from the page's shortcuts, and let Tab take what is current."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._deed_of(event) is not None:
                event.accept()
                return True
            leaves = event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
            if event.type() == QEvent.Type.KeyPress and leaves and not self.is_settled:
                self.confirm()
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = None if self.isReadOnly() else self._deed_of(event)
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()


class LinkField(Field):
    """A labelled link; the value is a `LinkChoice` or None, in a draft as in `read`.

    Signals:
        confirmed: The user is done here: with Enter, or with a click in the list.
    """

    confirmed = Signal()

    def __init__(
        self, name: str, title: str, *, provider: LinkProvider, create: str = "", **options: Any
    ) -> None:
        """Search with `provider`; `create` is the id of the page that makes a new record."""
        self._line = LinkEdit(provider, create=create)
        super().__init__(name, title, self._line, **options)
        self._line.chosen.connect(self.edited)
        self._line.confirmed.connect(self.confirmed)
        self._line.textEdited.connect(self.edited)

    @override
    def read(self) -> LinkChoice | None:
        if not self._line.is_settled:
            raise ValueError(_(NOT_CHOSEN))
        return self._line.choice

    @override
    def show_value(self, value: LinkChoice | None) -> None:
        self._line.show_choice(value)
