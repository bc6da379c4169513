"""The tables of the core as classes: company, people, audit, gate, outbox."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base, Xid8

_SCHEMA = {"schema": "core"}


class Company(Base):
    """The one company of this database."""

    __tablename__ = "company"
    __table_args__ = (UniqueConstraint("only_one"), _SCHEMA)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_ar: Mapped[str]
    country: Mapped[str]
    currency: Mapped[str]
    identifiers: Mapped[dict[str, Any]]
    address: Mapped[str]
    address_ar: Mapped[str]
    phone: Mapped[str]
    epoch: Mapped[int] = mapped_column(Integer())
    min_client: Mapped[str]
    only_one: Mapped[bool]


class BranchRecord(Base):
    """A branch office."""

    __tablename__ = "branches"
    __table_args__ = (
        UniqueConstraint("code", name="branches_code_is_taken"),
        Index("branches_metadata", "metadata", postgresql_using="gin"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    name_ar: Mapped[str]
    is_active: Mapped[bool]
    extra: Mapped[dict[str, Any]] = mapped_column("metadata")


class Role(Base):
    """What somebody does at a branch office."""

    __tablename__ = "roles"
    __table_args__ = _SCHEMA

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class Right(Base):
    """Something that a user may be allowed to do."""

    __tablename__ = "permissions"
    __table_args__ = _SCHEMA

    code: Mapped[str] = mapped_column(primary_key=True)
    module: Mapped[str]


class RoleRight(Base):
    """A right that a role holds."""

    __tablename__ = "role_permissions"
    __table_args__ = _SCHEMA

    role: Mapped[str] = mapped_column(ForeignKey("core.roles.code"), primary_key=True)
    permission: Mapped[str] = mapped_column(ForeignKey("core.permissions.code"), primary_key=True)


class UserRecord(Base):
    """A person who signs in."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("login", name="users_login_is_taken"), _SCHEMA)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    login: Mapped[str]
    name: Mapped[str]
    name_ar: Mapped[str]
    language: Mapped[str]
    home_branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.branches.id"))
    sees_all_branches: Mapped[bool]
    is_active: Mapped[bool]
    is_system: Mapped[bool]
    limits: Mapped[dict[str, Any]]
    changed_xid: Mapped[int] = mapped_column(Xid8)
    created_at: Mapped[datetime] = mapped_column(MOMENT)


