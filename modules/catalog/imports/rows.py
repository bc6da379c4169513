"""One row of a file, cell by cell: what it says, and what is wrong with it."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.core.search import fold
from modules.catalog.barcodes import expected_digit, is_readable
from modules.catalog.imports.amounts import LIMIT, is_ambiguous, read_amount
from modules.catalog.imports.fields import EXTRA, IGNORED
from modules.catalog.imports.problems import Problem
from modules.catalog.selectors import Choice, ProductSheet

_SHORTENED = re.compile(r"\d[.,]?\d*[eE]\+?\d+")
_AS_NUMBER = re.compile(r"(\d{6,})[.,]0+")
_SPACES = re.compile(r"\s+")
_BETWEEN_BARCODES = re.compile(r"[\s;,|/]+")
_CODE, _NAME = 40, 200


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user decided before the rows are read.

    Attributes:
        columns: What each column holds (`fields.FIELDS`); empty is ignored.
        unit: Of rows that name none; empty means that they are wrong.
        tax: Of rows that name none.
        price: Of rows that have none.
        existing: What a code that exists already means.
        repeated: What a code that comes again in the file means.
        name_from_code: The code is the name of products without one.
    """

    columns: tuple[str, ...]
    unit: str = ""
    tax: str = ""
    price: Decimal | None = None
    existing: Literal["refuse", "change"] = "refuse"
    repeated: Literal["refuse", "merge"] = "refuse"
    name_from_code: bool = False


