"""Currencies at the end of a month and assets that go, as Morocco and Tunisia book them.

An invoice of 1,000 EUR at 10.00, a debt of 500 EUR at 10.00, 200 EUR in the bank at 10.00. At the
end of March 1 EUR is 9.40: the invoice loses 600, the debt gains 300, the money loses 120.

    Morocco   the loss stands in 3701 and is provided for (6393, 4506), the gain in 4702, the money
              in 6331; Tunisia: loss and money in 655, gain in 756. On 1 April all but the money is
              taken back.

A machine of 36,000 from 1 March, 60 months. Straight 600 a month; in Morocco declining with the
coefficient 2 of the law (40 %): 10 months of 14,400 in the first year = 12,000, so 1,200 a month;
in Tunisia two shifts at 1.5: 900 a month. March is posted. It is sold on 15 April for 30,000
without tax: half a month more, so it is worth

    Morocco   36,000 - 1,200 - 600 = 34,200, out by 6513, income in 7513
    Tunisia   36,000 -   900 - 450 = 34,650, a loss of 4,650 in 636
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.session import sign_in
from modules.accounting.selectors.assets import get_asset_board
from tests.accounting.assets.register import Register, register_of
from tests.accounting.books import invariants
from tests.accounting.currencies.exchange import DUPONT, Exchange
from tests.houses import YEAR
from tests.scenarios.conftest import Found

pytestmark = pytest.mark.database

# Customer, supplier, sales, purchases, bank; a machine and the supplier of assets.
ACCOUNTS = {
    "MA": ("3421", "4411", "7111", "6111", "5141", "23321", "4481"),
    "TN": ("4111", "4011", "707", "607", "5324", "2234", "4041"),
}
EXPECTED: dict[str, dict[str, Any]] = {
    "MA": {
        "documents": ["3421 -600.00", "4411 +300.00", "3701 +600.00", "4702 -300.00",
                      "4506 -600.00", "6393 +600.00"],
        "money": ["5141 -120.00", "6331 +120.00"],
        "method": "declining",
        "run": ["6193 +1200.00", "2833 -1200.00"],
        "sale": ["6193 +600.00", "2833 -600.00", "2833 +1800.00", "23321 -36000.00",
                 "3481 +30000.00", "6513 +34200.00", "7513 -30000.00"],
    },
    "TN": {
        "documents": ["4011 +300.00", "4111 -600.00", "655 +600.00", "756 -300.00"],
        "money": ["5324 -120.00", "655 +120.00"],
        "method": "two_shifts",
        "run": ["68112 +900.00", "2823 -900.00"],
        "sale": ["68112 +450.00", "2823 -450.00", "2823 +1350.00", "2234 -36000.00",
                 "452 +30000.00", "636 +4650.00"],
    },
}  # fmt: skip


@pytest.fixture(params=["MA", "TN"])
def country(request: pytest.FixtureRequest) -> str:
    """The country of the company."""
    return str(request.param)


@pytest.fixture
def register(country: str, company: Found) -> Iterator[Register]:
    """The accountant's books."""
    place = company(country)
    place.house.run(f"insert into accounting.party_names values ('{DUPONT}', 'Dupont', 'دوبون')")
    with register_of(place.house, place.login) as opened:
        yield opened


def test_each_country_books_them_its_own_way(country: str, register: Register) -> None:
    customer, supplier, sales, purchases, bank, machine, against = ACCOUNTS[country]
    expected, desk = EXPECTED[country], Exchange(register.books)
    desk.post("03-05", customer, "1000", "10", against=sales)
    desk.post("03-06", supplier, "-500", "10", against=purchases)
    desk.post("03-07", bank, "200", "10", against=sales, party=None)
    desk.rate("03-31", "9.4")

    assert desk.revalue("03-31").state == "applied"

    (entry, back, money), *_none = desk.runs()
    assert sorted(desk.lines(entry)) == sorted(expected["documents"])
    assert desk.lines(money) == expected["money"]
    mirrored = [line.translate(str.maketrans("+-", "-+")) for line in expected["documents"]]
    assert sorted(desk.lines(back)) == sorted(mirrored)

    asset = register.add("M-1", "PLANT", "36000", "03-01", method=expected["method"])
    register.buy(machine, against, "36000", "03-01")
    assert register.depreciate("03-31").state == "applied"
    assert register.run("03-31") == expected["run"]
    sold = register.dispose(asset, "04-15", kind="sale", price="30000")
    assert register.lines(sold.result["entry_id"]) == expected["sale"]
    session = sign_in(register.house.dsn(register.books._login))
    with session.database.begin(session.user, "accounting") as ctx:
        board = get_asset_board(ctx, date(YEAR, 1, 1), date(YEAR, 12, 31))
    session.database.close()
    assert board.differing == ()
    assert [(row.added, row.gone, row.left) for row in board.rows] == [
        (Decimal(36000), Decimal(36000), Decimal(0))
    ]
    invariants(register.house)
