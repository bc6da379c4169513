"""Cheques that customers pay with lie in the portfolio, once."""

from decimal import Decimal

import pytest

from tests.houses import House, MakeProduct
from tests.sales.office import DIFFERENCES, Office, line

pytestmark = pytest.mark.database


def test_a_payment_by_cheque_is_in_the_portfolio(
    office: Office, house: House, product: MakeProduct
) -> None:
    customer = office.customer()
    sold = office.sold(customer, line(product("COF-1", stock=5)))

    office.pay(customer, "119.00", (sold, "119.00"), method="cheque", reference="0042117")
    office.pay(customer, "50.00", method="transfer")

    kept = "select number || ' ' || amount || ' ' || state from accounting.instruments"
    assert house.value(kept) == "0042117 119.00 received"
    assert house.value("select count(*) from accounting.instruments") == 1
    same = "select party_id from accounting.instruments"
    assert house.value(same) == customer
    assert office.balance("cheque") == Decimal("119.00")
    assert house.value(DIFFERENCES) == 0
