"""The station: one scan field that always has the focus, big numbers, nothing needs the mouse."""

from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import keys, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, column, kind, label, row
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import Column, TableModel

R = TypeVar("R")
_TYPED_INTO = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)
_SIDE_WIDTH = 380

keys.declare(("station.scan", N_("Scan or search"), "F2"))


class StationPage(Page, Generic[R]):
    """The base of till, receiving and counting.

    A subclass names its columns, fills `side` (a column in the card at the end), adds keys with
    `add_key`, and takes what is scanned or typed in `on_entry`.

    Attributes:
        columns: What a line shows.
        hint: What the scan field asks for, marked `N_`.
    """

    columns: ClassVar[tuple[Column[Any], ...]]
    hint: ClassVar[str] = N_("Scan a code or search for a product…")

    entered = Signal(str)

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self.backend = backend
        self.scan = ScanField(self.hint)
        self.model: TableModel[R] = TableModel(self.columns, self)
        self.table = TableView(self.model)
        self.status = label(look="muted")
        self.side: QVBoxLayout = column(spacing=theme.SPACE_M, margins=theme.SPACE_L)
        self._strip = row(spacing=theme.SPACE_S)
        self._lay_out()
        self._connect()

    def on_entry(self, text: str) -> None:
        """Take what was scanned, or typed and confirmed with Enter."""

    def on_search(self, text: str) -> None:
        """Look for what is being typed, letter by letter."""

    def add_key(
        self, message: str, on_click: Callable[[], object], icon: str, key: str = ""
    ) -> QPushButton:
        """Add a button to the strip below the lines; its key is shown on it."""
        made = button(message, on_click, icon=icon, key=key)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if key:
            follow(made, lambda: made.setText(f"{_(message)}   {keys.shown(key)}"))
        self._strip.addWidget(made)
        return made

    def pay_button(
        self, message: str, on_click: Callable[[], object], icon: str, key: str
    ) -> QPushButton:
        """Return the big button that ends the work; its key is shown on it."""
        made = button(message, on_click, icon=icon, look="pay", key=key)
        made.setIconSize(theme.ICON * 1.4)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return follow(made, lambda: made.setText(f"{_(message)}   {keys.shown(key)}"))

    @override
    def on_scan(self, text: str) -> bool:
        self.scan.clear()
        self.on_entry(text)
        return True

    @override
    def on_first_show(self) -> None:
        self.scan.setFocus()

    def _lay_out(self) -> None:
        self.status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = row(self._strip, self.status)
        foot.setStretch(1, 1)
        self.status.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        work = column(self.notices, self.scan, card(self.table, margins=0), foot)
        side: QWidget = kind(QWidget(), "side")
        frame = card(margins=0)
        frame.layout().addLayout(self.side)  # type: ignore[union-attr] # a card has a column
        frame.setFixedWidth(_SIDE_WIDTH)
        side.setLayout(column(frame))
        whole = row(work, side, spacing=theme.SPACE_L, margins=theme.SPACE_L)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.scan.returnPressed.connect(self._on_return)
        self.scan.textEdited.connect(self.on_search)
        self.scan.moved.connect(self._on_move)
        keys.bind(self, "station.scan", self.focus_scan)
        keys.bind(self, "page.back", self._on_back)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def focus_scan(self) -> None:
        """Go to the scan field."""
        self.scan.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.scan.selectAll()

    def _on_return(self) -> None:
        text = self.scan.text().strip()
        if text:
            self.scan.clear()
            self.entered.emit(text)
            self.on_entry(text)

    def _on_move(self, steps: int) -> None:
        number = self.table.currentIndex().row() + steps
        self.table.select_row(max(0, min(number, self.model.rowCount() - 1)))

    def _on_back(self) -> None:
        self.scan.clear()
        self.focus_scan()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Give the focus back to the scan field unless the user is typing somewhere."""
        if new is None or not self.isVisible() or not self.isAncestorOf(new):
            return
        if not isinstance(new, _TYPED_INTO):
            QTimer.singleShot(0, self.scan, self.scan.setFocus)


class ScanField(QLineEdit):
    """The big field for scanning and searching.

    Signals:
        moved: Up or down was pressed: steps through the lines.
    """

    moved = Signal(int)
    _STEPS: ClassVar[dict[int, int]] = {
        Qt.Key.Key_Up: -1,
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_PageUp: -10,
        Qt.Key.Key_PageDown: 10,
    }

    def __init__(self, hint: str) -> None:
        super().__init__()
        kind(self, "scan")
        follow(self, lambda: self.setPlaceholderText(f"{_(hint)}   {keys.shown('station.scan')}"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = self._STEPS.get(event.key())
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(steps)


def pair(caption: QWidget, value: QLabel) -> QWidget:
    """Return a caption and its value, at the two ends of one line."""
    value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    both = QWidget()
    both.setLayout(row(caption, None, value))
    return both
