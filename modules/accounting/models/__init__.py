"""The tables of the ledger as classes."""

from modules.accounting.models.chart import (
    Account,
    AccountRole,
    CostCentre,
    Journal,
    PostingRule,
    RoleAccount,
)
from modules.accounting.models.instruments import DepositSlip, Instrument, InstrumentMove
from modules.accounting.models.law import LawValue, Tax, TaxRate
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
from modules.accounting.models.periods import Period, RoleLock, Series, Year
from modules.accounting.models.reminders import (
    Reminder,
    ReminderHold,
    ReminderLevel,
    ReminderLine,
)
from modules.accounting.models.returns import TaxReturn, TaxReturnBox
from modules.accounting.models.sealing import Seal
from modules.accounting.models.statements import Statement, StatementLine
from modules.accounting.models.writing import EntryDraft, EntryTemplate

__all__ = [
    "Account",
    "AccountRole",
    "Balance",
    "CostCentre",
    "DepositSlip",
    "Entry",
    "EntryDraft",
    "EntryLine",
    "EntryTemplate",
    "Instrument",
    "InstrumentMove",
    "Journal",
    "LawValue",
    "Match",
    "MatchLetter",
    "MatchedLine",
    "MatchingSettings",
    "PartyBalance",
    "PartyName",
    "Period",
    "PostingRule",
    "Reminder",
    "ReminderHold",
    "ReminderLevel",
    "ReminderLine",
    "RoleAccount",
    "RoleLock",
    "Rollup",
    "Seal",
    "Series",
    "Statement",
    "StatementLine",
    "Tax",
    "TaxRate",
    "TaxReturn",
    "TaxReturnBox",
    "Year",
]
