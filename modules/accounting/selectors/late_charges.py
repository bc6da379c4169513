"""What late payment cost, booked: the list, and a debit note on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from erp_desktop.core.models import view
from modules.accounting.permissions import Permission
from modules.accounting.selectors.pages import newest_page

_COMPANY = text("select name, name_ar, address, address_ar, identifiers, country from core.company")


@dataclass(frozen=True, slots=True)
class LateChargeRow(Bilingual):
    """A debit note of a customer (`note`), or the fine of a quarter (`fine`).

    Attributes:
        name: Of the customer.
        starts_on: First day of the quarter.
        letter_on: Day of the letter, until which interest is counted.
        rate: Of interest a year, a part of one.
        lines: How the interest of a note was counted: `number`, `due_on`, `since`, `open`, `days`
            and `interest` of each.
    """

    id: UUID
    branch: str
    kind: str
    number: str
    name: str
    name_ar: str
    starts_on: date | None
    ends_on: date | None
    dated_on: date
    letter_on: date | None
    fee: Decimal
    rate: Decimal
    interest: Decimal
    amount: Decimal
    lines: list[Mapping[str, Any]]
    made_by: str
    is_undone: bool
    currency: str


@dataclass(frozen=True, slots=True)
class LateChargePaper:
    """A debit note with the company that writes it: names and addresses by language."""

    row: LateChargeRow
    names: tuple[str, str]
    address: tuple[str, str]
    identifiers: dict[str, str]
    country: str


LATE_CHARGE_LIST: Any = view("accounting.late_charge_list", LateChargeRow).c


def list_late_charges(
    ctx: Context, *, words: str = "", after: LateChargeRow | None = None
) -> list[LateChargeRow]:
    """Return one page of notes and fines, the newest first.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    columns = LATE_CHARGE_LIST
    place = (columns.dated_on, columns.id)
    query = select(*columns)
    if words.strip():
        texts = (columns.number, columns.name, columns.name_ar)
        query = query.where(or_(*(t.icontains(words.strip(), autoescape=True) for t in texts)))
    return newest_page(ctx, LateChargeRow, query, place, after)


def get_late_paper(ctx: Context, charge_id: UUID) -> LateChargePaper | None:
    """Return what the paper of a note or a fine says; none if it is of another branch.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    query = select(*LATE_CHARGE_LIST).where(LATE_CHARGE_LIST.id == charge_id)
    rows = ctx.rows(LateChargeRow, query)
    if not rows:
        return None
    name, name_ar, address, address_ar, numbers, country = ctx.connection.execute(_COMPANY).one()
    known = {code: value for code, value in numbers.items() if value}
    return LateChargePaper(rows[0], (name, name_ar), (address, address_ar), known, country)
