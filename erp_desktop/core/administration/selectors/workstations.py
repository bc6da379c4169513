"""Questions about the computers of the branches."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from erp_desktop.core.administration.permissions import Permission
from erp_desktop.core.administration.selectors.pages import PAGE_SIZE, asked
from erp_desktop.core.context import Context
from erp_desktop.core.models import view


@dataclass(frozen=True, slots=True)
class WorkstationRow:
    """A computer that sends to the gate.

    Attributes:
        prefix: What its numbers begin with, such as ALG-01.
        last_seq: How many commands of its journal have come.
        last_seen_at: When the last of them came.
    """

    id: UUID
    name: str
    prefix: str
    login: str
    branch: str
    branch_name: str
    branch_name_ar: str
    is_active: bool
    enrolled_at: datetime
    last_seq: int
    last_seen_at: datetime | None

    def branch_named(self, speaking: str) -> str:
        """Return its branch's name in a language."""
        has_arabic = speaking == "ar" and bool(self.branch_name_ar)
        return self.branch_name_ar if has_arabic else self.branch_name


_ROWS = view("core.workstation_list", WorkstationRow).c


def list_workstations(
    ctx: Context,
    *,
    search: str = "",
    is_active: bool | None = None,
    after: WorkstationRow | None = None,
) -> list[WorkstationRow]:
    """Return one page of workstations in the order of their prefixes.

    Args:
        ctx: The transaction to read in.
        search: Keep those whose name or prefix contains this text.
        is_active: Keep those that are in use, or those that are disabled.
        after: Continue below this row.
    """
    ctx.require(Permission.ENROL_WORKSTATIONS)
    text = search.strip()
    matches = _ROWS.name.icontains(text, autoescape=True)
    matches |= _ROWS.prefix.icontains(text, autoescape=True)
    conditions = asked(
        (
            (text, matches),
            (is_active is not None, _ROWS.is_active.is_(is_active)),
            (after, _ROWS.prefix > (after.prefix if after else "")),
        )
    )
    query = select(*_ROWS).where(*conditions).order_by(_ROWS.prefix).limit(PAGE_SIZE)
    return ctx.rows(WorkstationRow, query)
