"""Price lists: dated prices with steps, one a day; former ones end, copies begin."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, NotFoundError, StaleRecordError, UserError
from modules.catalog import selectors
from modules.catalog.errors import (
    ChoiceUnknownError,
    CopyImpossibleError,
    ListHasPricesError,
    ListsDifferError,
    PriceDaysError,
    PriceImpossibleError,
    PriceListCodeTakenError,
    PriceListNameMissingError,
    PriceRepeatedError,
    PricesOverlapError,
)
from modules.catalog.selectors import (
    PriceFilter,
    get_product,
    list_price_lists,
    list_prices,
    prices_at,
    product_for_document,
)
from modules.catalog.services import (
    CopyDraft,
    PriceListDraft,
    PricesReport,
    copy_prices,
    save_price_list,
    save_prices,
    save_product,
)
from tests.catalog.goods import draft, listed, pack, price_row
from tests.houses import Ask, House

pytestmark = pytest.mark.database

GROS = PriceFilter("GROS")


@pytest.fixture
def lists(ask: Ask) -> None:
    """A list without taxes, and one with."""
    ask(save_price_list, PriceListDraft("GROS", "Gros", "جملة", includes_tax=False))
    ask(save_price_list, PriceListDraft("VIP", "Bons clients"))


@pytest.fixture
def coffee(ask: Ask, lists: None) -> UUID:
    """A product in a carton of twelve."""
    del lists
    product = uuid7()
    ask(save_product, product, draft("CAF-1", "Café", packs=(pack("Carton"),)))
    return product


def days(ask: Ask, wanted: PriceFilter = GROS) -> list[tuple[str, str, str]]:
    return [
        (str(row.price), str(row.valid_from), str(row.valid_to or ""))
        for row in ask(list_prices, wanted)
    ]


def test_a_new_price_ends_the_former_the_day_before(ask: Ask, coffee: UUID) -> None:
    ask(save_prices, "GROS", [price_row(coffee, "90")])

    report = ask(save_prices, "GROS", [price_row(coffee, "95", "2026-07-01")])

    assert report == PricesReport(saved=1, ended=1)
    assert days(ask) == [("90", "2026-01-01", "2026-06-30"), ("95", "2026-07-01", "")]


def test_a_promotion_ends_and_the_former_price_goes_on(ask: Ask, coffee: UUID) -> None:
    ask(save_prices, "GROS", [price_row(coffee, "90")])

    offer = price_row(coffee, "80", "2026-03-01", valid_to=date(2026, 3, 31))
    ask(save_prices, "GROS", [offer])

    assert days(ask) == [
        ("90", "2026-01-01", "2026-02-28"),
        ("80", "2026-03-01", "2026-03-31"),
        ("90", "2026-04-01", ""),
    ]
    assert days(ask, PriceFilter("GROS", day=date(2026, 3, 15))) == [
        ("80", "2026-03-01", "2026-03-31")
    ]


def test_steps_and_packs_have_days_of_their_own(ask: Ask, coffee: UUID) -> None:
    carton = UUID(ask(get_product, coffee).product.packs[0]["id"])
    ask(save_prices, "GROS", [price_row(coffee, "90")])

    report = ask(
        save_prices,
        "GROS",
        [
            price_row(coffee, "85", "2026-02-01", min_quantity=Decimal(10)),
            price_row(coffee, "1000", "2026-02-01", pack_id=carton),
        ],
    )

    assert report.ended == 0
    assert [row.pack for row in ask(list_prices, GROS)] == ["", "", "Carton"]


def test_prices_are_changed_in_place_and_taken_away(ask: Ask, coffee: UUID, house: House) -> None:
    row, other = price_row(coffee, "90"), price_row(coffee, "70", min_quantity=Decimal(50))
    ask(save_prices, "GROS", [row, other])

    changed = price_row(coffee, "92", id=row.id)
    ask(save_prices, "GROS", [changed], removed=[other.id])

    assert [price for price, *_days in days(ask)] == ["92"]
    assert house.value("select key from core.tombstones") == str(other.id)


def test_documents_see_the_step_of_the_day(ask: Ask, coffee: UUID) -> None:
    ask(
        save_prices,
        "GROS",
        [price_row(coffee, "90"), price_row(coffee, "85", min_quantity=Decimal(10))],
    )
    ask(save_prices, "GROS", [price_row(coffee, "95", "2026-07-01")])

    (product,) = ask(product_for_document, codes=["CAF-1"])
    at = ask(prices_at, "GROS", [coffee], date(2026, 6, 1))
    later = ask(prices_at, "GROS", [coffee], date(2026, 8, 1))
    none = ask(prices_at, None, [coffee], date(2026, 6, 1))
    other = ask(prices_at, "VIP", [coffee], date(2026, 6, 1))

    def priced(prices: Any, quantity: int) -> tuple[str, bool]:
        price = prices.tag(product).price(Decimal(quantity))
        return (str(price.amount), price.includes_tax)

    assert priced(at, 1) == ("90", False)
    assert priced(at, 10) == ("85", False)
    assert priced(later, 9) == ("95", False)
    assert priced(later, 10) == ("85", False)
    assert priced(none, 10) == priced(other, 10) == ("119.00", True)
    assert (product.kind, product.tax_code, product.price_net) == ("goods", "TVA19", None)
    assert ask(product_for_document, [coffee]) == [product]


def test_the_form_of_a_product_keeps_all_its_prices(ask: Ask, lists: None) -> None:
    del lists
    product = uuid7()
    kept = listed("GROS", "90", valid_to="2026-05-31")
    version = ask(save_product, product, draft("A", prices=(kept, listed("VIP", "110"))))

    ask(save_product, product, draft("A", prices=(kept,)), version=version)

    assert ask(get_product, product).product.prices == (kept,)


def test_lists_are_read_page_by_page_in_the_order_of_their_products(
    ask: Ask, lists: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del lists
    monkeypatch.setattr(selectors.prices, "PAGE_SIZE", 2)
    for code in ("C", "A", "B"):
        made = uuid7()
        ask(save_product, made, draft(code))
        steps = (Decimal(1), Decimal(10))
        ask(save_prices, "GROS", [price_row(made, "1", min_quantity=step) for step in steps])

    found: list[Any] = []
    while page := ask(list_prices, GROS, after=found[-1] if found else None):
        found += page

    assert [(row.code, int(row.min_quantity)) for row in found] == [
        (code, step) for code in "ABC" for step in (1, 10)
    ]
    assert [row.code for row in ask(list_prices, PriceFilter("GROS", "b"))] == ["B", "B"]


def test_a_list_is_copied_with_a_percentage_and_rounded(ask: Ask, coffee: UUID) -> None:
    carton = UUID(ask(get_product, coffee).product.packs[0]["id"])
    steps = [
        price_row(coffee, "102.30"),
        price_row(coffee, "0", min_quantity=Decimal(100)),
        price_row(coffee, "2", pack_id=carton),
        price_row(coffee, "99", min_quantity=Decimal(7), valid_to=date(2026, 2, 1)),
    ]
    ask(save_prices, "VIP", steps)
    ask(save_price_list, PriceListDraft("VIP2", "Très bons clients"))

    draft_ = CopyDraft(date(2026, 6, 1), "VIP", Decimal(-10), Decimal(5))
    first = ask(copy_prices, "VIP2", draft_)
    again = ask(copy_prices, "VIP2", draft_)
    later = ask(copy_prices, "VIP2", CopyDraft(date(2026, 7, 1), "VIP", step=Decimal("0.1")))

    assert (first, again, later) == (PricesReport(3, 0), PricesReport(3, 0), PricesReport(3, 3))
    on = PriceFilter("VIP2", day=date(2026, 6, 15))
    # 92.07 is nearest to 90; nothing becomes free by being rounded, and what is free stays so.
    assert [str(row.price) for row in ask(list_prices, on)] == ["90.00", "0", "5.00"]
    assert days(ask, PriceFilter("VIP2", "caf"))[0] == ("90.00", "2026-06-01", "2026-06-30")


def test_a_list_without_taxes_begins_with_the_products_own_net_prices(ask: Ask) -> None:
    ask(save_price_list, PriceListDraft("GROS", "Gros", includes_tax=False))
    ask(save_product, uuid7(), draft("A", price=Decimal("119.00")))
    ask(save_product, uuid7(), draft("B", price=Decimal("119.00"), price_net=Decimal("99.99")))
    ask(save_product, uuid7(), draft("C", price=Decimal(0)))

    report = ask(copy_prices, "GROS", CopyDraft(date(2026, 1, 1), step=Decimal("0.01")))

    assert report.saved == 2
    assert [str(row.price) for row in ask(list_prices, GROS)] == ["100.00", "99.99"]


def test_lists_say_how_many_prices_they_have_today(ask: Ask, coffee: UUID) -> None:
    ask(save_prices, "GROS", [price_row(coffee, "90", "2020-01-01")])

    gros, vip = ask(list_price_lists)

    assert (gros.code, gros.prices, gros.includes_tax, gros.named("ar")) == (
        "GROS",
        1,
        False,
        "جملة",
    )
    assert (vip.code, vip.prices, vip.version) == ("VIP", 0, 1)


def begun_before_a_later_one(ask: Ask, product: UUID) -> None:
    ask(save_prices, "GROS", [price_row(product, "95", "2026-07-01")])
    ask(save_prices, "GROS", [price_row(product, "90", "2026-06-01")])


def over_another_that_shall_not_end(ask: Ask, product: UUID) -> None:
    ask(save_prices, "GROS", [price_row(product, "90")])
    ask(save_prices, "GROS", [price_row(product, "95", "2026-07-01")], ends_former=False)


def both_at_once(ask: Ask, product: UUID) -> None:
    ask(save_prices, "GROS", [price_row(product, "1"), price_row(product, "2", "2026-02-01")])


def begun_the_same_day(ask: Ask, product: UUID) -> None:
    ask(save_prices, "GROS", [price_row(product, "1"), price_row(product, "2")])


def ended_before_it_begins(ask: Ask, product: UUID) -> None:
    ask(save_prices, "GROS", [price_row(product, "1", valid_to=date(2025, 12, 31))])


def below_zero(ask: Ask, product: UUID) -> None:
    ask(save_prices, "GROS", [price_row(product, "-1")])


def from_nothing_on(ask: Ask, product: UUID) -> None:
    ask(save_prices, "GROS", [price_row(product, "1", min_quantity=Decimal(0))])


def in_no_list(ask: Ask, product: UUID) -> None:
    ask(save_prices, "NONE", [price_row(product, "1")])


def for_a_pack_of_another_product(ask: Ask, product: UUID) -> None:
    other = uuid7()
    ask(save_product, other, draft("THE-1", packs=(pack("Carton"),)))
    carton = UUID(ask(get_product, other).product.packs[0]["id"])
    ask(save_prices, "GROS", [price_row(product, "1", pack_id=carton)])


def for_a_pack_that_is_none(ask: Ask, product: UUID) -> None:
    ask(save_prices, "GROS", [price_row(product, "1", pack_id=uuid7())])


def as_a_cashier(ask: Ask, product: UUID) -> None:
    ask(save_prices, "GROS", [price_row(product, "1")], as_user="amina")


def copied_by_a_cashier(ask: Ask, _product: UUID) -> None:
    ask(copy_prices, "GROS", CopyDraft(date(2026, 1, 1)), as_user="amina")


def copied_from_a_list_of_the_other_kind(ask: Ask, _product: UUID) -> None:
    ask(copy_prices, "GROS", CopyDraft(date(2026, 1, 1), "VIP"))


def copied_for_nothing(ask: Ask, _product: UUID) -> None:
    ask(copy_prices, "VIP", CopyDraft(date(2026, 1, 1), percent=Decimal(-100)))


def rounded_to_nothing(ask: Ask, _product: UUID) -> None:
    ask(copy_prices, "VIP", CopyDraft(date(2026, 1, 1), step=Decimal(0)))


def of_the_other_kind_though_it_has_prices(ask: Ask, product: UUID) -> None:
    ask(save_prices, "GROS", [price_row(product, "1")])
    ask(save_price_list, PriceListDraft("GROS", "Gros", includes_tax=True), version=1)


def a_list_twice(ask: Ask, _product: UUID) -> None:
    ask(save_price_list, PriceListDraft("GROS", "Autre"))


def a_list_without_a_name(ask: Ask, _product: UUID) -> None:
    ask(save_price_list, PriceListDraft("NEW", " "))


def a_list_with_a_small_code(ask: Ask, _product: UUID) -> None:
    ask(save_price_list, PriceListDraft("petit", "Petit"))


def a_list_from_an_old_screen(ask: Ask, _product: UUID) -> None:
    ask(save_price_list, PriceListDraft("GROS", "Autre", includes_tax=False), version=7)


REFUSALS: dict[Any, type[UserError]] = {
    begun_before_a_later_one: PricesOverlapError,
    over_another_that_shall_not_end: PricesOverlapError,
    both_at_once: PricesOverlapError,
    begun_the_same_day: PriceRepeatedError,
    ended_before_it_begins: PriceDaysError,
    below_zero: PriceImpossibleError,
    from_nothing_on: PriceImpossibleError,
    in_no_list: NotFoundError,
    for_a_pack_of_another_product: NotFoundError,
    for_a_pack_that_is_none: ChoiceUnknownError,
    as_a_cashier: NotAllowedError,
    copied_by_a_cashier: NotAllowedError,
    copied_from_a_list_of_the_other_kind: ListsDifferError,
    copied_for_nothing: CopyImpossibleError,
    rounded_to_nothing: CopyImpossibleError,
    of_the_other_kind_though_it_has_prices: ListHasPricesError,
    a_list_twice: PriceListCodeTakenError,
    a_list_without_a_name: PriceListNameMissingError,
    a_list_with_a_small_code: PriceListNameMissingError,
    a_list_from_an_old_screen: StaleRecordError,
}


@pytest.mark.parametrize(("saving", "refusal"), REFUSALS.items())
def test_what_no_list_can_say_is_refused(
    ask: Ask, coffee: UUID, saving: Any, refusal: type[UserError]
) -> None:
    with pytest.raises(refusal) as refused:
        saving(ask, coffee)

    assert "{" not in refused.value.sentence()
