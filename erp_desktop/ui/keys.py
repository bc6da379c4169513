"""Keys: what each does, shown in tooltips and in the key help, changed by the user if wanted.

Key texts are Qt's portable ones ("Ctrl+K"); they never go through a translation catalogue.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakSet

import shiboken6
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import follow

EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class KeyAction:
    """Something a key does.

    Attributes:
        id: `<scope>.<deed>`; `app.` works everywhere, `page.` on the page in front.
        title: What it does, marked `N_`.
        default: Portable text of its key, such as `Ctrl+K`; may be empty.
    """

    id: str
    title: str
    default: str

    @property
    def scope(self) -> str:
        """Where the key works: everywhere, or in one kind of page."""
        first = self.id.partition(".")[0]
        return EVERYWHERE if first in {"app", "page"} else first

    def clashes_with(self, other: "KeyAction") -> bool:
        """Whether the two can be wanted in the same place."""
        return self.scope == other.scope or EVERYWHERE in {self.scope, other.scope}


_actions: dict[str, KeyAction] = {}
_changed: dict[str, str] = {}
_bound: "WeakSet[QShortcut]" = WeakSet()


def declare(*actions: tuple[str, str, str]) -> None:
    """Make keys known: id, title marked `N_`, default key. Modules declare theirs on import."""
    for identity, title, default in actions:
        _actions[identity] = KeyAction(identity, title, default)


declare(
    ("app.palette", N_("Search and commands"), "Ctrl+K"),
    ("app.keys", N_("Show all keys"), "Ctrl+F1"),
    ("app.navigation", N_("Show or hide the navigation"), "Ctrl+M"),
    ("app.close", N_("Close the page"), "Ctrl+W"),
    ("app.next_tab", N_("Next page"), "Ctrl+Tab"),
    ("app.previous_tab", N_("Previous page"), "Ctrl+Shift+Tab"),
    ("app.lock", N_("Lock the window"), "Ctrl+L"),
    ("app.quit", N_("Quit"), "Ctrl+Q"),
    ("page.new", N_("New"), "Ctrl+N"),
    ("page.save", N_("Save"), "Ctrl+S"),
    ("page.print", N_("Print"), "Ctrl+P"),
    ("page.refresh", N_("Refresh"), "F5"),
    ("page.filter", N_("Filter"), "Ctrl+F"),
    ("page.back", N_("Back or clear"), "Esc"),
    ("page.primary", N_("Do the page's main action"), "Ctrl+Return"),
    ("page.previous_record", N_("Previous record"), "Alt+PgUp"),
    ("page.next_record", N_("Next record"), "Alt+PgDown"),
    ("page.add_line", N_("Add a line"), "Ctrl+Ins"),
    ("page.remove_line", N_("Remove the line"), "Ctrl+Del"),
)


def actions() -> Iterator[KeyAction]:
    """Return every action, in the order of declaration."""
    return iter(tuple(_actions.values()))


def key_of(identity: str) -> str:
    """Return the portable text of an action's key now."""
    return _changed.get(identity, _actions[identity].default)


def changed() -> dict[str, str]:
    """Return what the user changed, to be kept with the user's preferences."""
    return dict(_changed)


def use(changes: Mapping[str, str]) -> None:
    """Take over what a user changed; everything else has its default."""
    _changed.clear()
    _changed.update(changes)
    follow.refresh()


def clash(identity: str, key: str) -> KeyAction | None:
    """Return the action that has `key` already where `identity` would use it."""
    wanted = QKeySequence(key)
    for other in actions():
        if other.id == identity or not key_of(other.id):
            continue
        same = QKeySequence(key_of(other.id)) == wanted
        if same and other.clashes_with(_actions[identity]):
            return other
    return None


def rebind(identity: str, key: str) -> None:
    """Give an action another key, or none; the caller has checked for a `clash`."""
    use({**_changed, identity: key})


def shown(identity: str) -> str:
    """Return an action's key as people read it, isolated in Arabic text."""
    text = QKeySequence(key_of(identity)).toString(QKeySequence.SequenceFormat.NativeText)
    return current().isolate(text) if text else ""


def tooltip(message: str, identity: str = "") -> str:
    """Return what a tooltip says: the words and, behind them, the key."""
    key = shown(identity) if identity else ""
    return f"{_(message)}   {key}" if key else _(message)


def bind(widget: QWidget, identity: str, deed: Callable[[], object]) -> QShortcut:
    """Let the action's key do `deed` wherever the focus is, while `widget` can be seen.

    A page behind another is not seen, so two pages may use one key.
    """
    shortcut = QShortcut(widget)
    shortcut.activated.connect(lambda: deed() if shiboken6.isValid(widget) else None)
    _bound.add(shortcut)
    return follow.follow(shortcut, lambda: shortcut.setKey(QKeySequence(key_of(identity))))


def press(sequence: QKeySequence) -> bool:
    """Do what a key does in the window in front, as Qt would; whether it does anything."""
    for shortcut in tuple(_bound):
        if shiboken6.isValid(shortcut) and shortcut.key() == sequence and _is_in_reach(shortcut):
            shortcut.activated.emit()
            return True
    return False


def _is_in_reach(shortcut: QShortcut) -> bool:
    widget = shortcut.parent()
    return (
        isinstance(widget, QWidget)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window().isActiveWindow()
    )
