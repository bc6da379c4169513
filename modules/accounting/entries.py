"""Entries by hand while they are not booked: drafts; posting itself goes through the gate.

backend.execute(POST_ENTRY, {**draft.as_json(), "id": str(entry_id)})
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission

POST_ENTRY = "accounting.post_entry_v1"
REVERSE_ENTRY = "accounting.reverse_entry_v1"
POST_DUE = "accounting.post_due_v1"


@dataclass(frozen=True, slots=True)
class LineDraft:
    """One line as typed; a draft may leave anything out.

    Attributes:
        account: Code of the account.
        debit: In the company's currency, as `credit`; one of them is empty.
        currency: What was agreed in; empty for the company's own.
        rate: Units of the company's currency for one of `currency`.
        amount: In `currency`.
        cost_centre: Code of the cost centre.
        due_on: When a partner is to pay, or to be paid; empty is the day of the entry.
    """

    account: str = ""
    debit: Decimal | None = None
    credit: Decimal | None = None
    label: str = ""
    currency: str = ""
    rate: Decimal | None = None
    amount: Decimal | None = None
    cost_centre: str = ""
    party_id: UUID | None = None
    due_on: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what PostgreSQL reads: amounts travel as text, what is empty is left out."""
        values = {name: getattr(self, name) for name in LineDraft.__dataclass_fields__}
        return {name: str(value) for name, value in values.items() if value not in {None, ""}}


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry as it is to be kept or booked."""

    journal: str
    branch_id: UUID
    on: date | None = None
    label: str = ""
    lines: tuple[LineDraft, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return what PostgreSQL and the gate read."""
        return {
            "journal": self.journal,
            "branch_id": str(self.branch_id),
            "on": self.on.isoformat() if self.on else None,
            "label": self.label,
            "lines": [line.as_json() for line in self.lines],
        }


def save_draft(
    ctx: Context, draft_id: UUID, draft: EntryDraft, *, version: int | None = None
) -> int:
    """Keep an entry that is not booked yet and return its new version.

    Args:
        ctx: The transaction to write in.
        draft_id: Its id, which becomes the entry's; a new one for a new draft.
        draft: How it is to be; lines may be incomplete.
        version: What the user saw; None for a new draft.

    Raises:
        NotAllowedError: The user may not post entries.
        OtherBranchError: The branch is none of the user's.
        StaleRecordError: Somebody changed it after the user read `version`.
        JournalReservedError: Nobody writes in that journal by hand.
        EntryPostedAlreadyError: It was posted meanwhile.
    """
    ctx.require(Permission.POST_ENTRIES)
    given = {**draft.as_json(), "id": str(draft_id), "version": version}
    return int(ctx.call("accounting.save_draft_v1", given))


def discard_draft(ctx: Context, draft_id: UUID) -> None:
    """Take a draft away; nothing was booked.

    Raises:
        NotAllowedError: The user may not post entries.
        NotFoundError: There is no such draft, or it was posted meanwhile.
    """
    ctx.require(Permission.POST_ENTRIES)
    ctx.call("accounting.discard_draft_v1", draft_id)
