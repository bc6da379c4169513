"""Lines that can be matched as the list shows them, and what the marked ones come to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.tables import CENTER, RIGHT, Column
from modules.accounting.matching import Line
from modules.accounting.selectors import MatchingRow

REASONS = {
    "hand": N_("By hand"),
    "reference": N_("Same reference"),
    "amount": N_("Same amount"),
    "oldest": N_("Oldest first"),
    "document": N_("Settled by a document"),
    "reversal": N_("Reversal"),
}


def why(reason: str, reference: str) -> str:
    """Say why two lines are matched, with what both of them name."""
    named = current().isolate(reference) if reference else ""
    return " · ".join(filter(None, (_(REASONS[reason]), named)))


@dataclass(slots=True)
class MarkedRow:
    """A line, and whether the user marked it.

    Attributes:
        part: How much of it is to be matched, above zero; None for all that is open.
    """

    row: MatchingRow
    is_marked: bool = False
    part: Decimal | None = None

    @property
    def open(self) -> Decimal:
        """What of it is to be matched; debits are positive."""
        part, whole = self.part, self.row.open
        return whole if part is None else part.copy_sign(whole)

    @property
    def key(self) -> Line:
        """Entry and line number."""
        return self.row.entry_id, self.row.line_no


@dataclass(frozen=True, slots=True)
class Marked:
    """What marked lines come to, in the company's currency."""

    number: int
    debit: Decimal
    credit: Decimal

    @property
    def difference(self) -> Decimal:
        """What is left; positive if debits are more."""
        return self.debit - self.credit


def sum_of(lines: Sequence[MarkedRow]) -> Marked:
    """Return what is to be matched of lines, by side."""
    opens = [line.open for line in lines]
    debit = sum((each for each in opens if each > 0), Decimal(0))
    return Marked(len(lines), debit, debit - sum(opens, Decimal(0)))


def parts_of(lines: Sequence[MarkedRow]) -> dict[Line, Decimal]:
    """Return how much of some lines is to be matched."""
    return {line.key: line.part for line in lines if line.part is not None}


def _amount(value: Callable[[MatchingRow], Decimal]) -> dict[str, Any]:
    def text(line: MarkedRow) -> str:
        amount = value(line.row)
        return current().amount(amount, line.row.currency) if amount else ""

    return {"text": text, "align": RIGHT, "value": lambda line: value(line.row)}


def _label(line: MarkedRow) -> str:
    words, row = current(), line.row
    return " · ".join(filter(None, (row.party_named(words.language), words.isolate(row.label))))


def _mark(line: MarkedRow) -> str:
    if not line.is_marked:
        return ""
    return "✓" if line.part is None else "½"


COLUMNS: tuple[Column[MarkedRow], ...] = (
    Column(N_("Mark"), _mark, CENTER, width=64, strong=True),
    Column(N_("Account"), lambda m: current().isolate(m.row.account), width=68),
    Column(
        N_("Date"),
        lambda m: current().date(m.row.dated_on),
        width=92,
        value=lambda m: m.row.dated_on,
    ),
    Column(N_("Number"), lambda m: current().isolate(m.row.number), width=152),
    Column(N_("Label"), _label, strong=lambda m: m.is_marked),
    Column(
        N_("Partner"),
        lambda m: m.row.party_named(current().language),
        width=140,
        hidden=True,
    ),
    Column(
        N_("Document"),
        lambda m: current().isolate(str(m.row.document.get("number") or "")),
        width=130,
        hidden=True,
    ),
    Column(
        N_("Due on"),
        lambda m: current().date(m.row.due_on),
        width=92,
        value=lambda m: m.row.due_on,
        hidden=True,
    ),
    Column(N_("Branch"), lambda m: m.row.branch, width=64, hidden=True),
    Column(N_("Debit"), **_amount(lambda r: max(r.amount, Decimal(0))), width=96),
    Column(N_("Credit"), **_amount(lambda r: max(-r.amount, Decimal(0))), width=96),
    Column(N_("Open amount"), **_amount(lambda r: r.open), width=96),
    Column(N_("Letter"), lambda m: current().isolate(m.row.letter), CENTER, width=56, strong=True),
)
