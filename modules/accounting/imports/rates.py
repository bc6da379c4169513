"""Rates of days as a kind of import."""

import re
from decimal import Decimal
from functools import partial

from typing_extensions import override

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_
from erp_desktop.imports import reads
from erp_desktop.imports.amounts import read_amount
from erp_desktop.imports.checking import Plan, check_table
from erp_desktop.imports.fields import ImportField
from erp_desktop.imports.kinds import Kind, Progress, RowNote
from erp_desktop.imports.problems import Note, What
from erp_desktop.imports.rows import ImportOptions, ReadRow
from erp_desktop.imports.tables import Table
from modules.accounting.currencies import RateDraft
from modules.accounting.imports import days
from modules.accounting.permissions import Permission
from modules.accounting.selectors.currencies import (
    company_currency,
    get_rate_jump,
    known_rates,
    last_rates,
)

_CURRENCY = "currency · devise · monnaie · code devise · code · العملة · عملة · رمز العملة"
_DAY = "date · day · jour · date du cours · date valeur · التاريخ · اليوم · تاريخ السعر"
_RATE = (
    "rate · cours · taux · cours de change · taux de change · exchange rate · mid · moyen · "
    "cours moyen · السعر · سعر الصرف · الصرف"
)
_SOURCE = "source · origine · banque · bank · المصدر · البنك"
_CODE = re.compile(r"[A-Z]{3}")
_DECIMALS = 8

CURRENCY_UNKNOWN = What("currency_unknown", N_("Write the three letters of a currency: EUR."))
CURRENCY_OWN = What(
    "currency_own", N_("It is the company's own currency, always worth 1. Leave the row out.")
)
DAY_MISSING = What("day_missing", N_("There is no day. Write from which day the rate holds."))
RATE_UNREADABLE = What("rate_unreadable", N_("This is no rate above zero. Correct it."))
RATE_TAKEN = What(
    "rate_taken", N_("This day has a rate already. Choose to change it, or leave the row out.")
)
RATE_JUMPS = What(
    "rate_jumps",
    N_("It is {percent} % away from {before} before it. Look whether it is right."),
    is_doubt=True,
)


def _currency(cell: str, note: Note) -> str | None:
    code = cell.strip().upper()
    if _CODE.fullmatch(code):
        return code
    note(CURRENCY_UNKNOWN)
    return None


def _rate(cell: str, note: Note) -> Decimal | None:
    value = read_amount(cell)
    if value is None or value <= 0 or value >= 10**9:
        note(RATE_UNREADABLE)
        return None
    return round(value, _DECIMALS)


class RateKind(Kind[RateDraft]):
    """Rates; each is known by its currency and its day."""

    code_taken = RATE_TAKEN

    def __init__(self, home: str, most_jump: Decimal, last: dict[str, Decimal]) -> None:
        """`home` is the company's currency; `last` the rate of each currency known last."""
        super().__init__(
            (
                ImportField("currency", N_("Currency"), _CURRENCY, _currency, CURRENCY_UNKNOWN),
                ImportField("rated_on", N_("Date"), _DAY, days.day, DAY_MISSING),
                ImportField("rate", N_("Exchange rate"), _RATE, _rate, RATE_UNREADABLE),
                ImportField("source", N_("Source"), _SOURCE, reads.text(80)),
            )
        )
        self.codes: list[str] = []
        self._home, self._most = home, most_jump
        self._last = dict(last)

    @override
    def finish(self, row: ReadRow, note: RowNote) -> None:
        said = row.values
        if not {"currency", "rated_on", "rate"} <= said.keys():
            return
        if said["currency"] == self._home:
            note("currency", self._home, CURRENCY_OWN)
            return
        row.code = self.draft(row).code
        self.codes.append(row.code)
        before = self._last.get(said["currency"])
        if before and abs(said["rate"] / before - 1) * 100 > self._most:
            jump = round(abs(said["rate"] / before - 1) * 100, 1)
            note("rate", str(said["rate"]), RATE_JUMPS, percent=jump, before=before)
        self._last[said["currency"]] = said["rate"]

    @override
    def draft(self, row: ReadRow) -> RateDraft:
        said = row.values
        return RateDraft(said["currency"], said["rated_on"], said["rate"], said.get("source") or "")


def get_rate_kind(ctx: Context) -> RateKind:
    """Return what can be imported as rates."""
    ctx.require(Permission.EDIT_RATES)
    return RateKind(company_currency(ctx), get_rate_jump(ctx)[0], last_rates(ctx))


def dry_run(
    ctx: Context,
    table: Table,
    options: ImportOptions,
    kind: RateKind,
    *,
    progress: Progress = lambda _done, _total, _doing: None,
) -> Plan[RateDraft]:
    """Return what importing a file would write, change and leave out; nothing is written.

    Raises:
        NotAllowedError: The user may not edit rates.
        CancelledError: The user has cancelled.
    """
    ctx.require(Permission.EDIT_RATES)
    fresh = RateKind(company_currency(ctx), get_rate_jump(ctx)[0], last_rates(ctx))
    del kind  # what it has seen belongs to another reading of the file
    known = partial(_known, ctx, fresh)
    return check_table(table, options, fresh, known, progress)


def _known(
    ctx: Context, kind: RateKind, _codes: object, marks: list[str]
) -> tuple[frozenset[str], dict[str, str]]:
    return known_rates(ctx, kind.codes, marks)
