"""What each level of reminders says, and since when."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import in_language
from modules.accounting.permissions import Permission

_LEVELS = text("""
    select r.id, r.version, r.level, r.valid_from, r.days, r.fee, r.title, r.title_ar, r.body,
           r.body_ar, (select c.currency from core.company c),
           case when r.valid_from > :today then 'later'
                when r.id in (select n.id from accounting.reminder_levels_on(:today) n) then 'now'
                else 'over' end
      from accounting.reminder_levels r order by r.level, r.valid_from desc
""")


@dataclass(frozen=True, slots=True)
class ReminderLevelRow:
    """What a level says from a day on.

    Attributes:
        state: `now` if it is what letters of today say; `later`, or `over`.
    """

    id: UUID
    version: int
    level: int
    valid_from: date
    days: int
    fee: Decimal
    title: str
    title_ar: str
    body: str
    body_ar: str
    currency: str
    state: Literal["now", "later", "over"]

    def titled(self, language: str) -> str:
        """Return its title in a language."""
        return in_language(language, self.title, self.title_ar)


def list_reminder_levels(ctx: Context) -> list[ReminderLevelRow]:
    """Return what each level says, said and will say: by level, the latest first.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(ReminderLevelRow, _LEVELS.bindparams(today=ctx.today))
