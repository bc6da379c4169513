"""Trees: rows under rows, such as a chart of accounts or a report with subtotals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from typing_extensions import override

from erp_desktop.ui.tables import ROOT, Column, Index, Role, cell, heading

R = TypeVar("R")


@dataclass(eq=False)
class _Node(Generic[R]):
    row: R
    parent: "_Node[R] | None"
    place: int
    children: "list[_Node[R]]" = field(default_factory=list)


class TreeModel(QAbstractItemModel, Generic[R]):
    """Shows rows and their children through the same columns as a table."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        children: Callable[[R], Sequence[R]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._children = children
        self._top: list[_Node[R]] = []

    def show_rows(self, rows: Sequence[R]) -> None:
        """Replace everything shown by these rows and all below them."""
        self.beginResetModel()
        self._top = [self._grow(row, None, place) for place, row in enumerate(rows)]
        self.endResetModel()

    def _grow(self, row: R, parent: _Node[R] | None, place: int) -> _Node[R]:
        node = _Node(row, parent, place)
        node.children = [
            self._grow(child, node, number) for number, child in enumerate(self._children(row))
        ]
        return node

    @property
    def rows(self) -> Sequence[R]:
        """Every row, each before its children."""
        found: list[R] = []
        waiting = list(reversed(self._top))
        while waiting:
            node = waiting.pop()
            found.append(node.row)
            waiting.extend(reversed(node.children))
        return found

    def row(self, index: Index) -> R:
        """Return the value behind `index`."""
        return self._node(index).row

    def reword(self) -> None:
        """Word headings and cells afresh, in the language of now."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.layoutChanged.emit()

    def _node(self, index: Index) -> _Node[R]:
        node: _Node[R] = index.internalPointer()
        return node

    def _below(self, parent: Index) -> list[_Node[R]]:
        return self._node(parent).children if parent.isValid() else self._top

    @override
    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        below = self._below(parent)
        if not (0 <= row < len(below) and 0 <= column < len(self.columns)):
            return QModelIndex()
        return self.createIndex(row, column, below[row])

    @override
    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override] # Qt overloads it
        above = self._node(index).parent if index.isValid() else None
        return QModelIndex() if above is None else self.createIndex(above.place, 0, above)

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.column() > 0 else len(self._below(parent))

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return len(self.columns)

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        return cell(self.columns[index.column()], self.row(index), role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical or section >= len(self.columns):
            return None
        return heading(self.columns[section], role)
