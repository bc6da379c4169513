"""The movements of a bank account as a kind of import: what e-banking gives as CSV or XLSX."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from typing_extensions import override

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_
from erp_desktop.core.money import CURRENCIES
from erp_desktop.core.search import fold
from erp_desktop.imports import problems, reads
from erp_desktop.imports.amounts import LIMIT, is_ambiguous, read_amount
from erp_desktop.imports.cells import Figure
from erp_desktop.imports.checking import Plan, check_table
from erp_desktop.imports.fields import ImportField
from erp_desktop.imports.kinds import Kind, Progress, RowNote
from erp_desktop.imports.problems import Note, Problem, What
from erp_desktop.imports.rows import ImportOptions, ReadRow
from erp_desktop.imports.tables import Table
from modules.accounting.bank_files import StatementLine
from modules.accounting.permissions import Permission
from modules.accounting.reconciling import TableMovement, statement_of
from modules.accounting.selectors.bank import BankAccountRow, list_bank_accounts

_DATE = (
    "date · date opération · date d'opération · date operation · date comptable · booking date · "
    "التاريخ · تاريخ العملية"
)
_VALUED = "date valeur · date de valeur · valeur · value date · تاريخ القيمة"
_LABEL = (
    "libellé · libelle · libellé opération · désignation · nature · description · label · "
    "البيان · الوصف"
)
_REFERENCE = "référence · reference · réf · ref · n° · n° opération · numéro · المرجع · الرقم"
_AMOUNT = "montant · amount · المبلغ"
_DEBIT = "débit · debit · montant débit · مدين · سحب"
_CREDIT = "crédit · credit · montant crédit · دائن · إيداع"
_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_USUAL_DECIMALS = 2

DAY_UNREADABLE = What("day_unreadable", N_("This is not a date. Write it like 31/12/2026."))
DAY_MISSING = What("day_missing", N_("There is no date. Type when the bank booked it."))
AMOUNT_MISSING = What(
    "amount_missing", N_("There is no amount. Type one amount, or a debit or a credit.")
)
AMOUNT_TWICE = What("amount_twice", N_("Debit and credit are both filled. Leave one empty."))
BANK_MISSING = What("bank_missing", N_("Choose the bank account of this file."))
OPENING_MISSING = What("opening_missing", N_("Type the balance before the first movement."))
CLOSING_MISSING = What("closing_missing", N_("Type the balance after the last movement."))
BALANCE_WRONG = What(
    "balance_wrong",
    N_(
        "The movements lead to {expected}, but the closing balance is {closing}. Correct the"
        " balances, or look for the missing rows."
    ),
)


class MovementKind(Kind[TableMovement]):
    """Movements of one bank account, with the balances around them."""

    def __init__(self, banks: Sequence[BankAccountRow]) -> None:
        """`banks` are the bank accounts that can be chosen."""
        self.banks = {row.code: row for row in banks}
        codes = {fold(code): code for code in self.banks}
        bank = reads.choice(codes, problems.CHOICE_UNKNOWN, ", ".join(self.banks))
        words = reads.text(300)
        super().__init__(
            (
                ImportField("date", N_("Date"), _DATE, _day, missing=DAY_MISSING),
                ImportField("valued", N_("Value date"), _VALUED, _day),
                ImportField("label", N_("Label"), _LABEL, words),
                ImportField("reference", N_("Reference"), _REFERENCE, words, is_code=True),
                ImportField("amount", N_("Amount"), _AMOUNT, _amount),
                ImportField("debit", N_("Debit (paid)"), _DEBIT, _amount),
                ImportField("credit", N_("Credit (received)"), _CREDIT, _amount),
                ImportField("bank", N_("Bank account"), "", bank, missing=BANK_MISSING),
                ImportField("opening", N_("Opening balance"), "", _amount, missing=OPENING_MISSING),
                ImportField("closing", N_("Closing balance"), "", _amount, missing=CLOSING_MISSING),
            )
        )

    @override
    def finish(self, row: ReadRow, note: RowNote) -> None:
        debit, credit = row.values.get("debit"), row.values.get("credit")
        if "amount" in row.values or any(map(row.is_questioned, ("amount", "debit", "credit"))):
            return
        if debit and credit:
            note("debit", str(debit), AMOUNT_TWICE)
        elif debit is None and credit is None:
            note("amount", "", AMOUNT_MISSING)

    @override
    def draft(self, row: ReadRow) -> TableMovement:
        said: dict[str, Any] = row.values
        bank = self.banks[said["bank"]]
        signed = said.get("amount")
        if signed is None:
            # Some banks write what was paid below zero.
            signed = (said.get("credit") or Decimal(0)) - abs(said.get("debit") or Decimal(0))
        line = StatementLine(
            said["date"],
            said.get("valued", said["date"]),
            signed,
            said.get("label", ""),
            said.get("reference", ""),
        )
        return TableMovement(bank.id, bank.currency, said["opening"], said["closing"], line)


def get_movement_kind(ctx: Context) -> MovementKind:
    """Return what can be imported into which bank accounts."""
    ctx.require(Permission.RECONCILE_BANKS)
    return MovementKind([row for row in list_bank_accounts(ctx) if row.is_active])


def dry_run(
    ctx: Context,
    table: Table,
    options: ImportOptions,
    kind: MovementKind,
    *,
    progress: Progress = lambda _done, _total, _doing: None,
) -> Plan[TableMovement]:
    """Return what importing a file would write: all of it, or nothing where a row is wrong.

    Raises:
        NotAllowedError: The user may not reconcile bank accounts.
        CancelledError: The user has cancelled.
    """
    ctx.require(Permission.RECONCILE_BANKS)
    plan = check_table(table, options, kind, lambda _codes, _marks: (frozenset(), {}), progress)
    if plan.drafts and not plan.mistakes:
        statement = statement_of(plan.drafts)
        expected = statement.opening + sum(each.amount for each in statement.lines)
        if expected != statement.closing:
            money = CURRENCIES.get(statement.currency)
            told = {
                name: f"{value:.{money.decimals if money else 2}f}"
                for name, value in (("expected", expected), ("closing", statement.closing))
            }
            wrong = Problem(table.headings_in, -1, "closing", told["closing"], BALANCE_WRONG, told)
            plan = replace(plan, problems=(*plan.problems, wrong))
    return replace(plan, drafts=()) if plan.mistakes else plan


def _day(cell: str, note: Note) -> date | None:
    written = cell.translate(_DIGITS).split(" ")[0]
    for form in _FORMS:
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    note(DAY_UNREADABLE)
    return None


def _amount(cell: str, note: Note) -> Decimal | None:
    value = read_amount(cell.lstrip("+"))
    if value is None or abs(value) >= LIMIT:
        note(problems.AMOUNT_UNREADABLE)
    elif not isinstance(cell, Figure) and is_ambiguous(cell, _USUAL_DECIMALS):
        note(problems.AMOUNT_AMBIGUOUS)
    else:
        return value
    return None
