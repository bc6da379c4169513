"""A list and, at its side, a preview of the current row."""

from PySide6.QtWidgets import QFrame, QSplitter, QWidget

from erp_desktop.ui import theme
from erp_desktop.ui.parts import card


class PreviewSplit(QSplitter):
    """The list takes the room; the side shows only while there is something to show."""

    def __init__(self, main: QWidget) -> None:
        super().__init__()
        self._side: QFrame | None = None
        self.addWidget(main)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(theme.SPACE_M)

    def set_side(self, widget: QWidget, width: int) -> None:
        """Give the list a side."""
        self._side = card(widget)
        self._side.setMinimumWidth(width * 2 // 3)
        self._side.hide()
        self.addWidget(self._side)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.setSizes([10_000, width])

    def show_side(self, *, shown: bool) -> None:
        """Show the side or give its room to the list."""
        if self._side is not None:
            self._side.setVisible(shown)
