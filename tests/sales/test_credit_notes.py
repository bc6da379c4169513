"""What comes back: in any number of parts, to the last centime, with its goods or without."""

import random
from decimal import Decimal
from uuid import UUID

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.money import DZD, TND, Currency
from modules.sales.credit_note import credit_note_of
from modules.sales.drafts import InvoiceLineDraft
from modules.sales.errors import MoreThanSoldError
from modules.sales.selectors import new_invoice
from tests.houses import House, MakeProduct
from tests.sales.office import ALL_BALANCES, DIFFERENCES, MARCH, Office, codes, line

pytestmark = pytest.mark.database

CURRENCY_OF = {"DZ": DZD, "TN": TND}
TAXES = {"DZD": ["TVA19", "TVA9"], "TND": ["TVA19", "TVA19F", "TVA7", "EXO"]}
SUMS = "select sum(total), sum(net), sum(tax), sum(cost), sum(to_pay) from sales.invoices"


def test_parts_bring_every_account_back_to_zero(
    office: Office, house: House, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=10, cost="33.33")
    posted = office.sold(
        office.customer(),
        line(coffee, "3", "33.337", discount_rate=Decimal(5)),
        line(coffee, "1", "9.99"),
        discount=Decimal("1.01"),
    )

    answers = [office.take_back(posted, {0: "1"}) for _ in range(3)]
    answers.append(office.take_back(posted))

    assert [codes(answer) for answer in answers] == [[], [], [], []]
    assert answers[0].result["number"].startswith("AV-ALG-")
    assert house.value(ALL_BALANCES) == 0
    with house.connect() as connection:
        assert connection.execute(SUMS).fetchone() == (0, 0, 0, 0, 0)
    assert house.value("select min(on_hand) || ' ' || min(value) from inventory.stock") == (
        "10 333.30"
    )
    assert office.open(posted) == 0
    assert house.value(DIFFERENCES) == 0


def test_more_than_was_sold_never_comes_back(office: Office, product: MakeProduct) -> None:
    posted = office.sold(office.customer(), line(product("COF-1", stock=10), "3"))
    assert codes(office.take_back(posted, {0: "2"})) == []

    with pytest.raises(MoreThanSoldError):
        office.take_back(posted, {0: "2"})


def test_two_who_give_back_the_same_are_told_apart(office: Office, product: MakeProduct) -> None:
    posted = office.sold(office.customer(), line(product("COF-1", stock=10), "3"))

    sheet = office.ask(new_invoice, original_id=posted, day=MARCH)
    first, second = (office.payload(credit_note_of(sheet, MARCH)) for _ in range(2))

    assert codes(office.send("sales.post_invoice_v1", first)) == []
    assert codes(office.send("sales.post_invoice_v1", second)) == ["sales.more_than_sold"]


def test_money_alone_may_be_given_back(office: Office, house: House, product: MakeProduct) -> None:
    customer, coffee = office.customer(), product("COF-1", stock=10)
    rebate = InvoiceLineDraft(
        uuid7(), coffee, Decimal(-1), Decimal("50.00"), "TVA19", description="Rebate"
    )
    office.sold(customer, line(coffee))

    free = office.draft(customer, rebate, kind="credit_note")
    assert codes(office.post(free)) == []
    goods = office.draft(customer, line(coffee, "-1", goods_back=True), kind="credit_note")

    assert codes(office.post(goods)) == ["sales.goods_need_original"]
    assert office.open(free.id) == Decimal("59.50")
    assert house.value("select min(on_hand) from inventory.stock") == 9
    assert house.value(DIFFERENCES) == 0


def test_an_invoice_of_somebody_else_gives_nothing_back(
    office: Office, product: MakeProduct
) -> None:
    posted = office.sold(office.customer(), line(product("COF-1", stock=10)))

    answer = office.take_back(posted, customer_id=office.customer("C2"))

    assert codes(answer) == ["sales.original_unknown"]


