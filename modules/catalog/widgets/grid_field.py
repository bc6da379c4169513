"""A field that holds lines, edited in a grid like a spreadsheet: packs, prices."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import keys, theme
from erp_desktop.ui.cells import LineColumn
from erp_desktop.ui.fields import Field
from erp_desktop.ui.follow import follow
from erp_desktop.ui.grid import Grid
from erp_desktop.ui.parts import button, card, column, row

L = TypeVar("L")
_MOST_SHOWN = 7


class GridField(Field, Generic[L]):
    """Several lines; the value is a tuple of dictionaries of texts, as drafts keep them."""

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[LineColumn[Any]],
        *,
        add: str,
        remove: str = N_("Remove the line"),
    ) -> None:
        """Make a field without lines; `add` is what its button and its empty line say."""
        editor = QWidget()
        super().__init__(name, title, editor, span=2)
        self.grid = Grid(columns, self.new_line, add)
        self.grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._remove = button(remove, self.grid.remove_lines, icon="minus", look="quiet")
        actions = row(
            button(add, self.grid.add_line, icon="plus", look="quiet"), self._remove, None
        )
        editor.setLayout(column(card(self.grid, margins=0), actions, spacing=theme.SPACE_XS))
        self.setFocusProxy(self.grid)
        self._connect()
        self.grid.lines.show_lines((), is_open=True)

    def new_line(self) -> L:
        """Return an empty line."""
        raise NotImplementedError

    def pack(self, line: L) -> Mapping[str, str]:
        """Return a line as drafts keep it.

        Raises:
            ValueError: Something is missing, in the user's words.
        """
        raise NotImplementedError

    def unpack(self, texts: Mapping[str, str]) -> L:
        """Return the line that a draft keeps."""
        raise NotImplementedError

    @override
    def read(self) -> tuple[dict[str, str], ...]:
        found = []
        for place, line in enumerate(self.grid.lines.lines, start=1):
            try:
                found.append(dict(self.pack(line)))
            except ValueError as error:
                said = _("Line {n}: {problem}").format(n=place, problem=error)
                raise ValueError(said) from error
        return tuple(found)

    @override
    def show_value(self, value: Any) -> None:
        lines = [self.unpack(texts) for texts in value or ()]
        self.grid.lines.show_lines(lines, is_open=True)
        self._fit()

    def _connect(self) -> None:
        self.grid.lines.edited.connect(self.edited)
        for signal in (
            self.grid.lines.modelReset,
            self.grid.lines.rowsInserted,
            self.grid.lines.rowsRemoved,
        ):
            signal.connect(self._fit)
        keys.bind(self.grid, "page.add_line", self.grid.add_line)
        keys.bind(self.grid, "page.remove_line", self.grid.remove_lines)
        self.grid.selectionModel().currentChanged.connect(self._on_current)
        follow(self.grid, self._fit)
        self._on_current()

    def _fit(self) -> None:
        """Be as high as the lines are, up to a few."""
        shown = min(max(self.grid.lines.rowCount(), 1), _MOST_SHOWN)
        head = self.grid.horizontalHeader().sizeHint().height()
        self.grid.setFixedHeight(head + shown * theme.look().row_height + 4)

    def _on_current(self, *_indexes: object) -> None:
        self._remove.setEnabled(self.grid.currentIndex().isValid())


def required(value: Any, title: str) -> Any:
    """Return a value, unless nothing was typed.

    Raises:
        ValueError: Nothing was; `title` is the column, marked `N_`.
    """
    if value in (None, ""):
        raise ValueError(_("{column} is missing. Fill it in.").format(column=_(title)))
    return value
