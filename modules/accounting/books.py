"""Journals and cost centres: what the accountant sets up once."""

from dataclasses import asdict, dataclass

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission


@dataclass(frozen=True, slots=True)
class JournalDraft:
    """A journal in which people write."""

    code: str = ""
    name: str = ""
    name_ar: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class CostCentreDraft:
    """A cost centre as it is to be kept."""

    code: str = ""
    name: str = ""
    name_ar: str = ""
    is_active: bool = True


def save_journal(ctx: Context, draft: JournalDraft, *, is_new: bool) -> None:
    """Keep a journal; a new one is for people to write in.

    Raises:
        NotAllowedError: The user may not edit journals.
        JournalCodeTakenError: There is one with the code.
        JournalCodeUnplainError: The code could not stand in a number.
        JournalReservedError: It belongs to documents and stays in use.
    """
    ctx.require(Permission.EDIT_JOURNALS)
    ctx.call("accounting.save_journal_v1", {**asdict(draft), "is_new": is_new})


def save_cost_centre(ctx: Context, draft: CostCentreDraft, *, version: int | None = None) -> int:
    """Keep a cost centre and return its new version.

    Raises:
        NotAllowedError: The user may not edit cost centres.
        StaleRecordError: Somebody changed it after the user read `version`, or has the code.
        CostCentreCodeUnplainError: The code is not plain.
    """
    ctx.require(Permission.EDIT_JOURNALS)
    return int(ctx.call("accounting.save_cost_centre_v1", {**asdict(draft), "version": version}))
