"""Payments on their page: shared oldest first, in part, as an advance; and debts given up."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.ui import language
from erp_desktop.workstation.workstation import Workstation
from modules.sales.widgets.invoice_page import InvoicePage
from modules.sales.widgets.new_documents import new_argument
from modules.sales.widgets.payment_list import PaymentListPage
from modules.sales.widgets.payment_page import PaymentPage
from modules.sales.widgets.settlement_page import SettlementPage
from tests.houses import House, MakeProduct
from tests.sales.office import DIFFERENCES, MARCH, Office, line
from tests.sales.widgets.desks import (
    Desk,
    Key,
    head_of,
    lines_of,
    said,
    totals_of,
)

_SETTLES = 7


def two_invoices(office: Office, product: MakeProduct) -> tuple[UUID, UUID, UUID]:
    """Sell for 119 on one day and for 238 on the next; return customer and invoices."""
    customer = office.customer("C1")
    coffee = product("COF-1", stock=10)
    first = office.sold(customer, line(coffee, "1", "100.00"))
    second = office.sold(customer, line(coffee, "2", "100.00"), dated_on=MARCH + timedelta(days=1))
    return customer, first, second


def new_payment(desk: Desk, customer: UUID, **about: Any) -> Any:
    page = desk.open(PaymentPage, new_argument("payment", customer=customer, **about))
    desk.until(lambda: lines_of(page))
    return page


def pay(desk: Desk, page: Any, amount: str, method: str = "transfer") -> None:
    """Type an amount and receive it."""
    page.body.form.type_values({"method": method})
    page.amount.setFocus()
    page.amount.editor.selectAll()
    desk.type(amount)
    desk.press(page, Key.Key_Return)


def test_a_payment_settles_the_oldest_first_and_is_received_by_keys(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    customer, first, second = two_invoices(office, product)
    page = new_payment(nadia, customer)
    page.amount.setFocus()
    nadia.type("200")
    assert [each.settles for each in lines_of(page)] == [Decimal(119), Decimal(81)]

    pay(nadia, page, "200")

    nadia.until(lambda: said(page) == "RG-ALG-2026/000001 is received.")
    assert (office.open(first), office.open(second)) == (Decimal(0), Decimal(157))
    assert house.value(DIFFERENCES) == 0
    assert page.document.is_editable is False


def test_a_payment_of_one_invoice_proposes_what_is_open_of_it(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    customer, first, second = two_invoices(office, product)
    page = new_payment(nadia, customer, invoice=second)

    assert page.body.form.values()["amount"] == Decimal(238)
    assert [(each.id, each.settles) for each in lines_of(page)] == [
        (second, Decimal(238)),
        (first, Decimal(0)),
    ]


def test_what_is_typed_stays_and_the_rest_is_shared(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    customer, first, second = two_invoices(office, product)
    page = new_payment(nadia, customer)
    page.amount.setFocus()
    nadia.type("100")
    page.body.grid.setFocus()
    page.body.grid.setCurrentIndex(page.body.grid.lines.index(1, _SETTLES))
    nadia.type("60", Key.Key_Return)
    assert [each.settles for each in lines_of(page)] == [Decimal(40), Decimal(60)]

    nadia.press(page, Key.Key_Return)

    nadia.until(lambda: said(page).endswith("is received."))
    assert (office.open(first), office.open(second)) == (Decimal(79), Decimal(178))


def test_more_than_is_paid_cannot_be_settled(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    customer, _first, _second = two_invoices(office, product)
    page = new_payment(nadia, customer)
    page.body.grid.setFocus()
    page.body.grid.setCurrentIndex(page.body.grid.lines.index(0, _SETTLES))
    nadia.type("119", Key.Key_Return)

    pay(nadia, page, "50")

    nadia.until(lambda: "more than the 50.00" in said(page))
    assert house.value("select count(*) from sales.payments") == 0


def test_a_mixed_payment_is_one_after_the_other(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    customer, _first, _second = two_invoices(office, product)
    page = new_payment(nadia, customer)
    pay(nadia, page, "57", "card")
    nadia.until(lambda: said(page).endswith("is received."))

    nadia.button(page, "Another payment").click()
    nadia.until(lambda: nadia.opened)
    name, argument = nadia.opened.pop()
    assert name == "sales.payment"
    other = nadia.open(PaymentPage, argument)
    nadia.until(lambda: len(lines_of(other)) == 2)
    pay(nadia, other, "300", "cheque")
    nadia.until(lambda: said(other).endswith("is received."))

    assert house.value("select sum(open) from sales.open_items") == 0
    assert house.value(DIFFERENCES) == 0


def test_cash_bears_the_duty_of_the_day(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    customer = office.customer("C1")
    office.sold(customer, line(product("COF-1", stock=99), "10", "1000.00"))
    page = new_payment(nadia, customer)

    pay(nadia, page, "11900", "cash")

    nadia.until(lambda: said(page) == "RG-ALG-2026/000001 is received.")
    assert house.value("select stamp from sales.payments") == Decimal(119)
    assert "12,019.00\u00a0DZD" in totals_of(page)


def test_an_advance_settles_invoices_later(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    customer, first, second = two_invoices(office, product)
    office.pay(customer, "300.00")
    payment = house.value("select id from sales.payments")
    page = nadia.open(PaymentPage, str(payment))
    nadia.until(lambda: page.presenter.sheet is not None)
    assert page.header.chip.text() == "Advance"

    nadia.button(page, "Settle invoices").click()
    nadia.until(lambda: nadia.opened)
    name, argument = nadia.opened.pop()
    assert name == "sales.settlement"
    settling = nadia.open(SettlementPage, argument)
    nadia.until(lambda: len(lines_of(settling)) == 2)
    nadia.press(settling, Key.Key_Return)

    nadia.until(lambda: "is settled" in said(settling))
    assert (office.open(first), office.open(second)) == (Decimal(0), Decimal(57))
    assert house.value(DIFFERENCES) == 0


def test_what_settles_an_invoice_can_be_taken_back(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    customer, first, _second = two_invoices(office, product)
    office.pay(customer, "119.00", (first, "119.00"))
    page = nadia.open(InvoicePage, str(first))
    nadia.until(lambda: head_of(page) is not None)
    assert page.header.chip.text() == "Paid"
    part, _currency = page.settled.model.rows[0]

    page.settled.undone.emit(part)
    assert "RG-ALG-2026/000001" in nadia.answer(page, "Take back")

    nadia.until(lambda: head_of(page).open == Decimal(119))
    assert page.settled.model.rowCount() == 0


def test_a_debt_is_given_up_with_its_reason(
    sit_down: Any, office: Office, product: MakeProduct, house: House
) -> None:
    _customer, first, _second = two_invoices(office, product)
    accountant = sit_down("salim")
    page = accountant.open(InvoicePage, str(first))
    accountant.until(lambda: head_of(page) is not None)

    accountant.button(page, "Write off").click()
    accountant.confirm_dialog(page, reason="Bankrupt")

    accountant.until(lambda: "is given up" in said(page))
    assert head_of(page).open == 0
    assert house.value("select reason from sales.write_offs") == "Bankrupt"
    assert house.value(DIFFERENCES) == 0


def test_without_a_line_a_payment_waits_here(
    nadia: Desk, office: Office, product: MakeProduct, station: Workstation
) -> None:
    customer, first, _second = two_invoices(office, product)
    page = new_payment(nadia, customer, invoice=first)

    nadia.backend.workstation = station
    nadia.press(page, Key.Key_Return)

    nadia.until(lambda: "Posting needs the line" in said(page))
    assert lines_of(page)[0].settles == Decimal(119)


def test_payments_are_listed_with_what_they_settle(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    customer, first, _second = two_invoices(office, product)
    office.pay(customer, "119.00", (first, "119.00"), reference="VIR-1")
    office.pay(customer, "50.00", method="card")
    page = nadia.open(PaymentListPage)
    nadia.until(lambda: page.model.rowCount() == 2)

    page.filter.press(("transfer",))
    nadia.until(lambda: page.model.rowCount() == 1)
    page.table.select_row(0)
    nadia.until(lambda: page._settled.model.rowCount() == 1)
    page.filter.press(("open",))
    nadia.until(lambda: [row.method for row in page.model.rows] == ["card"])
    page.on_open(page.model.rows[0])

    assert nadia.opened == [("sales.payment", str(page.model.rows[0].id))]


@pytest.mark.parametrize(
    ("speech", "words"), [("fr", ("Encaisser", "Soldé")), ("ar", ("قبض", "مسوّى"))]
)
def test_a_payment_speaks_the_users_language(
    nadia: Desk, office: Office, product: MakeProduct, *, speech: str, words: tuple[str, str]
) -> None:
    customer, _first, _second = two_invoices(office, product)
    page = new_payment(nadia, customer)

    language.use(speech, "DZ")

    receive, settled = words
    assert nadia.button(page, receive)
    assert settled in totals_of(page)