class UserBranch(Base):
    """A branch that a user may see."""

    __tablename__ = "user_branches"
    __table_args__ = _SCHEMA

    user_id: Mapped[UUID] = mapped_column(ForeignKey("core.users.id"), primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"), primary_key=True)


class UserRole(Base):
    """A role that a user has."""

    __tablename__ = "user_roles"
    __table_args__ = _SCHEMA

    user_id: Mapped[UUID] = mapped_column(ForeignKey("core.users.id"), primary_key=True)
    role: Mapped[str] = mapped_column(ForeignKey("core.roles.code"), primary_key=True)


class WorkstationRecord(Base):
    """A computer of a branch, with a series and a login of its own."""

    __tablename__ = "workstations"
    __table_args__ = (
        UniqueConstraint("prefix", name="workstations_prefix_is_taken"),
        UniqueConstraint("login", name="workstations_login_is_taken"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    name: Mapped[str]
    prefix: Mapped[str]
    login: Mapped[str]
    is_active: Mapped[bool]
    enrolled_at: Mapped[datetime] = mapped_column(MOMENT)
    last_seq: Mapped[int]
    last_hash: Mapped[str]


class SigningKey(Base):
    """The public half of the key with which a user signs on a workstation."""

    __tablename__ = "signing_keys"
    __table_args__ = (UniqueConstraint("user_id", "workstation_id", "public_key"), _SCHEMA)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("core.users.id"))
    workstation_id: Mapped[UUID] = mapped_column(ForeignKey("core.workstations.id"))
    public_key: Mapped[str]
    registered_at: Mapped[datetime] = mapped_column(MOMENT)
    revoked_at: Mapped[datetime | None] = mapped_column(MOMENT)


class AuditLine(Base):
    """Who changed a row, when, from where, and how."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("audit_at", "at", postgresql_using="brin"),
        Index("audit_relation_key", "relation", "key"),
        _SCHEMA,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(MOMENT)
    login: Mapped[str]
    application: Mapped[str]
    relation: Mapped[str]
    key: Mapped[str]
    operation: Mapped[str]
    old: Mapped[dict[str, Any] | None]
    new: Mapped[dict[str, Any] | None]


class FeedSet(Base):
    """Rows that workstations keep a replica of."""

    __tablename__ = "feed_sets"
    __table_args__ = _SCHEMA

    name: Mapped[str] = mapped_column(primary_key=True)
    reader: Mapped[str]


class Tombstone(Base):
    """A row that left the replicas."""

    __tablename__ = "tombstones"
    __table_args__ = (Index("tombstones_changed_xid", "changed_xid"), _SCHEMA)

    id: Mapped[int] = mapped_column(primary_key=True)
    set_name: Mapped[str]
    key: Mapped[str]
    branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.branches.id"))
    changed_xid: Mapped[int] = mapped_column(Xid8)


class CommandType(Base):
    """What may be commanded."""

    __tablename__ = "command_types"
    __table_args__ = _SCHEMA

    name: Mapped[str] = mapped_column(primary_key=True)
    module: Mapped[str]
    permission: Mapped[str] = mapped_column(ForeignKey("core.permissions.code"))
    is_fact: Mapped[bool]
    handler: Mapped[str]


class CommandRecord(Base):
    """What was commanded, and what became of it."""

    __tablename__ = "commands"
    __table_args__ = (
        Index("commands_workstation_id_seq", "workstation_id", "seq"),
        Index("commands_branch_id_received_at", "branch_id", "received_at"),
        Index(
            "commands_unverified",
            "received_at",
            postgresql_where=text("authenticity = 'unverified'"),
        ),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    body: Mapped[str]
    content_hash: Mapped[bytes] = mapped_column(LargeBinary())
    actor_login: Mapped[str]
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.users.id"))
    workstation_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.workstations.id"))
    branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.branches.id"))
    seq: Mapped[int | None]
    prev: Mapped[str]
    hash: Mapped[str]
    signature: Mapped[str]
    happened_at: Mapped[datetime] = mapped_column(MOMENT)
    received_at: Mapped[datetime] = mapped_column(MOMENT)
    received_from: Mapped[str]
    state: Mapped[str]
    is_parked: Mapped[bool]
    result: Mapped[dict[str, Any]]
    flags: Mapped[dict[str, Any]]
    authenticity: Mapped[str]


class Review(Base):
    """A flagged fact, until somebody has looked at it."""

    __tablename__ = "reviews"
    __table_args__ = (
        Index(
            "reviews_open", "branch_id", "raised_at", postgresql_where=text("resolved_at is null")
        ),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    command_id: Mapped[UUID] = mapped_column(ForeignKey("core.commands.id"))
    branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.branches.id"))
    code: Mapped[str]
    details: Mapped[dict[str, Any]]
    raised_at: Mapped[datetime] = mapped_column(MOMENT)
    resolved_at: Mapped[datetime | None] = mapped_column(MOMENT)
    resolved_by: Mapped[UUID | None] = mapped_column(ForeignKey("core.users.id"))
    note: Mapped[str]


class Incident(Base):
    """What was sent to the gate and cannot be genuine."""

    __tablename__ = "incidents"
    __table_args__ = _SCHEMA

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(MOMENT)
    login: Mapped[str]
    code: Mapped[str]
    envelope: Mapped[dict[str, Any]]


class EventRecord(Base):
    """What modules told each other."""

    __tablename__ = "events"
    __table_args__ = (Index("events_topic", "topic", "id"), _SCHEMA)

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str]
    payload: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(MOMENT)


class Subscription(Base):
    """Who wants to hear of a topic."""

    __tablename__ = "subscriptions"
    __table_args__ = _SCHEMA

    topic: Mapped[str] = mapped_column(primary_key=True)
    task: Mapped[str] = mapped_column(primary_key=True)


class Notification(Base):
    """What the people of a branch are told."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("about", name="notifications_are_said_once"),
        Index("notifications_branch_id_raised_at", "branch_id", "raised_at"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    permission: Mapped[str] = mapped_column(ForeignKey("core.permissions.code"))
    about: Mapped[str]
    message: Mapped[str]
    details: Mapped[dict[str, Any]]
    raised_at: Mapped[datetime] = mapped_column(MOMENT)


class NotificationRead(Base):
    """Who has read a notice."""

    __tablename__ = "notifications_read"
    __table_args__ = _SCHEMA

    notification_id: Mapped[UUID] = mapped_column(
        ForeignKey("core.notifications.id"), primary_key=True
    )
    user_id: Mapped[UUID] = mapped_column(ForeignKey("core.users.id"), primary_key=True)


class AppliedObject(Base):
    """A file of `sql/*/objects` as it was applied."""

    __tablename__ = "objects"
    __table_args__ = _SCHEMA

    path: Mapped[str] = mapped_column(Text(), primary_key=True)
    digest: Mapped[str]
    applied_at: Mapped[datetime] = mapped_column(MOMENT)


class AttachmentKind(Base):
    """To what files can belong, and who may see and add them."""

    __tablename__ = "attachment_kinds"
    __table_args__ = _SCHEMA

    kind: Mapped[str] = mapped_column(primary_key=True)
    view_permission: Mapped[str]
    edit_permission: Mapped[str]


class AttachmentRecord(Base):
    """A file that belongs to a document."""

    __tablename__ = "attachments"
    __table_args__ = (Index("attachments_subject_id", "subject_id", "kind"), _SCHEMA)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(ForeignKey("core.attachment_kinds.kind"))
    subject_id: Mapped[UUID]
    branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.branches.id"))
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary())
    size: Mapped[int]
    sha256: Mapped[str]
    added_by: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(MOMENT)
    removed_by: Mapped[str | None]
    removed_at: Mapped[datetime | None] = mapped_column(MOMENT)
