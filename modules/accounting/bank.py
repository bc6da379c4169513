"""Bank accounts: what the accountant sets up once."""

from dataclasses import asdict, dataclass
from uuid import UUID

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission


@dataclass(frozen=True, slots=True)
class BankAccountDraft:
    """A bank account as it is to be kept; RIB and IBAN may hold spaces.

    Attributes:
        account: Code of the account of the ledger that mirrors it.
        currency: Empty means the company's.
    """

    id: UUID
    code: str = ""
    name: str = ""
    account: str = ""
    journal: str | None = None
    branch_id: UUID | None = None
    currency: str = ""
    name_ar: str = ""
    bank: str = ""
    rib: str = ""
    iban: str = ""
    is_active: bool = True


def save_bank_account(ctx: Context, draft: BankAccountDraft, *, version: int | None = None) -> int:
    """Keep a bank account and return its new version.

    Raises:
        NotAllowedError: The user may not edit bank accounts.
        OtherBranchError: It is of a branch that the user may not see.
        AccountUnknownError: There is no account with this code in the ledger.
        StaleRecordError: Somebody changed it after the user read `version`.
        RibWrongError: The RIB was mistyped.
        IbanWrongError: The IBAN was mistyped.
        IbanOfAnotherRibError: RIB and IBAN mean two accounts.
        BankCodeTakenError: There is one with the code.
        BankLedgerTakenError: Another one is kept on the account of the ledger.
    """
    ctx.require(Permission.EDIT_BANKS)
    fields = {name: str(v) if isinstance(v, UUID) else v for name, v in asdict(draft).items()}
    return int(ctx.call("accounting.save_bank_account_v1", {**fields, "version": version}))
