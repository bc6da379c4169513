"""Who is to be reminded, and the letters that were sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.permissions import Permission

_PROPOSALS = text("""
    select p.branch_id, p.branch, p.party_id, p.party, p.party_ar, p.level, p.lines, p.total, p.fee,
           p.oldest, p.last_on, p.hold_id, p.hold, p.reason, p.until,
           (select c.currency from core.company c)
      from accounting.reminder_proposals_v1(:day, :branch) p
""")
_SENT = text("""
    select r.id, r.branch, r.party_id, r.party, r.party_ar, r.level, r.dated_on, r.fee, r.total,
           r.sent_by, r.sent_at, r.currency, r.note
      from accounting.reminder_list r
     where (:words = '' or strpos(core.fold(concat_ws(' ', r.party, r.party_ar)),
                                  core.fold(:words)) > 0)
       and (cast(:before as uuid) is null
            or (r.sent_at, r.id) < (select b.sent_at, b.id from accounting.reminder_list b
                                     where b.id = :before))
     order by r.sent_at desc, r.id desc limit 200
""")


@dataclass(frozen=True, slots=True)
class ReminderProposal(Bilingual):
    """A letter that is due.

    Attributes:
        level: Of 1 to 3: the highest that a line of it has come to.
        lines: How many open lines it is about.
        fee: What the level asks for besides; not booked.
        last_on: When one of the lines was reminded of last.
        hold: `dispute` or `promise` if nobody reminds the customer, with `reason` and `until`.
    """

    branch_id: UUID
    branch: str
    party_id: UUID
    name: str
    name_ar: str
    level: int
    lines: int
    total: Decimal
    fee: Decimal
    oldest: date
    last_on: date | None
    hold_id: UUID | None
    hold: str
    reason: str
    until: date | None
    currency: str


def list_reminder_proposals(
    ctx: Context, day: date, *, branch_id: UUID | None = None
) -> list[ReminderProposal]:
    """Return the letters that are due on a day, with those that are held back.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(ReminderProposal, _PROPOSALS.bindparams(day=day, branch=branch_id))


@dataclass(frozen=True, slots=True)
class SentReminder(Bilingual):
    """A letter that was sent; `note` is the debit note of its fee and interest."""

    id: UUID
    branch: str
    party_id: UUID
    name: str
    name_ar: str
    level: int
    dated_on: date
    fee: Decimal
    total: Decimal
    sent_by: str
    sent_at: datetime
    currency: str
    note: str = ""


def list_reminders(
    ctx: Context, *, words: str = "", after: UUID | None = None
) -> list[SentReminder]:
    """Return letters that were sent, the last first, below the one with the id `after`.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(SentReminder, _SENT.bindparams(words=words, before=after))


@dataclass(frozen=True, slots=True)
class LetterLine:
    """An invoice in a letter."""

    number: str
    dated_on: date
    due_on: date
    open: Decimal
    level: int


@dataclass(frozen=True, slots=True)
class LetterWriter:
    """Who writes: names and address in Latin letters, then in Arabic."""

    names: tuple[str, str]
    address: tuple[str, str]
    phone: str
    country: str
    identifiers: dict[str, str]


@dataclass(frozen=True, slots=True)
class LetterSheet(Bilingual):
    """What a letter says, in the words of its day: each text in French, then in Arabic."""

    id: UUID
    name: str
    name_ar: str
    level: int
    dated_on: date
    fee: Decimal
    total: Decimal
    currency: str
    title: tuple[str, str]
    body: tuple[str, str]
    writer: LetterWriter
    lines: tuple[LetterLine, ...]


def get_letters(ctx: Context, ids: Sequence[UUID]) -> list[LetterSheet]:
    """Return what letters say, by the names of customers; one of another branch is left out.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    told = ctx.call("accounting.reminder_letters_v1", [str(each) for each in ids])
    return [_letter(each) for each in told]


def _writer(told: dict[str, Any]) -> LetterWriter:
    (name, name_ar), (address, address_ar) = told["names"], told["address"]
    numbers = {code: value for code, value in told["identifiers"].items() if value}
    return LetterWriter(
        (name, name_ar), (address, address_ar), told["phone"], told["country"], numbers
    )


def _letter(told: dict[str, Any]) -> LetterSheet:
    said = told["texts"]
    return LetterSheet(
        UUID(told["id"]),
        told["party"],
        told["party_ar"],
        told["level"],
        date.fromisoformat(told["dated_on"]),
        Decimal(told["fee"]),
        Decimal(told["total"]),
        told["currency"],
        (said["title"], said["title_ar"]),
        (said["body"], said["body_ar"]),
        _writer(told["company"]),
        tuple(
            LetterLine(
                line["number"],
                date.fromisoformat(line["dated_on"]),
                date.fromisoformat(line["due_on"]),
                Decimal(line["open"]),
                line["level"],
            )
            for line in told["lines"]
        ),
    )
