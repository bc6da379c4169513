"""The lines of an entry as they are typed: what each cell does to its line, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.i18n import N_, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.ui.cells import NUMBER, AmountCell, DateCell, LineColumn, TextCell
from erp_desktop.ui.tables import RIGHT
from modules.accounting.entries import LineDraft
from modules.accounting.widgets.line_columns import (
    ACCOUNT,
    ACCOUNT_NAME,
    COST_CENTRE,
    LABEL,
    PARTNER,
)

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line while it is typed.

    Attributes:
        home: The company's currency, in which debit and credit are.
        currency: Another one that was agreed in; empty for the company's own.
    """

    account: LinkChoice | None = None
    label: str = ""
    party: LinkChoice | None = None
    centre: LinkChoice | None = None
    currency: str = ""
    amount: Decimal | None = None
    rate: Decimal | None = None
    debit: Decimal | None = None
    credit: Decimal | None = None
    due_on: date | None = None
    home: str = "DZD"

    def as_draft(self) -> LineDraft:
        """Return what is saved or posted."""
        is_foreign = bool(self.currency)
        return LineDraft(
            self.account.code if self.account else "",
            debit=self.debit,
            credit=self.credit,
            label=self.label,
            currency=self.currency,
            rate=self.rate if is_foreign else None,
            amount=self.amount if is_foreign else None,
            cost_centre=self.centre.code if self.centre else "",
            party_id=self.party.id if self.party else None,
            due_on=self.due_on,
        )


def line_of(told: Mapping[str, Any], home: str) -> Line:
    """Return a line as PostgreSQL tells it."""
    currency = told.get("currency") or ""
    is_foreign = currency not in {"", home}
    amounts = {name: _decimal(told.get(name)) for name in ("debit", "credit", "amount", "rate")}
    line = Line(
        choice_of(told.get("account")),
        told.get("label") or "",
        choice_of(told.get("party")),
        choice_of(told.get("cost_centre")),
        home=home,
        debit=amounts["debit"],
        credit=amounts["credit"],
        due_on=date.fromisoformat(told["due_on"]) if told.get("due_on") else None,
    )
    if not is_foreign:
        return line
    return replace(line, currency=currency, amount=amounts["amount"], rate=amounts["rate"])


def choice_of(told: Mapping[str, Any] | None) -> LinkChoice | None:
    """Return a record as links know it: an account, a partner or a cost centre."""
    if told is None:
        return None
    key = told.get("id")
    code = told.get("code", "")
    return LinkChoice(UUID(key) if key else code, code, told["name"], told["name_ar"])


def total(lines: Iterable[Line], side: str) -> Decimal:
    """Return the sum of `debit` or of `credit`."""
    return sum((getattr(line, side) or _NOTHING for line in lines), _NOTHING)


def missing(lines: Sequence[Line]) -> Decimal:
    """Return what credits lack to balance; negative where debits do."""
    return total(lines, "debit") - total(lines, "credit")


def balancing(line: Line, side: str, lines: Sequence[Line]) -> Line:
    """Return the line with what is missing on `side`, if nothing is typed and something is."""
    lack = missing(lines) if side == "credit" else -missing(lines)
    if lack <= 0 or line.account is None or line.debit or line.credit or line.currency:
        return line
    return _with_side(line, side, lack)


def _with_side(line: Line, side: str, amount: Decimal | None) -> Line:
    return replace(line, debit=amount) if side == "debit" else replace(line, credit=amount)


def _put_side(side: str, other: str) -> Any:
    def put(line: Line, amount: Decimal | None) -> Line:
        if not amount:
            return _with_side(line, side, None)
        return _reckoned(_with_side(_with_side(line, other, None), side, _rounded(amount, line)))

    return put


def _put_currency(line: Line, code: str) -> Line:
    currency = "" if code.upper() == line.home else code.upper()
    if not currency:
        return replace(line, currency="", amount=None, rate=None)
    return _reckoned(replace(line, currency=currency))


def with_rate(line: Line, rate: Decimal) -> Line:
    """Return the line at a rate of exchange, unless it has one."""
    return line if line.rate is not None else _reckoned(replace(line, rate=rate))


def _reckoned(line: Line) -> Line:
    """Return the line with the company's amount of what was agreed in another currency."""
    if not line.currency or line.amount is None or line.rate is None:
        return line
    value = _rounded(line.amount * line.rate, line)
    return replace(line, credit=value) if line.credit else replace(line, debit=value)


def _rounded(amount: Decimal, line: Line) -> Decimal:
    return round_money(amount, CURRENCIES[line.home])


def _decimal(told: str | None) -> Decimal | None:
    value = Decimal(told) if told else None
    return value or None


def _amount(value: Decimal | None, line: Line) -> str:
    return current().amount(value, line.home) if value else ""


def _number(value: Decimal | None) -> str:
    return current().number(value) if value else ""


COLUMNS: tuple[LineColumn[Line], ...] = (
    NUMBER,
    ACCOUNT,
    ACCOUNT_NAME,
    LABEL,
    PARTNER,
    LineColumn(
        N_("Due date"),
        lambda line: current().date(line.due_on) if line.due_on else "",
        width=100,
        hidden=True,
        value=lambda line: line.due_on,
        cell=DateCell(),
        put=lambda line, day: replace(line, due_on=day),
        is_passed=True,
    ),
    COST_CENTRE,
    LineColumn(
        N_("Currency"),
        lambda line: line.currency,
        width=70,
        hidden=True,
        cell=TextCell(is_code=True),
        put=_put_currency,
        is_passed=True,
    ),
    LineColumn(
        N_("Amount"),
        lambda line: _number(line.amount),
        RIGHT,
        width=100,
        hidden=True,
        value=lambda line: line.amount,
        cell=AmountCell(least=_NOTHING),
        put=lambda line, amount: _reckoned(replace(line, amount=amount)),
        is_passed=True,
    ),
    LineColumn(
        N_("Exchange rate"),
        lambda line: _number(line.rate),
        RIGHT,
        width=90,
        hidden=True,
        value=lambda line: line.rate,
        cell=AmountCell(least=_NOTHING),
        put=lambda line, rate: _reckoned(replace(line, rate=rate)),
        is_passed=True,
    ),
    LineColumn(
        N_("Debit"),
        lambda line: _amount(line.debit, line),
        RIGHT,
        width=120,
        value=lambda line: line.debit,
        cell=AmountCell(least=_NOTHING),
        put=_put_side("debit", "credit"),
    ),
    LineColumn(
        N_("Credit"),
        lambda line: _amount(line.credit, line),
        RIGHT,
        width=120,
        value=lambda line: line.credit,
        cell=AmountCell(least=_NOTHING),
        put=_put_side("credit", "debit"),
    ),
)
DEBIT, CREDIT = len(COLUMNS) - 2, len(COLUMNS) - 1
