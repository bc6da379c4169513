"""Questions about who changed what, and about what could not be genuine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import column, literal, select, table

from erp_desktop.core.administration.permissions import Permission
from erp_desktop.core.administration.selectors.pages import PAGE_SIZE, asked
from erp_desktop.core.context import Context
from erp_desktop.core.models import view


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One change of one row.

    Attributes:
        application: The program and its workstation, such as erp/ALG-01.
        relation: The table, with its schema.
        operation: INSERT, UPDATE or DELETE.
        changed: Names of the columns that an update changed.
    """

    id: int
    at: datetime
    login: str
    application: str
    relation: str
    key: str
    operation: str
    changed: Sequence[str]


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which changes are asked for; what is empty does not matter.

    Attributes:
        text: A part of the key or of the table's name.
        since: From this moment on.
        before: Up to this moment, excluding it.
        operations: INSERT, UPDATE, DELETE; none for all.
    """

    text: str = ""
    login: str = ""
    relation: str = ""
    since: datetime | None = None
    before: datetime | None = None
    operations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeDetails:
    """A row before and after its change; nothing where there was none."""

    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """Something sent to the gate that cannot be genuine; it had no effect."""

    id: int
    at: datetime
    login: str
    code: str
    envelope: Mapping[str, Any]


_CHANGES = view("core.audit_list", AuditRow).c
_INCIDENTS = view("core.incidents", IncidentRow).c
_AUDIT = table("audit", column("id"), column("old"), column("new"), schema="core").c


def list_changes(
    ctx: Context, wanted: AuditFilter, *, after: AuditRow | None = None
) -> list[AuditRow]:
    """Return one page of changes, newest first.

    Args:
        ctx: The transaction to read in.
        wanted: Which ones.
        after: Continue below this row.
    """
    ctx.require(Permission.VIEW_AUDIT)
    text = wanted.text.strip()
    matches = _CHANGES.key.icontains(text, autoescape=True)
    matches |= _CHANGES.relation.icontains(text, autoescape=True)
    conditions = asked(
        (
            (text, matches),
            (wanted.login, _CHANGES.login == wanted.login),
            (wanted.relation, _CHANGES.relation.icontains(wanted.relation, autoescape=True)),
            (wanted.since, _CHANGES.at >= literal(wanted.since)),
            (wanted.before, _CHANGES.at < literal(wanted.before)),
            (wanted.operations, _CHANGES.operation.in_(wanted.operations)),
            (after, _CHANGES.id < (after.id if after else 0)),
        )
    )
    query = select(*_CHANGES).where(*conditions)
    return ctx.rows(AuditRow, query.order_by(_CHANGES.id.desc()).limit(PAGE_SIZE))


def get_change(ctx: Context, change_id: int) -> ChangeDetails:
    """Return a row before and after a change.

    Raises:
        NotAllowedError: The user may not read the audit log.
        NotFoundError: There is no such change.
    """
    ctx.require(Permission.VIEW_AUDIT)
    return ctx.row(ChangeDetails, select(_AUDIT.old, _AUDIT.new).where(_AUDIT.id == change_id))


def list_incidents(
    ctx: Context, *, login: str = "", after: IncidentRow | None = None
) -> list[IncidentRow]:
    """Return one page of what could not be genuine, newest first.

    Args:
        ctx: The transaction to read in.
        login: Keep what this login sent.
        after: Continue below this row.
    """
    ctx.require(Permission.VIEW_AUDIT)
    conditions = asked(
        (
            (login, _INCIDENTS.login == login),
            (after, _INCIDENTS.id < (after.id if after else 0)),
        )
    )
    query = select(*_INCIDENTS).where(*conditions).order_by(_INCIDENTS.id.desc())
    return ctx.rows(IncidentRow, query.limit(PAGE_SIZE))
