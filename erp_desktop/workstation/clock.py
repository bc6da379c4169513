"""The latest time that this workstation knows to have been."""

from collections.abc import Callable
from datetime import datetime, timedelta

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import current
from erp_desktop.workstation.errors import ClockBackError
from erp_desktop.workstation.memory import Memory

TOLERANCE = timedelta(minutes=5)
_COARSE = timedelta(minutes=1)


class SeenClock:
    """The newest of the server's times and the journal's: the clock must not be before it."""

    def __init__(self, memory: Memory, newest_deed: Callable[[], datetime | None]) -> None:
        """Remember times in `memory`.

        Args:
            memory: Of the journal.
            newest_deed: Says when the newest command happened.
        """
        self._memory = memory
        self._newest_deed = newest_deed

    def note(self, moment: datetime) -> None:
        """Remember that `moment` has been, to the minute: each note costs a write."""
        known = self._noted()
        if known is None or moment > known + _COARSE:
            self._memory.put("seen", moment.isoformat())

    def require_forward(self, now: datetime) -> None:
        """Go on only if the clock does not contradict what has been.

        Raises:
            ClockBackError: It is more than five minutes behind.
        """
        seen = [moment for moment in (self._noted(), self._newest_deed()) if moment is not None]
        if seen and now < max(seen) - TOLERANCE:
            raise ClockBackError(seen=current().moment(wall_clock.local(max(seen))))

    def _noted(self) -> datetime | None:
        text = self._memory.get("seen")
        return datetime.fromisoformat(text) if text else None
