"""Documents to reckon: plans, lines and returns as Hypothesis draws them."""

from decimal import Decimal

from hypothesis import strategies as st

from erp_desktop.core.money import DZD, MAD, TND, Currency
from modules.accounting.reckoning import Line
from modules.accounting.taxes import Tax, TaxPlan

FODEC = Tax("FODEC", Decimal("0.01"))
TVA19 = TaxPlan("TVA19", (Tax("TVA19", Decimal("0.19")),))
TVA9 = TaxPlan("TVA9", (Tax("TVA9", Decimal("0.09")),))
EXO = TaxPlan("EXO", (Tax("EXO", Decimal(0)),))
TVA19_FODEC = TaxPlan("TVA19F", (FODEC, Tax("TVA19F", Decimal("0.19"), ("FODEC",))))
TVA7_FODEC = TaxPlan("TVA7F", (FODEC, Tax("TVA7F", Decimal("0.07"), ("FODEC",))))
# Excise, FODEC on nothing but the price, and VAT on all three.
SPIRITS = TaxPlan(
    "DC",
    (
        Tax("DC", Decimal("0.25")),
        FODEC,
        Tax("TVA13D", Decimal("0.13"), ("DC", "FODEC")),
    ),
)
PLANS = (TVA19, TVA9, EXO, TVA19_FODEC, TVA7_FODEC, SPIRITS)

currencies = st.sampled_from((DZD, MAD, TND))
plans = st.sampled_from(PLANS)
parts_of_one = st.integers(0, 400).map(lambda n: Decimal(n).scaleb(-3))


def amounts(currency: Currency, least: int = 0, most: int = 10**7) -> st.SearchStrategy[Decimal]:
    """Draw amounts in whole units of a currency."""
    return st.integers(least, most).map(lambda n: Decimal(n).scaleb(-currency.decimals))


def quantities(most: int = 50_000) -> st.SearchStrategy[Decimal]:
    """Draw quantities with up to three decimals, as a scale weighs them."""
    return st.one_of(
        st.integers(1, 50).map(Decimal),
        st.integers(1, most).map(lambda n: Decimal(n).scaleb(-3)),
    )


def lines(currency: Currency) -> st.SearchStrategy[Line]:
    """Draw a line: prices have more decimals than the currency, as in Tunisia."""
    prices = st.integers(0, 10**8).map(lambda n: Decimal(n).scaleb(-currency.decimals - 2))
    return st.builds(
        Line,
        quantity=quantities(),
        unit_price=prices,
        plan=plans,
        discount_rate=st.one_of(st.just(Decimal(0)), parts_of_one),
    )


def documents(currency: Currency, most: int = 12) -> st.SearchStrategy[list[Line]]:
    """Draw the lines of a document."""
    return st.lists(lines(currency), min_size=1, max_size=most)
