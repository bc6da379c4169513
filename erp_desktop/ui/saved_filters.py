"""Filters that a user keeps under a name: shown as chips beside the page's own."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QPushButton, QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import keys, memory, theme
from erp_desktop.ui.filters import Query, parse_filter
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import clear, kind, row, tool

keys.declare(("list.save_filter", N_("Keep the filter under a name"), "Ctrl+Shift+F"))


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter line and the chips that are pressed with it, under the user's own name."""

    name: str
    text: str = ""
    chips: tuple[str, ...] = ()

    def query(self) -> Query:
        """Return what it asks for."""
        text, terms = parse_filter(self.text)
        return Query(text, terms, frozenset(self.chips))


class SavedFilters(QWidget):
    """The chips of one list's saved filters, and the button that saves another.

    Signals:
        chosen: A `SavedFilter` was pressed; None if it was pressed again.
        asked: The present filter shall be saved.
    """

    chosen = Signal(object)
    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._key = ""
        self._present = SavedFilter("")
        self._counts: dict[str, int] = {}
        self._chips: dict[str, QPushButton] = {}
        self._line = row(spacing=theme.SPACE_S)
        self._save = tool(
            N_("Keep the filter under a name"),
            self.asked.emit,
            icon="bookmark-plus-outline",
            key="list.save_filter",
        )
        self.setLayout(row(self._line, self._save, spacing=theme.SPACE_S))
        follow(self, self._word)

    def remember(self, key: str) -> None:
        """Show the filters that were kept under `key`."""
        self._key = key
        self._fill()

    def all(self) -> Sequence[SavedFilter]:
        """Return the saved filters, oldest first."""
        kept = memory.current().get(self._key, []) if self._key else []
        return [SavedFilter(each["name"], each["text"], tuple(each["chips"])) for each in kept]

    def save(self, name: str, text: str, chips: Sequence[str]) -> None:
        """Keep a filter; another one of the same name goes."""
        made = SavedFilter(name, text, tuple(sorted(chips)))
        self._keep([*(each for each in self.all() if each.name != name), made])

    def remove(self, name: str) -> None:
        """Keep a filter no more."""
        self._keep([each for each in self.all() if each.name != name])

    def show_present(self, text: str, chips: Sequence[str]) -> None:
        """Press the chip of the filter that is asked for now; offer to save one that is not."""
        self._present = SavedFilter("", text.strip(), tuple(sorted(chips)))
        same = [each for each in self.all() if self._is_present(each)]
        for name, each in self._chips.items():
            each.setChecked(any(name == found.name for found in same))
        self._save.setVisible(not same and self._present != SavedFilter(""))

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many rows each would find, by name."""
        self._counts = counts
        self._word()

    def ask_name(self) -> None:
        """Ask under which name the present filter shall be kept."""
        if self._save.isHidden():
            return
        dialog = QInputDialog(self.window())
        dialog.setWindowTitle(_("Keep the filter"))
        dialog.setLabelText(_("Name of the filter"))
        dialog.setTextEchoMode(QLineEdit.EchoMode.Normal)
        dialog.setTextValue(self._present.text)
        dialog.textValueSelected.connect(self._on_name)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_name(self, name: str) -> None:
        if name.strip():
            self.save(name.strip(), self._present.text, self._present.chips)

    def _is_present(self, each: SavedFilter) -> bool:
        return (each.text, each.chips) == (self._present.text, self._present.chips)

    def _keep(self, filters: Sequence[SavedFilter]) -> None:
        kept = [{**asdict(each), "chips": list(each.chips)} for each in filters]
        memory.current().set(self._key, kept)
        self._fill()

    def _fill(self) -> None:
        clear(self._line)
        self._chips = {each.name: self._chip(each) for each in self.all()}
        for made in self._chips.values():
            self._line.addWidget(made)
        self._word()
        self.show_present(self._present.text, self._present.chips)

    def _chip(self, each: SavedFilter) -> QPushButton:
        made: QPushButton = kind(QPushButton(), "filter")
        made.setCheckable(True)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.clicked.connect(lambda on: self.chosen.emit(each if on else None))
        made.customContextMenuRequested.connect(lambda place: self._on_menu(made, each, place))
        return made

    def _on_menu(self, made: QPushButton, each: SavedFilter, place: QPoint) -> None:
        menu = QMenu(made)
        words = _("Remove the filter “{name}”").format(name=each.name)
        menu.addAction(words, lambda: self.remove(each.name))
        menu.popup(made.mapToGlobal(place))

    def _word(self) -> None:
        hint = _("Right click or the menu key removes it")
        for name, made in self._chips.items():
            number = self._counts.get(name)
            made.setText(name if number is None else f"{name}  {current().number(number)}")
            made.setToolTip(hint)
