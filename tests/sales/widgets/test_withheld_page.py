"""A payment of which the customer keeps a part back for the state, on its page.

By hand, in Tunisia: 1,191.000 with its stamp, of which 1 % of 1,190.000 is kept back: 11.900.
"""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from modules.accounting.widgets.withholding.list_page import WithholdingListPage
from modules.sales.widgets.keeping import proposed
from modules.sales.widgets.new_documents import new_argument
from modules.sales.widgets.open_lines import WITHHELD_PLACE
from modules.sales.widgets.payment_page import PaymentPage
from tests.houses import House, MakeProduct
from tests.sales.office import DIFFERENCES, MARCH, Office, line
from tests.sales.widgets.conftest import SitDown
from tests.sales.widgets.desks import Desk, Key, lines_of, said, totals_of
from tests.sales.widgets.test_payment_pages import new_payment


@pytest.fixture
def sold(tunis: Office, product: MakeProduct) -> tuple[UUID, UUID]:
    """Ten coffees for C1: customer and invoice."""
    customer, coffee = tunis.customer("C1"), product("COF-1", stock=50)
    return customer, tunis.sold(customer, line(coffee, "10"), currency="TND")


def choose(page: Any, kind: str) -> None:
    """Choose a kind as a click does."""
    page.withheld.kind.show_value(kind)
    page.withheld.kind.edited()


def received(desk: Desk, page: Any) -> None:
    """Receive what is typed by its key."""
    desk.press(page, Key.Key_Return)
    desk.until(lambda: "is received" in said(page))


def test_where_the_law_keeps_nothing_back_nothing_is_asked(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    customer = office.customer("C1")
    office.sold(customer, line(product("COF-1", stock=5)))

    page = new_payment(nadia, customer)

    assert page.withheld.kind.isHidden()
    assert page.body.grid.isColumnHidden(WITHHELD_PLACE)


def test_the_kind_lowers_what_is_paid_and_the_certificate_settles_the_rest(
    nadia: Desk, sold: tuple[UUID, UUID], tunis: Office, house: House
) -> None:
    customer, invoice = sold
    page = new_payment(nadia, customer, invoice=invoice)
    page.body.form.type_values({"method": "transfer"})
    assert page.body.form.values()["amount"] == Decimal("1191.000")
    assert not page.withheld.kind.isHidden()
    nadia.backend.asked.clear()

    choose(page, "purchases")

    assert page.body.form.values()["amount"] == Decimal("1179.100")
    assert [(each.settles, each.withheld) for each in lines_of(page)] == [
        (Decimal("1191.000"), Decimal("11.900"))
    ]
    nadia.until(lambda: "11.900" in totals_of(page))
    page.body.form.type_values({"certificate": "RS-9"})
    received(nadia, page)
    assert nadia.backend.asked == ["execute_directly", "get_payment"]
    assert tunis.open(invoice) == 0
    assert house.value("select number from accounting.withholdings") == "RS-9"
    assert house.value(DIFFERENCES) == 0


def test_nothing_again_pays_the_whole(nadia: Desk, sold: tuple[UUID, UUID]) -> None:
    page = new_payment(nadia, sold[0], invoice=sold[1])
    choose(page, "purchases")
    choose(page, "")

    assert page.body.form.values()["amount"] == Decimal("1191.000")
    assert lines_of(page)[0].withheld == 0


def test_of_a_part_nothing_is_kept_back(nadia: Desk, sold: tuple[UUID, UUID]) -> None:
    page = new_payment(nadia, sold[0], invoice=sold[1])
    choose(page, "purchases")

    page.amount.show_value(Decimal(500))
    page.amount.edited()

    assert (lines_of(page)[0].settles, lines_of(page)[0].withheld) == (Decimal(500), 0)


def test_what_they_kept_back_is_proposed_the_next_time_and_can_be_taken_back(
    nadia: Desk, sold: tuple[UUID, UUID], tunis: Office, house: House
) -> None:
    customer, invoice = sold
    page = new_payment(nadia, customer, invoice=invoice)
    page.body.form.type_values({"method": "transfer"})
    choose(page, "purchases")
    received(nadia, page)
    coffee = house.value("select id from catalog.products")
    second = tunis.sold(customer, line(coffee, "10"), currency="TND")

    fresh = new_payment(nadia, customer, invoice=second)
    assert fresh.body.form.values()["withholding"] == "purchases"
    assert fresh.body.form.values()["amount"] == Decimal("1179.100")

    kept = house.value("select id from sales.payments where method = 'withholding'")
    shown = nadia.open(PaymentPage, str(kept))
    nadia.until(lambda: shown.presenter.sheet is not None)
    assert shown.method.editor.currentText() == "Withheld tax"
    nadia.button(shown, "Take the withholding back").click()
    question = nadia.answer(shown, "Take the withholding back")
    assert "Its invoice is open again" in question
    nadia.until(lambda: "is taken back" in said(shown))
    assert tunis.open(invoice) == Decimal("11.900")


def test_a_certificate_that_comes_later_is_numbered_in_the_list(
    nadia: Desk, sold: tuple[UUID, UUID], sit_down: SitDown, house: House
) -> None:
    page = new_payment(nadia, sold[0], invoice=sold[1])
    page.body.form.type_values({"method": "transfer"})
    choose(page, "purchases")
    received(nadia, page)

    salim = sit_down("salim")
    listed = salim.open(WithholdingListPage)
    salim.until(lambda: listed.model.rowCount() == 1)
    row = listed.model.rows[0]
    number = next(c for c in listed.model.columns if c.title == "Number")
    assert number.text(row) == "To come"
    listed.start_once(listed.take, row)
    salim.confirm_dialog(listed, number="RS-12")

    salim.until(lambda: "is filed" in said(listed))
    assert house.value("select number from accounting.withholdings") == "RS-12"
    listed.start_once(listed.undo, row)
    salim.until(lambda: salim.opened)
    assert salim.opened[-1][0] == "sales.payment"


def test_two_kinds_are_kept_back_together(
    nadia: Desk, sold: tuple[UUID, UUID], tunis: Office, house: House
) -> None:
    """With 25 % of the VAT of 190.000, which are 47.500, the customer pays 1,131.600."""
    page = new_payment(nadia, sold[0], invoice=sold[1])
    page.body.form.type_values({"method": "transfer"})

    choose(page, "purchases+vat_public")

    assert page.body.form.values()["amount"] == Decimal("1131.600")
    received(nadia, page)
    assert tunis.open(sold[1]) == 0
    assert house.value("select sum(amount) from accounting.withholdings") == Decimal("59.400")
    again = new_payment_of_nothing(nadia, sold[0])
    assert proposed(again.presenter.items, MARCH) == "purchases+vat_public"


def new_payment_of_nothing(desk: Desk, customer: UUID) -> Any:
    """Open a payment of a customer who owes nothing."""
    page = desk.open(PaymentPage, new_argument("payment", customer=customer))
    desk.until(lambda: page.presenter.items is not None)
    return page
