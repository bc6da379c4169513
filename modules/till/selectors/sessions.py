"""Questions about cash sessions."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, tuple_

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.models import view
from modules.till.permissions import Permission
from modules.till.session_report import SessionReport

PAGE_SIZE = 200


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One line of the list of cash sessions.

    Attributes:
        difference: Counted less expected; none while it is open.
    """

    id: UUID
    number: str
    workstation: str | None
    branch: str
    opened_at: datetime
    opened_by: str
    float: Decimal
    currency: str
    closed_at: datetime | None
    closed_by: str
    difference: Decimal | None
    tickets: int
    total: Decimal
    branch_id: UUID


SESSION_LIST: Any = view("till.session_list", SessionRow).c


def list_sessions(
    ctx: Context,
    *,
    search: str = "",
    branch: str = "",
    is_open: bool = False,
    has_difference: bool = False,
    after: SessionRow | None = None,
) -> list[SessionRow]:
    """Return one page of cash sessions, newest first.

    Args:
        ctx: The transaction to read in.
        search: Keep sessions whose number, till or cashier contains this text.
        branch: Keep those of the branch with this code.
        is_open: Keep those that are not closed yet.
        has_difference: Keep those that were closed with a difference.
        after: Continue below this row.
    """
    ctx.require(Permission.VIEW_SESSIONS)
    order = (SESSION_LIST.opened_at.desc(), SESSION_LIST.id.desc())
    query = select(*SESSION_LIST).order_by(*order).limit(PAGE_SIZE)
    if search:
        texts = (SESSION_LIST.number, SESSION_LIST.workstation, SESSION_LIST.opened_by)
        query = query.where(or_(*(text.icontains(search, autoescape=True) for text in texts)))
    if branch:
        query = query.where(SESSION_LIST.branch == branch.upper())
    if is_open:
        query = query.where(SESSION_LIST.closed_at.is_(None))
    if has_difference:
        query = query.where(SESSION_LIST.difference != 0)
    if after is not None:
        place = tuple_(SESSION_LIST.opened_at, SESSION_LIST.id)
        query = query.where(place < (after.opened_at, after.id))
    return ctx.rows(SessionRow, query)


def get_session_report(ctx: Context, session_id: UUID) -> SessionReport:
    """Return all figures of a cash session: X while it is open, Z once it is closed.

    Raises:
        NotAllowedError: The user may not see cash sessions.
        NotFoundError: There is none, or none that the user may see.
    """
    ctx.require(Permission.VIEW_SESSIONS)
    found = ctx.call("till.session_report_v1", session_id)
    if found is None:
        raise NotFoundError
    return SessionReport.from_json(found)
