"""The prices of a list in a grid: what is loaded, and over it what is typed and not saved yet."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, current
from erp_desktop.ui import keys
from erp_desktop.ui.cells import LineColumn, LinkCell
from erp_desktop.ui.grid import Grid
from erp_desktop.ui.parts import card, column
from erp_desktop.ui.tables import RIGHT
from modules.catalog.links import exact_pack_links, find_pack_links
from modules.catalog.selectors import PriceRow
from modules.catalog.widgets.price_changes import ListLine, PriceChanges, new_line
from modules.catalog.widgets.prices_field import price_columns


class PriceGrid(QWidget):
    """Keeps what is typed through filters and further pages; a `Typed` for drafts.

    Signals:
        changed: The user has changed something.

    Attributes:
        changes: What is not saved yet.
    """

    changed = Signal()

    def __init__(self, *, may_edit: bool) -> None:
        super().__init__()
        self.changes = PriceChanges()
        self._loaded: dict[UUID, ListLine] = {}
        self._may_edit = may_edit
        self.grid = Grid(list_columns(), self._new_line, N_("Add a price"))
        self.grid.columns.remember("columns/catalog.price_list")
        self.setLayout(column(card(self.grid, margins=0)))
        self.grid.lines.edited.connect(self._on_edited)
        keys.bind(self.grid, "page.add_line", self.grid.add_line)
        keys.bind(self.grid, "page.remove_line", self.grid.remove_lines)

    def show_prices(self, rows: Sequence[PriceRow], *, has_more: bool) -> None:
        """Show these prices instead of the ones before, below what was added."""
        self._loaded = {row.id: ListLine.of(row) for row in rows}
        self._show()
        self.grid.lines.add_rows((), has_more=has_more)

    def add_prices(self, rows: Sequence[PriceRow], *, has_more: bool) -> None:
        """Show these below."""
        more = {row.id: ListLine.of(row) for row in rows}
        self._loaded.update(more)
        self.grid.lines.add_rows(self.changes.over(list(more.values())), has_more=has_more)

    def forget(self) -> None:
        """Keep nothing of what was typed: it is saved, or given up."""
        self.changes = PriceChanges()

    @property
    def is_changed(self) -> bool:
        """Whether anything is not saved."""
        return bool(self.changes)

    def values(self) -> dict[str, Any]:
        """Return what is not saved, as a draft keeps it."""
        return self.changes.packed()

    def type_values(self, values: Mapping[str, Any]) -> None:
        """Show what a draft has kept, as if the user had typed it."""
        self.changes = PriceChanges.unpacked(values)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        lines = [*self.changes.added.values(), *self.changes.over(list(self._loaded.values()))]
        self.grid.lines.show_lines(lines, is_open=self._may_edit)

    def _new_line(self) -> ListLine:
        return new_line(wall_clock.today())

    def _on_edited(self) -> None:
        self.changes.note(self._loaded, self.grid.lines.lines)
        self.changed.emit()


def list_columns() -> tuple[LineColumn[Any], ...]:
    """Return the columns of the grid."""
    return (
        LineColumn(
            N_("Product"),
            lambda p: current().isolate(p.what.code) if p.what else "",
            width=136,
            value=lambda p: p.what,
            cell=LinkCell(find_pack_links, exact=exact_pack_links),
            put=_put_product,
        ),
        LineColumn(N_("Name"), lambda p: p.what.named(current().language) if p.what else ""),
        LineColumn(N_("Own price"), _own, RIGHT, width=100),
        *price_columns(_amount, _put),
    )


def _own(line: ListLine) -> str:
    thing = line.thing
    return current().amount(thing.own_price, thing.currency) if thing else ""


def _amount(line: ListLine) -> str:
    if line.price is None:
        return ""
    thing, words = line.thing, current()
    return words.amount(line.price, thing.currency) if thing else words.number(line.price)


def _put_product(line: ListLine, what: Any) -> ListLine:
    return replace(line, what=what)


def _put(name: str) -> Any:
    return lambda line, value: replace(line, **{name: value})
