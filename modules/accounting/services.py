"""Changes accounting can make. Each runs inside the caller's transaction."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission


@dataclass(frozen=True, slots=True)
class TaxDraft:
    """A tax as it is to be kept; its rates have dates of their own.

    Attributes:
        kind: `vat`, or `excise` for a tax that belongs to the base of others.
        base_taxes: Codes of the taxes that belong to its base, each after those of its own base.
        article: What an invoice quotes where the rate is zero.
    """

    code: str = ""
    name: str = ""
    name_ar: str = ""
    kind: str = "vat"
    base_taxes: tuple[str, ...] = ()
    article: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class TaxRateDraft:
    """What a tax amounts to between two days; the rate is a part of one."""

    tax_code: str
    rate: Decimal
    valid_from: date
    valid_to: date | None = None
    legal_ref: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class LawDraft:
    """What the law says between two days; amounts in the value are texts."""

    kind: str
    code: str
    valid_from: date
    valid_to: date | None = None
    value: Mapping[str, Any] = field(default_factory=dict)
    legal_ref: str = ""
    doubt: str = ""


def close_period(ctx: Context, period_id: UUID) -> None:
    """Let a period take no more entries; facts that come late go to the next open day.

    Raises:
        NotAllowedError: The user may not manage periods.
        NotFoundError: There is no such period.
    """
    ctx.require(Permission.MANAGE_PERIODS)
    ctx.call("accounting.close_period_v1", period_id, "closed")


def reopen_period(ctx: Context, period_id: UUID, reason: str) -> None:
    """Let a closed period take entries again; the reason is kept.

    Raises:
        NotAllowedError: The user may not manage periods.
        NotFoundError: There is no such period.
        ReasonMissingError: Nobody said why.
        PeriodFinalError: Its year is closed for good.
    """
    ctx.require(Permission.MANAGE_PERIODS)
    ctx.call("accounting.reopen_period_v1", period_id, reason)


def lock_role(ctx: Context, role: str, before: date | None) -> None:
    """Let a role post nothing before a day; no day unlocks it.

    Raises:
        NotAllowedError: The user may not manage periods.
        NotFoundError: There is no such role.
    """
    ctx.require(Permission.MANAGE_PERIODS)
    ctx.call("accounting.lock_role_v1", role, before)


def roll_balances(ctx: Context) -> int:
    """Add what was posted since the last time to the balances; return how many sums changed.

    The worker does this every 30 seconds. Reports are exact without it, only slower.

    Raises:
        NotAllowedError: Only the worker may.
    """
    ctx.require(Permission.ROLL_LEDGER)
    rolled: int = ctx.call("accounting.roll_balances_v1")
    return rolled


def seal_entries(ctx: Context) -> int:
    """Seal what was posted since the last time; return how many entries.

    The worker does this every 30 seconds: a sale waits for no seal.

    Raises:
        NotAllowedError: Only the worker may.
    """
    ctx.require(Permission.ROLL_LEDGER)
    return int(ctx.call("accounting.seal_entries_v1"))


def save_tax(ctx: Context, draft: TaxDraft, *, version: int | None = None) -> int:
    """Keep a tax and return its new version.

    Args:
        ctx: The transaction to write in.
        draft: How it is to be.
        version: What the user saw; None creates it.

    Raises:
        NotAllowedError: The user may not edit the rules of the country.
        StaleRecordError: Somebody changed it after the user read `version`.
        TaxCodeTakenError: Another tax has the code.
        TaxCodeUnplainError: The code is not plain.
        BaseTaxesUnclearError: Its base names taxes that are unknown or out of order.
    """
    ctx.require(Permission.EDIT_LAW)
    given = {**asdict(draft), "base_taxes": list(draft.base_taxes), "version": version}
    return int(ctx.call("accounting.save_tax_v1", given))


def save_tax_rate(ctx: Context, draft: TaxRateDraft, *, version: int | None = None) -> int:
    """Keep the rate of a tax and return its new version; a new one ends the one that was open.

    Args:
        ctx: The transaction to write in.
        draft: How it is to be; tax and first day say which one it is.
        version: What the user saw, to correct or end it; None adds it.

    Raises:
        NotAllowedError: The user may not edit the rules of the country.
        StaleRecordError: Somebody changed it after the user read `version`.
        ValidityOverlapsError: The tax has another rate on one of the days.
        ValueBeginsTwiceError: A rate begins on that day already.
        ValueEndsTooEarlyError: It ends before it begins.
        RateImpossibleError: It is less than zero, or the whole and more.
        SourceMissingError: It says no text of the law.
    """
    ctx.require(Permission.EDIT_LAW)
    return int(ctx.call("accounting.save_tax_rate_v1", _as_json(draft, version)))


def save_law_value(
    ctx: Context, value_id: UUID, draft: LawDraft, *, version: int | None = None
) -> int:
    """Keep a value of the law and return its new version; a new one ends the one that was open.

    Args:
        ctx: The transaction to write in.
        value_id: Its id; a new one for a new value.
        draft: How it is to be.
        version: What the user saw, to correct or end it; None adds it.

    Raises:
        NotAllowedError: The user may not edit the rules of the country.
        StaleRecordError: Somebody changed it after the user read `version`.
        ValidityOverlapsError: The rule has another value on one of the days.
        ValueBeginsTwiceError: A value begins on that day already.
        ValueEndsTooEarlyError: It ends before it begins.
        LawUnreadableError: Tills and invoices could not reckon with the value.
        LawCodeUnplainError: The code is not plain.
        SourceMissingError: It says no text of the law.
    """
    ctx.require(Permission.EDIT_LAW)
    given = {**_as_json(draft, version), "id": str(value_id)}
    return int(ctx.call("accounting.save_law_value_v1", given))


def _as_json(draft: TaxRateDraft | LawDraft, version: int | None) -> dict[str, Any]:
    """Return what PostgreSQL reads: dates and amounts travel as text."""
    exact = {
        name: None if value is None else str(value)
        for name, value in asdict(draft).items()
        if isinstance(value, Decimal | date | None)
    }
    return {**asdict(draft), **exact, "version": version}
