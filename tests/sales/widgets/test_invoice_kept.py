"""Nothing that was written is lost, and nothing is posted twice."""

from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.errors import OfflineError
from erp_desktop.workstation.workstation import Workstation
from modules.sales.widgets.invoice_page import InvoicePage
from modules.sales.widgets.new_documents import new_argument
from tests.houses import House, MakeProduct
from tests.sales.office import Office
from tests.sales.widgets.desks import (
    COFFEE,
    UNIT,
    Desk,
    Key,
    head_of,
    lines_of,
    posted,
    said,
    written,
)


def test_without_a_line_the_draft_waits_here_and_is_posted_once_it_is_back(
    nadia: Desk,
    office: Office,
    product: MakeProduct,
    house: House,
    station: Workstation,
) -> None:
    office.customer("C1")
    product(COFFEE, price="119.00", stock=10)
    argument = new_argument("invoice")
    page = nadia.open(InvoicePage, argument)
    nadia.choose_customer(page, "C1")
    nadia.add_line(page, COFFEE, "3")

    nadia.backend.workstation = station
    nadia.press(page, Key.Key_Return)
    nadia.until(lambda: "Posting needs the line to head office" in said(page))
    nadia.backend.workstation = None
    page.stop()
    page.close()

    # The next new invoice is the one that waits.
    assert new_argument("invoice") == argument
    again = nadia.open(InvoicePage, new_argument("invoice"))
    nadia.until(lambda: len(lines_of(again)) == 1)
    assert lines_of(again)[0].quantity == 3
    posted(nadia, again)
    assert house.value("select count(*) from sales.invoices") == 1
    assert new_argument("invoice") != argument


def test_an_answer_that_was_lost_posts_nothing_twice(
    nadia: Desk,
    office: Office,
    product: MakeProduct,
    house: House,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = written(nadia, office, product)
    send = nadia.backend.execute

    async def lost(*args: Any) -> Any:
        await send(*args)
        raise OfflineError

    with monkeypatch.context() as line:
        line.setattr(nadia.backend, "execute", lost)
        nadia.press(page, Key.Key_Return)
        nadia.until(lambda: "Posting needs the line" in said(page))
    nadia.press(page, Key.Key_Return)

    nadia.until(lambda: head_of(page) is not None)
    assert head_of(page).number == "FA-ALG-2026/000001"
    assert house.value("select count(*) from sales.invoices") == 1


def test_what_a_crash_interrupted_is_here_again(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    office.customer("C1")
    product(COFFEE, price="119.00", stock=10)
    argument = new_argument("invoice")
    page = nadia.open(InvoicePage, argument)
    nadia.choose_customer(page, "C1")
    nadia.add_line(page, COFFEE, "2")
    page.state()

    again = nadia.open(InvoicePage, argument)

    nadia.until(lambda: lines_of(again) and lines_of(again)[0].goods is not None)
    assert (lines_of(again)[0].quantity, lines_of(again)[0].unit_price) == (2, Decimal(100))
    assert again.body.form.values()["customer"].code == "C1"


def test_a_draft_is_thrown_away_once_it_is_named(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    page = written(nadia, office, product)
    nadia.press(page, Key.Key_S)
    nadia.until(lambda: said(page) == "The draft is saved.")

    nadia.button(page, "Discard").click()
    assert nadia.answer(page, "Discard") == "Discard New invoice?"

    nadia.until(lambda: house.value("select state from sales.invoices") == "discarded")
    assert page.unsaved() == ""


def test_the_new_key_begins_another_invoice(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    page = written(nadia, office, product)
    posted(nadia, page)

    nadia.press(page, Key.Key_N)

    [(name, argument)] = nadia.opened
    assert name == "sales.invoice"
    assert argument["new"] != str(head_of(page).id)


def test_packs_of_a_kept_draft_can_be_chosen_as_soon_as_one_is_on_its_line(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    page = written(nadia, office, product)
    house.run(
        "insert into catalog.packs (id, product_id, name, factor)"
        " select gen_random_uuid(), id, 'Carton', 3 from catalog.products"
    )
    nadia.press(page, Key.Key_S)
    nadia.until(lambda: said(page) == "The draft is saved.")
    again = nadia.open(InvoicePage, str(page.presenter.writing.base.id))
    nadia.until(lambda: lines_of(again))

    again.body.grid.setCurrentIndex(again.body.grid.lines.index(0, UNIT))
    nadia.until(lambda: lines_of(again)[0].goods is not None)
    again.body.grid.setFocus()
    nadia.type("", Key.Key_F2)
    nadia.type("C", Key.Key_Return)

    assert lines_of(again)[0].pack_id is not None
    assert lines_of(again)[0].unit_price == Decimal(300)
    assert posted(nadia, again).net == Decimal(900)
