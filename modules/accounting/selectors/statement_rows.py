"""Statements as they are shown: lines with what they amount to in each column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from erp_desktop.core.i18n import Bilingual
from modules.accounting.comparing import Cells, ComparedColumn, Comparison
from modules.accounting.statements import Balances, Figures, FormulaLine, Side, accounts_of

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class StatementRow(Bilingual):
    """A line of a statement, or an account behind it.

    Attributes:
        kind: `title`, `head`, `line`, `sum`, `account`, or `planned` for more than one line.
        columns: `single`; `gross` (gross, allowances, net); `prior` (of the year, earlier, both).
        first: The first figure, or the only one.
        previous: Its total a year before.
        formula: What it is made of, as it stands in the statement.
        cells: What it shows in the columns of a comparison.
    """

    code: str
    kind: str
    name: str
    name_ar: str
    columns: str = "single"
    first: Decimal = _ZERO
    second: Decimal = _ZERO
    previous: Decimal = _ZERO
    currency: str = ""
    formula: str = ""
    side: Side = ""
    cells: Cells = ()

    @property
    def total(self) -> Decimal:
        """What counts: net of allowances, or of all years."""
        return total_of(self.columns, Figures(self.first, self.second))

    @property
    def has_figures(self) -> bool:
        """Whether it is more than a heading."""
        return self.kind in {"line", "sum", "account", "planned"}


def total_of(columns: str, figures: Figures) -> Decimal:
    """Return the figure that counts of a line whose statement has these columns."""
    return figures.first - figures.second if columns == "gross" else figures.first + figures.second


@dataclass(frozen=True, slots=True)
class ShownStatement(Bilingual):
    """A statement with its figures.

    Attributes:
        rows: Its lines, reckoned.
        balances: Of the accounts, in each span that is compared.
        differs: By how much its last line differs from the statement that it must agree with.
        spread: What is planned for several of its lines at once, and so in its sums only.
    """

    code: str
    name: str
    name_ar: str
    legal_ref: str
    doubt: str
    columns: str
    balances_with: str | None
    rows: tuple[StatementRow, ...]
    balances: tuple[Balances, ...]
    accounts: Mapping[str, Sequence[str]]
    compared: Comparison
    differs: Decimal = _ZERO
    spread: tuple[StatementRow, ...] = ()

    def behind(self, row: StatementRow) -> list[StatementRow]:
        """Return the accounts that make a line; a sum has its lines instead, and so none."""
        line = FormulaLine(row.code, row.side, *_formulas(row))
        shares = [accounts_of(line, balances) for balances in self.balances]
        none = Figures()
        return [
            self._account(code, [share.get(code, none) for share in shares], row.currency)
            for code in sorted({code for share in shares for code in share})
        ]

    def _account(self, code: str, figures: Sequence[Figures], currency: str) -> StatementRow:
        name, name_ar = self.accounts.get(code, (code, ""))
        shown = figures_of(self.columns, figures, self.compared)
        return StatementRow(
            code,
            "account",
            name,
            name_ar,
            self.columns,
            *shown,
            currency=currency,
            cells=self.compared.cells(totals_of(self.columns, figures)),
        )

    @property
    def total(self) -> Decimal:
        """The figure of the last line."""
        return self.rows[-1].total if self.rows else _ZERO


def totals_of(columns: str, figures: Sequence[Figures]) -> list[Decimal]:
    """Return the figure that counts in each span."""
    return [total_of(columns, each) for each in figures]


def figures_of(
    columns: str, figures: Sequence[Figures], compared: Comparison
) -> tuple[Decimal, Decimal, Decimal]:
    """Return both figures of the months, or of the last of them, and what counted before."""
    now = figures[0] if compared.by == "year" else figures[-1]
    before = total_of(columns, figures[1]) if compared.by == "year" else _ZERO
    return now.first, now.second, before


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements of the same months, read at one moment.

    Attributes:
        columns: Those of the comparison; none beside the year before.
    """

    shown: tuple[ShownStatement, ...]
    read_at: datetime
    columns: tuple[ComparedColumn, ...] = ()


def _formulas(row: StatementRow) -> tuple[str, str]:
    first, _bar, second = row.formula.partition(" | ")
    return first, second
