"""Facts below each other: what previews say of a thing, in words that wrap and can be copied."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from erp_desktop.ui import theme
from erp_desktop.ui.parts import clear, column, label

Fact = tuple[str, str]
_TOP = Qt.AlignmentFlag.AlignTop


def wrapped(look: str = "") -> QLabel:
    """Return words over as many lines as they need, for copying; they push no neighbour away."""
    made = label(look=look)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def scrolled(*parts: QWidget) -> QScrollArea:
    """Return parts below each other, with scroll bars where they are too long for their card."""
    inside = QWidget()
    inside.setLayout(column(*parts, None, spacing=theme.SPACE_L))
    scroll = QScrollArea(widgetResizable=True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(inside)
    inside.setAutoFillBackground(False)
    scroll.viewport().setAutoFillBackground(False)
    return scroll


class Facts(QWidget):
    """Names and values below each other.

    Args by name: `shares` of the width for names and values; without them names take what they
    need and stand on one line.
    """

    def __init__(self, *, shares: tuple[int, int] | None = None) -> None:
        super().__init__()
        self._wraps_names = shares is not None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_M)
        self._grid.setVerticalSpacing(theme.SPACE_S)
        for place, share in enumerate(shares or (0, 1)):
            self._grid.setColumnStretch(place, share)

    def show_facts(self, facts: Sequence[Fact], below: Sequence[Fact] = ()) -> None:
        """Show these instead of the ones before; what is empty is a dash.

        Args:
            facts: Values beside their names.
            below: Longer values, each under its name over the whole width.
        """
        clear(self._grid)
        for line, (title, text) in enumerate([*facts, *below]):
            caption = wrapped("muted") if self._wraps_names else label(look="muted")
            value = wrapped()
            caption.setText(title)
            value.setText(text or "—")
            is_below = line >= len(facts)
            self._grid.addWidget(caption, 2 * line, 0, 1, 2 if is_below else 1, _TOP)
            self._grid.addWidget(value, 2 * line + is_below, 0 if is_below else 1, 1, -1)
