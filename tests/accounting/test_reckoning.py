"""The engine of till, invoice, return and ledger, on documents that nobody would think of."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.core.money import DZD, TND, Currency, round_money
from modules.accounting.reckoning import (
    Given,
    Line,
    Reckoning,
    allocate,
    reckon,
    reckon_return,
)
from modules.accounting.taxes import Tax, TaxPlan, figures_of, net_of
from tests.accounting.documents import (
    EXO,
    FODEC,
    SPIRITS,
    TVA9,
    TVA19,
    TVA19_FODEC,
    amounts,
    currencies,
    documents,
    parts_of_one,
    plans,
)


def total(parts: Sequence[Decimal]) -> Decimal:
    return sum(parts, Decimal(0))


def figures(reckoning: Reckoning) -> list[Decimal]:
    """Return every figure of a document that is printed or booked."""
    lines = [(line.amount, line.net, line.tax) for line in reckoning.lines]
    taxes = [(tax.base, tax.amount) for tax in reckoning.taxes]
    head = (reckoning.net, reckoning.tax, reckoning.total)
    return [*head, *(figure for group in (*lines, *taxes) for figure in group)]


@given(data=st.data(), currency=currencies, includes_tax=st.booleans())
def test_the_lines_of_a_document_add_up_to_its_head(
    data: st.DataObject, currency: Currency, *, includes_tax: bool
) -> None:
    lines = data.draw(documents(currency))
    rate, off = data.draw(parts_of_one), data.draw(amounts(currency, most=500))

    made = reckon(lines, currency, includes_tax=includes_tax, discount_rate=rate, discount=off)

    assert total([line.net for line in made.lines]) == made.net
    assert total([line.tax for line in made.lines]) == made.tax
    assert total([line.net + line.tax for line in made.lines]) == made.total
    assert all(line.gross - line.discount == line.amount for line in made.lines)
    own = total([line.amount for line in made.lines])
    assert own == (made.total if includes_tax else made.net)
    assert all(each == round_money(each, currency) for each in figures(made))


@given(data=st.data(), currency=currencies)
def test_what_is_paid_is_the_shelf_price_to_the_last_centime(
    data: st.DataObject, currency: Currency
) -> None:
    lines = [replace(line, discount_rate=Decimal(0)) for line in data.draw(documents(currency))]

    made = reckon(lines, currency, includes_tax=True)

    shelf = [round_money(line.quantity * line.unit_price, currency) for line in lines]
    assert [line.amount for line in made.lines] == shelf
    assert made.total == total(shelf)


@given(data=st.data(), currency=currencies, includes_tax=st.booleans())
def test_returns_in_any_number_of_parts_give_back_exactly_what_was_given(
    data: st.DataObject, currency: Currency, *, includes_tax: bool
) -> None:
    lines = data.draw(documents(currency, most=6))
    rate = data.draw(parts_of_one)
    made = reckon(lines, currency, includes_tax=includes_tax, discount_rate=rate)
    before = [Decimal(0)] * len(lines)

    returns: list[Reckoning] = []
    while before != [line.quantity for line in lines]:
        is_last = len(returns) == 4
        back = [
            line.quantity - had if is_last else data.draw(_some_of(line.quantity - had))
            for line, had in zip(lines, before, strict=True)
        ]
        given_lines = [
            Given(line.quantity, figure.amount, line.plan, had)
            for line, figure, had in zip(lines, made.lines, before, strict=True)
        ]
        returns.append(reckon_return(given_lines, back, currency, includes_tax=includes_tax))
        before = [had + now for had, now in zip(before, back, strict=True)]

    given_back = [figures(each) for each in returns]
    assert [-total(each) for each in zip(*given_back, strict=True)] == figures(made)
    for each in returns:
        assert total([line.net for line in each.lines]) == each.net
        assert total([line.tax for line in each.lines]) == each.tax


def _some_of(quantity: Decimal) -> st.SearchStrategy[Decimal]:
    thousandths = int(quantity.scaleb(3))
    return st.one_of(
        st.sampled_from((Decimal(0), quantity)),
        st.integers(0, thousandths).map(lambda n: Decimal(n).scaleb(-3)),
    )


@given(data=st.data(), currency=currencies, plan=plans, includes_tax=st.booleans())
def test_what_is_given_back_is_taxed_as_it_was_sold(
    data: st.DataObject, currency: Currency, plan: TaxPlan, *, includes_tax: bool
) -> None:
    amount = data.draw(amounts(currency, most=10**12))

    sold = figures_of(plan, amount, currency, includes_tax=includes_tax)
    back = figures_of(plan, -amount, currency, includes_tax=includes_tax)

    assert (back.net, back.tax) == (-sold.net, -sold.tax)
    assert sold.total == amount if includes_tax else sold.net == amount


@given(data=st.data(), currency=currencies)
def test_shares_add_up_and_none_is_a_centime_off(data: st.DataObject, currency: Currency) -> None:
    weights = data.draw(st.lists(amounts(currency, least=1), min_size=1, max_size=60))
    part = data.draw(st.integers(0, 1000)) / Decimal(1000)
    amount = round_money(total(weights) * part, currency)

    shares = allocate(amount, weights, currency)

    assert total(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - amount * weight / total(weights)) <= currency.unit * Decimal("1.5")
        assert 0 <= share <= weight


def test_what_rounding_leaves_stands_on_the_largest_line() -> None:
    shares = allocate(Decimal("10.00"), [Decimal(1), Decimal(2), Decimal(4)], DZD)

    assert shares == [Decimal("1.43"), Decimal("2.86"), Decimal("5.71")]
    assert allocate(Decimal("0.02"), [Decimal(1), Decimal(3), Decimal(1)], DZD) == [
        Decimal("0.00"),
        Decimal("0.02"),
        Decimal("0.00"),
    ]


def test_many_small_lines_share_a_discount_without_changing_sign() -> None:
    coins = [Line(Decimal(1), Decimal("0.01"), TVA19) for _coin in range(100)]

    made = reckon(coins, DZD, includes_tax=True, discount_rate=Decimal("0.5"))

    assert made.total == Decimal("0.50")
    assert {line.amount for line in made.lines} == {Decimal("0.00"), Decimal("0.01")}


def test_a_discount_on_what_is_worth_nothing_stands_on_its_first_line() -> None:
    assert allocate(Decimal(3), [Decimal(0), Decimal(0)], DZD) == [Decimal(3), Decimal(0)]
    assert allocate(Decimal(3), [], DZD) == []


def test_an_exchange_shares_its_discount_by_size() -> None:
    lines = [Line(Decimal(1), Decimal(100), TVA19), Line(Decimal(-1), Decimal(99), TVA19)]

    made = reckon(lines, DZD, includes_tax=True, discount=Decimal("0.50"))

    assert made.total == Decimal("0.50")
    assert [line.discount for line in made.lines] == [Decimal("0.25"), Decimal("0.25")]


@pytest.mark.parametrize(
    ("plan", "net", "taxes"),
    [
        (TVA19, "100.000", [("TVA19", "100.000", "19.000")]),
        # MAGHREB.md 9: 100 → 1 → 19.19 → 120.19.
        (TVA19_FODEC, "100.000", [("FODEC", "100.000", "1.000"), ("TVA19F", "101.000", "19.190")]),
        (EXO, "100.000", [("EXO", "100.000", "0.000")]),
        (
            SPIRITS,
            "100.000",
            [
                ("DC", "100.000", "25.000"),
                ("FODEC", "100.000", "1.000"),
                ("TVA13D", "126.000", "16.380"),
            ],
        ),
    ],
)
def test_taxes_are_charged_on_taxes_both_ways(
    plan: TaxPlan, net: str, taxes: list[tuple[str, str, str]]
) -> None:
    forth = figures_of(plan, Decimal(net), TND, includes_tax=False)
    back = figures_of(plan, forth.total, TND, includes_tax=True)

    assert [(t.code, str(t.base), str(t.amount)) for t in forth.taxes] == taxes
    assert back == forth


def test_taxes_are_reckoned_on_the_document_and_not_on_each_line() -> None:
    lines = [Line(Decimal(1), Decimal("0.05"), TVA19) for _line in range(3)]

    made = reckon(lines, DZD, includes_tax=False)

    assert (made.net, made.tax) == (Decimal("0.15"), Decimal("0.03"))
    assert [line.tax for line in made.lines] == [Decimal("0.01")] * 3
    by_lines = reckon(lines[:1], DZD, includes_tax=False)
    assert by_lines.tax == Decimal("0.01")


def test_a_tax_at_one_rate_is_told_once_whatever_carries_it() -> None:
    fodec_only = TaxPlan("FODEC", (FODEC,))
    lines = [
        Line(Decimal(2), Decimal(100), TVA19_FODEC),
        Line(Decimal(1), Decimal(50), fodec_only),
        Line(Decimal(1), Decimal(10), TVA9),
    ]

    made = reckon(lines, DZD, includes_tax=False)

    told = [(tax.code, tax.base, tax.amount) for tax in made.taxes]
    assert told == [
        ("FODEC", Decimal(250), Decimal("2.50")),
        ("TVA19F", Decimal("202.00"), Decimal("38.38")),
        ("TVA9", Decimal(10), Decimal("0.90")),
    ]


def test_line_and_document_discounts_come_one_after_the_other() -> None:
    line = Line(Decimal(3), Decimal("10.00"), TVA19, Decimal("0.1"), Decimal("2.00"))

    made = reckon([line], DZD, includes_tax=True, discount_rate=Decimal("0.05"))

    assert made.lines[0].discount == Decimal("3.00") + Decimal("2.00") + Decimal("1.25")
    assert (made.total, made.discount) == (Decimal("23.75"), Decimal("6.25"))


def test_a_quotient_is_rounded_once_only_however_large() -> None:
    tax = TaxPlan("T", (Tax("T", Decimal("0.123456789012")),))
    amount = Decimal("999999999999.99")

    net = net_of(amount, tax, DZD)

    # Exactly half up: the next smaller net would be further away.
    assert abs(net * tax.factor - amount) <= tax.factor * Decimal("0.005")


def test_a_document_is_the_same_after_its_way_through_json() -> None:
    plan = TaxPlan.of(SPIRITS.code, SPIRITS.as_json())

    assert plan == SPIRITS
    assert TaxPlan.of("T", [{"code": "T", "rate": "0.190"}]).as_json() == [
        {"code": "T", "rate": "0.19", "after": []}
    ]
