"""What a statement shows of its lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from erp_desktop.core.context import Branch
from erp_desktop.core.i18n import N_, Words, _, current, in_language
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.comparing import ComparedColumn, Kind
from modules.accounting.selectors.statements import StatementRow

_STEP = "\u2003"
_TENTH = Decimal("0.1")
# How the two figures before the total are headed.
PAIRS = {
    "gross": (N_("Gross"), N_("Allowances")),
    "prior": (N_("Of the year"), N_("Of earlier years")),
}
_TOTALS = {"gross": N_("Net"), "prior": N_("Total of both"), "single": N_("Amount")}
YEAR_BEFORE = N_("Year before")
_TITLES: dict[Kind, str] = {
    "set_off": N_("Set off"),
    "total": N_("Total"),
    "posted": N_("Posted"),
    "budget": N_("Budget"),
    "deviation": N_("Deviation"),
    "share": N_("In per cent"),
}
# With more columns than these the name keeps a width of its own, and the table scrolls.
_FEW, _NAME_WIDTH = 6, 290


def name_of(row: StatementRow, words: Words) -> str:
    """Return the name of a line, set in beneath what it belongs to."""
    if row.kind in {"account", "planned"}:
        return f"{_STEP * 3}{words.isolate(row.code)} {row.named(words.language)}"
    return (_STEP if row.kind == "line" else "") + row.named(words.language)


def figure_of(row: StatementRow, amount: Decimal | None, words: Words) -> str:
    """Return a figure; a heading has none, a line without one stays empty."""
    if amount is None or not row.has_figures or (not amount and row.kind != "sum"):
        return ""
    return words.amount(amount, row.currency)


def is_strong(row: StatementRow) -> bool:
    """Whether a line stands out: a heading, or a sum."""
    return row.kind in {"title", "head", "sum"}


def _figure(
    title: str, of: Callable[[StatementRow], Decimal | None], width: int = 146
) -> Column[StatementRow]:
    def value(row: StatementRow) -> Decimal | None:
        return of(row) if row.has_figures else None

    def text(row: StatementRow) -> str:
        return figure_of(row, value(row), current())

    return Column(title, text, RIGHT, width=width, value=value, strong=is_strong)


def _pair(title: str, name: str) -> Column[StatementRow]:
    """One of two figures; a statement with a single one beside it has none."""
    return _figure(title, lambda row: None if row.columns == "single" else getattr(row, name))


def _around(*figures: Column[StatementRow]) -> tuple[Column[StatementRow], ...]:
    width = _NAME_WIDTH if len(figures) > _FEW else 0
    is_line = {"line", "sum", "head"}
    return (
        Column(N_("Line"), lambda r: r.code if r.kind in is_line else "", width=56, hidden=True),
        Column(N_("Name"), lambda r: name_of(r, current()), width=width, strong=is_strong),
        *figures,
        Column(N_("Formula"), lambda r: current().isolate(r.formula), width=160, hidden=True),
    )


def columns_of(kind: str) -> tuple[Column[StatementRow], ...]:
    """Return the columns beside the year before: of a `gross`, `prior` or `single` statement."""
    first, second = PAIRS.get(kind, ("", ""))
    pair = (_pair(first, "first"), _pair(second, "second")) if first else ()
    total = _figure(_TOTALS[kind], lambda row: row.total)
    return _around(*pair, total, _figure(YEAR_BEFORE, lambda row: row.previous))


@dataclass(frozen=True, slots=True)
class Compared:
    """The columns of a comparison, worded for the reader of now."""

    columns: Sequence[ComparedColumn]
    branches: Sequence[Branch]

    def shown(self) -> tuple[Column[StatementRow], ...]:
        """Return them with the name of a line before them."""
        width = 124 if len(self.columns) > _FEW else 146
        return _around(*(self._column(place, width) for place in range(len(self.columns))))

    def _column(self, place: int, width: int) -> Column[StatementRow]:
        def of(row: StatementRow) -> Decimal | None:
            return row.cells[place] if place < len(row.cells) else None

        title = self._title(self.columns[place])
        if self.columns[place].kind == "share":
            return Column(title, lambda row: _share(of(row)), RIGHT, width=110, value=of)
        return _figure(title, of, width)

    def _title(self, column: ComparedColumn) -> str:
        span = column.span
        if column.kind == "branch":
            language = current().language
            named = {b.id: in_language(language, b.name, b.name_ar) for b in self.branches}
            return named[span.branch_id] if span.branch_id else ""
        if column.kind != "period":
            return _TITLES[column.kind]
        if column.step == "quarters":
            number = (span.first_day.month + 2) // 3
            return _("Q{number} {year}").format(number=number, year=span.first_day.year)
        return current().isolate(f"{span.first_day:%m/%Y}")


def _share(share: Decimal | None) -> str:
    return "" if share is None else f"{current().number(share.quantize(_TENTH))}\u00a0%"
