"""The list of invoices: chips with counts, a filter line, a preview, and the ways from it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel

from erp_desktop.ui import language
from erp_desktop.ui.filters import Query, parse_filter
from modules.sales.widgets.invoice_list import InvoiceListPage, filter_of
from modules.sales.widgets.palette import find_documents
from tests.houses import MakeProduct
from tests.sales.office import MARCH, Office, line
from tests.sales.widgets.desks import Desk, Key


def some(office: Office, product: MakeProduct) -> tuple[UUID, UUID, UUID]:
    """A paid invoice, one that is late, and one that is not due; return them."""
    customer = office.customer("C1")
    coffee = product("COF-1", stock=99)
    paid = office.sold(customer, line(coffee, "1"), reference="PO-17")
    late = office.sold(customer, line(coffee, "2"), due_on=MARCH)
    fresh = office.sold(customer, line(coffee, "3"), due_on=MARCH + timedelta(days=3650))
    office.pay(customer, "119.00", (paid, "119.00"))
    office.take_back(fresh, {0: "1"})
    return paid, late, fresh


def listed(desk: Desk, rows: int) -> Any:
    page = desk.open(InvoiceListPage)
    desk.until(lambda: page.model.rowCount() == rows)
    return page


def ids(page: Any) -> list[UUID]:
    return [row.id for row in page.model.rows]


def test_chips_count_and_find(nadia: Desk, office: Office, product: MakeProduct) -> None:
    _paid, late, fresh = some(office, product)
    page = listed(nadia, 4)
    chips = page.filter._chips
    nadia.until(lambda: chips["overdue"].text().endswith("1"))
    assert chips["open"].text() == "Unpaid  2"

    page.filter.press(("overdue",))
    nadia.until(lambda: ids(page) == [late])
    page.filter.press(("open",))
    nadia.until(lambda: sorted(ids(page)) == sorted([late, fresh]))
    page.filter.press(("credit_notes",))
    nadia.until(lambda: [row.kind for row in page.model.rows] == ["credit_note"])


def test_the_filter_line_finds_numbers_references_and_amounts(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    paid, late, _fresh = some(office, product)
    page = listed(nadia, 4)

    page.filter.entry.setText("reference:PO-17")
    nadia.until(lambda: ids(page) == [paid])
    page.filter.entry.setText("total:200..250")
    nadia.until(lambda: ids(page) == [late])


def test_days_are_read_in_three_languages() -> None:
    for text in ("date:1/3..15/3", "التاريخ:1/3..15/3"):
        words, terms = parse_filter(text)
        wanted = filter_of(Query(words, terms), MARCH)
        assert (wanted.since, wanted.until) == (MARCH.replace(day=1), MARCH.replace(day=15))


def test_a_document_is_looked_at_without_opening_it(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    _paid, late, _fresh = some(office, product)
    page = listed(nadia, 4)

    page.table.select_row(ids(page).index(late))

    shown = page._at_side
    nadia.until(lambda: shown._number.text() == "FA-ALG-2026/000002")
    texts = [label.text() for label in shown.findChildren(QLabel)]
    assert "Overdue" in texts
    assert "238.00\u00a0DZD" in texts


def test_keys_open_and_begin(nadia: Desk, office: Office, product: MakeProduct) -> None:
    some(office, product)
    page = listed(nadia, 4)
    page.table.setFocus()
    page.table.select_row([row.kind for row in page.model.rows].index("credit_note"))

    nadia.type("", Key.Key_Return)
    nadia.press(page, Key.Key_N)

    (first, about), (second, argument) = nadia.opened
    assert (first, about) == ("sales.credit_note", str(page.table.current_row().id))
    assert (second, list(argument)) == ("sales.invoice", ["new"])


def test_search_and_commands_find_invoices_by_number(
    nadia: Desk, office: Office, product: MakeProduct
) -> None:
    some(office, product)
    found: list[Any] = []

    async def look() -> None:
        found.extend(await find_documents(nadia.backend, "000002"))

    page = listed(nadia, 4)
    page.start_once(look)

    nadia.until(lambda: found)
    assert [each.page for each in found] == ["sales.invoice"]
    assert "FA-ALG-2026/000002" in found[0].title


@pytest.mark.parametrize(
    ("speech", "title", "state"), [("fr", "Factures", "En retard"), ("ar", "الفواتير", "متأخرة")]
)
def test_the_list_speaks_the_users_language(
    nadia: Desk, office: Office, product: MakeProduct, *, speech: str, title: str, state: str
) -> None:
    _paid, late, _fresh = some(office, product)
    page = listed(nadia, 4)

    language.use(speech, "DZ")

    assert page.header.title.text() == title
    row = next(row for row in page.model.rows if row.id == late)
    shown = [column.text(row) for column in page.columns]
    assert state in shown
    assert Decimal(238) == row.to_pay
