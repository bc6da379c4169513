"""Matching (lettrage): requests for the gate, and what may be written off.

await backend.execute(*match_lines([(debit_entry, 1), (credit_entry, 1)]))
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission

MATCH, UNMATCH = "accounting.match_v1", "accounting.unmatch_v1"
MATCH_ALL = "accounting.match_all_v1"
# In the order in which they are tried.
WAYS = ("reference", "amount", "oldest")

Line: TypeAlias = tuple[UUID, int]
Request: TypeAlias = tuple[str, dict[str, Any]]


def match_lines(lines: Sequence[Line], amounts: Mapping[Line, Decimal] | None = None) -> Request:
    """Return the request to match lines of one account and partner, the oldest first.

    Args:
        lines: Entry and line number of each; debits and credits in any order.
        amounts: How much of some lines, above zero, in the company's currency; else all that is
            open.

    The gate refuses:
        MatchMixedError: They are of several accounts or partners, or one comes twice.
        MatchOneSidedError: There are only debits or only credits.
        MatchLineUnknownError: One cannot be matched, or is of another branch.
        MatchTooMuchError: One has less open.
    """
    parts = amounts or {}
    return MATCH, {
        "lines": [
            {"entry_id": str(entry), "line_no": number}
            | ({"amount": str(parts[entry, number])} if (entry, number) in parts else {})
            for entry, number in lines
        ]
    }


def write_off_rest(
    lines: Sequence[Line], amounts: Mapping[Line, Decimal] | None = None, *, on: date, label: str
) -> Request:
    """Return the request to match lines and to book what is left to gain or loss of settlement.

    Args:
        lines: As for `match_lines`.
        amounts: As for `match_lines`.
        on: The day of the entry that is booked.
        label: What the entry says.

    The gate refuses, besides what it refuses of `match_lines`:
        BeyondToleranceError: More is left than may be written off.
        PeriodClosedError: The day is in a closed period.
        NotAllowedError: The user may not write off.
    """
    _name, payload = match_lines(lines, amounts)
    return MATCH, {**payload, "write_off": True, "on": on.isoformat(), "label": label}


def unmatch_letter(line: Line) -> Request:
    """Return the request to take back all matches of a line's letter.

    The gate refuses:
        MatchUndoneAlreadyError: The line has no letter any more.
        MatchOfDocumentError: A payment or credit note says so; it is taken back there.
        OtherBranchError: A line of the letter is of a branch that is none of the user's.
    """
    return UNMATCH, {"entry_id": str(line[0]), "line_no": line[1]}


def unmatch(match_id: UUID) -> Request:
    """Return the request to take one match back; refused as `unmatch_letter`."""
    return UNMATCH, {"match_id": str(match_id)}


def match_all(*, account: str = "", partner: str = "", ways: Sequence[str] = WAYS) -> Request:
    """Return the request to match everything that is proposed.

    Args:
        account: How the codes of accounts begin; empty for all.
        partner: Part of the partner's name; empty for all.
        ways: Of `WAYS`, in the order in which they are tried.
    """
    return MATCH_ALL, {"account": account, "partner": partner, "ways": list(ways)}


def set_tolerance(ctx: Context, most: Decimal, *, version: int) -> int:
    """Say what may be written off at most, in the company's currency; return the new version.

    Raises:
        NotAllowedError: The user may not change it.
        ToleranceImpossibleError: It is below zero, too large, or finer than the currency.
        StaleRecordError: Somebody changed it after the user read `version`.
    """
    ctx.require(Permission.EDIT_TOLERANCE)
    return int(ctx.call("accounting.set_tolerance_v1", most, version))
