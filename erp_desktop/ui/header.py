"""The top of a page: title, what it amounts to, actions; and the filter line with its chips."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QSizePolicy, QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import keys, theme
from erp_desktop.ui.filters import Chip, Query, parse_filter
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import Tone, button, chip, clear, kind, label, row, set_tone


class Header(QWidget):
    """Title at the leading edge, state and summary beside it, actions at the other end."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.title = label(look="title")
        self._constant, self._name = title, ""
        follow(self.title, lambda: self.title.setText(self._name or _(self._constant)))
        self.chip = chip()
        self.chip.hide()
        self._summary = label(look="muted")
        # A summary that is long must not push the actions out of a small window.
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._actions = row(spacing=theme.SPACE_S)
        self._primary = row()
        line = row(self.title, self.chip, self._summary, self._actions, self._primary)
        line.setStretch(2, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(theme.look().field_height)

    def show_title(self, text: str) -> None:
        """Show a title that is no constant, such as a document's number."""
        self._name = text
        self.title.setText(text or _(self._constant))

    def show_state(self, text: str, tone: Tone = "") -> None:
        """Show the state chip, already translated; empty hides it."""
        self.chip.setText(text)
        self.chip.setVisible(bool(text))
        set_tone(self.chip, tone)

    def show_summary(self, text: str) -> None:
        """Show what it amounts to, already translated."""
        self._summary.setText(text)

    def add(self, action: QWidget) -> None:
        """Add an action before the main one."""
        self._actions.addWidget(action)

    def clear_actions(self) -> None:
        """Take all actions away: a document in another state offers others."""
        clear(self._actions)
        clear(self._primary)

    def set_primary(self, action: QPushButton) -> None:
        """Set the main action; Ctrl+Enter does it too."""
        self._primary.addWidget(action)
        keys.bind(action, "page.primary", action.click)


class FilterBar(QWidget):
    """The filter line, the chips, and the choice of columns.

    Signals:
        changed: Something else is asked for.
    """

    changed = Signal()

    def __init__(self, hint: str, chips: Iterable[Chip] = ()) -> None:
        super().__init__()
        self.entry = QLineEdit(clearButtonEnabled=True)
        self.entry.setMaximumWidth(380)
        self.entry.setMinimumWidth(220)
        follow(self.entry, lambda: self.entry.setPlaceholderText(_hint(hint)))
        self.entry.textChanged.connect(self.changed)
        self._chips = {each.id: self._chip(each) for each in chips}
        self._counts: dict[str, int] = {}
        self._order = ("", False)
        follow(self, self._word_chips)
        self.columns = button(N_("Columns"), icon="view-column-outline")
        line = row(self.entry, *self._chips.values(), None, self.columns, spacing=theme.SPACE_S)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def query(self) -> Query:
        """Return what is asked for now."""
        text, terms = parse_filter(self.entry.text())
        pressed = frozenset(i for i, each in self._chips.items() if each.isChecked())
        return Query(text, terms, pressed, *self._order)

    def focus(self) -> None:
        """Go to the filter line."""
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.entry.selectAll()

    def clear(self) -> None:
        """Ask for everything again."""
        self.entry.clear()
        self.press(())

    def press(self, chips: Iterable[str]) -> None:
        """Press these chips and no other."""
        wanted = set(chips)
        for identity, each in self._chips.items():
            each.setChecked(identity in wanted)

    def order_by(self, order: str) -> None:
        """Order by a column; once more turns it round."""
        same = self._order[0] == order
        self._order = (order, not self._order[1] if same else False)
        self.changed.emit()

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many rows each chip would find."""
        self._counts = counts
        self._word_chips()

    def column_menu(self, fill: Callable[[QMenu], object]) -> None:
        """Let the button offer a menu that `fill` fills."""
        menu = QMenu(self.columns)
        menu.aboutToShow.connect(menu.clear)
        menu.aboutToShow.connect(lambda: fill(menu))
        self.columns.setMenu(menu)

    def _chip(self, each: Chip) -> QPushButton:
        made: QPushButton = kind(QPushButton(), "filter")
        made.setCheckable(True)
        made.setChecked(each.is_pressed)
        made.setProperty("message", each.title)
        made.setText(_(each.title))
        made.toggled.connect(self.changed)
        return made

    def _word_chips(self) -> None:
        for identity, each in self._chips.items():
            number = self._counts.get(identity)
            words = _(each.property("message"))
            each.setText(f"{words}  {current().number(number)}" if number is not None else words)


def _hint(hint: str) -> str:
    return f"{_(hint)}   {keys.shown('page.filter')}"
