"""What the day at the till does to the books: every account comes out, to the last centime."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from modules.till.selectors import get_session_report
from modules.till.session_report import SessionReport
from tests.houses import Ask, Device, House, MakeProduct, Till
from tests.till.deeds import closing, codes, do, moving, opening, paid, refund, sale

pytestmark = pytest.mark.database

GOODS, SERVICES = "700", "706"
ALL_BALANCES = (
    "select coalesce(sum(abs(b)), 0) from (select sum(l.debit - l.credit) as b"
    " from accounting.entry_lines l group by l.account_id) s"
)


@pytest.fixture
def drawer(house: House, device: Device) -> Iterator[Till]:
    """A till whose cash session nobody has opened yet."""
    with house.connect(device.login) as connection:
        yield Till(connection, device)


def balance(house: House, account: str) -> Decimal:
    """Return debit less credit of an account."""
    found: Decimal = house.value(
        "select coalesce(sum(l.debit - l.credit), 0) from accounting.entry_lines l"
        f" join accounting.accounts a on a.id = l.account_id where a.code = '{account}'"
    )
    return found


def stock(house: House) -> tuple[Decimal, Decimal]:
    """Return what Algiers has of the one product, and what it is worth."""
    with house.connect() as connection:
        row: Any = connection.execute(
            "select s.on_hand, s.value from inventory.stock s"
            " join core.branches b on b.id = s.branch_id where b.code = 'ALG'"
        ).fetchone()
    return row[0], row[1]


def test_what_comes_back_in_parts_brings_every_account_back_to_zero(
    house: House, till: Till, product: MakeProduct
) -> None:
    # Three cost 99.99 of 333.30: neither price nor cost divides by three.
    coffee = product("COF-1", stock=10, cost="33.33")
    line = {"discount": "57.00", "amount": "300.00", "net": "252.10"}
    card = [paid("card", "300.00", reference="1")]
    sold = sale(till, coffee, number=1, quantity=3, line=line, discount="57.00", total="300.00")
    sold["payments"] = card

    answers = [
        do(till, "sell", sold),
        do(till, "refund", refund(sold, 1, number="ALG-01-000002")),
        do(till, "refund", refund(sold, 2, before=1, number="ALG-01-000003")),
    ]

    # Amina may give nothing away alone; the returns are as they should be.
    assert [codes(answer) for answer in answers] == [["till.discount_above_limit"], [], []]
    assert house.value(ALL_BALANCES) == 0
    assert list(stock(house)) == [10, Decimal("333.30")]
    sums = "select sum(total), sum(net), sum(tax), sum(cost) from till.tickets"
    with house.connect() as connection:
        assert connection.execute(sums).fetchone() == (0, 0, 0, 0)
        taxes = connection.execute(
            "select sum(t.base), sum(t.amount) from till.tickets k cross join"
            " jsonb_to_recordset(k.taxes) as t (base numeric, amount numeric)"
        )
        assert taxes.fetchone() == (0, 0)


def test_a_full_return_in_dinars_of_three_decimals_leaves_nothing(
    house: House, till: Till, product: MakeProduct
) -> None:
    house.run("update core.company set currency = 'TND', country = 'TN'")
    oil = product("OIL-1", price="7.333", stock=7, cost="4.111")
    line = {"unit_price": "7.333", "amount": "21.999", "net": "18.487"}
    card = [paid("card", "21.999", reference="1")]
    sold = sale(till, oil, number=1, quantity=3, line=line, total="21.999", payments=card)
    sold["currency"] = "TND"

    answers = [do(till, "sell", sold)]
    for part in range(3):
        number = f"ALG-01-{part + 2:06d}"
        back = refund(sold, 1, before=part, number=number, currency="TND")
        answers.append(do(till, "refund", back))

    assert [answer.state for answer in answers] == ["applied"] * 4
    assert house.value(ALL_BALANCES) == Decimal("0.000")
    assert list(stock(house)) == [7, Decimal("28.777")]


def test_a_carton_comes_back_as_what_it_was_when_it_was_sold(
    house: House, till: Till, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=24, cost="10.00")
    carton = "01900000-0000-7000-8000-000000000012"
    house.run(
        "insert into catalog.packs (id, product_id, name, factor, price)"
        f" values ('{carton}', '{coffee}', 'Carton', 12, 119)"
    )
    sold = sale(till, coffee, number=1, line={"pack_id": carton})

    first = do(till, "sell", sold)
    left = stock(house)
    house.run("update catalog.packs set factor = 6")
    second = do(till, "refund", refund(sold, 1, number="ALG-01-000002"))

    assert (codes(first), codes(second)) == ([], [])
    assert list(left) == [12, 120]
    assert list(stock(house)) == [24, 240]
    assert house.value(ALL_BALANCES) == 0


def test_a_carton_and_a_single_share_the_cost_by_what_is_in_them(
    house: House, till: Till, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=26, cost="10.00")
    carton = "01900000-0000-7000-8000-000000000012"
    house.run(
        "insert into catalog.packs (id, product_id, name, factor, price)"
        f" values ('{carton}', '{coffee}', 'Carton', 12, 119)"
    )
    one = sale(till, coffee, number=1)
    packed = sale(till, coffee, number=1, line={"pack_id": carton})
    both = {"lines": [*one["lines"], *packed["lines"]], "total": "238.00"}

    do(till, "sell", one | both | {"payments": [paid("card", "238.00", reference="1")]})

    with house.connect() as connection:
        costs = connection.execute("select factor, cost from till.ticket_lines order by factor")
        assert costs.fetchall() == [(1, 10), (12, 120)]


def test_x_and_z_say_what_the_ledger_says(
    house: House, drawer: Till, device: Device, product: MakeProduct, ask: Ask
) -> None:
    coffee = product("COF-1", stock=10)
    cash = [paid("cash", "360.00", tendered="400.00", change="40.00")]
    by_cash = sale(drawer, coffee, number=1, quantity=3, payments=cash, stamp="5.00")
    by_cash["rounding"] = "-2.00"
    do(drawer, "open_session", opening(device.session))
    do(drawer, "sell", by_cash)
    by_card = sale(drawer, coffee, number=2, quantity=2)
    do(drawer, "sell", by_card)
    do(drawer, "refund", refund(by_card, 1, number="ALG-01-000003"))
    do(drawer, "move_cash", moving(device.session, "-3000"))

    x: SessionReport = ask(get_session_report, device.session)
    drawer_now = balance(house, "530")
    count = closing(device.session, cash="2300", expected="2360.00", card="119.00", left="2000")
    closed = do(drawer, "close_session", count)
    z: SessionReport = ask(get_session_report, device.session)

    assert (x.counted, x.sales, x.refunds, x.total) == (None, 2, 1, Decimal("476.00"))
    assert x.expected == {"cash": 2360, "card": 119, "cheque": 0}
    assert x.expected["cash"] == drawer_now
    (tax,) = x.taxes
    assert [tax.code, tax.rate, tax.base, tax.amount] == ["TVA19", Decimal("0.19"), 400, 76]
    assert -balance(house, "44571") == tax.amount
    assert -balance(house, "44575") == x.stamp == 5
    assert (x.first_number[-1], x.last_number[-1]) == ("1", "3")
    # Sixty are missing, the card slips are all there; 2000 stay, the rest went to the safe.
    assert codes(closed) == ["till.difference_above_limit"]
    assert [z.difference, z.left_in_drawer] == [-60, 2000]
    assert [balance(house, "530"), balance(house, "5113")] == [2000, 119]
    assert house.value("select sum(debit) - sum(credit) from accounting.entry_lines") == 0


def test_the_float_of_the_next_session_is_what_was_left(
    house: House, drawer: Till, device: Device
) -> None:
    do(drawer, "open_session", opening(device.session))
    closed = closing(device.session, cash="5000", expected="5000", left="2000")
    do(drawer, "close_session", closed)
    before = balance(house, "530")

    next_one = "01900000-0000-7000-8000-000000000001"
    opened = opening(device.session, "ALG-01-S000002", 3) | {"session_id": next_one}
    answer = do(drawer, "open_session", opened)

    assert [codes(answer), before] == [[], 2000]
    assert balance(house, "530") == 3000  # one more came out of the safe


def test_a_customer_owes_what_was_sold_on_account_less_what_came_back(
    house: House, till: Till, product: MakeProduct
) -> None:
    customer = a_customer(house, limit="500")
    sold = sale(till, product("COF-1", stock=10), number=1, quantity=4, customer_id=customer)
    sold["payments"] = [paid("account", "476.00")]

    answers = [do(till, "sell", sold)]
    back = refund(sold, 1, number="ALG-01-000002", method="account")
    answers.append(do(till, "refund", back))

    assert [codes(answer) for answer in answers] == [[], []]
    owed = "select balance from accounting.party_balances where role = 'receivable'"
    assert house.value(owed) == balance(house, "411") == 357


def a_customer(house: House, *, limit: str | None = None) -> str:
    """Add a customer behind everybody's back, and return the id."""
    made = "01900000-0000-7000-8000-0000000000c1"
    may_owe = "null" if limit is None else limit
    house.run(
        "insert into parties.parties (id, code, name, country, credit_limit)"
        f" values ('{made}', 'C-1', 'Benali', 'DZ', {may_owe})"
    )
    return made


def test_services_are_sold_on_an_account_of_their_own_until_they_are_given_back(
    house: House, till: Till, product: MakeProduct
) -> None:
    sold = sale(till, product("DELIVERY"), number=1)
    house.run("update catalog.products set kind = 'service'")

    do(till, "sell", sold)
    after_sale = [balance(house, GOODS), balance(house, SERVICES)]
    do(till, "refund", refund(sold, 1, number="ALG-01-000002"))

    assert after_sale == [0, -100]
    assert house.value(ALL_BALANCES) == 0
