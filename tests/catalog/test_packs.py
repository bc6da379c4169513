"""Packs and pictures: saved with their product, given up, found by their barcodes."""

from base64 import b64encode
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import UserError
from modules.catalog.errors import (
    BarcodeRepeatedError,
    BarcodeTakenError,
    PackImpossibleError,
    PackRepeatedError,
    PictureImpossibleError,
    PriceImpossibleError,
)
from modules.catalog.selectors import (
    ProductFilter,
    find_priced,
    get_product,
    list_products,
    products_by_codes,
)
from modules.catalog.services import ProductDraft, save_product, set_picture
from tests.catalog.goods import draft, pack
from tests.houses import Ask, House

pytestmark = pytest.mark.database

CARTON = pack("Carton", "12", "1300.00", "6130000000039")
PALLET = pack("Palette", "480", barcodes="6130000000046 6130000000053")
WATER = draft("EAU-1", "Eau", barcodes=("6130000000015",), packs=(CARTON, PALLET))
PICTURE = f"image/png;base64,{b64encode(b'png').decode()}"


def test_a_product_keeps_its_packs_each_with_its_barcodes(ask: Ask) -> None:
    product = uuid7()

    ask(save_product, product, WATER)

    kept = ask(get_product, product).product
    assert ProductDraft.of(kept) == WATER
    assert kept.barcodes == ("6130000000015",)


def test_the_barcode_of_a_pack_finds_its_product_but_means_no_single_unit(ask: Ask) -> None:
    ask(save_product, uuid7(), WATER)

    (row,) = ask(list_products, ProductFilter(text="6130000000053"))

    assert (row.code, row.is_exact, row.barcode) == ("EAU-1", True, "6130000000015")
    assert ask(products_by_codes, ["6130000000053", "6130000000015"]).keys() == {"6130000000015"}


def test_a_pack_that_is_given_up_stays_for_what_was_sold_and_may_come_again(
    ask: Ask, house: House
) -> None:
    product = uuid7()
    version = ask(save_product, product, WATER)

    version = ask(save_product, product, draft("EAU-1", packs=(PALLET,)), version=version)
    given_up = ask(get_product, product).product
    again = pack("Carton", "6")
    ask(save_product, product, draft("EAU-1", packs=(again, PALLET)), version=version)

    assert [each["name"] for each in given_up.packs] == ["Palette"]
    assert house.value("select array_agg(key order by key) from core.tombstones") == [
        "6130000000015",
        "6130000000039",
    ]
    (carton, _pallet) = ask(get_product, product).product.packs
    assert (carton["id"], carton["factor"]) == (CARTON["id"], "6")
    assert house.value("select count(*) from catalog.packs") == 2


def test_a_pack_may_get_another_name(ask: Ask) -> None:
    product = uuid7()
    version = ask(save_product, product, WATER)

    renamed: Any = {**CARTON, "name": "Fardeau"}
    ask(save_product, product, draft("EAU-1", packs=(renamed, PALLET)), version=version)

    assert [each["name"] for each in ask(get_product, product).product.packs] == [
        "Fardeau",
        "Palette",
    ]


def test_a_barcode_moves_from_the_product_to_its_pack(ask: Ask, house: House) -> None:
    product = uuid7()
    version = ask(save_product, product, draft("EAU-1", barcodes=("111",), packs=(CARTON,)))

    moved: Any = {**CARTON, "barcodes": "111"}
    ask(save_product, product, draft("EAU-1", packs=(moved,)), version=version)

    assert str(house.value("select pack_id from catalog.barcodes")) == CARTON["id"]


def test_who_says_nothing_of_packs_leaves_them(ask: Ask) -> None:
    product = uuid7()
    version = ask(save_product, product, WATER)

    def save(ctx: Any) -> None:
        told = draft("EAU-1").as_json(product, version)
        ctx.call("catalog.save_product_v1", {k: v for k, v in told.items() if k != "packs"})

    save.__module__ = "modules.catalog.services"
    ask(save)

    assert ask(get_product, product).product.packs == WATER.packs


