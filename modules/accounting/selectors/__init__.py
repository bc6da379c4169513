"""Questions that accounting can answer. Nothing here changes anything."""

from modules.accounting.selectors.chart import (
    AccountRow,
    PeriodRow,
    list_accounts,
    list_chart,
    list_periods,
)
from modules.accounting.selectors.entries import (
    ENTRY_LINE_LIST,
    ENTRY_LIST,
    EntryFilter,
    EntryLineRow,
    EntryRow,
    list_entries,
    list_entry_lines,
)
from modules.accounting.selectors.law import (
    LAW_LIST,
    LawRow,
    LawValue,
    TaxRow,
    balance_of,
    law_at,
    laws_at,
    list_laws,
    list_taxes,
    plans_at,
)
from modules.accounting.selectors.ledger import Ledger, LedgerRow, get_ledger, list_ledger
from modules.accounting.selectors.pages import PAGE_SIZE
from modules.accounting.selectors.trial_balance import (
    FIGURES,
    TrialBalance,
    TrialBalanceRow,
    get_trial_balance,
)

__all__ = [
    "ENTRY_LINE_LIST",
    "ENTRY_LIST",
    "FIGURES",
    "LAW_LIST",
    "PAGE_SIZE",
    "AccountRow",
    "EntryFilter",
    "EntryLineRow",
    "EntryRow",
    "LawRow",
    "LawValue",
    "Ledger",
    "LedgerRow",
    "PeriodRow",
    "TaxRow",
    "TrialBalance",
    "TrialBalanceRow",
    "balance_of",
    "get_ledger",
    "get_trial_balance",
    "law_at",
    "laws_at",
    "list_accounts",
    "list_chart",
    "list_entries",
    "list_entry_lines",
    "list_laws",
    "list_ledger",
    "list_periods",
    "list_taxes",
    "plans_at",
]
