"""What a document amounts to: sums that agree, whatever was sold and however it was discounted."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.core.money import DZD, TND, Currency
from modules.accounting.reckoning import Given, Line, Reckoning, allocate, reckon, reckon_return
from modules.accounting.taxes import figures_of
from tests.accounting.documents import (
    EXEMPT,
    FODEC,
    TVA7,
    TVA19,
    currencies,
    documents,
    rates,
)

D = Decimal


def test_a_shelf_price_is_split_without_losing_a_centime() -> None:
    found = reckon([Line(D(3), D("99.99"), TVA19)], DZD, includes_tax=True)

    assert (found.total, found.net, found.tax) == (D("299.97"), D("252.08"), D("47.89"))


def test_taxes_of_an_invoice_are_reckoned_once_for_each_rate() -> None:
    lines = [Line(D(1), D("0.33"), TVA19) for _time in range(3)]

    found = reckon(lines, DZD, includes_tax=False)

    # By line it would be three times 0.06.
    assert (found.net, found.tax, found.total) == (D("0.99"), D("0.19"), D("1.18"))


def test_fodec_belongs_to_the_base_of_vat() -> None:
    found = reckon([Line(D(1), D("100.000"), FODEC)], TND, includes_tax=False)

    assert [(tax.code, tax.base, tax.amount) for tax in found.taxes] == [
        ("FODEC", D("100.000"), D("1.000")),
        ("TVA19F", D("101.000"), D("19.190")),
    ]
    assert found.total == D("120.190")


def test_a_discount_on_the_whole_is_shared_and_the_largest_line_takes_what_rounding_leaves() -> (
    None
):
    lines = [Line(D(1), D("10.00"), TVA19), Line(D(1), D("10.01"), TVA19), Line(D(1), D("5"), TVA7)]

    found = reckon(lines, DZD, includes_tax=True, discount=D("1.00"))

    assert [line.discount for line in found.lines] == [D("0.40"), D("0.40"), D("0.20")]
    assert found.total == D("24.01")


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        (D("1.00"), [D(1), D(1), D(1)], [D("0.34"), D("0.33"), D("0.33")]),
        (D("-1.00"), [D(1), D(2), D(1)], [D("-0.25"), D("-0.50"), D("-0.25")]),
        (D("5.00"), [D(0), D(0)], [D("5.00"), D("0")]),
        (D(0), [], []),
    ],
)
def test_what_is_shared_adds_up(
    amount: Decimal, weights: list[Decimal], shares: list[Decimal]
) -> None:
    assert allocate(amount, weights, DZD) == shares


@given(documents, currencies, st.booleans(), rates)
def test_lines_header_and_taxes_agree(
    lines: list[Line], currency: Currency, includes_tax: Any, discount: Decimal
) -> None:
    found = reckon(lines, currency, includes_tax=includes_tax, discount_rate=discount)

    assert sum(line.net for line in found.lines) == found.net
    assert sum(line.tax for line in found.lines) == found.tax
    amounts = sum(line.amount for line in found.lines)
    assert amounts == (found.total if includes_tax else found.net)
    assert sum(line.gross - line.discount for line in found.lines) == amounts
    for amount in (found.net, found.tax, *(line.net for line in found.lines)):
        assert amount == amount.quantize(currency.unit)


@given(documents, currencies, st.booleans(), st.data())
def test_what_comes_back_in_parts_adds_up_to_the_document(
    lines: list[Line], currency: Currency, includes_tax: Any, data: st.DataObject
) -> None:
    sold = reckon(lines, currency, includes_tax=includes_tax)
    left = [line.quantity for line in lines]
    back: list[Reckoning] = []

    while any(left):
        parts = [_some_of(quantity, data) for quantity in left]
        if not any(parts):
            parts = left
        given_lines = [
            Given(line.quantity, figures.amount, line.plan, line.quantity - rest)
            for line, figures, rest in zip(lines, sold.lines, left, strict=True)
        ]
        back.append(reckon_return(given_lines, parts, currency, includes_tax=includes_tax))
        left = [rest - part for rest, part in zip(left, parts, strict=True)]

    assert sum(each.net for each in back) == -sold.net
    assert sum(each.tax for each in back) == -sold.tax
    for place, figures in enumerate(sold.lines):
        assert sum(each.lines[place].amount for each in back) == -figures.amount
    for tax in sold.taxes:
        returned = [t.amount for each in back for t in each.taxes if t.code == tax.code]
        assert sum(returned) == -tax.amount


def _some_of(quantity: Decimal, data: st.DataObject) -> Decimal:
    if not quantity:
        return quantity
    return data.draw(st.sampled_from([D(0), quantity, (quantity / 2).quantize(D("0.001"))]))


@given(st.decimals(0, "1e9", places=2), st.sampled_from([TVA19, TVA7, FODEC, EXEMPT]))
def test_a_price_with_taxes_is_never_off(amount: Decimal, plan: object) -> None:
    figures = figures_of(plan, amount, DZD, includes_tax=True)  # type: ignore[arg-type] # a plan

    assert figures.total == amount
