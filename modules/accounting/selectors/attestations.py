"""Attestations: the list, and one with what used it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, text, tuple_

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import Bilingual
from erp_desktop.core.models import view
from modules.accounting.permissions import Permission
from modules.accounting.selectors.pages import PAGE_SIZE
from modules.accounting.selectors.partners import OfPartner

_ONE = text("select accounting.attestation_v1(:wanted)")


@dataclass(frozen=True, slots=True)
class AttestationRow(OfPartner):
    """An attestation, as it stands today.

    Attributes:
        taxes: Codes of the taxes that it suspends.
        ceiling: What may be bought in all, without taxes; None where nothing limits it.
        left: Of the ceiling.
        state: `valid`, `coming`, `used_up`, `expired` or `withdrawn`.
    """

    id: UUID
    version: int
    party_id: UUID
    party: str
    party_ar: str
    number: str
    authority: str
    issued_on: date
    valid_from: date
    valid_to: date
    taxes: Sequence[str]
    ceiling: Decimal | None
    used: Decimal
    left: Decimal | None
    goods: str
    reason: str
    withdrawn_by: str
    made_by: str
    currency: str
    state: str


@dataclass(frozen=True, slots=True)
class AttestationUse:
    """What a document took, or (negative) gave back."""

    kind: str
    document_id: str
    number: str
    dated_on: date
    amount: Decimal
    by: str


@dataclass(frozen=True, slots=True)
class SuspendableTax(Bilingual):
    """A tax that an attestation may suspend."""

    code: str
    name: str
    name_ar: str
    kind: str


@dataclass(frozen=True, slots=True)
class AttestationSheet:
    """An attestation, or none, with what its form offers."""

    found: AttestationRow | None
    uses: tuple[AttestationUse, ...]
    taxes: tuple[SuspendableTax, ...]
    currency: str


ATTESTATION_LIST: Any = view("accounting.attestation_list", AttestationRow).c


def list_attestations(
    ctx: Context,
    words: str = "",
    states: tuple[str, ...] = (),
    *,
    after: AttestationRow | None = None,
) -> list[AttestationRow]:
    """Return a page of attestations, what ends last first.

    Args:
        ctx: The transaction to read in.
        words: Part of number, authority, goods or customer.
        states: Which ones; all of them without.
        after: The last row that is shown already.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    columns = ATTESTATION_LIST
    query = select(*columns).order_by(columns.valid_to.desc(), columns.id.desc())
    if states:
        query = query.where(columns.state.in_(states))
    if words.strip():
        texts = (columns.number, columns.authority, columns.goods, columns.party, columns.party_ar)
        query = query.where(or_(*(t.icontains(words.strip(), autoescape=True) for t in texts)))
    if after is not None:
        query = query.where(tuple_(columns.valid_to, columns.id) < (after.valid_to, after.id))
    return ctx.rows(AttestationRow, query.limit(PAGE_SIZE))


def get_attestation(ctx: Context, attestation_id: UUID | None) -> AttestationSheet:
    """Return an attestation with what used it; without an id what a new one may choose from.

    Raises:
        NotAllowedError: The user may not see the ledger.
        NotFoundError: There is none.
    """
    ctx.require(Permission.VIEW_LEDGER)
    told = ctx.connection.execute(_ONE, {"wanted": attestation_id}).scalar_one()
    if attestation_id is not None and told["attestation"] is None:
        raise NotFoundError
    return AttestationSheet(
        _read(told["attestation"]) if told["attestation"] else None,
        tuple(_use(each) for each in told["uses"]),
        tuple(SuspendableTax(**each) for each in told["taxes"]),
        told["currency"],
    )


def _read(found: Mapping[str, Any]) -> AttestationRow:
    days = {n: date.fromisoformat(found[n]) for n in ("issued_on", "valid_from", "valid_to")}
    amounts = {
        n: None if found[n] is None else Decimal(found[n]) for n in ("ceiling", "used", "left")
    }
    ids = {n: UUID(found[n]) for n in ("id", "party_id")}
    told = {name: found[name] for name in AttestationRow.__dataclass_fields__}
    return AttestationRow(**{**told, **days, **amounts, **ids})


def _use(found: Mapping[str, Any]) -> AttestationUse:
    document, day = found["document"], date.fromisoformat(found["dated_on"])
    about = (document["kind"], document["id"], document["number"])
    return AttestationUse(*about, day, Decimal(found["amount"]), found["by"])
