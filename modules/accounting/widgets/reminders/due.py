"""Whom to remind today: the letters of a run, and who is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.documents.invoice.paper import PaperLanguage
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import ChoiceField, DateField, TextField
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.permissions import Permission
from modules.accounting.reminders import (
    HoldKind,
    Letter,
    hold_reminders,
    release_reminders,
    send_reminders,
)
from modules.accounting.selectors import ReminderProposal, list_reminder_proposals
from modules.accounting.widgets.reminders.paper import save_letters

LEVELS = {1: N_("First reminder"), 2: N_("Second reminder"), 3: N_("Formal notice")}
HOLDS = {"dispute": N_("In dispute"), "promise": N_("Promised to pay")}


def _held(row: ReminderProposal) -> str:
    if not row.hold:
        return ""
    until = f" ({current().date(row.until)})" if row.until else ""
    return f"{_(HOLDS[row.hold])}{until}: {current().isolate(row.reason)}"


def _day(value: date | None) -> str:
    return current().date(value) if value else ""


_COLUMNS: tuple[Column[ReminderProposal], ...] = (
    Column(N_("Customer"), lambda r: r.named(current().language), strong=True),
    Column(N_("Branch"), lambda r: current().isolate(r.branch), width=72),
    Column(N_("Level"), lambda r: _(LEVELS[r.level]), width=130, value=lambda r: r.level),
    Column(N_("Lines"), lambda r: current().number(r.lines), RIGHT, 64, value=lambda r: r.lines),
    Column(
        N_("Overdue"),
        lambda r: current().amount(r.total, r.currency),
        RIGHT,
        width=118,
        value=lambda r: r.total,
        strong=True,
    ),
    Column(N_("Due since"), lambda r: _day(r.oldest), width=100, value=lambda r: r.oldest),
    Column(N_("Reminded on"), lambda r: _day(r.last_on), width=100, value=lambda r: r.last_on),
    Column(N_("Not reminded because"), _held),
)


@dataclass(frozen=True, slots=True)
class HoldDraft:
    """What the window asks for."""

    kind: HoldKind = "dispute"
    reason: str = ""
    until: date | None = None


class RemindersPage(ListPage[ReminderProposal]):
    """A run: everything that is due is offered, what is chosen is sent."""

    title: ClassVar[str] = N_("Reminders")
    hint: ClassVar[str] = N_("Customer")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    chips: ClassVar[tuple[Chip, ...]] = (Chip("held", N_("Also who is not reminded")),)

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._today = wall_clock.today()
        if backend.user.may(Permission.SEND_REMINDERS):
            self.set_primary(N_("Send all"), self._on_all, "email-fast-outline", "page.save")
            self.add_bulk_action(N_("Send"), self._on_some, "email-fast-outline")
            self.add_row_action(N_("Do not remind…"), self._on_hold)
            self.add_row_action(N_("Remind again"), self._on_release)
        self.add_action(
            N_("Sent reminders"),
            lambda: self.opens.emit("accounting.sent_reminders", ""),
            "email-check-outline",
        )
        self.add_action(
            N_("Texts and days"),
            lambda: self.opens.emit("accounting.reminder_levels", ""),
            "text-box-edit-outline",
        )
        self.table.empty.tell(N_("Nobody is to be reminded today."), icon="email-check-outline")

    @override
    async def load(
        self, query: Query, after: ReminderProposal | None
    ) -> Sequence[ReminderProposal]:
        if after is not None:
            return ()
        rows = await self.backend.ask(list_reminder_proposals, self._today)
        words = query.text.casefold()
        return [
            row
            for row in rows
            if words in f"{row.name} {row.name_ar}".casefold()
            and (query.has("held") or not row.hold)
        ]

    @override
    def on_open(self, row: ReminderProposal) -> None:
        """Show the account of the customer."""
        about = {"party": str(row.party_id), "name": row.name, "name_ar": row.name_ar}
        self.opens.emit("accounting.party_account", {**about, "last": self._today.isoformat()})

    async def send(self, rows: Sequence[ReminderProposal]) -> None:
        """Write the letters of these, after asking, then make their PDF."""
        due = [row for row in rows if not row.hold]
        question = count("Send {n} reminder?", "Send {n} reminders?", len(due))
        if not due or not await confirm(self, question, _("Send")):
            return
        letters = [Letter(uuid7(), row.branch_id, row.party_id) for row in due]
        sent = await self.backend.do(send_reminders, self._today, letters)
        self.say(count("{n} reminder is written.", "{n} reminders are written.", sent))
        self.refresh()
        language: PaperLanguage = "ar" if current().language == "ar" else "fr"
        await save_letters(self, [letter.id for letter in letters], language)

    async def hold(self, row: ReminderProposal) -> None:
        """Ask why, and remind the customer no more."""
        fields = (
            ChoiceField("kind", N_("Why"), list(HOLDS.items())),
            TextField("reason", N_("Reason"), required=True),
            DateField("until", N_("Until")),
        )
        about = row.named(current().language)
        title, deed = N_("Do not remind"), N_("Do not remind")
        told = await ask_form(self, title, deed, fields, HoldDraft(), about=about)
        if told is not None:
            await self.backend.do(
                hold_reminders, row.party_id, told.kind, told.reason, until=told.until
            )
            self.refresh()

    async def release(self, row: ReminderProposal) -> None:
        """Remind a customer again."""
        if row.hold_id is not None:
            await self.backend.do(release_reminders, row.hold_id)
            self.refresh()

    def _on_all(self) -> None:
        self.start_once(self.send, list(self.model.rows))

    def _on_some(self, rows: Sequence[ReminderProposal]) -> None:
        self.start_once(self.send, rows)

    def _on_hold(self, row: ReminderProposal) -> None:
        self.start_once(self.hold, row)

    def _on_release(self, row: ReminderProposal) -> None:
        self.start_once(self.release, row)
