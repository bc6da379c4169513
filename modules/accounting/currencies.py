"""Currencies: rates of days, settling in a currency, and revaluation at the end of a month.

await backend.execute(*settle_lines([(invoice, 1), (payment, 2)]))
await backend.execute(REVALUE, {"on": "2026-03-31", "label": "…"})
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_
from erp_desktop.imports.kinds import Progress
from erp_desktop.imports.writing import ImportReport, write_chunks
from modules.accounting.matching import Line, Request
from modules.accounting.permissions import Permission

SETTLE = "accounting.settle_v1"
REVALUE, UNDO_REVALUATION = "accounting.revalue_v1", "accounting.undo_revaluation_v1"


@dataclass(frozen=True, slots=True)
class RateDraft:
    """What one of a currency is worth from a day on, in the company's currency."""

    currency: str
    rated_on: date
    rate: Decimal
    source: str = ""

    @property
    def code(self) -> str:
        """What tells it from others: its currency and day."""
        return f"{self.currency} {self.rated_on.isoformat()}"

    def as_row(self) -> dict[str, Any]:
        """Return what PostgreSQL reads."""
        return {
            "currency": self.currency,
            "rated_on": self.rated_on.isoformat(),
            "rate": str(self.rate),
            "source": self.source,
        }


def save_rates(
    ctx: Context, drafts: Sequence[RateDraft], *, is_confirmed: bool = False
) -> dict[str, int]:
    """Keep rates, correcting those of days that have one; return how many were created, changed.

    Raises:
        NotAllowedError: The user may not edit rates.
        RateCurrencyError: A code is not made of three letters.
        RateOwnCurrencyError: It is the company's own currency.
        RateImpossibleValueError: It is not above zero, or has more than 8 decimals.
        RateJumpsError: It is far from the one before, and `is_confirmed` is not set.
    """
    ctx.require(Permission.EDIT_RATES)
    return _write(ctx, drafts, may_change=True, is_confirmed=is_confirmed)


def import_rates(
    ctx: Context,
    drafts: Sequence[RateDraft],
    *,
    may_change: bool,
    progress: Progress = lambda _done, _total, _doing: None,
) -> ImportReport:
    """Write the rates of a file, all or none; jumps were shown before and are confirmed by it.

    Raises:
        NotAllowedError: The user may not edit rates.
        RateKnownAlreadyError: A day has another rate, and `may_change` is not set.
        CancelledError: The user cancelled; nothing is written.
        UserError: As `save_rates`.
    """
    ctx.require(Permission.EDIT_RATES)

    def write(some: Sequence[RateDraft]) -> dict[str, int]:
        return _write(ctx, some, may_change=may_change, is_confirmed=True)

    ordered = sorted(drafts, key=lambda draft: (draft.currency, draft.rated_on))
    return write_chunks(ordered, write, progress, N_("Writing rates…"))


def _write(
    ctx: Context, drafts: Sequence[RateDraft], *, may_change: bool, is_confirmed: bool
) -> dict[str, int]:
    rows = [draft.as_row() for draft in drafts]
    told: dict[str, int] = ctx.call("accounting.save_rates_v1", rows, may_change, is_confirmed)
    return told


def remove_rate(ctx: Context, currency: str, rated_on: date) -> None:
    """Take the rate of a day away; entries that used it stay.

    Raises:
        NotAllowedError: The user may not edit rates.
        NotFoundError: There is none.
    """
    ctx.require(Permission.EDIT_RATES)
    ctx.call("accounting.remove_rate_v1", currency, rated_on)


def set_rate_jump(ctx: Context, most: Decimal, *, version: int) -> int:
    """Say by how many per cent a rate may differ from the one before; return the new version.

    Raises:
        NotAllowedError: The user may not edit rates.
        RateJumpImpossibleError: It is not above 0 and up to 100.
        StaleRecordError: Somebody changed it after the user read `version`.
    """
    ctx.require(Permission.EDIT_RATES)
    return int(ctx.call("accounting.set_rate_jump_v1", most, version))


def settle_lines(
    lines: Sequence[Line], amounts: Mapping[Line, Decimal] | None = None, *, label: str = ""
) -> Request:
    """Return the request to settle lines of one partner in one currency, the oldest first.

    What they were worth differently becomes gain or loss of exchange.

    Args:
        lines: Entry and line number of each; debits and credits in any order.
        amounts: How much of some lines, above zero, in their currency; else all that is open.
        label: What the entry of the gain or loss says; else the label of the document.

    The gate refuses:
        SettleMixedError: They are of several accounts, partners or currencies, or in the
            company's own.
        MatchOneSidedError: There are only debits or only credits.
        SettleTooMuchError: One has less open.
    """
    parts = amounts or {}
    return SETTLE, {
        "lines": [
            {"entry_id": str(entry), "line_no": number}
            | ({"amount": str(parts[entry, number])} if (entry, number) in parts else {})
            for entry, number in lines
        ],
        "label": label,
    }
