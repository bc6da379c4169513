"""The levels of reminders: what each says, after how many days, and for which fee."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors.reminder_levels import ReminderLevelRow, list_reminder_levels
from modules.accounting.widgets.reminders.due import LEVELS

FORM = "accounting.reminder_level"
STATES = {"now": N_("In force"), "later": N_("From a later day"), "over": N_("Replaced")}
_TONES: dict[str, Tone] = {"now": "ok", "later": "warn", "over": ""}


def _fee(row: ReminderLevelRow) -> str:
    return current().amount(row.fee, row.currency) if row.fee else ""


_COLUMNS: tuple[Column[ReminderLevelRow], ...] = (
    Column(N_("Level"), lambda r: _(LEVELS[r.level]), width=170, strong=True),
    Column(
        N_("Valid from"),
        lambda r: current().date(r.valid_from),
        width=110,
        value=lambda r: r.valid_from,
    ),
    Column(N_("State"), lambda r: _(STATES[r.state]), width=150, tone=lambda r: _TONES[r.state]),
    Column(
        N_("After"),
        lambda r: count("{n} day", "{n} days", r.days),
        RIGHT,
        width=110,
        value=lambda r: r.days,
    ),
    Column(N_("Fee"), _fee, RIGHT, width=110, value=lambda r: r.fee),
    Column(N_("Title"), lambda r: r.titled(current().language)),
)


class ReminderLevelsPage(ListPage[ReminderLevelRow]):
    """The list; a text is corrected, or followed by another from a day on."""

    title: ClassVar[str] = N_("Reminder levels")
    hint: ClassVar[str] = N_("Title or text")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.table.empty.tell(N_("No level says anything. Add the text of the first reminder."))
        if backend.user.may(Permission.EDIT_REMINDERS):
            self.set_primary(N_("New text"), lambda: self.opens.emit(FORM, None))
            self.add_row_action(N_("New text from a day"), self._on_next)

    @override
    async def load(
        self, query: Query, after: ReminderLevelRow | None
    ) -> Sequence[ReminderLevelRow]:
        if after is not None:
            return ()
        wanted, rows = query.text.casefold(), await self.backend.ask(list_reminder_levels)
        return [
            row
            for row in rows
            if wanted in f"{row.title} {row.title_ar} {row.body} {row.body_ar}".casefold()
        ]

    @override
    def on_open(self, row: ReminderLevelRow) -> None:
        if self.backend.user.may(Permission.EDIT_REMINDERS):
            self.opens.emit(FORM, str(row.id))

    def _on_next(self, row: ReminderLevelRow) -> None:
        self.opens.emit(FORM, f"new/{row.id}")
