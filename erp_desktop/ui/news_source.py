"""News from head office for the bell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.errors import OfflineError
from erp_desktop.core.i18n import _
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.notifications import Notice

_MOST = 50


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One row of `core.notification_list_v1`; the message is an English source text."""

    id: UUID
    message: str
    details: dict[str, Any]
    raised_at: datetime
    is_read: bool

    def sentence(self) -> str:
        """Say it in the user's language."""
        try:
            return _(self.message).format(**self.details)
        except (KeyError, IndexError):
            return _(self.message)


def list_notices(ctx: Context) -> list[NoticeRow]:
    """Return the newest notices for this user."""
    return ctx.table("core.notification_list_v1", NoticeRow, most=_MOST)


def mark_read(ctx: Context, ids: Sequence[UUID]) -> None:
    """Note that the user has read these."""
    for notice in ids:
        ctx.call("core.read_notification_v1", notice)


class ServerNews:
    """The `NoticeSource` of the shell."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def unread(self) -> Sequence[Notice]:
        """Return what the user has not read yet, newest first; nothing while the line is cut."""
        try:
            rows = await self._backend.ask(list_notices)
        except OfflineError:
            return []
        return [Notice(row.id, row.sentence(), row.raised_at) for row in rows if not row.is_read]

    async def mark_read(self, ids: Sequence[Any]) -> None:
        """Note that the user has read these."""
        await self._backend.do(mark_read, ids)
