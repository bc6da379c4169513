"""Bank statements: taking them from files, and reconciling them with the ledger.

await backend.execute(*reconcile(bank_id, [movement_id], [(entry_id, 1)]))
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_, _
from erp_desktop.imports.kinds import Progress
from erp_desktop.imports.writing import ImportReport
from modules.accounting.bank_files import Statement, StatementLine
from modules.accounting.permissions import Permission

RECONCILE = "accounting.reconcile_bank_v1"
UNDO_RECONCILIATION = "accounting.undo_bank_v1"
BOOK_MOVEMENTS = "accounting.book_bank_v1"

Request: TypeAlias = tuple[str, dict[str, Any]]
Source = Literal["file", "table"]


@dataclass(frozen=True, slots=True)
class Taken:
    """How many movements of a file were new, and how many known already."""

    added: int
    known: int


@dataclass(frozen=True, slots=True)
class TableMovement:
    """A row of a table, with the balances that the user named for the whole of it."""

    bank_account_id: UUID
    currency: str
    opening: Decimal
    closing: Decimal
    line: StatementLine


def import_statements(
    ctx: Context,
    bank_account_id: UUID,
    statements: Sequence[Statement],
    *,
    source: Source,
    file_name: str = "",
) -> Taken:
    """Keep the statements of a file, all or none; what is known already is not taken again.

    Raises:
        NotAllowedError: The user may not reconcile bank accounts.
        NotFoundError: The bank account is of no branch of the user's.
        StatementCurrencyError: The file is in another currency.
        StatementOtherAccountError: It is of another account than the files before.
        StatementOtherBankError: It is of another RIB or IBAN.
        StatementTooEarlyError: It ends before the first statement opens.
        StatementUnbalancedError: Its movements do not lead to its closing balance.
        StatementDayError: A movement is later than its closing balance.
        StatementGapError: A statement between is missing.
    """
    ctx.require(Permission.RECONCILE_BANKS)
    told = [
        {**_as_json(each), "source": source, "file_name": file_name[:200]} for each in statements
    ]
    answer = ctx.call("accounting.import_statements_v1", bank_account_id, told)
    return Taken(answer["added"], answer["known"])


def import_movements(
    ctx: Context,
    drafts: Sequence[TableMovement],
    *,
    may_change: bool,
    progress: Progress = lambda _done, _total, _doing: None,
) -> ImportReport:
    """Keep the rows of a table as one statement, from its first day to its last.

    Raises:
        UserError: As `import_statements`.
    """
    del may_change  # a movement never changes
    progress(0, len(drafts), _(N_("Writing movements…")))
    statement = statement_of(drafts)
    bank = drafts[0].bank_account_id
    return ImportReport(import_statements(ctx, bank, [statement], source="table").added)


def statement_of(drafts: Sequence[TableMovement]) -> Statement:
    """Return the statement that the rows of a table are; there is at least one."""
    lines = tuple(draft.line for draft in drafts)
    days = [line.booked_on for line in lines]
    first = drafts[0]
    return Statement(
        account="",
        currency=first.currency,
        opened_on=min(days),
        opening=first.opening,
        closed_on=max(days),
        closing=first.closing,
        lines=lines,
    )


def reconcile(
    bank_account_id: UUID, movements: Iterable[UUID], lines: Iterable[tuple[UUID, int]]
) -> Request:
    """Return the request to reconcile movements with lines of the ledger of the same sum.

    The gate refuses:
        BankMixedError: They are fewer than two, or of another bank account.
        BankSumsDifferError: Their sums are not equal.
        BankReconciledAlreadyError: One of them is reconciled already.
    """
    parts: list[dict[str, Any]] = [{"movement_id": str(each)} for each in movements]
    parts += [{"entry_id": str(entry), "line_no": number} for entry, number in lines]
    return RECONCILE, {"bank_account_id": str(bank_account_id), "parts": parts}


def accept_proposals(bank_account_id: UUID, movements: Sequence[UUID] | None = None) -> Request:
    """Return the request to accept what is proposed for some movements, or for all."""
    wanted = "all" if movements is None else [str(each) for each in movements]
    return RECONCILE, {"bank_account_id": str(bank_account_id), "proposals": wanted}


def undo_reconciliation(reconciliation_id: UUID) -> Request:
    """Return the request to take a reconciliation back; an entry that it booked stays."""
    return UNDO_RECONCILIATION, {"reconciliation_id": str(reconciliation_id)}


@dataclass(frozen=True, slots=True)
class MovementPart:
    """What a movement is booked on: all of it, or a part.

    Attributes:
        account: Code of the account against the bank's.
        amount: As at the bank, positive is received; None is all of it.
        tax: Code of a tax that the amount includes, and that is deducted.
    """

    account: str
    amount: Decimal | None = None
    tax: str = ""
    party_id: UUID | None = None
    cost_centre: str = ""
    label: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what the gate takes."""
        return {
            "account": self.account,
            "amount": None if self.amount is None else str(self.amount),
            "tax": self.tax,
            "party_id": str(self.party_id) if self.party_id else None,
            "cost_centre": self.cost_centre,
            "label": self.label,
        }


def book_movements(
    bank_account_id: UUID,
    movements: Iterable[UUID],
    parts: MovementPart | Sequence[MovementPart],
    *,
    on: date,
    label: str,
) -> Request:
    """Return the request to book the sum of movements, and to reconcile them.

    One account teaches a rule for the next time; the lines of a split do not.

    The gate refuses, besides what it refuses of an entry by hand:
        BankSplitDiffersError: The parts are not the same money as the movements.
        BankTaxUnknownError: A tax has no rate on that day.
        BankCurrencyByHandError: The bank account is not in the company's currency.
        BankReconciledAlreadyError: One of them is reconciled already.
    """
    told: dict[str, Any] = {
        "bank_account_id": str(bank_account_id),
        "movements": [str(each) for each in movements],
        "on": on.isoformat(),
    }
    if isinstance(parts, MovementPart):
        return BOOK_MOVEMENTS, {**told, **parts.as_json(), "label": label}
    return BOOK_MOVEMENTS, {**told, "lines": [each.as_json() for each in parts], "label": label}


def _as_json(statement: Statement) -> dict[str, Any]:
    return {
        "account": statement.account,
        "currency": statement.currency,
        "opened_on": statement.opened_on.isoformat(),
        "opening": str(statement.opening),
        "closed_on": statement.closed_on.isoformat(),
        "closing": str(statement.closing),
        "lines": [
            {
                "booked_on": line.booked_on.isoformat(),
                "valued_on": line.valued_on.isoformat(),
                "amount": str(line.amount),
                "reference": line.reference,
                "label": line.label,
            }
            for line in statement.lines
        ],
    }
