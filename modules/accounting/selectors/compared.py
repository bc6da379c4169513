"""What PostgreSQL told of statements, reckoned into lines with their columns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from erp_desktop.core import wall_clock
from modules.accounting.comparing import Comparison, Planned, of_budget, plan_lines
from modules.accounting.selectors.statement_rows import (
    ShownStatement,
    StatementRow,
    Statements,
    figures_of,
    totals_of,
)
from modules.accounting.statements import Balances, Figures, FormulaLine, accounts_of, reckon_lines

_ZERO = Decimal(0)
_INCOME = "7"
_BASES = ("movement", "closing")


def shown_statements(told: Mapping[str, Any], compared: Comparison) -> Statements:
    """Return statements as they are shown.

    Args:
        told: What `accounting.statement_v2` says.
        compared: What is shown of it.

    Raises:
        FormulaUnreadableError: A formula of the company's own design means nothing.
    """
    reckoned = [_Reckoned(each, told, compared) for each in told.get("statements") or ()]
    if compared.has_whole and any(each.has_set_off() for each in reckoned):
        compared = compared.with_set_off()
    ends = {each.code: each.ends() for each in reckoned}
    shown = [each.shown(compared, ends) for each in reckoned]
    return Statements(tuple(shown), wall_clock.now(), compared.columns)


class _Reckoned:
    """One statement: the figures of its lines in each span."""

    def __init__(
        self, statement: Mapping[str, Any], told: Mapping[str, Any], compared: Comparison
    ) -> None:
        self.code: str = statement["code"]
        self._about, self._told = statement, told
        self._columns: str = statement["columns"]
        self._rows: Sequence[Mapping[str, str]] = statement["lines"] or ()
        self._lines = [
            FormulaLine(row["code"], row["side"], row["first"], row["second"]) for row in self._rows
        ]
        which = _BASES.index(statement["basis"])
        self._balances: tuple[Balances, ...] = tuple(
            {code: Decimal(pair[which]) for code, pair in span.items()}
            for span in told["balances"][: len(compared.spans)]
        )
        self._figures = [reckon_lines(self._lines, each) for each in self._balances]

    def ends(self) -> list[Decimal]:
        """Return what the last line amounts to in each span."""
        if not self._lines:
            return [_ZERO] * len(self._figures)
        return totals_of(self._columns, self._of(self._lines[-1].code))

    def has_set_off(self) -> bool:
        """Whether parts do not add up to the whole: one of them owes what another is owed."""
        return any(
            _differs(totals_of(self._columns, self._of(line.code))) or self._splits(line)
            for line in self._lines
        )

    def shown(self, compared: Comparison, ends: Mapping[str, Sequence[Decimal]]) -> ShownStatement:
        """Return it as it is shown; `ends` are those of all statements beside it."""
        plan = self._planned(compared)
        rows = tuple(self._row(row, compared, plan.get(row["code"])) for row in self._rows)
        about, other = self._about, ends.get(self._about["balances_with"])
        mine = ends[self.code]
        apart = [] if other is None else [a - b for a, b in zip(mine, other, strict=True) if a != b]
        names = (about["code"], about["name"], about["name_ar"], about["legal_ref"], about["doubt"])
        return ShownStatement(
            *names,
            self._columns,
            about["balances_with"],
            rows,
            self._balances,
            self._told["accounts"],
            compared,
            apart[0] if apart else _ZERO,
            self._spread,
        )

    def _of(self, code: str) -> list[Figures]:
        return [figures[code] for figures in self._figures]

    def _splits(self, line: FormulaLine) -> bool:
        """Whether an account stands on a line in parts and not in the whole, or otherwise."""
        if "D" not in line.first + line.second and "C" not in line.first + line.second:
            return False
        shares = [accounts_of(line, balances) for balances in self._balances]
        return any(
            _differs(totals_of(self._columns, [share.get(code, Figures()) for share in shares]))
            for code in {code for share in shares for code in share}
        )

    def _row(
        self, row: Mapping[str, str], compared: Comparison, budget: Decimal | None
    ) -> StatementRow:
        figures = self._of(row["code"])
        cells = compared.cells(totals_of(self._columns, figures))
        if budget is not None and cells:
            cells = of_budget(cells[0] or _ZERO, budget)
        names = (row["code"], row["kind"], row["name"], row["name_ar"], self._columns)
        shown = figures_of(self._columns, figures, compared)
        currency: str = self._told["currency"]
        formula = f"{row['first']} | {row['second']}" if row["second"] else row["first"]
        side: Any = row["side"]
        return StatementRow(*names, *shown, currency, formula, side, cells)

    def _planned(self, compared: Comparison) -> Mapping[str, Decimal]:
        """Return what is planned for each line, and keep what stands in sums only."""
        self._spread: tuple[StatementRow, ...] = ()
        if compared.by != "budget":
            return {}
        sign = -1 if self._columns == "gross" else 1
        planned = [
            Planned(branch, prefix, -Decimal(amount) if prefix[0] == _INCOME else Decimal(amount))
            for branch, prefix, amount in self._told["planned"] or ()
        ]
        lines = {line.code: (line, sign) for line in self._lines}
        plan = plan_lines(lines, planned, self._told["accounts"])
        self._spread = tuple(
            self._spread_row(prefix, -amount if prefix[0] == _INCOME else amount)
            for prefix, amount in sorted(plan.spread.items())
        )
        return plan.lines

    def _spread_row(self, prefix: str, amount: Decimal) -> StatementRow:
        name, name_ar = self._told["accounts"].get(prefix, (prefix, ""))
        row = StatementRow(prefix, "planned", name, name_ar, self._columns)
        return replace(row, currency=self._told["currency"], cells=(None, amount, None, None))


def _differs(totals: Sequence[Decimal]) -> bool:
    *parts, whole = totals
    return sum(parts, _ZERO) != whole
