"""Writing invoices: by keys alone, priced, kept, posted once, and nothing lost on the way."""

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QPushButton

from erp_desktop.ui import language
from modules.sales.selectors import get_invoice
from modules.sales.services import save_invoice
from modules.sales.widgets.invoice_page import InvoicePage
from tests.core.test_database import queries
from tests.houses import House, MakeProduct, SignIn
from tests.sales.office import Office
from tests.sales.widgets.conftest import SitDown
from tests.sales.widgets.desks import (
    COFFEE,
    PRICE,
    QUANTITY,
    TEA,
    Desk,
    Key,
    head_of,
    limit,
    lines_of,
    posted,
    price_list,
    said,
    totals_of,
    written,
)


def test_an_invoice_is_written_saved_and_posted_by_keys_alone(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    office.customer("C1")
    product(COFFEE, price="119.00", stock=10)
    product(TEA, price="238.00", stock=10)
    page = nadia.open(InvoicePage)
    assert page.fields.customer.editor.hasFocus()

    nadia.type("C1", Key.Key_Return)
    nadia.until(page.body.grid.hasFocus)
    nadia.type(COFFEE, Key.Key_Return)
    nadia.until(lambda: lines_of(page) and lines_of(page)[0].goods is not None)
    nadia.type("1+2", Key.Key_Return)
    nadia.type("90,50", Key.Key_Return)
    nadia.type("10", Key.Key_Return)
    nadia.type("", Key.Key_F2)
    nadia.until(lambda: getattr(nadia.focus(), "is_open", False))
    nadia.type("", Key.Key_Down, Key.Key_Return)
    nadia.until(lambda: len(lines_of(page)) == 2 and lines_of(page)[1].goods is not None)
    nadia.press(page, Key.Key_S)
    nadia.until(lambda: said(page) == "The draft is saved.")
    assert house.value("select count(*) from sales.invoices where state = 'draft'") == 1
    nadia.press(page, Key.Key_Return)
    nadia.until(lambda: said(page).endswith("is posted."))

    head = head_of(page)
    assert head.number == "FA-ALG-2026/000001"
    # 3 × 90.50 less 10 %, and 200.00 of tea, without tax.
    assert (head.net, head.tax, head.to_pay) == (
        Decimal("444.35"),
        Decimal("84.43"),
        Decimal("528.78"),
    )
    first, second = page.presenter.writing.sheet.lines
    assert (first.quantity, first.unit_price) == (Decimal(3), Decimal("90.50"))
    assert (second.code, second.unit_price) == (TEA, Decimal(200))
    assert page.unsaved() == ""
    assert "To pay" in totals_of(page)
    assert house.value("select count(*) from inventory.movements where kind <> 'opening'") == 2


def test_a_page_opens_with_one_question_and_saves_with_one_deed(
    nadia: Desk, office: Office, product: MakeProduct, signed_in: SignIn
) -> None:
    page = written(nadia, office, product)
    nadia.backend.asked.clear()

    nadia.press(page, Key.Key_S)
    nadia.until(lambda: said(page) == "The draft is saved.")
    assert nadia.backend.asked == ["save_invoice"]

    nadia.backend.asked.clear()
    again = nadia.open(InvoicePage, str(page.presenter.writing.base.id))
    nadia.until(lambda: again.presenter.writing is not None)
    assert nadia.backend.asked == ["get_invoice"]

    session, draft = signed_in("nadia"), again.typed()
    assert draft is not None
    figures = again.presenter.writing.figures(draft)
    reads = queries(session, "sales", lambda ctx: get_invoice(ctx, draft.id), read_only=True)
    saves = queries(session, "sales", lambda ctx: save_invoice(ctx, draft, figures))
    assert (reads, saves) == (2, 2)


def test_posting_is_one_deed_and_shows_what_came_of_it(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    page = written(nadia, office, product)
    nadia.backend.asked.clear()

    posted(nadia, page)

    assert nadia.backend.asked == ["execute_directly", "get_invoice"]


def test_prices_are_those_of_the_customers_list(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    office.customer("C1")
    price_list(house, "WHOLE", product(COFFEE, price="119.00", stock=10), "80.00")
    house.run("update parties.parties set price_list = 'WHOLE' where code = 'C1'")
    page = nadia.open(InvoicePage)

    nadia.choose_customer(page, "C1")
    nadia.add_line(page, COFFEE)

    assert lines_of(page)[0].unit_price == Decimal("80.00")


@pytest.mark.parametrize(("answer", "price"), [("Take them", "80.00"), ("Stay", "100")])
def test_another_customers_prices_are_taken_if_the_user_agrees(
    nadia: Desk, office: Office, product: MakeProduct, house: House, *, answer: str, price: str
) -> None:
    page = written(nadia, office, product)
    assert lines_of(page)[0].unit_price == Decimal(100)
    coffee = house.value("select id from catalog.products")
    price_list(house, "WHOLE", coffee, "80.00")
    office.customer("W2")
    house.run("update parties.parties set price_list = 'WHOLE' where code = 'W2'")

    page.fields.customer.setFocus()
    page.fields.customer.editor.selectAll()
    nadia.type("W2", Key.Key_Return)

    assert nadia.answer(page, answer) == "Take the prices for W2?"
    nadia.until(lambda: not page.is_busy(page.presenter.sell_to))
    assert lines_of(page)[0].unit_price == Decimal(price)


def test_a_typed_price_is_no_lists_until_it_is_cleared(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    page = written(nadia, office, product)
    grid = page.body.grid
    grid.setCurrentIndex(grid.lines.index(0, PRICE))
    nadia.type("77", Key.Key_Return)
    grid.setCurrentIndex(grid.lines.index(0, QUANTITY))
    nadia.type("5", Key.Key_Return)
    assert (lines_of(page)[0].unit_price, lines_of(page)[0].amount) == (Decimal(77), Decimal(385))

    grid.setCurrentIndex(grid.lines.index(0, PRICE))
    nadia.type("7", Key.Key_Backspace, Key.Key_Return)

    assert lines_of(page)[0].unit_price == Decimal(100)


def test_the_law_is_that_of_the_day(nadia: Desk, office: Office, product: MakeProduct) -> None:
    page = written(nadia, office, product)
    page.fields.dated_on.setFocus()
    page.fields.dated_on.editor.selectAll()

    nadia.type("10/03/2016", Key.Key_Return)

    nadia.until(lambda: page.presenter.writing.base.dated_on.year == 2016)
    assert "TVA19" not in page.presenter.writing.choices.plans
    nadia.press(page, Key.Key_Return)
    nadia.until(lambda: "has no rate on the day" in said(page))


def test_a_scan_adds_a_line_and_the_next_one_more_of_it(
    nadia: Desk, office: Office, product: MakeProduct, house: House
) -> None:
    page = written(nadia, office, product)
    coffee = house.value("select id from catalog.products")
    house.run(
        f"insert into catalog.barcodes (barcode, product_id) values ('6130000012345', '{coffee}')"
    )
    tea = product(TEA, price="238.00", stock=4)
    house.run(
        f"insert into catalog.barcodes (barcode, product_id) values ('6130000045671', '{tea}')"
    )

    assert page.on_scan("6130000012345")
    nadia.until(lambda: lines_of(page)[0].quantity == 4)
    assert page.on_scan("6130000045671")
    nadia.until(lambda: len(lines_of(page)) == 2)
    assert lines_of(page)[1].unit_price == Decimal(200)

    page.on_scan("6130000099999")
    nadia.until(lambda: "6130000099999" in said(page))


@pytest.mark.parametrize(("allowed", "is_posted"), [("5", False), ("20", True)])
def test_a_discount_stays_within_the_users_limit(
    sit_down: SitDown,
    house: House,
    office: Office,
    product: MakeProduct,
    *,
    allowed: str,
    is_posted: bool,
) -> None:
    limit(house, "salim", "sales.discount", allowed)
    desk = sit_down("salim")
    page = written(desk, office, product)
    page.fields.discount.setFocus()
    desk.type("30", Key.Key_Tab)
    assert "-30.00" in totals_of(page)

    desk.press(page, Key.Key_Return)

    desk.until(lambda: said(page))
    assert (head_of(page) is not None) == is_posted
    assert is_posted or "10 % off is more than the 5 %" in said(page)


def test_credit_beyond_the_limit_is_approved_by_who_may(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    page = written(nadia, office, product, limit="100")

    nadia.press(page, Key.Key_Return)
    question = nadia.answer(page, "Stay")
    nadia.until(lambda: "Let somebody approve it" in said(page))
    assert "may owe" in question
    assert head_of(page) is None

    nadia.press(page, Key.Key_Return)
    nadia.answer(page, "Approve")
    nadia.until(lambda: said(page).endswith("is posted."))


def test_a_refusal_stands_beneath_its_field_and_what_is_typed_stays(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    page = written(nadia, office, product)
    page.body.form.type_values(
        {"dated_on": page.presenter.writing.base.dated_on.replace(year=2030)}
    )
    page.body.form.type_values({"due_on": None})

    nadia.press(page, Key.Key_Return)

    nadia.until(lambda: "Date the document today or earlier" in page.fields.dated_on.error)
    assert len(lines_of(page)) == 1
    assert page.unsaved()


def test_goods_that_are_not_there_are_refused_with_the_cure(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    page = written(nadia, office, product)
    page.body.grid.setCurrentIndex(page.body.grid.lines.index(0, QUANTITY))
    nadia.type("500", Key.Key_Return)

    nadia.press(page, Key.Key_Return)

    nadia.until(lambda: said(page))
    assert COFFEE in said(page)
    assert head_of(page) is None


def test_who_may_not_post_is_offered_to_save_only(sit_down: SitDown, house: House) -> None:
    house.run(
        "delete from core.role_permissions where role = 'manager'"
        " and permission = 'sales.invoice.post'"
    )
    nadia = sit_down("nadia")
    page = nadia.open(InvoicePage)

    assert nadia.button(page, "Save")
    assert [each for each in page.header.findChildren(QPushButton) if each.text() == "Post"] == []


@pytest.mark.parametrize(
    ("speech", "words"),
    [
        ("fr", ("Facture FA-ALG-2026/000001", "Net à payer", "357,00\u00a0DA", "À échoir")),
        ("ar", ("فاتورة", "الصافي للدفع", "357,00", "لم تستحق بعد")),
    ],
)
def test_a_posted_invoice_speaks_the_users_language(
    nadia: Desk, office: Office, product: MakeProduct, *, speech: str, words: tuple[str, ...]
) -> None:
    page = written(nadia, office, product)
    posted(nadia, page)

    language.use(speech, "DZ")

    title, caption, figure, state = words
    assert title in page.header.title.text()
    assert caption in totals_of(page)
    assert any(figure in text for text in totals_of(page))
    assert page.header.chip.text() == state
    assert page.isRightToLeft() == (speech == "ar")


def test_what_is_paid_in_cash_is_due_at_once_and_bears_the_duty(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    page = written(nadia, office, product)
    box = page.fields.payment_method.editor
    box.setFocus()
    # The list is in the order of `WAYS`: on account, cash, …
    box.setCurrentIndex(0)
    nadia.type("", Key.Key_Down)
    box.activated.emit(box.currentIndex())

    assert page.body.form.values()["due_on"] == page.presenter.writing.base.dated_on
    assert "Stamp duty" in totals_of(page)
    # 357.00 begins four slices of a hundred; the least is five dinars.
    assert "5.00" in totals_of(page)
    head = posted(nadia, page)
    assert (head.stamp, head.to_pay) == (Decimal(5), Decimal(362))
