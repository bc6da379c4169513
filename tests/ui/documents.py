"""An order as a module would write it: customers, products, lines that are reckoned."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from erp_desktop.core.errors import InvalidValueError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.cells import NUMBER, AmountCell, ChoiceCell, LineColumn, LinkCell, TextCell
from erp_desktop.ui.document_page import (
    Action,
    Document,
    DocumentPage,
    Happening,
    Reckoned,
    Step,
    Total,
)
from erp_desktop.ui.forms import ChoiceField, DateField, TextField
from erp_desktop.ui.link_field import LinkField
from erp_desktop.ui.parts import label
from erp_desktop.ui.tables import RIGHT

CUSTOMERS = (
    LinkChoice(UUID(int=1), "C-001", "Textiles Benali SARL", "نسيج بن علي", "021 63 12 40"),
    LinkChoice(UUID(int=2), "C-002", "Épicerie El Bahdja", "بقالة البهجة", "021 73 55 18"),
    LinkChoice(UUID(int=3), "C-003", "Pharmacie du Centre", "صيدلية الوسط"),
)
PRODUCTS = (
    LinkChoice(UUID(int=11), "TIS-150", "Tissu coton 150 cm", "قماش قطن 150 سم", "", "1208.33"),
    LinkChoice(UUID(int=12), "FIL-POL", "Fil polyester", "خيط بوليستر", "", "250.00"),
    LinkChoice(UUID(int=13), "BTN-12", "Bouton nacre 12 mm", "زر صدف 12 مم", "", "35.00"),
)


def fitting(choices: Sequence[LinkChoice], text: str) -> list[LinkChoice]:
    """Return the choices whose code or name holds a text."""
    wanted = text.lower()
    return [c for c in choices if wanted in f"{c.code} {c.name} {c.name_ar}".lower()]


async def find_customers(_backend: Any, text: str) -> Sequence[LinkChoice]:
    """Find customers."""
    await asyncio.sleep(0)
    return fitting(CUSTOMERS, text)


async def find_products(_backend: Any, text: str) -> Sequence[LinkChoice]:
    """Find products."""
    await asyncio.sleep(0)
    return fitting(PRODUCTS, text)


@dataclass(frozen=True)
class Head:
    """The head of an order."""

    customer: LinkChoice | None = None
    dated: date | None = date(2026, 11, 20)
    terms: str = ""
    currency: str = "DZD"
    place: str = "ALG"


@dataclass(frozen=True)
class Line:
    """One line."""

    product: LinkChoice | None = None
    name: str = ""
    quantity: Decimal = Decimal(1)
    price: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    tax: str = "19"
    net: Decimal = Decimal(0)


def with_product(line: Line, product: LinkChoice | None) -> Line:
    """Return the line with another product, its name and its price."""
    if product is None:
        return replace(line, product=None)
    price = Decimal(product.record or 0)
    return replace(line, product=product, name=product.named(current().language), price=price)


def amount(value: Decimal) -> str:
    """Write an amount."""
    return current().amount(value, "DZD")


COLUMNS: tuple[LineColumn[Line], ...] = (
    NUMBER,
    LineColumn(
        N_("Ref."),
        lambda line: current().isolate(line.product.code) if line.product else "",
        width=110,
        value=lambda line: line.product,
        cell=LinkCell(find_products, create="sample.form"),
        put=with_product,
    ),
    LineColumn(
        N_("Description"),
        lambda line: line.name,
        cell=TextCell(),
        put=lambda line, name: replace(line, name=name),
        is_passed=True,
    ),
    LineColumn(
        N_("Quantity"),
        lambda line: current().number(line.quantity),
        RIGHT,
        width=90,
        value=lambda line: line.quantity,
        cell=AmountCell(decimals=3, least=Decimal(0)),
        put=lambda line, quantity: replace(line, quantity=quantity or Decimal(0)),
    ),
    LineColumn(
        N_("Price"),
        lambda line: amount(line.price),
        RIGHT,
        width=110,
        value=lambda line: line.price,
        cell=AmountCell(decimals=2),
        put=lambda line, price: replace(line, price=price or Decimal(0)),
    ),
    LineColumn(
        N_("Tax"),
        lambda line: f"{line.tax} %",
        RIGHT,
        width=80,
        value=lambda line: line.tax,
        cell=ChoiceCell((("19", "19 %"), ("9", "9 %"), ("0", "0 %")), translate=False),
        put=lambda line, tax: replace(line, tax=tax),
    ),
    LineColumn(N_("Total"), lambda line: amount(line.net), RIGHT, width=130),
)

STEPS = (
    Step(N_("Draft"), "ok"),
    Step(N_("Order"), "ok"),
    Step(N_("State"), "warn", "1/2"),
    Step(N_("Invoice"), ""),
)
AT = datetime(2026, 11, 20, 10, 12, tzinfo=UTC)


class OrderPage(DocumentPage[Head, Line]):
    """One order."""

    title: ClassVar[str] = N_("Order")
    new_title: ClassVar[str] = N_("New order")
    columns: ClassVar[tuple[LineColumn[Any], ...]] = COLUMNS

    def __init__(self, backend: Any) -> None:
        super().__init__(
            backend,
            (
                LinkField(
                    "customer",
                    N_("Customer"),
                    provider=find_customers,
                    create="sample.form",
                    required=True,
                ),
                DateField("dated", N_("Date")),
                TextField("terms", N_("Terms")),
                ChoiceField("currency", N_("Currency"), [("DZD", "DZD")], translate=False),
                ChoiceField("place", N_("Branch"), [("ALG", "Alger Centre")], translate=False),
            ),
        )
        self.saved: list[tuple[Head, Sequence[Line]]] = []
        self.posted: list[bool] = []
        self.heads: list[str] = []
        self.show_document(Document("sample.order/new", Head()))
        self._offer(is_editable=True)

    def show_old(self, *, is_editable: bool = False) -> None:
        """Show an order that is there already."""
        lines = [
            replace(with_product(Line(), PRODUCTS[0]), quantity=Decimal(120)),
            replace(with_product(Line(), PRODUCTS[1]), quantity=Decimal(40)),
        ]
        self.show_document(
            Document(
                "sample.order/old",
                Head(CUSTOMERS[0]),
                lines,
                number="BC-ALG-2026-0302",
                state=N_("Confirmed"),
                tone="ok",
                path=STEPS,
                history=(
                    Happening(AT, N_("Confirmed"), "S. Meziane"),
                    Happening(AT, N_("Created from {number}"), "S. Meziane", {"number": "DE-12"}),
                ),
                is_editable=is_editable,
            )
        )
        self._offer(is_editable=is_editable)

    def add_preview(self) -> QWidget:
        """Show something at the side."""
        shown = label()
        shown.setText("SARL ATLAS DISTRIBUTION")
        self.add_side(N_("Preview"), shown)
        self.add_side(N_("Entries"), label())
        return shown

    def new_line(self) -> Line:
        """Return an empty line."""
        return Line()

    def reckon(self, head: Mapping[str, Any], lines: Sequence[Line]) -> Reckoned[Line]:
        """Reckon nets and totals."""
        del head
        reckoned = [replace(line, net=round(line.quantity * line.price, 2)) for line in lines]
        net = sum((line.net for line in reckoned), Decimal(0))
        tax = sum((line.net * Decimal(line.tax) / 100 for line in reckoned), Decimal(0))
        return Reckoned(
            reckoned,
            (
                Total(_("Total excl. tax"), amount(net)),
                Total(_("Tax"), amount(tax)),
                Total(_("Total"), current().money(net + tax, "DZD"), is_due=True),
            ),
        )

    def on_head(self, name: str) -> None:
        """Note what has changed."""
        self.heads.append(name)

    async def save(self, head: Head, lines: Sequence[Line]) -> str:
        """Save, unless the customer is not to be served."""
        await asyncio.sleep(0)
        if head.customer == CUSTOMERS[2]:
            raise InvalidValueError(field="customer", cure="Choose another.")
        self.saved.append((head, lines))
        self.show_document(Document("sample.order/saved", head, lines, number="BC-1"))
        self._offer(is_editable=True)
        return "Saved."

    async def _post(self) -> str:
        self.posted.append(True)
        return "Posted."

    async def _cancel(self) -> str:
        self.posted.append(False)
        return "Cancelled."

    def _offer(self, *, is_editable: bool) -> None:
        cancel = Action(N_("Cancel"), self._cancel, question=N_("Cancel {name}?"))
        if is_editable:
            self.offer(Action(N_("Confirm"), self._post, "check", saves=True), cancel)
        else:
            printing = Action(N_("Print"), self._post, "printer-outline", key="page.print")
            self.offer(
                Action(N_("Deliver the rest"), self._post, "truck-outline"), printing, cancel
            )
