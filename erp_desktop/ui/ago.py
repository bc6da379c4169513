"""How long ago something was, as people say it."""

from datetime import datetime

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import _, count, current


def ago(moment: datetime, now: datetime | None = None) -> str:
    """Say how long ago `moment` was; from a week on, say its date."""
    now = now or wall_clock.now()
    seconds = max(0, int((now - moment).total_seconds()))
    days = (now.date() - moment.astimezone(now.tzinfo).date()).days
    if seconds < 60:
        return count("{n} second ago", "{n} seconds ago", seconds)
    if seconds < 3600:
        return count("{n} minute ago", "{n} minutes ago", seconds // 60)
    if days == 0:
        return count("{n} hour ago", "{n} hours ago", seconds // 3600)
    if days == 1:
        return _("yesterday")
    if days < 7:
        return count("{n} day ago", "{n} days ago", days)
    return current().date(moment.astimezone(now.tzinfo).date())
