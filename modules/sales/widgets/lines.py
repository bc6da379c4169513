"""The lines of an invoice while they are written: what each column shows and takes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.core.links import LinkChoice
from erp_desktop.core.search import fold
from erp_desktop.ui.cells import (
    NOT_OFFERED,
    NUMBER,
    AmountCell,
    Cell,
    ChoiceCell,
    LineColumn,
    LinkCell,
    TextCell,
)
from erp_desktop.ui.parts import kind
from erp_desktop.ui.tables import RIGHT
from modules.sales.selectors import ProductOffer
from modules.sales.widgets.goods import Goods
from modules.sales.widgets.product_links import find_products

_ZERO, _ONE, _ALL = Decimal(0), Decimal(1), Decimal(100)
_MOST = Decimal(999_999)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as people write it: quantities and amounts are positive on credit notes too.

    Attributes:
        product: Its `record` is `Goods`, once head office has told them.
        unit_price: Of the price list, unless it was typed.
        is_own_price: It was typed: no price list changes it.
        most: How many can come back of an invoice's line; None where nothing limits it.
        amount: After all discounts; reckoned.
    """

    id: UUID = field(default_factory=uuid7)
    product: LinkChoice | None = None
    pack_id: UUID | None = None
    description: str = ""
    quantity: Decimal = _ONE
    unit_price: Decimal = _ZERO
    discount_rate: Decimal = _ZERO
    tax_code: str = ""
    is_own_price: bool = False
    goods_back: bool = False
    original_line_id: UUID | None = None
    most: Decimal | None = None
    currency: str = "DZD"
    unit: str = ""
    unit_ar: str = ""
    tax_rate: Decimal | None = None
    amount: Decimal = _ZERO

    @property
    def goods(self) -> Goods | None:
        """What is known of its product; nothing before head office has told."""
        record = self.product.record if self.product else None
        return record if isinstance(record, Goods) else None


@dataclass(frozen=True, slots=True)
class Options:
    """What one cell offers: pairs of value and words, and which one is chosen."""

    chosen: Any
    choices: tuple[tuple[Any, str], ...]


class OptionCell(Cell):
    """One of a few that each line has for itself; the value is `Options`, what is typed is text."""

    @override
    def make(self) -> QWidget:
        box: QComboBox = kind(QComboBox(), "cell")
        return box

    @override
    def show(self, editor: QWidget, value: Any) -> None:
        if isinstance(editor, QComboBox) and isinstance(value, Options):
            editor.addItems([words for _value, words in value.choices])
            values = [each for each, _words in value.choices]
            editor.setCurrentIndex(values.index(value.chosen) if value.chosen in values else -1)

    @override
    def typed(self, editor: QWidget) -> Any:
        return editor.currentText() if isinstance(editor, QComboBox) else ""


def _meant(options: Options, text: str) -> Any:
    wanted = fold(text)
    for value, words in options.choices:
        if wanted in {fold(words), fold(str(value))}:
            return value
    raise ValueError(_(NOT_OFFERED))


def units_of(line: Line) -> Options:
    """Return the units in which a line's product is sold."""
    return Options(line.pack_id, line.goods.units() if line.goods else ())


def taxes_of(line: Line) -> Options:
    """Return the taxes that have a rate on the day."""
    return Options(line.tax_code, line.goods.taxes() if line.goods else ())


def with_product(line: Line, product: LinkChoice | None) -> Line:
    """Return the line with another product: its name, its unit, its tax; priced afresh."""
    if product is None:
        return replace(line, product=None)
    if line.product is not None and product.id == line.product.id:
        return line
    name = product.named(current().language)
    return replace(
        Line(line.id, product, description=name, quantity=line.quantity),
        discount_rate=line.discount_rate,
        currency=line.currency,
    )


def with_price(line: Line, price: Decimal | None) -> Line:
    """Return the line with a typed price; without one, the list's comes back."""
    if price is None:
        return replace(line, is_own_price=False)
    return replace(line, unit_price=price, is_own_price=True)


def with_quantity(line: Line, quantity: Decimal | None) -> Line:
    """Return the line with another quantity, never more than can come back."""
    wanted = _ONE if quantity is None else quantity
    return replace(line, quantity=wanted if line.most is None else min(wanted, line.most))


def with_unit(line: Line, text: str) -> Line:
    """Return the line sold by another unit; priced afresh."""
    pack_id = _meant(units_of(line), text)
    return line if pack_id == line.pack_id else replace(line, pack_id=pack_id, is_own_price=False)


def description_of(line: Line) -> str:
    """Say what is sold: what was typed, or its own name in the language of now."""
    product = line.product
    if product is not None and line.description in {product.name, product.name_ar}:
        return product.named(current().language)
    return line.description


def unit_of(line: Line) -> str:
    """Say in what a line is sold."""
    known = dict(units_of(line).choices)
    return known.get(line.pack_id) or in_language(current().language, line.unit, line.unit_ar)


