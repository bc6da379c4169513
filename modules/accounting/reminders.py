"""Reminders: sending the letters of a run, and whom nobody reminds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from erp_desktop.core.commands import uuid7
from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission

HoldKind = Literal["dispute", "promise"]


@dataclass(frozen=True, slots=True)
class Letter:
    """Whom to remind, for what is open in a branch; sent twice, it is written once."""

    id: UUID
    branch_id: UUID
    party_id: UUID


def send_reminders(ctx: Context, day: date, letters: Sequence[Letter]) -> int:
    """Write letters, each about all that has come to its next level; return how many are new.

    Raises:
        NotAllowedError: The user may not send reminders.
        OtherBranchError: A branch is none of the user's.
        ReminderHeldError: Nobody reminds one of the customers.
        ReminderNotDueError: Nothing of a customer has come to its next level.
        ReminderSentMeanwhileError: Somebody else does the same at this moment.
    """
    ctx.require(Permission.SEND_REMINDERS)
    told = [
        {"id": str(each.id), "branch_id": str(each.branch_id), "party_id": str(each.party_id)}
        for each in letters
    ]
    return int(ctx.call("accounting.send_reminders_v1", day, told))


def hold_reminders(
    ctx: Context, party_id: UUID, kind: HoldKind, reason: str, *, until: date | None = None
) -> UUID:
    """Remind a customer no more, instead of what held before; return the id of the hold.

    Args:
        ctx: The transaction to write in.
        party_id: The customer.
        kind: A dispute, or a promise to pay.
        reason: What about, as the next reader needs it.
        until: The last day on which nobody reminds; a promise has one.

    Raises:
        NotAllowedError: The user may not send reminders.
        ReminderHoldIncompleteError: There is no reason, or no day of a promise.
    """
    ctx.require(Permission.SEND_REMINDERS)
    hold = uuid7()
    draft = {
        "id": str(hold),
        "party_id": str(party_id),
        "kind": kind,
        "reason": reason,
        "until": until.isoformat() if until else None,
    }
    ctx.call("accounting.hold_reminders_v1", draft)
    return hold


def release_reminders(ctx: Context, hold_id: UUID) -> None:
    """Remind a customer again.

    Raises:
        NotAllowedError: The user may not send reminders.
    """
    ctx.require(Permission.SEND_REMINDERS)
    ctx.call("accounting.release_reminders_v1", hold_id)


@dataclass(frozen=True, slots=True)
class LevelDraft:
    """What a level says from a day on; without version it is new.

    Attributes:
        days: After the due date for the first level, after the level before for the others.
        fee: In the company's currency; asked for, not booked.
    """

    id: UUID
    level: int
    valid_from: date
    days: int
    fee: Decimal
    title: str
    title_ar: str
    body: str
    body_ar: str
    version: int | None = None


def save_reminder_level(ctx: Context, draft: LevelDraft) -> int:
    """Save what a level says; return its version.

    Raises:
        NotAllowedError: The user may not change the texts.
        ReminderLevelImpossibleError: Something is missing, or out of its range.
        StaleRecordError: Somebody changed it after the user read `version`.
    """
    ctx.require(Permission.EDIT_REMINDERS)
    told = {name: getattr(draft, name) for name in LevelDraft.__slots__}
    words = {
        name: value if isinstance(value, int | None) else str(value) for name, value in told.items()
    }
    return int(ctx.call("accounting.save_reminder_level_v1", words))
