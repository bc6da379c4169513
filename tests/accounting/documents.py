"""Random documents for property tests of the engine."""

from decimal import Decimal

from hypothesis import strategies as st

from erp_desktop.core.money import CURRENCIES, Currency
from modules.accounting.reckoning import Line
from modules.accounting.taxes import Tax, TaxPlan

TVA19 = TaxPlan("TVA19", (Tax("TVA19", Decimal("0.19")),))
TVA7 = TaxPlan("TVA7", (Tax("TVA7", Decimal("0.07")),))
EXEMPT = TaxPlan("EXO", (Tax("EXO", Decimal(0)),))
FODEC = TaxPlan(
    "TVA19F", (Tax("FODEC", Decimal("0.01")), Tax("TVA19F", Decimal("0.19"), ("FODEC",)))
)
PLANS = (TVA19, TVA7, EXEMPT, FODEC)

currencies: st.SearchStrategy[Currency] = st.sampled_from(list(CURRENCIES.values()))
rates = st.decimals(0, 1, places=3).filter(lambda rate: rate < 1)
_quantities = st.decimals("0.001", "500", places=3)
_prices = st.decimals(0, "20000", places=3)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Return a line of a sale."""
    return Line(
        draw(_quantities),
        draw(_prices),
        draw(st.sampled_from(PLANS)),
        discount_rate=draw(rates | st.just(Decimal(0))),
    )


documents = st.lists(lines(), min_size=1, max_size=12)
