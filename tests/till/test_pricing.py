"""Amounts on a ticket: exact, and the same as head office reckons them."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.core.errors import UserError
from erp_desktop.core.money import CURRENCIES, DZD, TND, Currency
from modules.till.errors import (
    QuantityNotPositiveError,
    QuantityTooLargeError,
    TenderedTooLittleError,
    TenderedTooMuchError,
    TicketEmptyError,
)
from modules.till.pricing import change_of, checked_quantity, line_total, totals_of
from modules.till.ticket import SaleDraft, TicketLine, packed, unpacked

RATES = {
    "TVA19": Decimal("0.19"),
    "TVA9": Decimal("0.09"),
    "TVA7": Decimal("0.07"),
    "EXO": Decimal(0),
}
currencies = st.sampled_from(tuple(CURRENCIES.values()))


def make_line(
    quantity: str = "1", price: str = "119.00", tax: str = "TVA19", product: int = 1
) -> TicketLine:
    """Return a line of a ticket."""
    return TicketLine(
        *(UUID(int=product), "COF-1", "6130000012345", "Café", "قهوة", "KG"),
        quantity=Decimal(quantity),
        unit_price=Decimal(price),
        tax_code=tax,
        tax_rate=RATES[tax],
    )


lines = st.builds(
    make_line,
    quantity=st.decimals("0.001", "9999", places=3).map(str),
    price=st.decimals("0", "99999.999", places=3).map(str),
    tax=st.sampled_from(tuple(RATES)),
    product=st.integers(1, 4),
)


@given(st.lists(lines, max_size=12), currencies)
def test_net_and_tax_always_make_the_total(drawn: list[TicketLine], currency: Currency) -> None:
    totals = totals_of(drawn, currency)

    assert totals.net + totals.tax == totals.total
    assert totals.total == sum(line_total(line, currency) for line in drawn)
    for group in totals.taxes:
        assert abs(group.net * (1 + group.rate) - group.gross) <= currency.unit
        assert group.net.as_tuple().exponent == -currency.decimals


@given(st.lists(lines, max_size=12), currencies)
def test_the_order_of_lines_changes_no_amount(drawn: list[TicketLine], currency: Currency) -> None:
    assert totals_of(drawn, currency) == totals_of(drawn[::-1], currency)


@given(st.lists(lines, max_size=8))
def test_a_draft_survives_being_kept(drawn: list[TicketLine]) -> None:
    draft = SaleDraft(tuple(drawn))

    assert unpacked(packed(draft)) == draft


@given(st.lists(lines, min_size=1, max_size=8))
def test_counting_into_a_line_never_changes_how_much_there_is(drawn: list[TicketLine]) -> None:
    draft = SaleDraft()
    for line in drawn:
        draft, place = draft.with_line(line)
        assert draft.lines[place].product_id == line.product_id

    assert sum(line.quantity for line in draft.lines) == sum(line.quantity for line in drawn)
    assert len(draft.lines) <= len(drawn)


def test_a_shelf_price_is_never_off_by_a_centime() -> None:
    totals = totals_of([make_line("1", "0.05"), make_line("1", "100.01", "TVA9")], DZD)

    assert [(g.tax_code, g.net, g.tax) for g in totals.taxes] == [
        ("TVA19", Decimal("0.04"), Decimal("0.01")),
        ("TVA9", Decimal("91.75"), Decimal("8.26")),
    ]


def test_a_half_is_rounded_up() -> None:
    assert line_total(make_line("0.5", "0.05"), DZD) == Decimal("0.03")
    assert line_total(make_line("0.5", "0.005"), TND) == Decimal("0.003")


def test_change_is_what_was_given_less_the_total() -> None:
    draft = SaleDraft((make_line("2"),))

    assert change_of(draft, Decimal(1000), DZD) == Decimal("762.00")
    assert change_of(draft, Decimal(238), DZD) == 0


@pytest.mark.parametrize(
    ("draft", "tendered", "refusal"),
    [
        (SaleDraft(), "100", TicketEmptyError),
        (SaleDraft((make_line(),)), "118.99", TenderedTooLittleError),
        (SaleDraft((make_line(),)), "6130000012345", TenderedTooMuchError),
    ],
)
def test_what_is_no_payment_is_refused(
    draft: SaleDraft, tendered: str, refusal: type[UserError]
) -> None:
    with pytest.raises(refusal):
        change_of(draft, Decimal(tendered), DZD)


@pytest.mark.parametrize(
    ("quantity", "refusal"),
    [
        ("0", QuantityNotPositiveError),
        ("-1", QuantityNotPositiveError),
        ("6130000012345", QuantityTooLargeError),
    ],
)
def test_what_is_no_quantity_is_refused(quantity: str, refusal: type[UserError]) -> None:
    with pytest.raises(refusal):
        checked_quantity(Decimal(quantity))


@pytest.mark.parametrize("kept", [{}, {"id": "x", "lines": []}, {"id": None, "lines": None}])
def test_a_broken_draft_is_known_as_one(kept: dict[str, object]) -> None:
    assert unpacked(kept) is None
