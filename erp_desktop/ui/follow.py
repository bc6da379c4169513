"""What a widget says and how it is coloured follow the user's language and theme at run time.

Whoever shows words or tinted icons hands over a function that sets them. It runs at once and
again after each change, so pages are kept, with all that was typed, while their words change.
"""

from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QObject

from erp_desktop.core.i18n import _, on_change

W = TypeVar("W", bound=QObject)

# The functions hang on their widget, not here, so that a closed page can be forgotten.
_followers: "WeakKeyDictionary[QObject, list[Callable[[], object]]]" = WeakKeyDictionary()


def follow(widget: W, apply: Callable[[], object]) -> W:
    """Call `apply` now and after each change of language or theme, while `widget` lives."""
    functions: list[Callable[[], object]] | None = getattr(widget, "_follows", None)
    if functions is None:
        functions = []
        widget._follows = functions  # type: ignore[attr-defined]  # noqa: SLF001 - lives and dies with it
        _followers[widget] = functions
    functions.append(apply)
    apply()
    return widget


def worded(widget: W, message: str) -> W:
    """Let `widget` show `message`, marked `N_`, in the user's language, and return it."""
    return follow(widget, lambda: widget.setText(_(message)))  # type: ignore[attr-defined]


def refresh() -> None:
    """Word and tint everything afresh, oldest widgets first."""
    for widget in list(_followers):
        if not shiboken6.isValid(widget):
            _followers.pop(widget, None)
            continue
        for apply in tuple(getattr(widget, "_follows", ())):
            apply()


on_change(refresh)
