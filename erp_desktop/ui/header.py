"""The top of a page: title, state, what it amounts to, and actions."""

from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from erp_desktop.core.i18n import _
from erp_desktop.ui import keys, theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import Tone, chip, clear, label, row, set_tone


class Header(QWidget):
    """Title at the leading edge, state and summary beside it, actions at the other end."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.title = label(look="title")
        self._constant, self._name = title, ""
        follow(self.title, lambda: self.title.setText(self._name or _(self._constant)))
        self.chip = chip()
        self.chip.hide()
        self._summary = label(look="muted")
        # A summary that is long must not push the actions out of a small window.
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._actions = row(spacing=theme.SPACE_S)
        self._primary = row()
        line = row(self.title, self.chip, self._summary, self._actions, self._primary)
        line.setStretch(2, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(theme.look().field_height)

    def show_title(self, text: str) -> None:
        """Show a title that is no constant, such as a document's number."""
        self._name = text
        self.title.setText(text or _(self._constant))

    def show_state(self, text: str, tone: Tone = "") -> None:
        """Show the state chip, already translated; empty hides it."""
        self.chip.setText(text)
        self.chip.setVisible(bool(text))
        set_tone(self.chip, tone)

    @property
    def summary(self) -> str:
        """What it amounts to, as shown."""
        return self._summary.text()

    def show_summary(self, text: str) -> None:
        """Show what it amounts to, already translated."""
        self._summary.setText(text)

    def add(self, action: QWidget) -> None:
        """Add an action before the main one."""
        self._actions.addWidget(action)

    def clear_actions(self) -> None:
        """Take all actions away: a document in another state offers others."""
        clear(self._actions)
        clear(self._primary)

    def set_primary(self, action: QPushButton) -> None:
        """Set the main action; Ctrl+Enter does it too."""
        self._primary.addWidget(action)
        keys.bind(action, "page.primary", action.click)
