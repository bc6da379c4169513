"""Files that belong to documents: a scanned bill with its entry, a contract with an invoice."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from erp_desktop.core.commands import uuid7
from erp_desktop.core.context import Context
from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_
from erp_desktop.core.tables import AttachmentRecord

MOST = 10 << 20
_NAME_LENGTH = 200


class AttachmentTooLargeError(UserError):
    """A file that would make every backup heavy."""

    code = "core.attachment_too_large"
    message = N_("{file} is larger than 10 MB. Scan it in grey or at 200 dpi, or split it.")
    constraints = ("attachments_fit",)


class AttachmentUnreadableError(UserError):
    """A file that is empty, or that the system does not let us read."""

    code = "core.attachment_unreadable"
    message = N_("{file} is empty or cannot be read. Open it to see whether it is whole.")
    constraints = ("attachments_have_a_name",)


@dataclass(frozen=True, slots=True)
class Subject:
    """What files belong to.

    Attributes:
        kind: Such as `accounting.entry`; its module says who may see and add files.
        branch_id: Whose document it is; None if it belongs to the whole company.
    """

    kind: str
    id: UUID
    branch_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file without its content; `size` is in bytes."""

    id: UUID
    name: str
    size: int
    added_by: str
    added_at: datetime


def read_file(path: Path) -> bytes:
    """Return the content of a file that shall be attached.

    Raises:
        AttachmentTooLargeError: It has more than 10 MiB.
        AttachmentUnreadableError: It is empty, or cannot be read.
    """
    try:
        if path.stat().st_size > MOST:
            raise AttachmentTooLargeError(file=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise AttachmentUnreadableError(file=path.name) from error
    if not content:
        raise AttachmentUnreadableError(file=path.name)
    return content


def list_attachments(ctx: Context, subject: Subject) -> list[Attachment]:
    """Return the files of a document, oldest first; none of those the user may not see."""
    kept = AttachmentRecord
    columns = (kept.id, kept.name, kept.size, kept.added_by, kept.added_at)
    query = select(*columns).where(kept.subject_id == subject.id, kept.kind == subject.kind)
    return ctx.rows(Attachment, query.order_by(kept.added_at, kept.id))


def read_attachment(ctx: Context, attachment_id: UUID) -> bytes:
    """Return the content of a file.

    Raises:
        NotFoundError: There is none, or none that the user may see.
    """
    query = select(AttachmentRecord.content).where(AttachmentRecord.id == attachment_id)
    return ctx.row(bytes, query)


def attach(ctx: Context, subject: Subject, name: str, content: bytes) -> None:
    """Keep a file with a document; a long name loses its middle.

    Raises:
        NotAllowedError: The user may not add files to such documents.
        OtherBranchError: The document belongs to a branch that is not the user's.
        AttachmentTooLargeError: It has more than 10 MiB.
    """
    kept = {
        "id": str(uuid7()),
        "kind": subject.kind,
        "subject_id": str(subject.id),
        "branch_id": str(subject.branch_id) if subject.branch_id else None,
        "name": _shortened(name),
    }
    ctx.call("core.attach_v1", kept, content)


def detach(ctx: Context, attachment_id: UUID) -> None:
    """Show a file with its document no more; who did so is kept, and so is the file.

    Raises:
        NotAllowedError: The user may not change files of such documents.
        NotFoundError: There is none, or none that the user may see.
    """
    ctx.call("core.detach_v1", attachment_id)


def _shortened(name: str) -> str:
    if len(name) <= _NAME_LENGTH:
        return name
    suffix = Path(name).suffix[: _NAME_LENGTH // 4]
    return f"{name[: _NAME_LENGTH - len(suffix) - 1]}…{suffix}"
