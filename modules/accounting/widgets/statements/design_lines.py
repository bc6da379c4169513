"""The lines of a statement while it is designed, and the accounts that stand on none or on two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui.cells import NUMBER, ChoiceCell, LineColumn, TextCell
from erp_desktop.ui.tables import Column
from modules.accounting.statement_designs import Coverage, DesignLine

KINDS = (("head", N_("Heading")), ("line", N_("Accounts")), ("sum", N_("Sum of lines")))
SIDES = (("", N_("None")), ("debit", N_("Debit")), ("credit", N_("Credit")))
_KIND, _SIDE = dict(KINDS), dict(SIDES)


def put_kind(line: DesignLine, kind: str) -> DesignLine:
    """Return the line as another kind: a heading has no side, everything else has one."""
    if kind == "head":
        return replace(line, kind=kind, side="", first="", second="")
    return replace(line, kind=kind, side=line.side or "debit")


def _text(title: str, name: str, width: int = 0, *, is_code: bool = False) -> Any:
    def text(line: DesignLine) -> str:
        said: str = getattr(line, name)
        return current().isolate(said) if is_code else said

    def value(line: DesignLine) -> str:
        said: str = getattr(line, name)
        return said

    def put(line: DesignLine, typed: str) -> DesignLine:
        changes: dict[str, Any] = {name: typed}
        return replace(line, **changes)

    cell = TextCell(is_code=is_code)
    return LineColumn(title, text, width=width, value=value, cell=cell, put=put)


COLUMNS: tuple[LineColumn[DesignLine], ...] = (
    NUMBER,
    _text(N_("Code"), "code", 76, is_code=True),
    LineColumn(
        N_("Kind"),
        lambda line: _(_KIND[line.kind]),
        width=110,
        value=lambda line: line.kind,
        cell=ChoiceCell(KINDS),
        put=put_kind,
    ),
    _text(N_("Name"), "name"),
    _text(N_("Arabic name"), "name_ar"),
    LineColumn(
        N_("Positive in"),
        lambda line: _(_SIDE[line.side]) if line.side else "",
        width=100,
        value=lambda line: line.side,
        cell=ChoiceCell(SIDES),
        put=lambda line, side: replace(line, side=side),
    ),
    _text(N_("Formula"), "first", 180, is_code=True),
    _text(N_("Second formula"), "second", 140, is_code=True),
)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """An account that stands on no line, or on these."""

    account: str
    name: str
    name_ar: str
    lines: tuple[str, ...] = ()


COVERAGE_COLUMNS: tuple[Column[CoverageRow], ...] = (
    Column(N_("Account"), lambda row: current().isolate(row.account), width=80, strong=True),
    Column(N_("Name"), lambda row: in_language(current().language, row.name, row.name_ar)),
    Column(
        N_("Stands on"),
        lambda row: current().isolate(", ".join(row.lines)) if row.lines else _("No line"),
        width=110,
        tone=lambda _row: "warn",
    ),
)


def coverage_rows(
    coverage: Coverage, accounts: Mapping[str, tuple[str, str]]
) -> Sequence[CoverageRow]:
    """Return the accounts on two lines, then those on none."""
    doubled = [CoverageRow(code, *accounts[code], lines) for code, lines in coverage.doubled]
    return [*doubled, *(CoverageRow(code, *accounts[code]) for code in coverage.missing)]
