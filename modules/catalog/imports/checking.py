"""From a file to products, and everything that is wrong with it, all at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from erp_desktop.core.i18n import N_, _
from modules.catalog.imports.problems import Problem
from modules.catalog.imports.reading import Table
from modules.catalog.imports.rows import ImportOptions, ReadRow, RowReader
from modules.catalog.selectors import ProductSheet
from modules.catalog.services import ProductDraft

Progress = Callable[[int, int, str], None]
_OFTEN = 500


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be imported, as it stands in the file."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    Attributes:
        rows_read: How many rows the file has.
        products: What would be written, each code once.
        changes: How many of them exist already and would be changed.
        problems: What is wrong or doubtful, by row.
        rejected: The rows that are left out.
    """

    headings: tuple[str, ...]
    rows_read: int
    products: tuple[ProductDraft, ...]
    changes: int
    problems: tuple[Problem, ...]
    rejected: tuple[Rejected, ...]

    @property
    def mistakes(self) -> int:
        """How many problems keep a row out."""
        return sum(not problem.is_warning for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems do not."""
        return len(self.problems) - self.mistakes


class Checker:
    """Reads a whole file; `read` first, `plan` when it is known what exists already."""

    def __init__(self, table: Table, options: ImportOptions, sheet: ProductSheet) -> None:
        self._table = table
        self._options = options
        self._reader = RowReader(table.headings, options, sheet)
        self._rows: list[ReadRow] = []
        self._by_code: dict[str, ReadRow] = {}
        self._by_barcode: dict[str, ReadRow] = {}
        self._rows_read = 0

    def read(self, progress: Progress) -> None:
        """Read every row; `progress` may raise to end the work."""
        total = self._table.text.count("\n") + 1
        for number, cells in self._table.rows():
            if self._rows_read % _OFTEN == 0:
                progress(min(number, total), total, _(N_("Reading the file…")))
            self._rows_read += 1
            self._take(self._reader.read(number, cells))
        for row in self._rows:
            self._complete(row)

    @property
    def codes(self) -> list[str]:
        """Every code of the file."""
        return list(self._by_code)

    @property
    def barcodes(self) -> list[str]:
        """Every barcode of the file."""
        return list(self._by_barcode)

    def plan(self, known_codes: frozenset[str], known_barcodes: Mapping[str, str]) -> Plan:
        """Return what would be written, now that it is known what exists already."""
        final: dict[str, ReadRow] = {}
        for row in self._rows:
            self._meet_known(row, known_codes, known_barcodes)
            first = final.setdefault(row.code, row)
            # A code made from a barcode may turn out to be the code of another row.
            if first is not row and not row.is_wrong:
                row.note("code", row.code, "code_repeated", row=first.number)
        good = [row for row in self._rows if not row.is_wrong]
        problems = [problem for row in self._rows for problem in row.problems]
        return Plan(
            headings=self._table.headings,
            rows_read=self._rows_read,
            products=tuple(_draft(row) for row in good),
            changes=sum(row.code in known_codes for row in good),
            problems=tuple(sorted(problems, key=lambda problem: problem.row)),
            rejected=self._rejected(),
        )

    def _take(self, row: ReadRow) -> None:
        first = self._by_code.get(row.code) if row.code else None
        if first is not None and self._options.repeated == "merge":
            self._merge(first, row)
            return
        if first is not None:
            about = "barcode" if row.made_code else "code"
            row.note(about, row.code, f"{about}_repeated", row=first.number)
        elif row.code:
            self._by_code[row.code] = row
        self._rows.append(row)
        self._claim_barcodes(row, row)

    def _merge(self, first: ReadRow, row: ReadRow) -> None:
        """One product of many rows: the first name there is, the highest price, all barcodes."""
        first.name = first.name or row.name
        first.name_ar = first.name_ar or row.name_ar
        first.price = max((p for p in (first.price, row.price) if p is not None), default=None)
        first.reorder_point = first.reorder_point or row.reorder_point
        first.extra = {**row.extra, **first.extra}
        self._claim_barcodes(first, row)
        added = tuple(b for b in row.barcodes if b not in first.barcodes)
        first.barcodes += added

    def _claim_barcodes(self, owner: ReadRow, row: ReadRow) -> None:
        for barcode in row.barcodes:
            other = self._by_barcode.setdefault(barcode, owner)
            if other is not owner and not owner.has_noted("barcode_repeated", barcode):
                owner.note("barcode", barcode, "barcode_repeated", row=other.number)

    def _complete(self, row: ReadRow) -> None:
        """Note what is missing, once all rows of a product have had their say."""
        if self._options.repeated == "merge":
            # One line of an invoice without a good price says nothing about the product.
            row.problems = [p for p in row.problems if p.about != "price" or row.price is None]
        if row.price is None and not any(p.about == "price" for p in row.problems):
            row.price = self._options.price
        if not row.name and self._options.name_from_code:
            row.name = row.code
        for about in ("code", "name", "unit", "tax"):
            if not getattr(row, about):
                row.note(about, "", f"{about}_missing")
        if row.price is None and not any(p.about == "price" for p in row.problems):
            row.note("price", "", "price_missing")

    def _meet_known(
        self, row: ReadRow, known_codes: frozenset[str], known_barcodes: Mapping[str, str]
    ) -> None:
        changing = self._options.existing == "change"
        if row.made_code and changing and row.code in known_barcodes:
            row.code = known_barcodes[row.code]
        elif row.code in known_codes and not changing:
            row.note("code", row.code, "code_taken")
        for barcode in row.barcodes:
            owner = known_barcodes.get(barcode, row.code)
            if owner != row.code:
                row.note("barcode", barcode, "barcode_taken", code=owner)

    def _rejected(self) -> tuple[Rejected, ...]:
        """Read the file once more for the rows that are left out: few, and as they stand."""
        wrong = {row.number for row in self._rows if row.is_wrong}
        if not wrong:
            return ()
        rows = self._table.rows()
        return tuple(Rejected(number, tuple(cells)) for number, cells in rows if number in wrong)


def _draft(row: ReadRow) -> ProductDraft:
    return ProductDraft(
        code=row.code,
        name=row.name,
        name_ar=row.name_ar,
        unit=row.unit,
        tax_code=row.tax,
        price=row.price if row.price is not None else Decimal(0),
        reorder_point=row.reorder_point,
        barcodes=row.barcodes,
        metadata=dict(row.extra),
    )


def check_table(
    table: Table,
    options: ImportOptions,
    sheet: ProductSheet,
    known: Callable[[Sequence[str], Sequence[str]], tuple[frozenset[str], Mapping[str, str]]],
    progress: Progress = lambda _done, _total, _doing: None,
) -> Plan:
    """Return what importing `table` would do; nothing is written.

    Args:
        table: The file.
        options: What the user decided.
        sheet: Units, taxes and currency.
        known: Says which codes and barcodes exist already.
        progress: Told how far it is; may raise to end the work.
    """
    checker = Checker(table, options, sheet)
    checker.read(progress)
    progress(1, 1, _(N_("Comparing with the catalog…")))
    return checker.plan(*known(checker.codes, checker.barcodes))
