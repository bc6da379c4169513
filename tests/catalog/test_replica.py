"""What a till finds in its replica, with no network at all."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.workstation.replica import Replica
from erp_desktop.workstation.store import IN_MEMORY
from erp_desktop.workstation.workstation import Workstation
from modules.catalog.api import find_product, product_by_barcode, product_by_id
from modules.catalog.replica import BARCODES, PRODUCTS

COFFEE, TEA, OLD = uuid7(), uuid7(), uuid7()


def row(product_id: Any, code: str, name: str, **more: Any) -> dict[str, Any]:
    """A product as the feed sends it."""
    usual = {"unit": "PCE", "tax_code": "TVA19", "price": "119.00", "is_active": True}
    return {"id": str(product_id), "code": code, "name": name, "name_ar": "", **usual, **more}


@pytest.fixture
def desk() -> Iterator[Workstation]:
    """A workstation that has read the feed."""
    replica = Replica(IN_MEMORY, b"0" * 32, [PRODUCTS, BARCODES])
    barcodes = {"6130000000015": COFFEE, "012345678905": TEA, "6130000000022": OLD}
    replica.apply(
        {
            "server": {
                "system": "1",
                "timeline": 1,
                "epoch": 1,
                "now": "2026-03-01T10:00:00+00:00",
            },
            "position": {"seen": "1:1:"},
            "more": False,
            "reset": False,
            "gone": [],
            "rows": {
                PRODUCTS.id: [
                    row(COFFEE, "CAF-1", "Café moulu", name_ar="قهوة مطحونة"),
                    row(TEA, "THE-1", "Thé vert"),
                    row(OLD, "CAF-0", "Café d'avant", is_active=False),
                ],
                BARCODES.id: [
                    {"barcode": barcode, "product_id": str(product)}
                    for barcode, product in barcodes.items()
                ],
            },
        }
    )
    yield cast("Workstation", SimpleNamespace(replica=replica))
    replica.close()


@pytest.mark.parametrize(
    ("scanned", "found"),
    [
        ("6130000000015", COFFEE),
        (" 6130000000015 ", COFFEE),
        ("0012345678905", TEA),
        ("012345678905", TEA),
        ("6130000000022", None),
        ("9999999999994", None),
        ("", None),
        ("x" * 500, None),
    ],
)
def test_a_scan_finds_what_is_for_sale(desk: Workstation, scanned: str, found: Any) -> None:
    product = product_by_barcode(desk, scanned)

    assert (product.id if product else None) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cafe", ["CAF-1"]),
        ("قهوه", ["CAF-1"]),
        ("caf-1", ["CAF-1"]),
        ("6130000000015", ["CAF-1"]),
        ("vert", ["THE-1"]),
        ("nichts", []),
    ],
)
def test_a_search_finds_what_is_meant(desk: Workstation, typed: str, found: list[str]) -> None:
    assert [product.code for product in find_product(desk, typed)] == found


def test_what_is_no_longer_sold_is_known_by_its_id(desk: Workstation) -> None:
    known = product_by_id(desk, OLD)

    assert known is not None
    assert (known.code, known.is_active, str(known.price)) == ("CAF-0", False, "119.00")
    assert product_by_id(desk, uuid7()) is None


def test_a_product_is_called_by_its_arabic_name_in_arabic(desk: Workstation) -> None:
    coffee, tea = product_by_id(desk, COFFEE), product_by_id(desk, TEA)

    assert coffee is not None
    assert tea is not None
    assert (coffee.named("ar"), coffee.named("fr")) == ("قهوة مطحونة", "Café moulu")
    assert tea.named("ar") == "Thé vert"
