"""Search and commands (Ctrl+K): pages, actions, products; everything by keyboard."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import _
from erp_desktop.ui import theme
from erp_desktop.ui.icons import icon
from erp_desktop.ui.palette_row import PaletteRow
from erp_desktop.ui.parts import column, kind
from erp_desktop.ui.ranking import rank

_WIDTH, _ROWS, _ROW_HEIGHT = 620, 9, 44
_SHORTEST_SEARCH = 2


@dataclass(frozen=True, slots=True)
class Found:
    """Something the palette offers; texts are translated already.

    Modules' providers (`async provider(backend, text) -> Sequence[Found]`) name a `page` to open
    with an `argument`; the shell's own entries carry a `deed`.
    """

    title: str
    note: str = ""
    icon: str = "arrow-right"
    page: str = ""
    argument: Any = None
    deed: Callable[[], object] | None = field(default=None, compare=False)


Provider = Callable[[str], Awaitable[Sequence[Found]]]


class PaletteView(Protocol):
    """All that the presenter needs of whoever shows the palette."""

    def show_found(self, found: Sequence[Found]) -> None:
        """Show these instead of the ones before."""


class PalettePresenter:
    """What the palette does, told without a widget."""

    def __init__(
        self,
        view: PaletteView,
        own: Callable[[], Sequence[Found]],
        providers: Sequence[Provider] = (),
    ) -> None:
        self._view = view
        self._own = own
        self._providers = tuple(providers)
        self._text = ""

    async def find(self, text: str) -> None:
        """Show what fits: our own entries at once, those of the modules as they come."""
        self._text = text
        found = rank(text, self._own(), lambda each: each.title, limit=12)
        self._view.show_found(found)
        if len(text.strip()) < _SHORTEST_SEARCH:
            return
        for coming in asyncio.as_completed([self._ask(each, text) for each in self._providers]):
            found = [*found, *await coming]
            if text == self._text:
                self._view.show_found(found)

    async def _ask(self, provider: Provider, text: str) -> Sequence[Found]:
        try:
            return await provider(text)
        except Exception:  # a search that fails must not take the others with it
            logging.getLogger(__name__).exception("a search failed")
            return ()


class Palette(QDialog):
    """The box in the middle of the window.

    Signals:
        chosen: A `Found` was chosen.
    """

    chosen = Signal(object)

    def __init__(
        self,
        own: Callable[[], Sequence[Found]],
        providers: Sequence[Provider],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.presenter = PalettePresenter(self, own, providers)
        self._task: Any = None
        self._found: list[Found] = []
        self._entry: QLineEdit = kind(QLineEdit(), "palette")
        self._entry.setPlaceholderText(_("Search or run a command…"))
        self._list = QListWidget()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self._entry.textChanged.connect(self._search)
        self._entry.installEventFilter(self)
        self._list.itemClicked.connect(lambda _item: self._choose())
        self._search("")

    def show_found(self, found: Sequence[Found]) -> None:
        """Show these instead of the ones before."""
        self._found = list(found)
        self._list.clear()
        for each in self._found:
            item = QListWidgetItem(self._list)
            row = PaletteRow(icon(each.icon, "muted"), each.title, each.note)
            item.setSizeHint(QSize(0, _ROW_HEIGHT))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.title} {each.note}")
            self._list.setItemWidget(item, row)
        self._list.setCurrentRow(0)

    def open_over(self, window: QWidget) -> None:
        """Show the box over `window`."""
        place = window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 72))
        self.move(place)
        self.show()
        self._entry.setFocus()

    def type(self, text: str) -> None:
        """Type a search."""
        self._entry.setText(text)

    def _search(self, text: str) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.get_running_loop().create_task(self.presenter.find(text))

    def _choose(self) -> None:
        place = self._list.currentRow()
        if 0 <= place < len(self._found):
            self.accept()
            self.chosen.emit(self._found[place])

    def _move(self, steps: int) -> None:
        count = self._list.count()
        if count:
            self._list.setCurrentRow((self._list.currentRow() + steps) % count)

    def _lay_out(self) -> None:
        frame: QFrame = kind(QFrame(), "card")
        self._list.setFixedHeight(_ROWS * _ROW_HEIGHT + theme.SPACE_S)
        frame.setLayout(column(self._entry, self._list, margins=theme.SPACE_S, spacing=4))
        self.setLayout(column(frame))
        self.setFixedWidth(_WIDTH)
        self.setWindowTitle(_("Search and commands"))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8}
            if event.key() in steps:
                self._move(steps[Qt.Key(event.key())])
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose()
                return True
        return super().eventFilter(watched, event)

    @override
    def done(self, result: int) -> None:
        if self._task is not None:
            self._task.cancel()
        super().done(result)
        self.deleteLater()
