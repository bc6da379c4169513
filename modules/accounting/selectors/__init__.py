"""Questions the ledger can answer. Nothing here changes anything."""

from modules.accounting.selectors.chart import AccountRow, PeriodRow, list_accounts, list_periods
from modules.accounting.selectors.entries import (
    ENTRY_LINE_LIST,
    ENTRY_LIST,
    PAGE_SIZE,
    EntryLineRow,
    EntryRow,
    list_entries,
    list_entry_lines,
)
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
    "PAGE_SIZE",
    "AccountRow",
    "EntryLineRow",
    "EntryRow",
    "PeriodRow",
    "TrialBalance",
    "TrialBalanceRow",
    "get_trial_balance",
    "list_accounts",
    "list_entries",
    "list_entry_lines",
    "list_periods",
]
