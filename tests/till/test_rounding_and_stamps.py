"""What cash rounding brings or costs, and stamp duty that the seller bears: where it is booked."""

from decimal import Decimal

import pytest

from erp_desktop.server.packs import read_pack
from tests.houses import House, MakeProduct, Till
from tests.till.deeds import Payload, codes, do, paid, refund, sale
from tests.till.test_books import ALL_BALANCES, balance

pytestmark = pytest.mark.database

GAIN, LOSS, CHARGE, STATE = "758", "658", "6457", "44575"
SELLER_BEARS = """
    update accounting.law_values
       set value = '{"type": "part", "rate": "0.0025", "borne_by": "seller"}'
     where kind = 'stamp' and code = 'cash'
"""


def in_cash(payload: Payload, rounding: str, **changes: str) -> Payload:
    """Return the sale or refund as paid in cash, with what rounding adds to it."""
    whole = sum(Decimal(part) for part in (payload["total"], rounding, changes.get("stamp", "0")))
    given = {} if whole < 0 else {"tendered": f"{whole}", "change": "0"}
    cash = [paid("cash", f"{whole}", **given)]
    return {**payload, "rounding": rounding, "payments": cash, **changes}


def roundings(house: House) -> list[Decimal]:
    """Return what stands in the accounts for gains and for losses."""
    return [balance(house, GAIN), balance(house, LOSS)]


@pytest.mark.parametrize("session", ["open", "none, which is flagged"])
@pytest.mark.parametrize(("rounding", "booked"), [("1.00", [-1, 0]), ("-4.00", [0, 4])])
def test_rounding_up_is_a_gain_and_down_a_loss_until_it_comes_back(
    house: House, till: Till, product: MakeProduct, rounding: str, booked: list[int], session: str
) -> None:
    sold = in_cash(sale(till, product("COF-1", stock=10), number=1), rounding)
    if session != "open":
        sold["session_id"] = None
    back = in_cash(refund(sold, 1, number="ALG-01-000002"), f"{-Decimal(rounding)}")

    answer = do(till, "sell", sold)
    after_sale = roundings(house)
    do(till, "refund", back)

    assert codes(answer) == ([] if session == "open" else ["till.session_not_open"])
    assert after_sale == booked
    assert house.value(ALL_BALANCES) == 0


def test_what_comes_back_in_parts_takes_the_rounding_back_in_parts(
    house: House, till: Till, product: MakeProduct
) -> None:
    sold = in_cash(sale(till, product("COF-1", stock=10), number=1, quantity=2), "2.00")
    parts = []
    do(till, "sell", sold)

    for number in (0, 1):
        back = refund(sold, 1, before=number, number=f"ALG-01-00000{number + 2}")
        do(till, "refund", in_cash(back, "-1.00"))
        parts.append(roundings(house))

    assert parts == [[-1, 0], [0, 0]]
    assert house.value(ALL_BALANCES) == 0


def test_a_refund_has_a_rounding_of_its_own_when_its_sale_had_none(
    house: House, till: Till, product: MakeProduct
) -> None:
    sold = sale(till, product("COF-1", stock=10), number=1, quantity=2)
    found = []
    do(till, "sell", sold)

    for number, rounding in ((0, "4.00"), (1, "-6.00")):
        back = refund(sold, 1, before=number, number=f"ALG-01-00000{number + 2}")
        do(till, "refund", in_cash(back, rounding))
        found.append(roundings(house))

    # Four were kept, then six given: the gain is taken back first, two are lost.
    assert found == [[-4, 0], [0, 2]]
    assert house.value("select sum(debit) - sum(credit) from accounting.entry_lines") == 0


def test_duty_that_the_seller_bears_is_a_charge_owed_to_the_state_and_stays_after_a_refund(
    house: House, till: Till, product: MakeProduct
) -> None:
    house.run(SELLER_BEARS)
    sold = in_cash(sale(till, product("COF-1", stock=10), number=1, quantity=3), "0")
    back = in_cash(refund(sold, 3, number="ALG-01-000002"), "0")

    answers = [do(till, "sell", sold)]
    after_sale = [balance(house, CHARGE), balance(house, STATE)]
    answers.append(do(till, "refund", back))

    # 0.25 % of 357.00, which the customer has not paid.
    assert [codes(answer) for answer in answers] == [[], []]
    assert after_sale == [Decimal("0.89"), Decimal("-0.89")]
    assert [balance(house, CHARGE), balance(house, STATE)] == after_sale
    assert house.value(ALL_BALANCES) == Decimal("1.78")


def test_no_cash_bears_no_duty(house: House, till: Till, product: MakeProduct) -> None:
    house.run(SELLER_BEARS)

    do(till, "sell", sale(till, product("COF-1", stock=10), number=1, quantity=3))

    assert [balance(house, CHARGE), balance(house, STATE)] == [0, 0]


def test_a_customer_who_was_charged_all_the_same_has_paid_it_for_the_seller(
    house: House, till: Till, product: MakeProduct
) -> None:
    house.run(SELLER_BEARS)
    coffee = product("COF-1", stock=10)

    answer = do(till, "sell", in_cash(sale(till, coffee, number=1, quantity=3), "0", stamp="0.50"))

    assert codes(answer) == ["till.stamp_differs"]
    assert [balance(house, CHARGE), balance(house, STATE)] == [Decimal("0.39"), Decimal("-0.89")]


@pytest.mark.parametrize("country", ["dz", "ma", "tn"])
def test_every_country_keeps_gains_losses_and_duties_apart(country: str) -> None:
    pack = read_pack(country)
    roles = {row["role"]: row["account"] for row in pack["account_roles"]}
    accounts = {row["code"] for row in pack["accounts"]}
    wanted = ("cash_rounding_gain", "cash_rounding", "stamp_charge", "stamp_collected")

    found = [roles[role] for role in wanted]

    assert [account[0] for account in found] == ["7", "6", "6", "4"]
    assert set(found) <= accounts
