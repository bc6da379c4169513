"""The filter line of a list, the chips beside it, and the choice of columns."""

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import keys, theme
from erp_desktop.ui.filters import Chip, Query, parse_filter
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, kind, row
from erp_desktop.ui.saved_filters import SavedFilter, SavedFilters

_IS = "is:"


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
        self.saved = SavedFilters()
        self.columns = button(N_("Columns"), icon="view-column-outline")
        chips_shown = Strip(*self._chips.values(), self.saved)
        line = row(self.entry, chips_shown, self.columns, spacing=theme.SPACE_S)
        line.setStretch(0, 1)
        line.setStretch(1, 2)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.changed.connect(self._on_changed)
        self.saved.chosen.connect(self._on_saved)
        self.saved.asked.connect(self.saved.ask_name)
        self._on_changed()

    def query(self) -> Query:
        """Return what is asked for now."""
        text, terms = parse_filter(self.entry.text())
        return Query(text, terms, frozenset(self.pressed()), *self._order)

    def focus(self) -> None:
        """Go to the filter line."""
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.entry.selectAll()

    def clear(self) -> None:
        """Ask for everything again."""
        self.entry.clear()
        self.press(())

    def ask(self, line: str) -> None:
        """Ask for what a line says and nothing else; in it, `is:low` presses the chip `low`."""
        words = line.split()
        self.press(word[len(_IS) :] for word in words if word.startswith(_IS))
        self.entry.setText(" ".join(word for word in words if not word.startswith(_IS)))

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

    def choices(self) -> Iterator[tuple[str, Query]]:
        """Return what each chip asks for, by itself; saved ones by their name."""
        for identity in self._chips:
            yield identity, Query(chips=frozenset({identity}))
        for saved in self.saved.all():
            yield saved.name, saved.query()

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many rows each chip would find."""
        self._counts = counts
        self._word_chips()
        self.saved.show_counts(counts)

    def column_menu(self, fill: Callable[[QMenu], object]) -> None:
        """Let the button offer a menu that `fill` fills."""
        menu = QMenu(self.columns)
        menu.aboutToShow.connect(menu.clear)
        menu.aboutToShow.connect(lambda: fill(menu))
        self.columns.setMenu(menu)

    def pressed(self) -> list[str]:
        """Return the ids of the chips that are pressed."""
        return [identity for identity, each in self._chips.items() if each.isChecked()]

    def _on_changed(self) -> None:
        self.saved.show_present(self.entry.text(), self.pressed())

    def _on_saved(self, saved: SavedFilter | None) -> None:
        self.press(saved.chips if saved else ())
        self.entry.setText(saved.text if saved else "")
        # The line may have been the same before.
        self._on_changed()

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


class Strip(QScrollArea):
    """Chips beside each other; where there are more than fit, the wheel and Tab move them."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__(widgetResizable=True)
        inside: QWidget = kind(QWidget(), "clear")
        inside.setLayout(row(*parts, None, spacing=theme.SPACE_S))
        self.setWidget(inside)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, lambda: self.setFixedHeight(theme.look().field_height + 2))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.horizontalScrollBar()
        step = event.angleDelta().y() or event.angleDelta().x()
        bar.setValue(bar.value() - (-step if theme.is_right_to_left() else step))


def _hint(hint: str) -> str:
    return f"{_(hint)}   {keys.shown('page.filter')}"
