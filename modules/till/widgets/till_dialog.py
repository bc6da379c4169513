"""What the windows over the till have in common."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, column, kind, row

_NARROWEST = 380


class TillDialog(QDialog):
    """A window over the till with one main deed; Enter does it, Esc leaves."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        kind(self, "ground")
        follow(self, lambda: self.setWindowTitle(_(title)))
        self.main = button(N_("Confirm"), self._on_main, look="primary")
        self.main.setDefault(False)
        self.main.setAutoDefault(False)
        self._cancel = button(N_("Cancel"), self.reject)
        self._cancel.setAutoDefault(False)

    def lay_out(self, *parts: Any) -> None:
        """Put parts above the buttons."""
        foot = row(None, self._cancel, self.main, spacing=theme.SPACE_S)
        self.setLayout(column(*parts, foot, spacing=theme.SPACE_M, margins=theme.SPACE_L))
        self.setMinimumWidth(_NARROWEST)

    def _on_main(self) -> None:
        """Do what the window is for."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_main()
        elif not is_enter:
            super().keyPressEvent(event)