@dataclass(slots=True)
class ReadRow:
    """What one row says; empty where it says nothing.

    Attributes:
        made_code: The code is made from the barcode.
    """

    number: int
    code: str = ""
    made_code: bool = False
    name: str = ""
    name_ar: str = ""
    unit: str = ""
    tax: str = ""
    price: Decimal | None = None
    reorder_point: Decimal | None = None
    barcodes: tuple[str, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def note(self, about: str, value: str, what: str, **details: Any) -> None:
        """Note something that is wrong, or doubtful."""
        self.problems.append(Problem(self.number, about, value, what, details))

    def has_noted(self, what: str, value: str) -> bool:
        """Whether this is noted already."""
        return any((p.code, p.value) == (what, value) for p in self.problems)

    @property
    def is_wrong(self) -> bool:
        """Whether it cannot be imported."""
        return any(not problem.is_warning for problem in self.problems)


class RowReader:
    """Reads the rows of one file by the user's options."""

    def __init__(
        self, headings: Sequence[str], options: ImportOptions, sheet: ProductSheet
    ) -> None:
        self._headings = headings
        self._options = options
        self._currency = CURRENCIES[sheet.currency]
        self._units = _named(sheet.units)
        self._taxes = _named(sheet.taxes) | _by_rate(sheet.taxes)
        self._known = {
            "unit": ", ".join(unit.code for unit in sheet.units),
            "tax": ", ".join(tax.code for tax in sheet.taxes),
        }
        self._read: Mapping[str, Callable[[ReadRow, str], None]] = {
            "code": self._code,
            "barcode": self._barcode,
            "name": self._name,
            "name_ar": self._name_ar,
            "unit": self._unit,
            "tax": self._tax,
            "price": self._price,
            "reorder_point": self._reorder_point,
        }

    def read(self, number: int, cells: Sequence[str]) -> ReadRow:
        """Return what a row says, with defaults where it says nothing."""
        row = ReadRow(number)
        if len(cells) > len(self._headings) and any(cells[len(self._headings) :]):
            row.note(IGNORED, cells[len(self._headings)], "too_many_cells")
        for place, about in enumerate(self._options.columns[: len(cells)]):
            value = clean(cells[place])
            if not value or about == IGNORED:
                continue
            if about == EXTRA:
                row.extra[self._headings[place] or f"{place + 1}"] = html.unescape(value)
            else:
                self._read[about](row, value)
        self._fill(row)
        return row

    def _fill(self, row: ReadRow) -> None:
        row.unit = row.unit or self._options.unit
        row.tax = row.tax or self._options.tax
        if not row.code and row.barcodes:
            row.code, row.made_code = row.barcodes[0], True

    def _code(self, row: ReadRow, value: str) -> None:
        row.code = value
        if len(value) > _CODE:
            row.note("code", value, "code_too_long")

    def _name(self, row: ReadRow, value: str) -> None:
        row.name = self._text(row, "name", value)

    def _name_ar(self, row: ReadRow, value: str) -> None:
        row.name_ar = self._text(row, "name_ar", value)

    def _text(self, row: ReadRow, about: str, value: str) -> str:
        name = _SPACES.sub(" ", html.unescape(value)).strip()
        if len(name) > _NAME:
            row.note(about, value, "name_too_long")
        return name

    def _barcode(self, row: ReadRow, value: str) -> None:
        if _SHORTENED.fullmatch(value):
            row.note("barcode", value, "barcode_shortened")
            return
        as_number = _AS_NUMBER.fullmatch(value)
        found = [as_number[1]] if as_number else filter(None, _BETWEEN_BARCODES.split(value))
        for barcode in found:
            self._one_barcode(row, barcode)

    def _one_barcode(self, row: ReadRow, barcode: str) -> None:
        digit = expected_digit(barcode)
        if not is_readable(barcode):
            row.note("barcode", barcode, "barcode_unreadable")
        elif digit:
            row.note("barcode", barcode, "barcode_check_digit", digit=digit)
        if barcode not in row.barcodes:
            row.barcodes += (barcode,)

    def _unit(self, row: ReadRow, value: str) -> None:
        row.unit = self._units.get(fold(value), "")
        if not row.unit:
            row.unit = value
            row.note("unit", value, "unit_unknown", known=self._known["unit"])

    def _tax(self, row: ReadRow, value: str) -> None:
        row.tax = self._taxes.get(_rate_key(value)) or self._taxes.get(fold(value), "")
        if not row.tax:
            row.tax = value
            row.note("tax", value, "tax_unknown", known=self._known["tax"])

    def _price(self, row: ReadRow, value: str) -> None:
        amount = read_amount(value)
        if amount is None or abs(amount) >= LIMIT:
            row.note("price", value, "price_unreadable")
        elif amount < 0:
            row.note("price", value, "price_negative")
        elif is_ambiguous(value, self._currency.decimals):
            row.note("price", value, "price_ambiguous")
        else:
            row.price = round_money(amount, self._currency)
            if row.price != amount:
                row.note("price", value, "price_rounded", price=str(row.price))

    def _reorder_point(self, row: ReadRow, value: str) -> None:
        amount = read_amount(value)
        if amount is None or not 0 <= amount < LIMIT:
            row.note("reorder_point", value, "quantity_unreadable")
        else:
            row.reorder_point = amount


def clean(cell: str) -> str:
    """Return a cell without what spreadsheets put around it: blanks, `="…"`, our formula guard."""
    text = cell.strip()
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1].strip()
    return text[1:].strip() if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


def _named(choices: Sequence[Choice]) -> dict[str, str]:
    return {
        fold(word): each.code
        for each in choices
        for word in (each.name_ar, each.name, each.code)
        if word
    }


def _by_rate(taxes: Sequence[Choice]) -> dict[str, str]:
    return {f"%{tax.rate * 100:.2f}": tax.code for tax in taxes if tax.rate is not None}


def _rate_key(value: str) -> str:
    """Return under which key `_by_rate` has `19`, `19 %`, `19,00` and `0.19`."""
    rate = read_amount(value.replace("%", "").replace("٪", ""))
    if rate is None:
        return ""
    is_part = 0 < rate < 1 and "%" not in value
    return f"%{rate * 100 if is_part else rate:.2f}"
