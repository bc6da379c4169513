"""Petty cash: boxes are kept here; expenses and counts go through the gate.

backend.execute(SPEND_CASH, {"box_id": …, "on": …, "amount": "119.00", "account": "607", …})
"""

from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission

SPEND_CASH = "accounting.spend_cash_v1"
UNDO_VOUCHER = "accounting.undo_voucher_v1"
COUNT_CASH = "accounting.count_cash_v1"


@dataclass(frozen=True, slots=True)
class CashBoxDraft:
    """A cash box as it is typed; `account` is the code of its own account of the ledger."""

    id: UUID
    code: str = ""
    name: str = ""
    name_ar: str = ""
    branch_id: UUID | None = None
    account: str = ""
    custodian: str = ""
    ceiling: Decimal | None = None
    is_active: bool = True


def save_cash_box(ctx: Context, draft: CashBoxDraft, *, version: int | None = None) -> int:
    """Keep a cash box and return its new version.

    Raises:
        NotAllowedError: The user may not edit cash boxes.
        OtherBranchError: It is of a branch that the user may not see.
        CashBoxIncompleteError: Code, name or ceiling are missing or impossible.
        CashBoxAccountError: The account cannot be its own.
        CashBoxUsedError: Account or branch of one that is in use.
        CashBoxCodeTakenError: Another one has the code.
        CashBoxAccountTakenError: Another one is kept on the account.
        StaleRecordError: Somebody changed it after the user read `version`.
    """
    ctx.require(Permission.EDIT_CASH_BOXES)
    told = {n: str(v) if isinstance(v, UUID | Decimal) else v for n, v in asdict(draft).items()}
    return int(ctx.call("accounting.save_cash_box_v1", {**told, "version": version}))
