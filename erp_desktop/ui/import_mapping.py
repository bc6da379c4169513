"""What each column of a file means: one line a column, with what stands in it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QWidget

from erp_desktop.core.i18n import N_, _
from erp_desktop.imports.fields import IGNORED, ImportField
from erp_desktop.imports.tables import Table
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.import_problems import as_written
from erp_desktop.ui.parts import clear, label

_SAMPLES = 3
_LONGEST_SAMPLE, _LONGEST_HEADING = 40, 32
_NOTHING = ImportField(IGNORED, N_("— not imported —"), repeats=True)


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
        self._fields: tuple[ImportField, ...] = (_NOTHING,)

    def columns(self) -> tuple[str, ...]:
        """Return what each column holds."""
        return tuple(self._held(box).id for box in self._boxes)

    def show_columns(self, columns: Sequence[str]) -> None:
        """Show what each column holds."""
        places = {field.id: place for place, field in enumerate(self._fields)}
        for box, held in zip(self._boxes, columns, strict=True):
            box.setCurrentIndex(places.get(held, 0))

    def show_table(
        self, table: Table, columns: Sequence[str], fields: Sequence[ImportField]
    ) -> None:
        """Show the columns of `table`, each with what it seems to hold."""
        clear(self._grid)
        self._boxes = []
        self._fields = (_NOTHING, *fields)
        rows = table.sample(_SAMPLES)
        for place, heading in enumerate(table.headings):
            cells_of = [cells[place].strip() for cells in rows if place < len(cells)]
            samples = [cell[:_LONGEST_SAMPLE] for cell in cells_of]
            self._add_line(place, heading, " · ".join(map(as_written, filter(None, samples))))
        self.show_columns(columns)

    def _add_line(self, place: int, heading: str, sample: str) -> None:
        name, example, box = label(look="strong"), label(look="muted"), QComboBox()
        title = heading or _("Column {n}").format(n=place + 1)
        short = f"{title[:_LONGEST_HEADING]}…" if len(title) > _LONGEST_HEADING else title
        name.setText(as_written(short))
        name.setToolTip(title)
        example.setText(sample)
        example.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        follow(box, lambda: self._word(box))
        box.setAccessibleName(title)
        box.activated.connect(lambda: self._on_choice(box))
        for column, part in enumerate((name, example, box)):
            self._grid.addWidget(part, place, column)
        self._boxes.append(box)

    def _held(self, box: QComboBox) -> ImportField:
        return self._fields[max(0, box.currentIndex())]

    def _on_choice(self, chosen: QComboBox) -> None:
        """A product has one name: who says that this column is it takes it from the other."""
        held = self._held(chosen)
        for box in self._boxes:
            if box is not chosen and not held.repeats and self._held(box) == held:
                box.setCurrentIndex(0)
        self.changed.emit()

    def _word(self, box: QComboBox) -> None:
        place = max(0, box.currentIndex())
        box.clear()
        box.addItems([field.named() for field in self._fields])
        box.setCurrentIndex(place)
