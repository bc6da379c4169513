"""What an empty list says: what belongs there, and the first step."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from erp_desktop.core.i18n import N_
from erp_desktop.ui import theme
from erp_desktop.ui.follow import worded
from erp_desktop.ui.icons import tinted
from erp_desktop.ui.parts import button, clear, column, kind, row, tool


class EmptyState(QWidget):
    """Lies over an empty table; says nothing until `tell` is called."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_wanted = False
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._column = column(spacing=theme.SPACE_L, margins=theme.SPACE_XL)
        self.setLayout(self._column)
        self.hide()

    def tell(
        self,
        message: str,
        first_step: str = "",
        on_first_step: Callable[[], object] | None = None,
        *,
        icon: str = "tray",
    ) -> None:
        """Say what belongs here, marked `N_`, and offer the first step as a button."""
        clear(self._column)
        self.is_wanted = True
        words: QLabel = kind(QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter), "empty")
        worded(words, message)
        picture = tool(N_("Empty"), icon=icon)
        picture.setIconSize(theme.ICON * 2)
        picture.setEnabled(False)
        tinted(picture, icon, "faint")
        self._column.addStretch(1)
        self._column.addLayout(row(None, picture, None))
        self._column.addWidget(words)
        if on_first_step is not None:
            step = button(first_step, on_first_step)
            self._column.addLayout(row(None, step, None))
        self._column.addStretch(2)
