"""The tables of the ledger as classes."""

from modules.accounting.models.bank import BankAccount
from modules.accounting.models.chart import Account, AccountRole, CostCentre, Journal, PostingRule
from modules.accounting.models.law import LawValue, Tax, TaxRate
from modules.accounting.models.ledger import (
    Balance,
    Entry,
    EntryLine,
    PartyBalance,
    PartyName,
    Rollup,
)
from modules.accounting.models.periods import Period, RoleLock, Series, Year
from modules.accounting.models.writing import EntryDraft, EntryTemplate

__all__ = [
    "Account",
    "AccountRole",
    "Balance",
    "BankAccount",
    "CostCentre",
    "Entry",
    "EntryDraft",
    "EntryLine",
    "EntryTemplate",
    "Journal",
    "LawValue",
    "PartyBalance",
    "PartyName",
    "Period",
    "PostingRule",
    "RoleLock",
    "Rollup",
    "Series",
    "Tax",
    "TaxRate",
    "Year",
]
