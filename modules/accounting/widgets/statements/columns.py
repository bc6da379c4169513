"""What a statement shows of its lines."""

from decimal import Decimal

from erp_desktop.core.i18n import N_, Words, current
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.selectors import StatementRow

_STEP = "\u2003"
FIRST, SECOND = 2, 3
# How the two figures before the total are headed.
PAIRS = {
    "gross": (N_("Gross"), N_("Allowances")),
    "prior": (N_("Of the year"), N_("Of earlier years")),
    "single": (N_("Gross"), N_("Allowances")),
}


def name_of(row: StatementRow, words: Words) -> str:
    """Return the name of a line, set in beneath what it belongs to."""
    if row.kind == "account":
        return f"{_STEP * 3}{words.isolate(row.code)} {row.named(words.language)}"
    return (_STEP if row.kind == "line" else "") + row.named(words.language)


def figure_of(row: StatementRow, amount: Decimal, words: Words) -> str:
    """Return a figure; a heading has none, a line without one stays empty."""
    if not row.has_figures or (not amount and row.kind != "sum"):
        return ""
    return words.amount(amount, row.currency)


def _is_strong(row: StatementRow) -> bool:
    return row.kind in {"title", "head", "sum"}


def _figure(title: str, name: str) -> Column[StatementRow]:
    def value(row: StatementRow) -> Decimal | None:
        amount: Decimal = getattr(row, name)
        return amount if row.has_figures else None

    def text(row: StatementRow) -> str:
        is_shown = row.columns != "single" or name in {"total", "previous"}
        return figure_of(row, getattr(row, name), current()) if is_shown else ""

    return Column(title, text, RIGHT, width=146, value=value, strong=_is_strong)


def columns_of(kind: str) -> tuple[Column[StatementRow], ...]:
    """Return the columns of statements of a kind: `gross`, `prior` or `single`."""
    first, second = PAIRS[kind]
    pair = () if kind == "single" else (_figure(first, "first"), _figure(second, "second"))
    return (
        Column(N_("Line"), lambda r: "" if r.kind == "account" else r.code, width=56, hidden=True),
        Column(N_("Name"), lambda r: name_of(r, current()), strong=_is_strong),
        *pair,
        _figure(N_("Net") if kind == "gross" else N_("Amount"), "total"),
        _figure(N_("Year before"), "previous"),
        Column(N_("Formula"), lambda r: current().isolate(r.formula), width=160, hidden=True),
    )
