"""The chart of accounts: what a company adds, renames, imports, and lets documents post to."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_
from erp_desktop.imports.kinds import Progress
from erp_desktop.imports.writing import ImportReport, write_chunks
from modules.accounting.permissions import Permission


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """An account as it is to be kept; `metadata` holds what the company adds."""

    code: str = ""
    name: str = ""
    name_ar: str = ""
    is_active: bool = True
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportedAccount:
    """An account of a file; None is what the file does not say."""

    code: str
    name: str | None = None
    name_ar: str | None = None
    is_active: bool | None = None

    def as_row(self) -> dict[str, Any]:
        """Return what the file says, and nothing else."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def save_account(ctx: Context, draft: AccountDraft, *, version: int | None = None) -> int:
    """Keep an account and return its new version; its code stays as it was made.

    Args:
        ctx: The transaction to write in.
        draft: How it is to be.
        version: What the user saw; None makes a new account.

    Raises:
        NotAllowedError: The user may not edit the chart.
        AccountCodeTakenError: There is one with the code.
        AccountCodeUnplainError: The code is not made of 1 to 12 digits.
        AccountWithoutClassError: No class stands above it.
        AccountAboveUsedError: The account above it holds lines of its own.
        AccountNameMissingError: It has no name.
        AccountPlaysRoleError: Documents post to it, so it stays in use.
        AccountNotEmptyError: It has a balance, so it stays in use.
        StaleRecordError: Somebody changed it after the user read `version`.
    """
    ctx.require(Permission.EDIT_CHART)
    return int(ctx.call("accounting.save_account_v1", asdict(draft), version))


def import_accounts(
    ctx: Context,
    drafts: Sequence[ImportedAccount],
    *,
    may_change: bool,
    progress: Progress = lambda _done, _total, _doing: None,
) -> ImportReport:
    """Write accounts, each code once, all or none of them; what a draft does not say stays.

    Raises:
        NotAllowedError: The user may not edit the chart.
        AccountCodeTakenError: A code exists already, and `may_change` is not set.
        CancelledError: The user cancelled; nothing is written.
        UserError: As `save_account`.
    """
    ctx.require(Permission.EDIT_CHART)

    def write(some: Sequence[ImportedAccount]) -> dict[str, int]:
        rows = [draft.as_row() for draft in some]
        told: dict[str, int] = ctx.call("accounting.import_accounts_v1", rows, may_change)
        return told

    # Above before below: a class is there before its accounts, whatever the order of the file.
    ordered = sorted(drafts, key=lambda draft: draft.code)
    return write_chunks(ordered, write, progress, N_("Writing accounts…"))


def save_account_role(ctx: Context, role: str, qualifier: str, account: str) -> None:
    """Let documents post to another account from now on; entries that stand do not move.

    Raises:
        NotAllowedError: The user may not edit the chart.
        NotFoundError: There is no such role.
        AccountUnknownError: There is no account with this code.
        RoleAccountInactiveError: The account is not in use.
        RoleAccountIsGroupError: The account has accounts beneath it, which take the lines.
    """
    ctx.require(Permission.EDIT_CHART)
    ctx.call("accounting.save_account_role_v1", role, qualifier, account)
