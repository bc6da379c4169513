"""Credit notes on their page: in parts that add up, never more than was sold."""

from decimal import Decimal
from typing import Any

from modules.sales.selectors import InvoiceFilter, list_invoices
from modules.sales.widgets.invoice_page import CreditNotePage, FreeCreditNotePage, InvoicePage
from modules.sales.widgets.new_documents import new_argument, page_of
from tests.houses import House, MakeProduct
from tests.sales.office import DIFFERENCES, Office, line
from tests.sales.widgets.desks import Desk, Key, head_of, lines_of, said, totals_of

_BACK = 4


def sold(office: Office, product: MakeProduct, **more: Any) -> Any:
    """Sell three coffees at 33.33 and five teas at 10, with something taken off."""
    customer = office.customer("C1")
    coffee, tea = product("COF-1", stock=10), product("TEA-1", stock=10)
    lines = (line(coffee, "3", "33.33"), line(tea, "5", "10.00"))
    return office.sold(customer, *lines, discount=Decimal("9.99"), **more)


def begin(desk: Desk, invoice: Any) -> Any:
    """Begin a credit note where the invoice is, as people do."""
    page = desk.open(InvoicePage, str(invoice))
    desk.until(lambda: head_of(page) is not None)
    desk.button(page, "Credit note").click()
    desk.until(lambda: desk.opened)
    name, argument = desk.opened.pop()
    assert name == "sales.credit_note"
    made = desk.open(CreditNotePage, argument)
    desk.until(lambda: len(lines_of(made)) == 2)
    return made


def take(desk: Desk, page: Any, row: int, quantity: str) -> None:
    """Type how many of a line come back."""
    page.body.grid.setFocus()
    page.body.grid.setCurrentIndex(page.body.grid.lines.index(row, _BACK))
    desk.type(quantity, Key.Key_Return)


def post(desk: Desk, page: Any) -> Any:
    desk.press(page, Key.Key_Return)
    desk.until(lambda: head_of(page) is not None)
    return head_of(page)


def test_a_part_comes_back_by_keys_and_lowers_the_invoice(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    invoice = sold(office, product)
    page = begin(nadia, invoice)
    assert [each.quantity for each in lines_of(page)] == [0, 0]

    take(nadia, page, 0, "1")
    head = post(nadia, page)

    assert head.number == "AV-ALG-2026/000001"
    assert head.to_pay < 0
    assert f"{-head.to_pay:,.2f}\u00a0DZD" in totals_of(page)
    assert office.open(invoice) == office.sheet(invoice).head.to_pay + head.to_pay  # type: ignore[union-attr]
    returned = "select sum(quantity) from inventory.movements where kind <> 'opening'"
    assert house.value(returned) == Decimal(-7)


def test_the_parts_of_a_credit_note_add_up_to_the_invoice(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    invoice = sold(office, product)
    for quantity in ("1", "1"):
        page = begin(nadia, invoice)
        take(nadia, page, 0, quantity)
        post(nadia, page)

    page = begin(nadia, invoice)
    assert [each.most for each in lines_of(page)] == [1, 5]
    nadia.button(page, "All of it").click()
    nadia.until(lambda: [each.quantity for each in lines_of(page)] == [1, 5])
    post(nadia, page)

    assert house.value("select sum(to_pay) from sales.invoices") == 0
    assert office.open(invoice) == 0
    assert house.value(DIFFERENCES) == 0


def test_no_more_can_be_typed_than_can_come_back(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    page = begin(nadia, sold(office, product))

    take(nadia, page, 0, "7")

    assert lines_of(page)[0].quantity == 3


def test_nothing_that_comes_back_is_no_credit_note(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    page = begin(nadia, sold(office, product))

    nadia.press(page, Key.Key_Return)

    nadia.until(lambda: "There is nothing on the document yet" in said(page))
    assert house.value("select count(*) from sales.invoices") == 1


def test_goods_may_stay_with_the_customer(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    page = begin(nadia, sold(office, product))
    take(nadia, page, 0, "1")
    before = house.value("select count(*) from inventory.movements")
    lines = [
        each.__class__(
            **{name: getattr(each, name) for name in each.__slots__} | {"goods_back": False}
        )
        for each in lines_of(page)
    ]
    page.change_lines(lines)

    post(nadia, page)

    assert house.value("select count(*) from inventory.movements") == before


def test_a_credit_note_of_a_paid_invoice_is_paid_back(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    invoice = sold(office, product)
    sheet = office.sheet(invoice)
    assert sheet.head is not None
    assert sheet.customer is not None
    office.pay(sheet.customer.id, str(sheet.head.to_pay), (invoice, str(sheet.head.to_pay)))
    page = begin(nadia, invoice)
    take(nadia, page, 1, "5")
    head = post(nadia, page)
    assert head.open == -head.to_pay

    nadia.button(page, "Pay back").click()
    nadia.confirm_dialog(page, method="transfer", reference="VIR-7")

    nadia.until(lambda: said(page) == "Paid back.")
    assert head_of(page).open == 0
    assert house.value("select amount from sales.payments where reference = 'VIR-7'") == head.to_pay
    assert house.value(DIFFERENCES) == 0


def test_a_rebate_gives_money_back_without_an_invoice(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    office.customer("C1")
    product("COF-1", price="119.00", stock=5)
    page = nadia.open(FreeCreditNotePage, new_argument("credit_note"))

    nadia.choose_customer(page, "C1")
    nadia.add_line(page, "COF-1", "2")
    head = post(nadia, page)

    assert (head.number, head.to_pay) == ("AV-ALG-2026/000001", -238)
    assert house.value("select min(on_hand) from inventory.stock") == 5
    assert office.balance("receivable") == -238
    (row,) = office.ask(list_invoices, InvoiceFilter())
    assert page_of(row.kind, row.original_id) == "sales.free_credit_note"
    assert house.value(DIFFERENCES) == 0
