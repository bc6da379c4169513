"""An invoice of a customer who has an attestation: taken by itself, seen, and switched off.

By hand: three coffees at 119.00 with TVA19 are 100.00 each without it; under the attestation the
invoice is 300.00, charged it is 357.00.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core import wall_clock
from modules.accounting.attestations import save_attestation
from modules.sales.widgets.invoice_page import InvoicePage
from tests.houses import House, MakeProduct
from tests.sales.office import Office
from tests.sales.suspended import NUMBER, attestation
from tests.sales.widgets.desks import COFFEE, Desk, Key, lines_of, posted, said, totals_of


@pytest.fixture
def page(nadia: Desk, office: Office, product: MakeProduct) -> Any:
    """An invoice of today, of three coffees."""
    today = wall_clock.today()
    year = {"valid_from": date(today.year, 1, 1), "valid_to": date(today.year, 12, 31)}
    office.ask(save_attestation, attestation(office.customer("C1"), **year))
    product(COFFEE, price="119.00", stock=10)
    opened = nadia.open(InvoicePage)
    assert opened.fields.attestation.isHidden()
    nadia.choose_customer(opened, "C1")
    nadia.add_line(opened, COFFEE, "3")
    return opened


def choose(page: Any, value: str) -> None:
    """Choose an attestation, or none, as a click does."""
    page.fields.attestation.show_value(value)
    page.fields.attestation.edited()


def test_it_is_taken_by_itself_and_printed(nadia: Desk, page: Any, house: House) -> None:
    assert not page.fields.attestation.isHidden()
    assert "Franchise de TVA" in totals_of(page)
    assert page.fields.attestation.editor.currentText().replace("\u2066", "").startswith(NUMBER)
    nadia.backend.asked.clear()

    head = posted(nadia, page)

    assert nadia.backend.asked == ["execute_directly", "get_invoice"]
    assert (head.to_pay, head.tax) == (Decimal(300), Decimal(0))
    assert head.attestation == NUMBER
    assert page.fields.attestation.editor.currentText().strip("\u2066\u2069") == NUMBER
    assert house.value("select used from accounting.attestations") == 300


def test_switched_off_it_charges_the_tax(nadia: Desk, page: Any, house: House) -> None:
    choose(page, "")

    nadia.until(lambda: "Franchise de TVA" not in totals_of(page))
    head = posted(nadia, page)

    assert (head.to_pay, head.tax) == (Decimal(357), Decimal(57))
    assert house.value("select used from accounting.attestations") == 0


def test_prices_with_tax_are_those_without_it(nadia: Desk, page: Any) -> None:
    page.fields.includes_tax.show_value(True)  # noqa: FBT003 - the field's own
    page.fields.includes_tax.edited()
    assert lines_of(page)[0].unit_price == Decimal("100.0000")

    assert posted(nadia, page).to_pay == Decimal(300)


def test_a_draft_keeps_the_choice_and_the_taxes_of_its_lines(
    nadia: Desk, page: Any, house: House
) -> None:
    page.save_now()
    nadia.until(lambda: said(page) == "The draft is saved.")
    assert house.value("select tax_code from sales.invoice_lines") == "TVA19"

    again = nadia.open(InvoicePage, str(page.presenter.writing.base.id))
    nadia.until(lambda: again.presenter.writing is not None)
    assert "Franchise de TVA" in totals_of(again)
    choose(again, "")

    assert posted(nadia, again).tax == Decimal(57)


def test_another_day_takes_what_covers_it(nadia: Desk, page: Any) -> None:
    last_year = wall_clock.today().replace(day=1, month=1) - timedelta(days=1)
    page.fields.dated_on.show_value(last_year)
    page.fields.dated_on.editor.editingFinished.emit()
    nadia.until(lambda: page.presenter.writing.base.dated_on == last_year)
    nadia.until(page.fields.attestation.isHidden)

    assert page.presenter.writing.draft(page.body.form.values(), ()).attestation_id is None


def test_more_than_is_left_says_the_cure(nadia: Desk, page: Any, house: House) -> None:
    house.run("update accounting.attestations set ceiling = 299.99")

    nadia.press(page, Key.Key_Return)

    nadia.until(lambda: "switch the attestation off" in said(page))
    assert "299.99" in said(page)
