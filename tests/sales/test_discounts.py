"""Nobody gives away more than they may, whatever program asks."""

from decimal import Decimal

import pytest

from modules.sales.services import POST_INVOICE
from tests.houses import House, MakeProduct
from tests.sales.office import Office, codes, line


def allow(house: House, login: str, percent: str) -> None:
    """Say how much a user may give away."""
    house.run(
        f"update core.users set limits = jsonb_build_object('sales.discount', '{percent}')"
        f" where login = '{login}'"
    )


@pytest.mark.parametrize(
    ("rate", "discount", "allowed", "refused"),
    [
        ("10", "0", "10", []),
        ("10", "0", "9", ["sales.discount_above_limit"]),
        ("0", "30.00", "10", []),
        ("0", "31.00", "10", ["sales.discount_above_limit"]),
        ("0", "0.02", "0", []),
        ("0", "1.00", "0", ["sales.discount_above_limit"]),
    ],
)
def test_a_discount_needs_a_limit_that_allows_it(
    office: Office,
    product: MakeProduct,
    house: House,
    *,
    rate: str,
    discount: str,
    allowed: str,
    refused: list[str],
) -> None:
    allow(house, "salim", allowed)
    sold = line(product("COF-1", stock=9), "3", "100.00", discount_rate=Decimal(rate))
    draft = office.draft(office.customer(), sold, discount=Decimal(discount))

    answer = office.send(POST_INVOICE, office.payload(draft), as_user="salim")

    assert codes(answer) == refused
    assert house.value("select count(*) from sales.invoices") == (0 if refused else 1)


def test_what_comes_back_was_discounted_then(
    office: Office, product: MakeProduct, house: House
) -> None:
    sold = line(product("COF-1", stock=9), "3", "100.00", discount_rate=Decimal(50))
    invoice = office.sold(office.customer(), sold)
    allow(house, "nadia", "0")

    assert codes(office.take_back(invoice, {0: "1"})) == []
