"""Templates: entries that come again, by hand or every so many months."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context
from modules.accounting.entries import EntryDraft
from modules.accounting.permissions import Permission


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """An entry that comes again.

    Attributes:
        entry: Its journal, branch, label and lines; amounts may be left out.
        every_months: It falls due so often from `starts_on` on; None for what is used by hand.
        ends_on: The last day on which it may fall due.
        is_automatic: The worker posts it; without this a person does.
    """

    name: str
    entry: EntryDraft
    every_months: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    is_automatic: bool = False
    is_active: bool = True

    def as_json(self) -> dict[str, Any]:
        """Return what PostgreSQL reads."""
        return {
            **self.entry.as_json(),
            "name": self.name,
            "every_months": self.every_months,
            "starts_on": self.starts_on.isoformat() if self.starts_on else None,
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "is_automatic": self.is_automatic,
            "is_active": self.is_active,
        }


def save_template(
    ctx: Context, template_id: UUID, draft: TemplateDraft, *, version: int | None = None
) -> int:
    """Keep a template and return its new version; another rhythm counts afresh.

    Raises:
        NotAllowedError: The user may not post entries.
        StaleRecordError: Somebody changed it after the user read `version`.
        TemplateNameMissingError: It has no name.
        TemplateNameTakenError: Another one of the branch has the name.
        IntervalMissingError: It shall post itself, but nobody said when.
        EntryUnbalancedByHandError: It shall post itself, but does not balance.
    """
    ctx.require(Permission.POST_ENTRIES)
    given = {**draft.as_json(), "id": str(template_id), "version": version}
    return int(ctx.call("accounting.save_template_v1", given))


def post_automatic(ctx: Context) -> int:
    """Post what is due of templates that need nobody; return how many entries.

    The worker does this every hour. What is refused, such as in a closed period, stays due.

    Raises:
        NotAllowedError: Only the worker may.
    """
    ctx.require(Permission.POST_DUE)
    return int(ctx.call("accounting.post_automatic_v1"))
