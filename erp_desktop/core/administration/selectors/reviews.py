"""Questions about facts that were recorded against a rule, and what became of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import false, or_, select, tuple_

from erp_desktop.core.administration.permissions import Permission
from erp_desktop.core.administration.selectors.pages import PAGE_SIZE, asked
from erp_desktop.core.context import Context
from erp_desktop.core.models import view


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One reason why somebody has to look at a fact.

    Attributes:
        number: The document's number, such as a ticket's; empty if it has none.
        seq: Place in the workstation's journal.
        is_parked: The fact is recorded and not booked.
        resolved_at: When somebody has looked; nothing while it waits.
    """

    id: UUID
    code: str
    details: Mapping[str, Any]
    raised_at: datetime
    branch: str
    command_id: UUID
    command: str
    number: str
    seq: int | None
    workstation: str
    actor_login: str
    actor: str
    happened_at: datetime
    is_parked: bool
    resolved_at: datetime | None
    resolved_by: str
    note: str


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Which reviews are asked for; what is empty does not matter.

    Attributes:
        kinds: Beginnings of codes; any of them will do.
    """

    text: str = ""
    branch: str = ""
    workstation: str = ""
    login: str = ""
    kinds: tuple[str, ...] = ()
    is_parked: bool = False
    is_resolved: bool = False


@dataclass(frozen=True, slots=True)
class CommandDetails:
    """What was sent, as it was sent.

    Attributes:
        authenticity: direct, unverified, verified or forged.
        body: The text that was chained and signed.
    """

    id: UUID
    name: str
    state: str
    authenticity: str
    received_from: str
    received_at: datetime
    body: str

    @property
    def payload(self) -> Mapping[str, Any]:
        """What the command says."""
        said: Mapping[str, Any] = json.loads(self.body)["payload"]
        return said


_ROWS = view("core.review_list", ReviewRow).c
_COMMANDS = view("core.commands", CommandDetails).c


def list_reviews(
    ctx: Context, wanted: ReviewFilter, *, after: ReviewRow | None = None
) -> list[ReviewRow]:
    """Return one page of reviews, newest first.

    Args:
        ctx: The transaction to read in.
        wanted: Which ones.
        after: Continue below this row.
    """
    ctx.require(Permission.VIEW_REVIEWS)
    conditions = asked(
        (
            (wanted.text.strip(), _ROWS.number.icontains(wanted.text.strip(), autoescape=True)),
            (wanted.branch, _ROWS.branch == wanted.branch.upper()),
            (wanted.workstation, _ROWS.workstation == wanted.workstation.upper()),
            (wanted.login, _ROWS.actor_login == wanted.login),
            (wanted.kinds, or_(false(), *(_ROWS.code.startswith(kind) for kind in wanted.kinds))),
            (wanted.is_parked, _ROWS.is_parked),
            (True, _ROWS.resolved_at.is_not(None) == wanted.is_resolved),
        )
    )
    query = select(*_ROWS).where(*conditions)
    if after is not None:
        place = tuple_(_ROWS.raised_at, _ROWS.id)
        query = query.where(place < tuple_(after.raised_at, after.id))
    newest = query.order_by(_ROWS.raised_at.desc(), _ROWS.id.desc())
    return ctx.rows(ReviewRow, newest.limit(PAGE_SIZE))


def get_command(ctx: Context, command_id: UUID) -> CommandDetails:
    """Return what was sent.

    Raises:
        NotAllowedError: The user may not see flagged facts.
        NotFoundError: There is no such command, or none that may be seen.
    """
    ctx.require(Permission.VIEW_REVIEWS)
    return ctx.row(CommandDetails, select(*_COMMANDS).where(_COMMANDS.id == command_id))
