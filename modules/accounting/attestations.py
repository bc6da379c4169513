"""Attestations by which customers buy without a tax: kept and withdrawn."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission


@dataclass(frozen=True, slots=True)
class AttestationDraft:
    """An attestation as it is typed.

    Attributes:
        taxes: Codes of the taxes that it suspends.
        ceiling: What may be bought in all, without taxes; None where nothing limits it.
        goods: What it is for, in its own words.
    """

    id: UUID
    party_id: UUID | None
    number: str
    authority: str
    issued_on: date | None
    valid_from: date | None
    valid_to: date | None
    taxes: tuple[str, ...]
    ceiling: Decimal | None = None
    goods: str = ""


def save_attestation(ctx: Context, draft: AttestationDraft, *, version: int | None = None) -> int:
    """Keep an attestation and return its new version.

    Args:
        ctx: The transaction to write in.
        draft: How it is to be.
        version: What the user saw; None creates it.

    Raises:
        NotAllowedError: The user may not edit attestations.
        StaleRecordError: Somebody changed or used it after the user read `version`.
        AttestationIncompleteError: A field is missing or impossible.
        AttestationKnownError: The customer's paper is there already.
        AttestationInUseError: Documents used what would change.
        AttestationUsedMoreError: More is used than the ceiling.
        AttestationWithdrawnError: It is withdrawn.
    """
    ctx.require(Permission.EDIT_ATTESTATIONS)
    days = {
        name: day.isoformat() if day else None
        for name, day in (
            ("issued_on", draft.issued_on),
            ("valid_from", draft.valid_from),
            ("valid_to", draft.valid_to),
        )
    }
    told = {
        "id": str(draft.id),
        "version": version,
        "party_id": str(draft.party_id) if draft.party_id else None,
        "number": draft.number,
        "authority": draft.authority,
        "taxes": list(draft.taxes),
        "ceiling": None if draft.ceiling is None else str(draft.ceiling),
        "goods": draft.goods,
        **days,
    }
    return int(ctx.call("accounting.save_attestation_v1", told))


def withdraw_attestation(ctx: Context, attestation_id: UUID, reason: str) -> None:
    """Let nothing use an attestation from now on.

    Raises:
        NotAllowedError: The user may not edit attestations.
        NotFoundError: There is none.
        AttestationReasonError: Nobody said why.
        AttestationWithdrawnError: It is withdrawn already.
    """
    ctx.require(Permission.EDIT_ATTESTATIONS)
    ctx.call("accounting.withdraw_attestation_v1", attestation_id, reason)
