"""Paying suppliers by bank: how each is paid, drafts, and orders that go through the gate.

backend.execute(ORDER_TRANSFERS, {"order_id": str(draft.id), "draft": draft.as_json(3)})
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission

ORDER_TRANSFERS = "accounting.order_transfers_v1"
CANCEL_TRANSFERS = "accounting.cancel_transfers_v1"


@dataclass(frozen=True, slots=True)
class PayeeDraft:
    """How a partner is paid by bank; RIB and IBAN may hold spaces.

    Attributes:
        holder: Whom the account belongs to; empty for the partner's own name.
    """

    party_id: UUID
    holder: str = ""
    bank: str = ""
    rib: str = ""
    iban: str = ""
    bic: str = ""


@dataclass(frozen=True, slots=True)
class TransferDraft:
    """One line: an open line that is paid or a part of it; without one, an advance.

    Attributes:
        reason: What the supplier reads on his statement.
    """

    party_id: UUID
    amount: Decimal
    reason: str
    entry_id: UUID | None = None
    entry_line: int | None = None


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order as it is to be kept.

    Attributes:
        is_batch: The bank debits all of it at once.
    """

    id: UUID
    branch_id: UUID
    bank_account_id: UUID
    dated_on: date
    lines: Sequence[TransferDraft] = ()
    is_batch: bool = True

    def as_json(self, version: int | None = None) -> dict[str, Any]:
        """Return what PostgreSQL reads: amounts and days travel as text."""
        lines = [
            {
                "party_id": str(line.party_id),
                "entry_id": str(line.entry_id) if line.entry_id else None,
                "entry_line": line.entry_line,
                "amount": str(line.amount),
                "reason": line.reason,
            }
            for line in self.lines
        ]
        return {
            "id": str(self.id),
            "version": version,
            "branch_id": str(self.branch_id),
            "bank_account_id": str(self.bank_account_id),
            "dated_on": self.dated_on.isoformat(),
            "is_batch": self.is_batch,
            "lines": lines,
        }


def save_payee(ctx: Context, draft: PayeeDraft, *, version: int = 0) -> int:
    """Keep how a partner is paid, and return its new version; 0 is one that is not there yet.

    Raises:
        NotAllowedError: The user may not change how partners are paid.
        NotFoundError: The books know no such partner.
        StaleRecordError: Somebody changed it after the user read `version`.
        RibWrongError: The RIB was mistyped.
        IbanWrongError: The IBAN was mistyped.
        IbanOfAnotherRibError: RIB and IBAN mean two accounts.
        BicWrongError: The BIC was mistyped.
    """
    ctx.require(Permission.EDIT_PAYEES)
    told = {**asdict(draft), "party_id": str(draft.party_id), "version": version}
    return int(ctx.call("accounting.save_payee_v1", told))


def save_transfer_order(ctx: Context, draft: OrderDraft, *, version: int | None = None) -> int:
    """Keep a draft and return its new version; nothing is posted.

    Raises:
        NotAllowedError: The user may not make transfer orders.
        OtherBranchError: It is of none of the user's branches.
        TransferBankElsewhereError: The bank account is of another branch.
        TransferBankUnfitError: It is closed, or in another currency.
        TransferLineIncompleteError: A line has no amount or no reason.
        TransferLineAmountError: An amount is no amount.
        TransferLineClosedError: What a line pays is no open line of its supplier.
        TransferBeyondOpenError: A line pays more than is open.
        TransferLineTwiceError: Two lines pay the same.
        StaleRecordError: Somebody changed or gave it after the user read `version`.
    """
    ctx.require(Permission.MAKE_TRANSFERS)
    return int(ctx.call("accounting.save_transfer_order_v1", draft.as_json(version)))


def discard_transfer_order(ctx: Context, order_id: UUID) -> None:
    """Throw a draft away.

    Raises:
        NotAllowedError: The user may not make transfer orders.
        TransferOrderStaysError: It was given to the bank.
    """
    ctx.require(Permission.MAKE_TRANSFERS)
    ctx.call("accounting.discard_transfer_order_v1", order_id)
