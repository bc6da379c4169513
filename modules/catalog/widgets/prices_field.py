"""What price lists say of a product: from which quantity on, and between which days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.ui.cells import AmountCell, ChoiceCell, DateCell, LineColumn
from erp_desktop.ui.tables import RIGHT
from modules.catalog.selectors import PriceListChoice
from modules.catalog.widgets.grid_field import GridField, required

_LEAST = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A price while it is being typed; an empty `pack_id` is the product by its unit."""

    id: str
    price_list: str = ""
    pack_id: str = ""
    min_quantity: Decimal | None = Decimal(1)
    price: Decimal | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class PricesField(GridField[PriceLine]):
    """Edits prices of all lists; a new one ends the former the day before it begins."""

    def __init__(self, name: str) -> None:
        self.currency = "DZD"
        self._lists: list[tuple[str, str]] = []
        self._packs: list[tuple[str, str]] = [("", "")]
        super().__init__(name, N_("Prices of lists"), self._columns(), add=N_("Add a price"))

    def offer_lists(self, lists: Sequence[PriceListChoice]) -> None:
        """Offer these lists, in the user's language."""
        self._lists[:] = [(each.code, list_name(each)) for each in lists if each.is_active]
        self.grid.lines.reword()

    def offer_packs(self, packs: Sequence[Mapping[str, str]], unit: str) -> None:
        """Offer these packs, and the product by its unit."""
        self._packs[:] = [("", unit), *((pack["id"], pack_name(pack)) for pack in packs)]
        self.grid.lines.reword()

    @override
    def new_line(self) -> PriceLine:
        today = wall_clock.today()
        return PriceLine(str(uuid7()), self._lists[0][0] if self._lists else "", valid_from=today)

    @override
    def pack(self, line: PriceLine) -> Mapping[str, str]:
        price = required(line.price, N_("Price"))
        begins = required(line.valid_from, N_("Valid from"))
        if line.valid_to is not None and line.valid_to < begins:
            raise ValueError(_("It ends before it begins. Mend one of the two days."))
        return {
            "id": line.id,
            "price_list": required(line.price_list, N_("Price list")),
            "pack_id": line.pack_id,
            "min_quantity": str(required(line.min_quantity, N_("From quantity"))),
            "price": str(round_money(price, CURRENCIES[self.currency])),
            "valid_from": begins.isoformat(),
            "valid_to": line.valid_to.isoformat() if line.valid_to else "",
        }

    @override
    def unpack(self, texts: Mapping[str, str]) -> PriceLine:
        return PriceLine(
            texts["id"],
            texts["price_list"],
            texts["pack_id"],
            Decimal(texts["min_quantity"]),
            Decimal(texts["price"]),
            date.fromisoformat(texts["valid_from"]),
            date.fromisoformat(texts["valid_to"]) if texts["valid_to"] else None,
        )

    def _columns(self) -> tuple[LineColumn[Any], ...]:
        return (
            LineColumn(
                N_("Price list"),
                lambda p: dict(self._lists).get(p.price_list, p.price_list),
                value=lambda p: p.price_list,
                cell=ChoiceCell(self._lists, translate=False),
                put=_put("price_list"),
            ),
            LineColumn(
                N_("Sold as"),
                lambda p: dict(self._packs).get(p.pack_id, ""),
                width=110,
                value=lambda p: p.pack_id,
                cell=ChoiceCell(self._packs, translate=False),
                put=_put("pack_id"),
            ),
            *price_columns(self._amount, _put),
        )

    def _amount(self, line: PriceLine) -> str:
        return "" if line.price is None else current().amount(line.price, self.currency)


def price_columns(amount: Any, put: Any) -> tuple[LineColumn[Any], ...]:
    """Return the columns that every grid of prices has: quantity, price and days."""
    return (
        LineColumn(
            N_("From quantity"),
            lambda p: "" if p.min_quantity is None else current().number(p.min_quantity),
            RIGHT,
            width=106,
            value=lambda p: p.min_quantity,
            cell=AmountCell(least=_LEAST),
            put=put("min_quantity"),
        ),
        LineColumn(
            N_("Price"),
            amount,
            RIGHT,
            width=100,
            value=lambda p: p.price,
            cell=AmountCell(least=Decimal(0)),
            put=put("price"),
        ),
        LineColumn(
            N_("Valid from"),
            lambda p: current().date(p.valid_from) if p.valid_from else "",
            width=104,
            value=lambda p: p.valid_from,
            cell=DateCell(),
            put=put("valid_from"),
        ),
        LineColumn(
            N_("Valid until"),
            lambda p: current().date(p.valid_to) if p.valid_to else "—",
            width=104,
            value=lambda p: p.valid_to,
            cell=DateCell(),
            put=put("valid_to"),
        ),
    )


def pack_name(pack: Mapping[str, Any]) -> str:
    """Return how a pack is called, in the user's language."""
    return in_language(current().language, pack["name"], pack["name_ar"])


def list_name(price_list: PriceListChoice) -> str:
    """Return how a list is called, and whether its prices include taxes."""
    kind = _("incl. tax") if price_list.includes_tax else _("excl. tax")
    return f"{price_list.named(current().language)} ({kind})"


def _put(name: str) -> Any:
    return lambda line, value: replace(line, **{name: value})
