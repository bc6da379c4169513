"""The line to head office in one chip: on line or not, what waits, how old the data are."""

from datetime import datetime
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QToolButton

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import _, count, current
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import Tone, kind, set_tone

_HEIGHT = 36


class LinkState(Protocol):
    """What the chip shows; `erp_desktop.workstation.link.LinkState` is one."""

    @property
    def online(self) -> bool:
        """Whether head office answers."""

    @property
    def waiting(self) -> int:
        """Commands without an answer."""

    @property
    def flagged(self) -> int:
        """Commands that somebody must look at."""

    @property
    def data_at(self) -> datetime | None:
        """The age of the replica."""

    @property
    def trouble(self) -> str:
        """Why commands are not taken."""


def words_of(state: LinkState) -> str:
    """Return what the chip says: `offline · 12 waiting · data 10:32`."""
    parts = [_("online") if state.online else _("offline")]
    if state.waiting:
        parts.append(count("{n} waiting", "{n} waiting", state.waiting))
    elif state.online:
        parts.append(_("up to date"))
    if not state.online and state.data_at is not None:
        parts.append(_("data {time}").format(time=_age(state.data_at)))
    return " · ".join(parts)


def tone_of(state: LinkState) -> Tone:
    """Return how the chip looks."""
    if state.trouble or state.flagged:
        return "warn"
    return "ok" if state.online else "warn"


def _age(moment: datetime) -> str:
    local = wall_clock.local(moment)
    today = local.date() == wall_clock.today()
    return current().time(local) if today else current().moment(local)


class _Bridge(QObject):
    """Carries the sync thread's news into the window's thread."""

    news = Signal(object)


class LinkChip(QToolButton):
    """Shows the state of a link; a click opens the sync page."""

    def __init__(self, link: Any) -> None:
        super().__init__()
        kind(self, "chip")
        self.setMaximumHeight(_HEIGHT)
        self._state: LinkState = link.state
        self._bridge = _Bridge(self)
        self._bridge.news.connect(self.show_state, Qt.ConnectionType.QueuedConnection)
        end = link.listen(self._hear)
        self.destroyed.connect(lambda *_gone: end())
        follow(self, self._show)

    def show_state(self, state: LinkState) -> None:
        """Show a state."""
        self._state = state
        self._show()

    def _hear(self, state: LinkState) -> None:
        if shiboken6.isValid(self._bridge):
            self._bridge.news.emit(state)

    def _show(self) -> None:
        self.setText(words_of(self._state))
        set_tone(self, tone_of(self._state))
        tips = [_("Click to see what waits and every answer of head office.")]
        if self._state.flagged:
            tips.insert(0, count("{n} to look at", "{n} to look at", self._state.flagged))
        if self._state.trouble:
            tips.insert(0, self._state.trouble)
        self.setToolTip("\n".join(tips))
