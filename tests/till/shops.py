"""A branch with a till, its shelf filled from the feed as head office would send it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import uuid7
from erp_desktop.core.money import DZD
from erp_desktop.workstation.author import Author, Cost
from erp_desktop.workstation.enrolment import Enrolment
from erp_desktop.workstation.workstation import Options, Workstation
from modules.accounting.replica import LAW_VALUES, PARTY_BALANCES, TAX_RATES
from modules.catalog.replica import BARCODES, CATEGORIES, PACKS, PRICE_LISTS, PRICES, PRODUCTS
from modules.inventory.replica import STOCK
from modules.parties.replica import CUSTOMERS
from modules.till.paid import PaidTicket
from modules.till.payments import settle
from modules.till.pricing import totals_of
from modules.till.rules import rules_on
from modules.till.services import open_session, sell
from modules.till.services.cash import Count
from modules.till.services.sell import Desk
from modules.till.session import current_session
from modules.till.ticket import SaleDraft

SETS = (
    *(TAX_RATES, LAW_VALUES, PARTY_BALANCES, CUSTOMERS, STOCK),
    *(PRODUCTS, BARCODES, CATEGORIES, PACKS, PRICE_LISTS, PRICES),
)
QUICK = Options(reserve_bytes=4096, cost=Cost(passes=1, memory=8, lanes=1))
COMPANY = {
    "name": "Atlas Distribution",
    "name_ar": "أطلس للتوزيع",
    "country": "DZ",
    "currency": "DZD",
    "address": "12, rue Didouche Mourad, Alger",
    "address_ar": "12، شارع ديدوش مراد، الجزائر",
    "phone": "+213 21 63 00 00",
    "identifiers": {"RC": "16/00-0123456B22", "NIF": "000016001234567"},
}


@dataclass
class Shelf:
    """What the feed sends."""

    rows: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {each.id: [] for each in SETS}
    )

    def tax(self, code: str, rate: str, *, since: str = "2017-01-01", until: Any = None) -> None:
        """Add a tax rate."""
        percent = f"{Decimal(rate) * 100:f}".rstrip("0").rstrip(".")
        row = {"tax_code": code, "valid_from": since, "valid_to": until, "rate": rate}
        names = {"name": f"TVA {percent} %", "name_ar": f"ر.ق.م {percent} %"}
        self.rows[TAX_RATES.id].append(row | names)

    def product(
        self,
        code: str,
        name: str,
        *,
        price: str,
        barcode: str = "",
        name_ar: str = "",
        stock: str = "10",
        tax: str = "TVA19",
        unit: str = "PCE",
        is_active: bool = True,
        id: UUID | None = None,  # noqa: A002 - the column's name
    ) -> UUID:
        """Add a product with its barcode and stock."""
        made = id or uuid7()
        self.rows[PRODUCTS.id].append(
            {
                "id": str(made),
                "code": code,
                "name": name,
                "name_ar": name_ar,
                "unit": unit,
                "tax_code": tax,
                "price": price,
                "kind": "goods",
                "is_active": is_active,
            }
        )
        if barcode:
            self.rows[BARCODES.id].append({"barcode": barcode, "product_id": str(made)})
        self.rows[STOCK.id].append({"product_id": str(made), "on_hand": stock})
        return made

    def law(self, kind: str, code: str, value: dict[str, Any]) -> None:
        """Add a value of the law."""
        row = {"kind": kind, "code": code, "valid_from": "2000-01-01", "valid_to": None}
        self.rows[LAW_VALUES.id].append(row | {"value": json.dumps(value)})

    def customer(self, name: str, *, limit: str | None = None, price_list: str = "") -> UUID:
        """Add a customer who may owe so much."""
        made = uuid7()
        row = {"id": str(made), "code": f"C-{name[:4]}", "name": name, "is_active": True}
        self.rows[CUSTOMERS.id].append(
            row
            | {"credit_limit": limit, "price_list": price_list or None, "terms_days": 30}
            | {"document_language": "fr", "is_company": False}
        )
        return made

    def response(self) -> dict[str, Any]:
        """Return the one page of the feed."""
        server = {"system": "1", "timeline": 1, "epoch": 1, "now": datetime.now(UTC).isoformat()}
        return {
            "server": server,
            "position": {"seen": "1"},
            "more": False,
            "reset": False,
            "rows": self.rows,
            "gone": [],
        }


def enrolment(**changes: Any) -> Enrolment:
    """Return a till in Algiers."""
    values: dict[str, Any] = {
        "workstation_id": uuid7(),
        "name": "Till",
        "branch_id": uuid7(),
        "branch_code": "ALG",
        "branch_name": "Alger Centre",
        "branch_name_ar": "الجزائر الوسطى",
        "prefix": "ALG-01",
        "login": "ws_alg_01",
        "company": COMPANY,
    }
    return Enrolment(**values | changes)


@contextmanager
def open_till(
    folder: Path, fill: Callable[[Shelf], object], **changes: Any
) -> Iterator[Workstation]:
    """Open a till whose replica has what `fill` puts on the shelf."""
    station = Workstation.enrol(folder, enrolment(**changes), "secret", SETS, QUICK)
    with station:
        shelf = Shelf()
        shelf.tax("TVA19", "0.19")
        shelf.tax("TVA9", "0.09")
        shelf.tax("EXO", "0")
        fill(shelf)
        station.replica.apply(shelf.response())
        state = station.link.state
        station.link.show(type(state)(data_at=station.replica.read_at))
        yield station


AMINA = Author.new("amina")


def open_drawer(station: Workstation, at: datetime, cash: int = 5) -> UUID:
    """Open the cash session with some notes of 1000, unless it is open; return its id."""
    state = current_session(station)
    if state is not None:
        return state.id
    desk = Desk(uuid7(), AMINA, at)
    return open_session(station, Count({Decimal(1000): cash}), currency=DZD, desk=desk)


def sell_for_cash(
    station: Workstation, draft: SaleDraft, tendered: int | None, at: datetime
) -> PaidTicket:
    """Sell as the till does, for cash."""
    desk = Desk(open_drawer(station, at), AMINA, at)
    total = totals_of(draft, DZD).total
    given = None if tendered is None else Decimal(tendered)
    settlement = settle(total, (), given, rules_on(station, at.date()), DZD)
    return sell(station, draft, settlement, currency=DZD, desk=desk)


def two_shelves(shelf: Shelf) -> None:
    """Put real goods on the shelf: names and codes of Maghreb products."""
    shelf.product(
        "CAF-001",
        "Café grain entier 1 kg",
        name_ar="قهوة حبة كاملة 1 كغ",
        price="1450.00",
        barcode="6130000012345",
    )
    shelf.product(
        "HUI-005",
        "Huile d'olive vierge 5 l",
        name_ar="زيت زيتون بكر 5 ل",
        price="4800.00",
        barcode="6130000045671",
        stock="3",
    )
    shelf.product(
        "SUC-001",
        "Sucre blanc 1 kg",
        name_ar="سكر أبيض 1 كغ",
        price="95.00",
        barcode="6130000098764",
        tax="TVA9",
        stock="4",
    )
    shelf.product("SAV-200", "Savon d'Alep 200 g", price="320.00", barcode="6130000033321")
    shelf.product("OLI-KG", "Olives noires", price="640.00", unit="KG", name_ar="زيتون أسود")
    shelf.product("OLD-1", "Ancien thé", price="10.00", barcode="6130000000002", is_active=False)
    shelf.product("MYS-1", "Mystère", price="10.00", barcode="6130000000019", tax="TVA99")
