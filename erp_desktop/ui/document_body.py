"""What is typed into a document: the fields of its head and the lines of its grid."""

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from erp_desktop.ui import theme
from erp_desktop.ui.document_parts import Document, HistoryList, TotalsCard, foot
from erp_desktop.ui.fields import Field
from erp_desktop.ui.forms import Form
from erp_desktop.ui.grid import Grid
from erp_desktop.ui.parts import card, column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from erp_desktop.ui.document_page import DocumentPage

H = TypeVar("H")
L = TypeVar("L")
_LINES = "lines"
_FOOT_HEIGHT = 150


class DocumentBody(QWidget, Generic[H, L]):
    """Head, lines, history and totals.

    Signals:
        changed: The user has changed something.
        head_changed: Name of the head's field that the user has changed.
    """

    changed = Signal()
    head_changed = Signal(str)

    def __init__(self, page: "DocumentPage[H, L]", head: "Sequence[Field]") -> None:
        super().__init__()
        self._page = page
        self.form: Form[H] = Form(head, columns=page.head_columns)
        self.grid = Grid(page.columns, page.new_line, page.placeholder)
        self.grid.lines.grows = page.grows
        self.totals = TotalsCard()
        self.history = HistoryList()
        self._shown: tuple[L, ...] = ()
        # However many totals there are, none is cut.
        self.history.setMinimumHeight(_FOOT_HEIGHT - 2 * theme.SPACE_L)
        below = foot(self.history, self.totals)
        parts = (card(self.form), card(self.grid, margins=0), below)
        whole = column(*parts, spacing=theme.SPACE_L)
        whole.setStretch(1, 3)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        for field in self.form.fields.values():
            field.changed.connect(partial(self._on_head, field.name))
        self.grid.lines.edited.connect(self._on_lines)
        self.grid.columns.remember(f"columns/{type(page).__module__}.{type(page).__qualname__}")

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from the document that was shown."""
        return self.form.is_changed or self.grid.lines.lines != self._shown

    def show_document(self, document: Document[H, L]) -> None:
        """Show a document."""
        self.form.show_draft(document.head)
        for field in self.form.fields.values():
            field.lock(locked=not document.is_editable)
        self.grid.lines.show_lines(document.lines, is_open=document.is_editable)
        self.history.show_history(document.history)
        self.reckon()
        self._shown = self.grid.lines.lines

    def reckon(self) -> None:
        """Show what the page reckons on what is typed."""
        reckoned = self._page.reckon(self.form.values(), self.grid.lines.lines)
        self.grid.lines.show_reckoned(reckoned.lines)
        self.totals.show_totals(reckoned.totals)

    def values(self) -> dict[str, Any]:
        """Return what is typed, as a draft against a crash keeps it."""
        lines = [
            [[each.name, getattr(line, each.name)] for each in fields(line) if each.init]
            for line in self.grid.lines.lines
        ]
        return {**self.form.values(), _LINES: lines}

    def type_values(self, values: Mapping[str, Any]) -> None:
        """Show values as if the user had typed them."""
        self.form.type_values({name: v for name, v in values.items() if name != _LINES})
        lines = [again(self._page.new_line(), line) for line in values.get(_LINES, ())]
        self.grid.lines.change(lines)

    def _on_head(self, name: str) -> None:
        self.head_changed.emit(name)
        self.reckon()
        self.changed.emit()

    def _on_lines(self) -> None:
        self.reckon()
        self.changed.emit()


def again(blank: Any, values: Any) -> Any:
    """Return a line as it was typed; what an older program kept under other names is left out."""
    known: dict[str, Any] = {}
    for name, value in values:
        if hasattr(blank, name):
            is_tuple = isinstance(getattr(blank, name), tuple)
            known[name] = tuple(value) if is_tuple else value
    return replace(blank, **known)
