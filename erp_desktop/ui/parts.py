"""The small parts that pages are made of: words, buttons, cards, rows."""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from erp_desktop.core.i18n import _
from erp_desktop.ui import keys, theme
from erp_desktop.ui.follow import follow, worded
from erp_desktop.ui.icons import tinted

L = TypeVar("L", bound=QBoxLayout)
Tone = Literal["", "ok", "warn", "bad"]


def kind(widget: Any, name: str, **properties: str) -> Any:
    """Say to the style sheet what `widget` is, and return it."""
    widget.setProperty("kind", name)
    for key, value in properties.items():
        widget.setProperty(key, value)
    return widget


class Label(QLabel):
    """Words at the leading edge, also when a French name stands in an Arabic window.

    QLabel aligns by the direction of its text; a page reads better by the direction of its window.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._align()

    def _align(self) -> None:
        edge = Qt.AlignmentFlag.AlignLeft
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            edge = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        self.setAlignment(edge | Qt.AlignmentFlag.AlignVCenter)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()


def label(message: str = "", look: str = "") -> QLabel:
    """Return words that follow the language; looks are `kind`s of the style sheet."""
    made: QLabel = kind(Label(), look)
    return worded(made, message) if message else made


def button(
    message: str,
    on_click: Callable[[], object] | None = None,
    *,
    icon: str = "",
    look: str = "",
    key: str = "",
) -> QPushButton:
    """Return a button; looks: primary (one a page), danger, quiet, pay.

    Args:
        message: Its words, marked `N_`.
        on_click: What a click does.
        icon: Name of a Material Design icon.
        look: What kind of button it is.
        key: Id of the key action (`keys.declare`) that clicks it; shown in the tooltip.
    """
    made: QPushButton = kind(QPushButton(), look)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    worded(made, message)
    if icon:
        tints = {"primary": "accent_text", "pay": "accent_text", "danger": "bad"}
        tinted(made, icon, tints.get(look, "text"))
    if on_click is not None:
        made.clicked.connect(lambda *_state: on_click())
    if key:
        keys.bind(made, key, made.click)
        follow(made, lambda: made.setToolTip(keys.tooltip(message, key)))
    return made


def tool(
    message: str,
    on_click: Callable[[], object] | None = None,
    *,
    icon: str,
    key: str = "",
) -> QToolButton:
    """Return a button that is only an icon; its words are its tooltip and its name."""
    made = tinted(QToolButton(), icon, "muted")
    made.setIconSize(theme.ICON)
    follow(made, lambda: made.setToolTip(keys.tooltip(message, key)))
    follow(made, lambda: made.setAccessibleName(_(message)))
    if on_click is not None:
        made.clicked.connect(lambda *_state: on_click())
    if key:
        keys.bind(made, key, made.click)
    return made


def chip(message: str = "", tone: Tone = "") -> QLabel:
    """Return a state chip."""
    made = label(message, "chip")
    made.setProperty("tone", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Colour a chip or a message by what it means."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        theme.restyle(widget)


def column(*parts: Any, spacing: int = theme.SPACE_M, margins: int = 0) -> QVBoxLayout:
    """Lay `parts` out below each other; None is room that grows."""
    return _lay(QVBoxLayout(), parts, spacing, margins)


def row(*parts: Any, spacing: int = theme.SPACE_M, margins: int = 0) -> QHBoxLayout:
    """Lay `parts` out beside each other, in reading direction; None is room that grows."""
    return _lay(QHBoxLayout(), parts, spacing, margins)


def _lay(layout: L, parts: tuple[Any, ...], spacing: int, margins: int) -> L:
    layout.setContentsMargins(margins, margins, margins, margins)
    layout.setSpacing(spacing)
    for part in parts:
        add(layout, part)
    return layout


def add(layout: QBoxLayout, part: QWidget | QLayout | None) -> None:
    """Add one part to a row or a column."""
    if part is None:
        layout.addStretch(1)
    elif isinstance(part, QLayout):
        layout.addLayout(part)
    else:
        layout.addWidget(part)


def card(*parts: Any, margins: int = theme.SPACE_L, spacing: int = theme.SPACE_M) -> QFrame:
    """Return a white card with `parts` below each other."""
    made: QFrame = kind(QFrame(), "card")
    made.setLayout(column(*parts, spacing=spacing, margins=margins))
    return made


def line() -> QFrame:
    """Return a thin line across."""
    made: QFrame = kind(QFrame(), "line")
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of `layout` and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
