"""Lists, offers and figures: what pages show, found, ordered and counted."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.commands import uuid7
from modules.dashboard.figures import Asked
from modules.dashboard.selectors import get_figures
from modules.sales.selectors import (
    InvoiceFilter,
    PaymentFilter,
    ProductOffer,
    count_invoices,
    customer_terms,
    list_invoices,
    list_payments,
    new_invoice,
    offers,
)
from modules.sales.services import save_invoice
from tests.houses import ORAN, YEAR, House, MakeProduct
from tests.sales.office import MARCH, Office, line

pytestmark = pytest.mark.database

APRIL = date(YEAR, 4, 1)


def test_lists_find_order_and_count_what_is_there(office: Office, product: MakeProduct) -> None:
    coffee = product("COF-1", stock=50)
    one, two = office.customer("ALPHA"), office.customer("BETA")
    first = office.sold(one, line(coffee), reference="PO-77", due_on=MARCH)
    second = office.sold(two, line(coffee, "2"), due_on=date(2999, 1, 1))
    office.pay(one, "19.00", (first, "19.00"), reference="CHQ 31")
    office.take_back(second, {0: "1"})
    draft = office.draft(one, line(coffee))
    office.ask(save_invoice, draft, office.reckon(draft))

    def found(**wanted: Any) -> list[str]:
        rows = office.ask(list_invoices, InvoiceFilter(order="number", descending=False, **wanted))
        return [row.number or "draft" for row in rows]

    fa1, fa2, av1 = (f"{n}-ALG-{YEAR}/00000{i}" for n, i in (("FA", 1), ("FA", 2), ("AV", 1)))
    assert found() == ["draft", av1, fa1, fa2]
    assert found(state="draft") == ["draft"]
    assert found(kind="credit_note") == [av1]
    assert found(only_open=True) == [fa1, fa2]
    assert found(only_overdue=True) == [fa1]
    assert found(customer_id=two) == [av1, fa2]
    assert found(text="po 77") == [fa1]
    assert found(text="000002") == [fa2]
    assert found(text="beta'; drop") == []
    assert found(text="bet") == [av1, fa2]
    assert found(since=MARCH + timedelta(days=1)) == []
    assert found(total_from=Decimal(200)) == [fa2]
    assert office.ask(count_invoices) == type(office.ask(count_invoices))(1, 2, 1, 2, 1)
    payments = office.ask(list_payments, PaymentFilter(text="chq 31"))
    assert [(row.amount, row.open, row.customer) for row in payments] == [(19, 0, "Alpha")]


def test_pages_follow_each_other(office: Office, product: MakeProduct) -> None:
    coffee, customer = product("COF-1", stock=50), office.customer()
    for count in range(1, 6):
        office.sold(customer, line(coffee, f"{count % 3 + 1}"))

    for order in ("dated_on", "number", "customer", "total", "open", "due_on"):
        wanted = InvoiceFilter(order=order)
        whole = office.ask(list_invoices, wanted)
        paged: list[object] = []
        after = None
        while page := office.ask(list_invoices, wanted, after=after, limit=2):
            paged += page
            after = page[-1]
        assert paged == whole
        assert len(whole) == 5


def test_offers_know_prices_packs_stock_and_barcodes(
    office: Office, house: House, product: MakeProduct
) -> None:
    coffee, carton = product("COF-1", price="119.00", stock=7), uuid7()
    house.run(
        "insert into catalog.packs (id, product_id, name, factor)"
        f" values ('{carton}', '{coffee}', 'Carton', 12);"
        "insert into catalog.barcodes (barcode, product_id, pack_id)"
        f" values ('0036000291452', '{coffee}', null), ('613000', '{coffee}', '{carton}');"
        "insert into catalog.price_lists (code, name, includes_tax) values ('GROS', 'Gros', false);"
        "insert into catalog.prices (id, price_list, product_id, min_quantity, price, valid_from)"
        f" values (gen_random_uuid(), 'GROS', '{coffee}', 10, 90, '2020-01-01')"
    )
    plan = office.ask(new_invoice).choices.plans["TVA19"]
    asked = [coffee, "cof-1", "036000291452", "613000", "nothing"]

    found: list[ProductOffer] = office.ask(offers, asked, price_list="GROS", day=MARCH)

    assert [(each.text, each.scanned_pack) for each in found] == [
        ("", None),
        ("cof-1", None),
        ("036000291452", None),
        ("613000", carton),
    ]
    offer = found[0]
    assert offer.on_hand == 7
    assert (offer.unit, offer.tax_code) == ("PCE", "TVA19")
    few = {tax: offer.unit_price(Decimal(1), plan, includes_tax=tax) for tax in (True, False)}
    many = {tax: offer.unit_price(Decimal(10), plan, includes_tax=tax) for tax in (True, False)}
    assert few == {True: Decimal(119), False: Decimal(100)}
    assert many == {True: Decimal("107.1"), False: Decimal(90)}
    pack = offer.unit_price(Decimal(1), plan, includes_tax=True, pack_id=carton)
    assert pack == 1428


def test_a_customer_brings_terms_and_what_they_owe(office: Office, product: MakeProduct) -> None:
    customer = office.customer(limit="500.00")
    office.sold(customer, line(product("COF-1", stock=5)))

    terms = office.ask(customer_terms, customer, as_user="amina")

    assert (terms.balance, terms.credit_left, terms.lists_tax) == (119, 381, False)


def test_the_dashboard_tells_what_was_invoiced_and_what_is_owed(
    office: Office, product: MakeProduct
) -> None:
    coffee, customer = product("COF-1", stock=50, cost="70.00"), office.customer()
    first = office.sold(customer, line(coffee, "2"))
    office.sold(customer, line(coffee), dated_on=MARCH + timedelta(days=1))
    office.take_back(first, {0: "1"}, dated_on=MARCH + timedelta(days=2))
    office.pay(customer, "30.00", (first, "20.00"), dated_on=MARCH + timedelta(days=1))

    day = office.ask(get_figures, Asked(MARCH + timedelta(days=1), 1)).invoices
    three = office.ask(get_figures, Asked(MARCH + timedelta(days=2), 3)).invoices
    elsewhere = office.ask(get_figures, Asked(MARCH, 1, ORAN.id)).invoices

    assert (day.total, day.invoices, day.overdue, day.late) == (119, 1, 99, 1)
    assert (three.total, three.invoices) == (238, 2)
    assert (three.open, three.overdue, three.late) == (218, 218, 2)
    assert (elsewhere.total, elsewhere.open) == (0, 0)