def with_the_barcode_of_another(ask: Ask) -> None:
    ask(save_product, uuid7(), draft("X", packs=(pack("Carton", barcodes="6130000000039"),)))


def with_one_barcode_twice(ask: Ask) -> None:
    ask(save_product, uuid7(), draft("X", barcodes=("9",), packs=(pack("Carton", barcodes="9"),)))


def with_two_packs_of_one_name(ask: Ask) -> None:
    ask(save_product, uuid7(), draft("X", packs=(pack("Carton"), pack("Carton"))))


def with_nothing_in_it(ask: Ask) -> None:
    ask(save_product, uuid7(), draft("X", packs=(pack("Carton", "0"),)))


def without_a_name(ask: Ask) -> None:
    ask(save_product, uuid7(), draft("X", packs=(pack(" "),)))


def for_less_than_nothing(ask: Ask) -> None:
    ask(save_product, uuid7(), draft("X", packs=(pack("Carton", price="-1"),)))


def at_a_net_price_below_zero(ask: Ask) -> None:
    ask(save_product, uuid7(), draft("X", price_net=Decimal(-1)))


def with_a_picture_that_is_none(ask: Ask) -> None:
    ask(save_product, uuid7(), draft("X", picture=PICTURE.replace("png", "gif")))


def with_a_photograph(ask: Ask) -> None:
    content = b64encode(bytes(262_145)).decode()
    ask(save_product, uuid7(), draft("X", picture=f"image/png;base64,{content}"))


REFUSALS: dict[Any, tuple[type[UserError], str]] = {
    with_the_barcode_of_another: (BarcodeTakenError, "packs"),
    with_one_barcode_twice: (BarcodeRepeatedError, "packs"),
    with_two_packs_of_one_name: (PackRepeatedError, "packs"),
    with_nothing_in_it: (PackImpossibleError, "packs"),
    without_a_name: (PackImpossibleError, "packs"),
    for_less_than_nothing: (PriceImpossibleError, ""),
    at_a_net_price_below_zero: (PriceImpossibleError, ""),
    with_a_picture_that_is_none: (PictureImpossibleError, "picture"),
    with_a_photograph: (PictureImpossibleError, "picture"),
}


def test_what_cannot_be_kept_is_refused_at_its_field(ask: Ask, house: House) -> None:
    ask(save_product, uuid7(), WATER)

    for saving, (refusal, field) in REFUSALS.items():
        with pytest.raises(refusal) as refused:
            saving(ask)
        assert refused.value.details.get("field", "") == field, saving

    assert house.value("select count(*) from catalog.products") == 1


def test_a_picture_is_kept_with_its_product_left_alone_and_taken_away(ask: Ask) -> None:
    product = uuid7()

    version = ask(save_product, product, draft("EAU-1", picture=PICTURE))
    ask(save_product, product, draft("EAU-1"), version=version)
    left_alone = ask(get_product, product).product.picture
    ask(set_picture, product, PICTURE.replace("png;", "jpeg;"))
    changed = ask(get_product, product).product.picture
    ask(set_picture, product, "")

    assert left_alone == PICTURE
    assert changed == PICTURE.replace("png;", "jpeg;")
    assert ask(get_product, product).product.picture is None


def test_a_text_means_packs_too_and_a_barcode_only_what_carries_it(ask: Ask) -> None:
    ask(save_product, uuid7(), draft("CAF-1", "Café", barcodes=("6130000000015",), packs=(CARTON,)))
    ask(save_product, uuid7(), draft("THE-1", "Thé café"))

    def meant(text: str, **more: bool) -> list[tuple[str, str]]:
        return [(found.code, found.pack) for found in ask(find_priced, text, **more)]

    assert meant("caf") == [("CAF-1", ""), ("CAF-1", CARTON["name"]), ("THE-1", "")]
    assert meant("caf", with_packs=False) == [("CAF-1", ""), ("THE-1", "")]
    assert meant("6130000000015") == [("CAF-1", "")]
    assert meant(CARTON["barcodes"].split()[0]) == [("CAF-1", CARTON["name"])]
    assert meant("the-1") == [("THE-1", "")]
