"""Taxes in Python and in PostgreSQL: the same to the last digit."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from erp_desktop.core.money import DZD, TND, Currency
from modules.accounting.taxes import TaxedAmount, tax_groups
from tests.houses import House

pytestmark = pytest.mark.database

RATES = ("0", "0.07", "0.09", "0.19", "0.2", "0.13", "0.145", "0.0725")


@pytest.fixture(params=[DZD, TND], ids=lambda currency: currency.code)
def books(shared_house: House, request: pytest.FixtureRequest) -> Iterator[tuple[Any, Currency]]:
    """A connection to a company that keeps its books in this currency, undone afterwards."""
    currency: Currency = request.param
    with shared_house.connect() as connection, connection.transaction(force_rollback=True):
        connection.execute("update core.company set currency = %s", [currency.code])
        yield connection, currency


def amounts(decimals: int) -> st.SearchStrategy[list[TaxedAmount]]:
    gross = st.integers(0, 10**9 * 10**decimals).map(lambda n: Decimal(n).scaleb(-decimals))
    rates = st.sampled_from(RATES).map(Decimal)
    amount = st.builds(TaxedAmount, st.sampled_from(("TVA19", "TVA9", "EXO")), rates, gross)
    return st.lists(amount, max_size=8)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_python_and_postgresql_agree_to_the_last_digit(
    books: tuple[Any, Currency], data: st.DataObject
) -> None:
    connection, currency = books
    drawn = data.draw(amounts(currency.decimals))
    lines = [
        {"tax_code": a.tax_code, "tax_rate": str(a.rate), "total": str(a.gross)} for a in drawn
    ]

    (found,) = connection.execute("select till.tax_amounts(%s)::text", [Jsonb(lines)]).fetchone()

    assert sorted(_figures(found)) == sorted(
        (group.tax_code, kind, str(amount))
        for group in tax_groups(drawn, currency)
        for kind, amount in (("net", group.net), ("tax", group.tax))
    )


def _figures(found: str | None) -> list[tuple[str, str, str]]:
    """Read numbers as they are written: a float would hide the last digit."""
    import json  # noqa: PLC0415 - only here

    written = json.loads(found or "[]", parse_float=str, parse_int=str)
    return [(a["qualifier"], a["amount"], a["value"]) for a in written]


def test_lines_of_one_tax_are_rounded_together_and_rates_apart() -> None:
    groups = tax_groups(
        [
            TaxedAmount("TVA19", Decimal("0.19"), Decimal("0.05")),
            TaxedAmount("TVA19", Decimal("0.190"), Decimal("0.05")),
            TaxedAmount("TVA19", Decimal("0.17"), Decimal("1.17")),
        ],
        DZD,
    )

    assert [(str(g.rate), g.net, g.tax) for g in groups] == [
        ("0.17", Decimal("1.00"), Decimal("0.17")),
        ("0.19", Decimal("0.08"), Decimal("0.02")),
    ]
