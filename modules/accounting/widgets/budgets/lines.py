"""The lines of a budget as they are typed: a code and twelve months."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from erp_desktop.core.i18n import N_, current, in_language
from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.ui.cells import NUMBER, AmountCell, LineColumn, TextCell
from erp_desktop.ui.tables import RIGHT
from modules.accounting.budgets import MONTHS, BudgetLine

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line while it is typed.

    Attributes:
        prefix: The beginning of the codes that it is for.
        name: What the account with that code is called.
    """

    prefix: str = ""
    amounts: tuple[Decimal, ...] = (_ZERO,) * MONTHS
    name: str = ""
    name_ar: str = ""
    home: str = "DZD"

    @property
    def total(self) -> Decimal:
        """The whole year."""
        return sum(self.amounts, _ZERO)

    def as_budget(self) -> BudgetLine:
        """Return what is saved."""
        return BudgetLine(self.prefix, self.amounts)


def line_of(line: BudgetLine, accounts: Mapping[str, tuple[str, str]], home: str) -> Line:
    """Return a line that is kept, with the name of its account."""
    return Line(line.prefix, line.amounts, *accounts.get(line.prefix, ("", "")), home)


def _amount(value: Decimal, line: Line) -> str:
    return current().amount(value, line.home) if value else ""


def _put_year(line: Line, year: Decimal | None) -> Line:
    """Spread the amount of a year over its months; what rounding leaves goes to the last."""
    currency = CURRENCIES[line.home]
    whole = round_money(year or _ZERO, currency)
    month = round_money(whole / MONTHS, currency)
    return replace(line, amounts=(*(month,) * (MONTHS - 1), whole - month * (MONTHS - 1)))


def _month(place: int) -> LineColumn[Line]:
    def put(line: Line, amount: Decimal | None) -> Line:
        rounded = round_money(amount or _ZERO, CURRENCIES[line.home])
        return replace(line, amounts=(*line.amounts[:place], rounded, *line.amounts[place + 1 :]))

    def value(line: Line) -> Any:
        return line.amounts[place] or None

    return LineColumn(
        f"{place + 1:02}",  # months have other names in each country's Arabic
        lambda line: _amount(line.amounts[place], line),
        RIGHT,
        width=104,
        value=value,
        cell=AmountCell(),
        put=put,
    )


COLUMNS: tuple[LineColumn[Line], ...] = (
    NUMBER,
    LineColumn(
        N_("Account"),
        lambda line: current().isolate(line.prefix),
        width=84,
        value=lambda line: line.prefix,
        cell=TextCell(is_code=True),
        put=lambda line, prefix: replace(line, prefix=prefix),
    ),
    LineColumn(N_("Name"), lambda line: in_language(current().language, line.name, line.name_ar)),
    LineColumn(
        N_("Year"),
        lambda line: _amount(line.total, line),
        RIGHT,
        width=120,
        value=lambda line: line.total or None,
        cell=AmountCell(),
        put=_put_year,
    ),
    *(_month(place) for place in range(MONTHS)),
)