def tax_of(line: Line) -> str:
    """Say which tax a line bears: its rate, or its code where head office has not told yet."""
    if line.tax_rate is None:
        return line.tax_code
    return f"{current().number(line.tax_rate * 100)}\u00a0%"


def price_text(line: Line) -> str:
    """Write a unit price with all its decimals."""
    if line.product is None:
        return ""
    own = -int(line.unit_price.normalize().as_tuple().exponent)
    words, least = current(), 3 if line.currency == "TND" else 2
    return words.number(line.unit_price, max(own, least))


def amount_text(line: Line) -> str:
    """Write what a line comes to."""
    return current().amount(line.amount, line.currency) if line.product else ""


def _percent(line: Line) -> str:
    return f"{current().number(line.discount_rate)}\u00a0%" if line.discount_rate else ""


def with_offer(lines: Sequence[Line], offer: ProductOffer, blank: Line) -> list[Line]:
    """Return the lines with one more of a product; on the line that has it already, if one has."""
    for place, line in enumerate(lines):
        same = line.product is not None and line.product.id == offer.id
        if same and line.pack_id == offer.scanned_pack:
            more = replace(line, quantity=line.quantity + 1)
            return [*lines[:place], more, *lines[place + 1 :]]
    choice = LinkChoice(offer.id, offer.code, offer.name, offer.name_ar)
    line = replace(
        blank,
        product=choice,
        pack_id=offer.scanned_pack,
        description=offer.named(current().language),
    )
    return [*lines, line]


PRODUCT: LineColumn[Line] = LineColumn(
    N_("Ref."),
    lambda line: current().isolate(line.product.code) if line.product else "",
    width=92,
    value=lambda line: line.product,
    cell=LinkCell(find_products, create="catalog.product"),
    put=with_product,
)
DESCRIPTION: LineColumn[Line] = LineColumn(
    N_("Description"),
    description_of,
    value=lambda line: line.description,
    cell=TextCell(),
    put=lambda line, text: replace(line, description=text),
    is_passed=True,
)
QUANTITY: LineColumn[Line] = LineColumn(
    N_("Quantity"),
    lambda line: current().number(line.quantity),
    RIGHT,
    width=78,
    value=lambda line: line.quantity,
    cell=AmountCell(decimals=3, least=_ZERO, most=_MOST),
    put=with_quantity,
)
UNIT: LineColumn[Line] = LineColumn(
    N_("Unit"), unit_of, width=78, value=units_of, cell=OptionCell(), put=with_unit, is_passed=True
)
PRICE: LineColumn[Line] = LineColumn(
    N_("Unit price"),
    price_text,
    RIGHT,
    width=104,
    value=lambda line: line.unit_price,
    cell=AmountCell(decimals=5, least=_ZERO),
    put=with_price,
)
DISCOUNT: LineColumn[Line] = LineColumn(
    N_("Discount"),
    _percent,
    RIGHT,
    width=72,
    value=lambda line: line.discount_rate,
    cell=AmountCell(decimals=2, least=_ZERO, most=_ALL),
    put=lambda line, rate: replace(line, discount_rate=rate or _ZERO),
)
TAX: LineColumn[Line] = LineColumn(
    N_("Tax"),
    tax_of,
    RIGHT,
    width=64,
    value=taxes_of,
    cell=OptionCell(),
    put=lambda line, text: replace(line, tax_code=_meant(taxes_of(line), text)),
    is_passed=True,
)
AMOUNT: LineColumn[Line] = LineColumn(N_("Amount"), amount_text, RIGHT, width=116)
SOLD: LineColumn[Line] = LineColumn(
    N_("Can come back"),
    lambda line: "" if line.most is None else current().number(line.most),
    RIGHT,
    width=92,
)
GOODS_BACK: LineColumn[Line] = LineColumn(
    N_("Goods"),
    lambda line: _(N_("Come back")) if line.goods_back else _(N_("Stay there")),
    width=92,
    value=lambda line: line.goods_back,
    cell=ChoiceCell(((True, N_("Come back")), (False, N_("Stay there")))),
    put=lambda line, goods_back: replace(line, goods_back=goods_back),
)

INVOICE_COLUMNS: Sequence[LineColumn[Line]] = (
    *(NUMBER, PRODUCT, DESCRIPTION, QUANTITY, UNIT, PRICE, DISCOUNT, TAX, AMOUNT),
)
RETURN_COLUMNS: Sequence[LineColumn[Line]] = (
    NUMBER,
    replace(PRODUCT, cell=None, put=None),
    replace(DESCRIPTION, cell=None, put=None),
    SOLD,
    QUANTITY,
    replace(UNIT, cell=None, put=None, width=60),
    replace(PRICE, cell=None, put=None),
    replace(TAX, cell=None, put=None, hidden=True),
    GOODS_BACK,
    AMOUNT,
)
