"""What a file holds, counted while it is read, so that what was booked can be held against it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from modules.sales.history.codes import Paper, paper_of
from modules.sales.history.lines import Line, Rejected

_ZERO = Decimal(0)


@dataclass(slots=True)
class Month:
    """A month of the file.

    Attributes:
        papers: The numbers that appear in it.
    """

    lines: int = 0
    value: Decimal = _ZERO
    papers: set[str] = field(default_factory=set)

    def credit_notes(self) -> int:
        """How many credit notes appear in it."""
        return sum(paper_of(number) is Paper.CREDIT_NOTE for number in self.papers)


@dataclass(slots=True)
class Census:
    """Rows, values and numbers of a file; values are quantity by price, not rounded."""

    rows: int = 0
    positive: Decimal = _ZERO
    negative: Decimal = _ZERO
    quantity: Decimal = _ZERO
    on_credit_notes: Decimal = _ZERO
    rows_on_credit_notes: int = 0
    papers: set[str] = field(default_factory=set)
    customers: set[str] = field(default_factory=set)
    months: dict[str, Month] = field(default_factory=dict)

    @property
    def value(self) -> Decimal:
        """All that is sold less all that came back."""
        return self.positive + self.negative

    def add(self, line: Line) -> None:
        """Count a line."""
        value = line.quantity * line.price
        self.rows += 1
        self._add_value(value)
        self.quantity += line.quantity
        self.papers.add(line.invoice)
        if line.customer:
            self.customers.add(line.customer)
        if line.invoice[0] in "Cc":
            self.rows_on_credit_notes += 1
            self.on_credit_notes += value
        self._add_to_month(line, value)

    def add_rejected(self, line: Rejected) -> None:
        """Count a line that could not be read whole."""
        self.rows += 1
        self._add_value(line.value)

    def _add_value(self, value: Decimal) -> None:
        if value >= 0:
            self.positive += value
        else:
            self.negative += value

    def _add_to_month(self, line: Line, value: Decimal) -> None:
        name = f"{line.at.year}-{line.at.month:02}"
        month = self.months.get(name)
        if month is None:
            month = self.months[name] = Month()
        month.lines += 1
        month.value += value
        month.papers.add(line.invoice)

    def count(self, paper: Paper) -> int:
        """How many numbers name such a paper."""
        return sum(paper_of(number) is paper for number in self.papers)


@dataclass(frozen=True, slots=True)
class Check:
    """One figure that somebody else stated of a file, and what was found."""

    name: str
    stated: Decimal
    found: Decimal

    @property
    def is_right(self) -> bool:
        """Whether both agree, to the last decimal."""
        return self.stated == self.found


def compare(census: Census, stated: Mapping[str, Any]) -> list[Check]:
    """Return every figure of a `statistics.json` that a census knows too."""
    found = dict(_figures(census))
    told = dict(_flat(stated))
    return [
        Check(name, Decimal(str(told[name])), Decimal(value))
        for name, value in found.items()
        if name in told
    ]


def _figures(census: Census) -> Iterator[tuple[str, Decimal | int]]:
    yield "rows", census.rows
    yield "distinct_InvoiceNo", len(census.papers)
    yield "invoices_plain_number", census.count(Paper.INVOICE)
    yield "invoices_starting_C", census.count(Paper.CREDIT_NOTE)
    yield "invoices_starting_A", census.count(Paper.BAD_DEBT)
    yield "lines_on_C_invoices", census.rows_on_credit_notes
    yield "distinct_customers", len(census.customers)
    yield "total_quantity", census.quantity
    yield "total_value_GBP", census.value
    yield "value_positive_lines", census.positive
    yield "value_negative_lines", census.negative
    yield "value_on_C_invoices", census.on_credit_notes
    for name, month in census.months.items():
        yield f"per_month.{name}.lines", month.lines
        yield f"per_month.{name}.invoices", len(month.papers)
        yield f"per_month.{name}.C_invoices", month.credit_notes()
        yield f"per_month.{name}.value_GBP", month.value


def _flat(stated: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in stated.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{name}.")
        elif isinstance(value, int | str):
            yield f"{path}{name}", value
