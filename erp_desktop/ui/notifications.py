"""News for this user: a bell that counts, and a list that leads to where each is dealt with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import _, count, current
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.icons import icon

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Notice:
    """One piece of news, in words; `page` and `argument` lead to it."""

    id: Any
    text: str
    at: datetime
    page: str = ""
    argument: Any = None


class NoticeSource(Protocol):
    """Where news come from; the composition root wraps `core.notifications`."""

    async def unread(self) -> Sequence[Notice]:
        """Return what the user has not read yet, newest first."""

    async def mark_read(self, ids: Sequence[Any]) -> None:
        """Note that the user has read these."""


class Bell(QToolButton):
    """The bell in the top bar.

    Signals:
        chosen: A `Notice` was clicked.
        all_read: The user has seen them all.
    """

    chosen = Signal(object)
    all_read = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._notices: Sequence[Notice] = ()
        self.setIconSize(theme.ICON)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        follow(self, self._show)

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Show what is unread."""
        self._notices = tuple(notices)
        self._show()

    @property
    def notices(self) -> Sequence[Notice]:
        """What is unread."""
        return self._notices

    def _show(self) -> None:
        unread = bool(self._notices)
        name, color = ("bell-badge-outline", "warn") if unread else ("bell-outline", "muted")
        self.setIcon(icon(name, color))
        words = count("{n} piece of news", "{n} pieces of news", len(self._notices))
        self.setToolTip(words if unread else _("No news"))
        self.setAccessibleName(self.toolTip())

    def _choose(self, notice: Notice, *_state: bool) -> None:
        self.chosen.emit(notice)

    def _fill(self) -> None:
        self._menu.clear()
        for notice in self._notices[:_SHOWN]:
            text = f"{current().time(wall_clock.local(notice.at))}   {notice.text}"
            action = self._menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(partial(self._choose, notice))
        if not self._notices:
            self._menu.addAction(_("No news")).setEnabled(False)
            return
        self._menu.addSeparator()
        self._menu.addAction(_("Mark all as read")).triggered.connect(self.all_read)
