"""What each column of a file means: one line a column, with what stands in it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import clear, label
from modules.catalog.imports.fields import FIELDS, IGNORED
from modules.catalog.imports.reading import Table

_SAMPLES = 3
_LONGEST_SAMPLE = 60
_CHOICES = ((IGNORED, N_("— not imported —")), *((field.id, field.title) for field in FIELDS))
_ONCE = frozenset(field.id for field in FIELDS if not field.repeats)


class MappingGrid(QWidget):
    """Shows the columns of a file and lets the user say what they are.

    Signals:
        changed: The user said something else.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_M)
        self._grid.setVerticalSpacing(theme.SPACE_S)
        self._grid.setColumnStretch(1, 1)
        self._boxes: list[QComboBox] = []

    def columns(self) -> tuple[str, ...]:
        """Return what each column holds."""
        return tuple(_CHOICES[box.currentIndex()][0] for box in self._boxes)

    def show_table(self, table: Table, columns: Sequence[str]) -> None:
        """Show the columns of `table`, each with what it seems to hold."""
        clear(self._grid)
        self._boxes = []
        rows = table.sample(_SAMPLES)
        for place, heading in enumerate(table.headings):
            samples = [cells[place].strip() for cells in rows if place < len(cells)]
            self._add_line(place, heading, " · ".join(filter(None, samples)))
            self._boxes[place].setCurrentIndex(_place_of(columns[place]))

    def _add_line(self, place: int, heading: str, sample: str) -> None:
        name, example, box = label(look="strong"), label(look="muted"), QComboBox()
        title = heading or _("Column {n}").format(n=place + 1)
        name.setText(current().isolate(title))
        example.setText(sample[:_LONGEST_SAMPLE])
        example.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        follow(box, lambda: _word(box))
        box.setAccessibleName(title)
        box.activated.connect(lambda: self._on_choice(box))
        for column, part in enumerate((name, example, box)):
            self._grid.addWidget(part, place, column)
        self._boxes.append(box)

    def _on_choice(self, chosen: QComboBox) -> None:
        """A product has one name: who says that this column is it takes it from the other."""
        held = _CHOICES[chosen.currentIndex()][0]
        for box in self._boxes:
            if box is not chosen and held in _ONCE and box.currentIndex() == chosen.currentIndex():
                box.setCurrentIndex(0)
        self.changed.emit()


def _word(box: QComboBox) -> None:
    place = max(0, box.currentIndex())
    box.clear()
    box.addItems([_(title) for _identity, title in _CHOICES])
    box.setCurrentIndex(place)


def _place_of(held: str) -> int:
    return next((n for n, (identity, _title) in enumerate(_CHOICES) if identity == held), 0)
