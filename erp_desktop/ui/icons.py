"""Material Design icons, by name, in the colours of the theme."""

from functools import cache
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon

from erp_desktop.ui import theme
from erp_desktop.ui.follow import W, follow

_FONT = (
    "mdi6",
    "materialdesignicons6-webfont-6.9.96.ttf",
    "materialdesignicons6-webfont-charmap-6.9.96.json",
)
# Icons that point somewhere turn round with the text; clocks and media do not (UX.md 5).
_DIRECTED = ("arrow-", "chevron-", "keyboard-return", "reply", "undo", "redo", "exit", "logout")


@cache
def _font() -> Any:
    """Load one of QtAwesome's fonts: `qtawesome.icon` would load all fourteen."""
    from qtawesome.iconic_font import IconicFont  # noqa: PLC0415 - the sign-in window has no icon

    return IconicFont(_FONT)


def icon(name: str, color: str = "text", *, active: str | None = None) -> QIcon:
    """Return a Material Design icon, such as `cart`, tinted with a token of the theme."""
    colors = theme.tokens()
    name = name.removeprefix("mdi6.")
    if name not in _font().charmap["mdi6"]:
        name = "puzzle-outline"
    mirrored = theme.is_right_to_left() and name.startswith(_DIRECTED)
    options: dict[str, Any] = {
        "color": getattr(colors, color),
        "color_disabled": colors.faint,
        "color_on": getattr(colors, active or color),
        "hflip": mirrored,
    }
    made = _font().icon(f"mdi6.{name}", **options)
    assert isinstance(made, QIcon)  # noqa: S101 - QtAwesome carries no types
    return made


def tinted(widget: W, name: str, color: str = "text", *, active: str | None = None) -> W:
    """Give a button or an action an icon that follows the theme, and return it."""
    return follow(widget, lambda: _set(widget, icon(name, color, active=active)))


def _set(widget: QObject, made: QIcon) -> None:
    widget.setIcon(made)  # type: ignore[attr-defined]
