"""Finding products: by folded words, by code, by barcode, page by page."""

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from modules.catalog import selectors
from modules.catalog.selectors import Order, ProductFilter, ProductRow, list_products
from modules.catalog.services import import_products
from tests.catalog.goods import draft
from tests.houses import Ask

pytestmark = pytest.mark.database


@pytest.fixture
def shelf(ask: Ask) -> None:
    """A few products with accents, hamza and several barcodes."""
    ask(
        import_products,
        [
            draft("CAF-1", "Café moulu 250 g", name_ar="قهوة مطحونة", barcodes=("6130000000015",)),
            draft("CAF-2", "Café en grains", barcodes=("6130000000022", "012345678905")),
            draft("HUI-1", "Huile d'olive vierge", name_ar="زيت الزيتون", price=Decimal(950)),
            draft("613", "Œufs frais", price=Decimal(0), unit="KG"),
        ],
        may_change=False,
    )


TYPED = {
    "cafe": ["CAF-1", "CAF-2"],
    "CAFÉ mou": ["CAF-1"],
    "oeufs": ["613"],
    "قهوه": ["CAF-1"],
    "الزيتون": ["HUI-1"],
    "6130000000022": ["CAF-2"],
    "0012345678905": ["CAF-2"],
    "613": ["613"],
    "hui-1": ["HUI-1"],
    "olive'; drop table catalog.products; --": [],
    "d'olive": ["HUI-1"],
    "' & | ! :*": [],
    "%": [],
    "inconnu": [],
}


@pytest.mark.usefixtures("shelf")
def test_what_is_typed_finds_what_is_meant(ask: Ask) -> None:
    found = {typed: ask(list_products, ProductFilter(text=typed)) for typed in TYPED}

    assert {typed: [row.code for row in rows] for typed, rows in found.items()} == TYPED


@pytest.mark.usefixtures("shelf")
def test_who_types_a_whole_code_sees_that_product_first(ask: Ask) -> None:
    ask(import_products, [draft("ZZZ", "613 grammes"), draft("A13", "613")], may_change=False)

    rows = ask(list_products, ProductFilter(text="613"))

    assert [row.code for row in rows] == ["613", "A13", "ZZZ"]
    assert [row.is_exact for row in rows] == [True, False, False]


NARROWED: list[tuple[dict[str, Any], list[str]]] = [
    ({"price_from": Decimal(900)}, ["HUI-1"]),
    ({"price_to": Decimal(0)}, ["613"]),
    ({"has_price": False}, ["613"]),
    ({"has_barcode": False}, ["613", "HUI-1"]),
    ({"unit": "kg"}, ["613"]),
    ({"tax": "tva9"}, []),
    ({"code": "CAF"}, ["CAF-1", "CAF-2"]),
    ({"is_active": False}, []),
]


@pytest.mark.usefixtures("shelf")
def test_a_list_can_be_narrowed(ask: Ask) -> None:
    for wanted, codes in NARROWED:
        rows = ask(list_products, ProductFilter(**wanted))
        assert (wanted, [row.code for row in rows]) == (wanted, codes)


ORDERS: tuple[Order, ...] = ("code", "name", "price")


def test_pages_show_every_product_once_in_every_order(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [
        draft(f"VERT-{n:02d}", f"Vert {n % 5}", price=Decimal(n % 3), barcodes=(f"77{n}",))
        for n in range(30)
    ]
    ask(import_products, [*many, draft("ROUGE", "Rouge")], may_change=False)
    monkeypatch.setattr(selectors, "PAGE_SIZE", 7)
    texts = {"": 31, "vert": 30, "vert-07": 1}

    for text, order, descending in product(texts, ORDERS, (False, True)):
        wanted = ProductFilter(text=text, order=order, descending=descending)
        seen: list[ProductRow] = []
        while page := ask(list_products, wanted, after=seen[-1] if seen else None):
            seen += page

        assert len(seen) == len({row.id for row in seen}) == texts[text]
        keys = [(getattr(row, order), row.id) for row in seen]
        assert keys == sorted(keys, reverse=descending)


def test_a_product_that_is_deleted_is_not_listed(ask: Ask, house: Any) -> None:
    ask(import_products, [draft("OLD"), draft("NEW")], may_change=False)
    house.run(
        "update catalog.products set is_active = false, deleted_at = now() where code = 'OLD'"
    )

    rows = ask(list_products, ProductFilter())

    assert [row.code for row in rows] == ["NEW"]
