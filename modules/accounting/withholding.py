"""Withholding tax: what a payer keeps back for the state; certificates go through the gate.

backend.execute(WITHHOLD, {"side": "issued", "kind": "purchases", "amount": "11.900", …})
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.money import CURRENCIES, round_money
from modules.accounting.permissions import Permission

WITHHOLD = "accounting.withhold_v1"
UNDO_WITHHOLDING = "accounting.undo_withholding_v1"
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is kept back: `amount` is `rate` of `base`."""

    base: Decimal
    rate: Decimal
    amount: Decimal


def withheld_of(
    law: Mapping[str, Any], total: Decimal, vat: Decimal, currency: str, *, is_attested: bool
) -> Withheld:
    """Return what a law of kind `withholding` keeps back of a document.

    `accounting.withheld_of` is its twin; a test asks both the same.

    Args:
        law: `base` (`total`, `net` or `vat`), `rate`, `free_up_to`, perhaps `attested`.
        total: With tax, without stamp.
        vat: The tax in it.
        currency: The company's.
        is_attested: Whether there is a valid attestation that taxes are paid.
    """
    base = {"vat": vat, "net": total - vat}.get(str(law.get("base")), total)
    rate = Decimal(law["attested"] if is_attested and "attested" in law else law["rate"])
    if total <= Decimal(law.get("free_up_to") or 0):
        rate = _ZERO
    return Withheld(base, rate, round_money(base * rate, CURRENCIES[currency]))


def name_withholding(ctx: Context, withholding_id: UUID, number: str) -> None:
    """Say the number of a customer's certificate that was to come.

    Raises:
        NotAllowedError: The user may not make certificates.
        NotFoundError: There is none, or none that the user may see.
        WithholdingIncompleteError: The number is missing.
        WithholdingUndoneError: It is undone.
        WithholdingNumberedError: It has another number already.
        WithholdingKnownError: The document has a certificate of this number already.
    """
    ctx.require(Permission.WITHHOLD)
    ctx.call("accounting.name_withholding_v1", withholding_id, number)
