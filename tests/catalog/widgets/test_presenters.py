"""The stories of the catalog's pages, told without a widget."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import InvalidValueError, StaleRecordError
from erp_desktop.ui.filters import Query, parse_filter
from modules.catalog.selectors import (
    ProductDetails,
    ProductFilter,
    ProductRow,
    get_product,
    list_products,
)
from modules.catalog.services import ProductDraft, save_product
from modules.catalog.widgets.palette import find_products
from modules.catalog.widgets.product_form import ProductFormPresenter, doubts
from modules.catalog.widgets.product_list import ProductListPresenter, filter_of
from tests.catalog.goods import SHEET, draft
from tests.fakes import FakeBackend, FakeView

YES = True
COFFEE = ProductRow(
    uuid7(), 1, "CAF-1", "Café", "قهوة", "PCE", "TVA19", Decimal(119), YES, "613", "DZD"
)


class FormView(FakeView):
    """Also notes that the draft is forgotten."""

    def forget_draft(self) -> None:
        """Note it."""
        self.shown.append(("forget_draft", ()))


def door(answers: dict[Any, Any]) -> Any:
    """A door that answers so; pages and presenters know it as `Backend`."""
    return FakeBackend(answers)


def asked(line: str, *chips: str) -> ProductFilter:
    text, terms = parse_filter(line)
    return filter_of(Query(text, terms, frozenset(chips)))


@pytest.mark.parametrize(
    ("line", "chips", "expected"),
    [
        ("café", (), ProductFilter("café", is_active=True)),
        ("", ("inactive",), ProductFilter(is_active=False)),
        ("", ("no_price",), ProductFilter(is_active=True, has_price=False)),
        (
            "prix:10..20",
            (),
            ProductFilter("", price_from=Decimal(10), price_to=Decimal(20), is_active=True),
        ),
        ("السعر:..5,5", (), ProductFilter("", price_to=Decimal("5.5"), is_active=True)),
        (
            "price:7",
            (),
            ProductFilter("", price_from=Decimal(7), price_to=Decimal(7), is_active=True),
        ),
        ("price:cheap thé", (), ProductFilter("thé", is_active=True)),
        ("tva:TVA9 unité:KG", (), ProductFilter("", tax="TVA9", unit="KG", is_active=True)),
    ],
)
def test_the_filter_line_is_understood(
    line: str, chips: tuple[str, ...], expected: ProductFilter
) -> None:
    assert asked(line, *chips) == expected


def test_looking_at_a_row_shows_all_the_product_has() -> None:
    backend, view = door({get_product: SHEET, list_products: [COFFEE]}), FakeView()
    presenter = ProductListPresenter(view, backend)

    rows = asyncio.run(presenter.load(Query("café"), None))
    asyncio.run(presenter.look_at(rows[0]))

    assert rows == [COFFEE]
    assert view.preview == SHEET
    assert backend.asked(get_product) == [((COFFEE.id,), {})]


def test_a_new_product_begins_as_a_piece_at_the_full_rate_and_is_kept_once() -> None:
    backend, view = door({get_product: SHEET, save_product: 1}), FormView()
    presenter = ProductFormPresenter(view, backend)

    asyncio.run(presenter.show(None))
    begun: ProductDraft = view.product
    sentence = asyncio.run(presenter.save(draft("CAF-1", "Café")))
    asyncio.run(presenter.save(draft("CAF-1", "Café noir")))

    assert (begun.unit, begun.tax_code, begun.code) == ("PCE", "TVA19", "")
    assert sentence == "Café is saved."
    (first, created), (second, changed) = backend.asked(save_product)
    assert first[0] == second[0] == presenter.saved_id
    assert (created, changed) == ({"version": None}, {"version": 1})


def test_a_change_carries_the_version_that_was_read_and_a_refusal_keeps_what_was_typed() -> None:
    details = ProductDetails(
        uuid7(), 4, "CAF-1", "Café", "", "PCE", "TVA19", Decimal(119), None, YES, {}, ()
    )
    sheet = type(SHEET)(details, SHEET.currency, SHEET.units, SHEET.taxes)
    backend, view = door({get_product: sheet, save_product: StaleRecordError()}), FormView()
    presenter = ProductFormPresenter(view, backend)
    asyncio.run(presenter.show(details.id))
    shown = len(view.shown)

    with pytest.raises(StaleRecordError):
        asyncio.run(presenter.save(draft("CAF-1", "Autre")))

    assert backend.asked(save_product)[0][1] == {"version": 4}
    assert len(view.shown) == shown


def test_a_wrong_check_digit_is_worth_a_look_and_no_reason_to_refuse() -> None:
    backend, view = door({get_product: SHEET, save_product: 1}), FormView()
    presenter = ProductFormPresenter(view, backend)

    asyncio.run(presenter.save(draft("CAF-1", barcodes=("6110214007002",))))

    assert "last digit should be 0" in doubts(("6110214007002", "6110047033504", "ABC"))
    assert doubts(("6110047033504",)) == ""
    with pytest.raises(InvalidValueError) as refused:
        asyncio.run(presenter.save(draft("CAF-1", barcodes=("61 10",))))
    assert refused.value.details["field"] == "barcodes"


def test_the_palette_finds_products_by_name_in_the_users_language() -> None:
    backend = door({list_products: [COFFEE]})

    (found,) = asyncio.run(find_products(backend, "caf"))

    assert (found.title, found.page, found.argument) == (
        "Café",
        "catalog.product",
        str(COFFEE.id),
    )
    assert "119.00" in found.note
