"""A field that holds several lines, edited like a small spreadsheet: addresses, contacts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)
from typing_extensions import override

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import keys, theme
from erp_desktop.ui.fields import Field
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, card, column, row
from erp_desktop.ui.tables import LEFT, RIGHT, ROOT, Index, Role
from modules.parties.widgets.cell_editor import CellEditor, ChoicesRole, DirectionRole

Line = dict[str, str]
_MOST_SHOWN = 6
# What keeps a text together whatever stands around it: by a direction, or by its first letter.
_ISOLATES = {
    Qt.LayoutDirection.LeftToRight: "\u2066",
    Qt.LayoutDirection.RightToLeft: "\u2067",
    None: "\u2068",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of the lines.

    Attributes:
        name: Key of the value in a line.
        title: Heading, marked `N_`.
        width: Pixels at 100 %; 0 takes a share of the room that is left.
        direction: Of what is typed, where it is not the window's.
        is_choice: One of what was offered; see `RowsField.offer`.
    """

    name: str
    title: str
    width: int = 0
    direction: Qt.LayoutDirection | None = None
    is_choice: bool = False

    @property
    def align(self) -> Qt.AlignmentFlag:
        """Arabic stands at its own edge, everything else at the window's."""
        return RIGHT if self.direction == Qt.LayoutDirection.RightToLeft else LEFT


class RowsModel(QAbstractTableModel):
    """The lines that are being edited.

    Signals:
        edited: The user has changed something.
    """

    edited = Signal()

    def __init__(self, cells: Sequence[Cell], parent: QObject) -> None:
        super().__init__(parent)
        self.cells = tuple(cells)
        self.lines: list[Line] = []
        self.choices: dict[str, Sequence[tuple[str, str]]] = {}

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines instead of the ones before."""
        self.beginResetModel()
        self.lines = [dict(line) for line in lines]
        self.endResetModel()

    def add(self, line: Line) -> None:
        """Add a line at the end."""
        self.beginInsertRows(ROOT, len(self.lines), len(self.lines))
        self.lines.append(dict(line))
        self.endInsertRows()

    def remove(self, place: int) -> None:
        """Remove a line."""
        self.beginRemoveRows(ROOT, place, place)
        del self.lines[place]
        self.endRemoveRows()

    def reword(self) -> None:
        """Word headings and choices afresh."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.cells) - 1)
        if self.lines:
            end = self.index(len(self.lines) - 1, len(self.cells) - 1)
            self.dataChanged.emit(self.index(0, 0), end)

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.cells)

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        cell = self.cells[index.column()]
        value = self.lines[index.row()].get(cell.name, "")
        offered = self.choices.get(cell.name, ())
        if role in {Role.DisplayRole, Role.ToolTipRole}:
            words = dict(offered).get(value, value)
            return f"{_ISOLATES[cell.direction]}{words}\u2069" if words else ""
        answers = {
            int(Role.EditRole): value,
            int(Role.TextAlignmentRole): cell.align,
            int(ChoicesRole): offered if cell.is_choice else None,
            int(DirectionRole): cell.direction,
        }
        return answers.get(int(role))

    @override
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        line, name = self.lines[index.row()], self.cells[index.column()].name
        if role != Role.EditRole or line.get(name, "") == value:
            return False
        line[name] = str(value)
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Role.DisplayRole:
            return _(self.cells[section].title)
        return self.cells[section].align if role == Role.TextAlignmentRole else None


class RowsTable(QTableView):
    """Shows the lines as high as they are."""

    def __init__(self, model: RowsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(CellEditor(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for place, cell in enumerate(model.cells):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(place, mode.Interactive if cell.width else mode.Stretch)
            if cell.width:
                header.resizeSection(place, cell.width)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self.fit)
        follow(self, self.fit)

    def fit(self) -> None:
        """Be as high as the lines are, up to a few."""
        height = max(theme.look().row_height, theme.look().field_height + 2)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        shown = min(max(self.model().rowCount(), 1), _MOST_SHOWN)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown * height + 2)

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab goes from cell to cell, and from the last one on to the rest of the form."""
        here, hints = self.currentIndex(), QAbstractItemDelegate.EndEditHint
        last = self.model().index(self.model().rowCount() - 1, self.model().columnCount() - 1)
        ends = {hints.EditNextItem: last, hints.EditPreviousItem: self.model().index(0, 0)}
        leaves = hint in ends and here == ends[hint]
        super().closeEditor(editor, hints.NoHint if leaves else hint)
        if leaves:
            self.focusNextPrevChild(hint == hints.EditNextItem)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.height())


class RowsField(Field):
    """Several lines; the value is a tuple of dictionaries. Lines left empty are dropped."""

    def __init__(
        self,
        name: str,
        title: str,
        cells: Sequence[Cell],
        new_line: Callable[[], Line],
        add: str,
    ) -> None:
        """Make a field without lines.

        Args:
            name: Attribute of the draft.
            title: Caption, marked `N_`.
            cells: What there is of each line.
            new_line: Makes an empty one.
            add: Words of the button that adds one, marked `N_`.
        """
        editor = QWidget()
        super().__init__(name, title, editor, span=2)
        self._new_line = new_line
        self.model = RowsModel(cells, self)
        self.table = RowsTable(self.model)
        self._remove = button(N_("Remove the line"), self.remove_line, icon="minus", look="quiet")
        actions = row(button(add, self.add_line, icon="plus", look="quiet"), self._remove, None)
        editor.setLayout(column(card(self.table, margins=0), actions, spacing=theme.SPACE_XS))
        self.setFocusProxy(self.table)
        self.model.edited.connect(self.edited)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        keys.bind(self.table, "page.remove_line", self.remove_line)
        follow(self, self.model.reword)
        self._on_current()

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these for a column of choices, words translated already."""
        self.model.choices[name] = tuple(choices)
        self.model.reword()

    def change_lines(self, change: Callable[[Line], Mapping[str, str]]) -> None:
        """Change every line by what the rest of the form says; the user has not typed anything."""
        self.model.show_lines([{**line, **change(line)} for line in self.model.lines])

    @override
    def read(self) -> tuple[Line, ...]:
        lines = ({name: text.strip() for name, text in line.items()} for line in self.model.lines)
        return tuple(line for line in lines if self._says_something(line))

    @override
    def show_value(self, value: Any) -> None:
        self.model.show_lines([dict(line) for line in value or ()])
        self._on_current()

    def add_line(self) -> None:
        """Add an empty line and begin to type into it."""
        self.model.add(self._new_line())
        typed = next(n for n, cell in enumerate(self.model.cells) if not cell.is_choice)
        # Whatever becomes current is edited, and its editor takes the focus.
        self.table.setCurrentIndex(self.model.index(len(self.model.lines) - 1, typed))
        self._on_current()

    def remove_line(self) -> None:
        """Remove the current line."""
        place = self.table.currentIndex().row()
        if place >= 0:
            self.model.remove(place)
            self.edited()
        self._on_current()

    def _says_something(self, line: Line) -> bool:
        return any(line.get(cell.name) for cell in self.model.cells if not cell.is_choice)

    def _on_current(self, *_indexes: object) -> None:
        self._remove.setEnabled(self.table.currentIndex().isValid())
