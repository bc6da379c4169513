"""The tables of the ledger as classes."""

from modules.accounting.models.assets import (
    Asset,
    AssetCategory,
    Depreciation,
    DepreciationRun,
    Disposal,
)
from modules.accounting.models.attestations import (
    Attestation,
    AttestationUse,
)
from modules.accounting.models.bank import (
    BankAccount,
    BankMovement,
    BankReconciled,
    BankReconciliation,
    BankStatement,
)
from modules.accounting.models.bank_rules import (
    BankRule,
    BankRuleRefusal,
)
from modules.accounting.models.budgets import (
    Budget,
    BudgetAmount,
)
from modules.accounting.models.cash import (
    CashBox,
    CashCount,
    CashVoucher,
)
from modules.accounting.models.chart import (
    Account,
    AccountRole,
    CostCentre,
    Journal,
    PostingRule,
    RoleAccount,
)
from modules.accounting.models.currencies import (
    Rate,
    RateSettings,
    Revaluation,
    RevaluationLine,
    Settlement,
)
from modules.accounting.models.instruments import (
    DepositSlip,
    Instrument,
    InstrumentMove,
)
from modules.accounting.models.internal_transfers import (
    InternalTransfer,
)
from modules.accounting.models.late_charges import (
    LateCharge,
)
from modules.accounting.models.law import (
    LawValue,
    Tax,
    TaxRate,
)
from modules.accounting.models.ledger import (
    Balance,
    Entry,
    EntryLine,
    PartyBalance,
    PartyName,
    Rollup,
)
from modules.accounting.models.matching import (
    Match,
    MatchedLine,
    MatchingSettings,
    MatchLetter,
)
from modules.accounting.models.periods import (
    Period,
    RoleLock,
    Series,
    Year,
)
from modules.accounting.models.purchases import (
    Purchase,
)
from modules.accounting.models.reminders import (
    Reminder,
    ReminderHold,
    ReminderLevel,
    ReminderLine,
)
from modules.accounting.models.returns import (
    TaxRelease,
    TaxReturn,
    TaxReturnBox,
)
from modules.accounting.models.sealing import (
    Seal,
)
from modules.accounting.models.statements import (
    Statement,
    StatementLine,
)
from modules.accounting.models.transfer_orders import (
    Payee,
    TransferOrder,
    TransferOrderLine,
)
from modules.accounting.models.withholding import (
    Withholding,
)
from modules.accounting.models.writing import (
    EntryDraft,
    EntryTemplate,
)

__all__ = [
    "Account",
    "AccountRole",
    "Asset",
    "AssetCategory",
    "Attestation",
    "AttestationUse",
    "Balance",
    "BankAccount",
    "BankMovement",
    "BankReconciled",
    "BankReconciliation",
    "BankRule",
    "BankRuleRefusal",
    "BankStatement",
    "Budget",
    "BudgetAmount",
    "CashBox",
    "CashCount",
    "CashVoucher",
    "CostCentre",
    "DepositSlip",
    "Depreciation",
    "DepreciationRun",
    "Disposal",
    "Entry",
    "EntryDraft",
    "EntryLine",
    "EntryTemplate",
    "Instrument",
    "InstrumentMove",
    "InternalTransfer",
    "Journal",
    "LateCharge",
    "LawValue",
    "Match",
    "MatchLetter",
    "MatchedLine",
    "MatchingSettings",
    "PartyBalance",
    "PartyName",
    "Payee",
    "Period",
    "PostingRule",
    "Purchase",
    "Rate",
    "RateSettings",
    "Reminder",
    "ReminderHold",
    "ReminderLevel",
    "ReminderLine",
    "Revaluation",
    "RevaluationLine",
    "RoleAccount",
    "RoleLock",
    "Rollup",
    "Seal",
    "Series",
    "Settlement",
    "Statement",
    "StatementLine",
    "Tax",
    "TaxRate",
    "TaxRelease",
    "TaxReturn",
    "TaxReturnBox",
    "TransferOrder",
    "TransferOrderLine",
    "Withholding",
    "Year",
]