def test_what_is_paid_already_stays_to_the_customers_credit(
    office: Office, house: House, product: MakeProduct
) -> None:
    customer = office.customer()
    posted = office.sold(customer, line(product("COF-1", stock=10), "2"))
    office.pay(customer, "200.00", (posted, "200.00"))

    answer = office.take_back(posted)

    assert office.open(posted) == 0
    credit_note = office.sheet(answer.result["invoice_id"])
    assert credit_note.head is not None
    assert credit_note.head.open == 200
    assert [part.amount for part in credit_note.settled] == [38]
    assert house.value(DIFFERENCES) == 0


@pytest.mark.parametrize("country", ["DZ", "TN"])
def test_any_document_and_its_returns_agree_with_the_engine(
    office: Office,
    house: House,
    product: MakeProduct,
    country: str,
    request: pytest.FixtureRequest,
) -> None:
    if country == "TN":
        request.getfixturevalue("tunis")
        house.run(
            "update accounting.law_values set value = value || '{\"on_credit_notes\": false}'"
            " where kind = 'stamp'"
        )
    # The same numbers each time.
    chance = random.Random(f"sales {country}")  # noqa: S311
    goods = [product(f"P-{n}", stock=9999, cost=f"{chance.uniform(1, 90):.2f}") for n in range(4)]
    customer = office.customer()

    for _ in range(12):
        sell_and_take_back(office, customer, goods, chance, CURRENCY_OF[country])

    with house.connect() as connection:
        net = connection.execute("select sum(net), sum(tax), sum(cost) from sales.invoices")
        assert net.fetchone() == (0, 0, 0)
    roles = ("sales", "tax_collected", "inventory")
    assert {role: office.balance(role) for role in roles} == dict.fromkeys(roles, 0)
    assert house.value(DIFFERENCES) == 0
    stamps = house.value("select sum(stamp) from sales.invoices")
    assert office.balance("stamp_collected") == -stamps
    assert office.balance("receivable") == stamps


def sell_and_take_back(
    office: Office, customer: UUID, goods: list[UUID], chance: random.Random, currency: Currency
) -> None:
    """Post an invoice that chance makes, and take all of it back in parts that chance makes."""
    lines = [chance_line(chance, goods, TAXES[currency.code]) for _ in range(chance.randint(1, 6))]
    posted = office.sold(
        customer,
        *lines,
        currency=currency.code,
        includes_tax=chance.random() < 0.5,
        discount=chance.choice([Decimal(0), currency.unit * chance.randint(1, 40)]),
    )
    for place, each in enumerate(lines):
        if chance.random() < 0.6:
            back = f"{chance.randint(1, int(each.quantity))}"
            assert codes(office.take_back(posted, {place: back})) == []
    if any(each.returned < each.quantity for each in office.sheet(posted).lines):
        assert codes(office.take_back(posted)) == []


def chance_line(chance: random.Random, goods: list[UUID], taxes: list[str]) -> InvoiceLineDraft:
    """Write a line that chance makes."""
    return line(
        chance.choice(goods),
        f"{chance.randint(1, 9)}",
        f"{chance.uniform(0.5, 300):.{chance.choice([2, 3, 4])}f}",
        tax_code=chance.choice(taxes),
        discount_rate=Decimal(chance.choice(["0", "0", "5", "12.5"])),
    )


def test_a_tunisian_credit_note_may_bear_a_stamp_of_its_own(
    tunis: Office, product: MakeProduct
) -> None:
    customer = tunis.customer()
    oil = product("OIL-1", stock=10)
    posted = tunis.sold(customer, line(oil, "2", "7.333"), currency="TND")
    head = tunis.sheet(posted).head
    assert head is not None
    assert (head.total, head.stamp, head.to_pay) == (
        Decimal("17.453"),
        Decimal("1.000"),
        Decimal("18.453"),
    )

    answer = tunis.take_back(posted, {0: "1"})

    note = tunis.sheet(answer.result["invoice_id"]).head
    assert note is not None
    assert (note.total, note.stamp, note.to_pay) == (
        Decimal("-8.726"),
        Decimal("1.000"),
        Decimal("-7.726"),
    )
