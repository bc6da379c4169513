"""Taxes in Python and in PostgreSQL: the same to the last digit."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from erp_desktop.core.money import DZD, TND, Currency
from modules.accounting.reckoning import Given, Line, Reckoning, reckon, reckon_return
from modules.accounting.stamps import stamp_duty
from modules.accounting.taxes import Tax, TaxPlan
from tests.accounting.documents import amounts, documents, plans
from tests.accounting.test_stamps import ALGERIA, MOROCCO, TUNISIA
from tests.houses import House

pytestmark = pytest.mark.database

Documents = list[tuple[list[Line], bool]]


@pytest.fixture(params=[DZD, TND], ids=lambda currency: currency.code)
def books(shared_house: House, request: pytest.FixtureRequest) -> Iterator[tuple[Any, Currency]]:
    """A connection to a company that keeps its books in this currency, undone afterwards."""
    currency: Currency = request.param
    with shared_house.connect() as connection, connection.transaction(force_rollback=True):
        connection.execute("update core.company set currency = %s", [currency.code])
        yield connection, currency


def asked(plans_and_amounts: Any) -> list[dict[str, Any]]:
    """Return lines as the gate hands them to the engine."""
    return [
        {"tax_code": plan.code, "taxes": plan.as_json(), "amount": str(amount)}
        for plan, amount in plans_and_amounts
    ]


def told(lines: list[Line], made: Reckoning) -> list[tuple[str, ...]]:
    """Return what Python says in the words of the twin: net of each tax code, then each tax."""
    nets: dict[str, Decimal] = {}
    for line, figure in zip(lines, made.lines, strict=True):
        nets[line.plan.code] = nets.get(line.plan.code, Decimal(0)) + figure.net
    taxes = [("tax", t.code, str(t.rate), str(t.base), str(t.amount)) for t in made.taxes]
    return [*(("net", code, str(nets[code])) for code in sorted(nets)), *taxes]


def read(found: list[dict[str, str]]) -> list[tuple[str, ...]]:
    """Return what the twin says."""
    names = ("amount", "qualifier", "rate", "base", "value")
    return [tuple(each[name] for name in names if name in each) for each in found]


def document(currency: Currency) -> st.SearchStrategy[tuple[list[Line], bool]]:
    return st.tuples(documents(currency, most=8), st.booleans())


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_python_and_postgresql_agree_to_the_last_digit(
    books: tuple[Any, Currency], data: st.DataObject
) -> None:
    connection, currency = books
    drawn = data.draw(st.lists(document(currency), min_size=1, max_size=20))
    made = [reckon(lines, currency, includes_tax=inclusive) for lines, inclusive in drawn]
    batch = [
        {
            "lines": asked(
                (line.plan, figure.amount) for line, figure in zip(lines, each.lines, strict=True)
            ),
            "inclusive": inclusive,
        }
        for (lines, inclusive), each in zip(drawn, made, strict=True)
    ]

    rows = connection.execute(
        "select accounting.tax_amounts_v1(b -> 'lines', (b -> 'inclusive')::boolean)"
        " from jsonb_array_elements(%s) with ordinality as x (b, place) order by place",
        [Jsonb(batch)],
    ).fetchall()

    for (found,), (lines, _inclusive), each in zip(rows, drawn, made, strict=True):
        assert sorted(read(found)) == sorted(told(lines, each))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), inclusive=st.booleans())
def test_returns_are_booked_as_they_are_reckoned(
    books: tuple[Any, Currency], data: st.DataObject, *, inclusive: bool
) -> None:
    connection, currency = books
    lines = data.draw(
        st.lists(st.tuples(plans, amounts(currency, least=1)), min_size=1, max_size=5)
    )
    sold = [Given(Decimal(7), amount, plan) for plan, amount in lines]
    first = reckon_return(sold, [Decimal(3)] * len(sold), currency, includes_tax=inclusive)
    left = [Given(each.quantity, each.amount, each.plan, Decimal(3)) for each in sold]
    second = reckon_return(left, [Decimal(4)] * len(sold), currency, includes_tax=inclusive)

    before = asked((g.plan, line.amount) for g, line in zip(sold, first.lines, strict=True))
    back = asked((g.plan, line.amount) for g, line in zip(sold, second.lines, strict=True))
    (found,) = connection.execute(
        "select accounting.returned_amounts_v1(%s, %s, %s)", [Jsonb(before), Jsonb(back), inclusive]
    ).fetchone()

    as_lines = [Line(Decimal(1), Decimal(0), given_line.plan) for given_line in sold]
    assert _plain(read(found)) == _plain(told(as_lines, second))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_stamp_duties_are_the_same_in_both(
    books: tuple[Any, Currency], data: st.DataObject
) -> None:
    connection, currency = books
    near = st.sampled_from(("0", "300", "300.01", "30000", "30000.01", "100000")).map(Decimal)
    paid = st.one_of(near, amounts(currency, most=3 * 10**8))
    rules = st.sampled_from((None, ALGERIA, {**ALGERIA, "progressive": True}, MOROCCO, TUNISIA))
    drawn = data.draw(st.lists(st.tuples(rules, paid, paid), min_size=1, max_size=40))
    batch = [{"rule": rule, "whole": str(w), "cash": str(c)} for rule, w, c in drawn]

    rows = connection.execute(
        "select accounting.stamp_v1(nullif(b -> 'rule', 'null'), (b ->> 'whole')::numeric,"
        " (b ->> 'cash')::numeric)"
        " from jsonb_array_elements(%s) with ordinality as x (b, place) order by place",
        [Jsonb(batch)],
    ).fetchall()

    assert [duty for (duty,) in rows] == [
        stamp_duty(rule, whole=whole, cash=cash, currency=currency) for rule, whole, cash in drawn
    ]


def _plain(said: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Leave out how many zeros stand behind a figure."""
    return [
        (kind, code, *(f"{Decimal(figure).normalize():f}" for figure in rest))
        for kind, code, *rest in said
    ]


def test_a_plan_split_in_one_call(books: tuple[Any, Currency]) -> None:
    connection, currency = books
    fodec = [{"code": "FODEC", "rate": "0.01"}, {"code": "T", "rate": "0.19", "after": ["FODEC"]}]

    (found,) = connection.execute(
        "select accounting.plan_figures(%s, 100, false)", [Jsonb(fodec)]
    ).fetchone()

    zeros = "0" * (currency.decimals - 2)
    assert found == {
        "net": "100",
        "taxes": [
            {"code": "FODEC", "rate": "0.01", "base": "100", "amount": f"1.00{zeros}"},
            {"code": "T", "rate": "0.19", "base": f"101.00{zeros}", "amount": f"19.19{zeros}"},
        ],
    }


def test_equal_taxes_are_one_group_however_their_rates_are_written(
    books: tuple[Any, Currency],
) -> None:
    connection, _currency = books
    lines = [
        {"tax_code": "T", "taxes": [{"code": "T", "rate": rate}], "amount": "0.05"}
        for rate in ("0.19", "0.190", "0.1900")
    ]

    (found,) = connection.execute(
        "select accounting.tax_amounts_v1(%s, true)", [Jsonb(lines)]
    ).fetchone()

    assert [each["amount"] for each in found] == ["net", "tax"]


@pytest.mark.parametrize(
    "tax",
    [
        {"code": "T", "rate": "1"},
        {"code": "T", "rate": "-0.1"},
        {"code": "T", "rate": "NaN"},
        {"code": "T", "rate": "0.1234567890123"},
        {"code": "T", "rate": "0.19", "after": ["FODEC"]},
        {"code": "T", "rate": "0.19", "after": ["T"]},
        {"code": "", "rate": "0.19"},
        {"rate": "0.19"},
        {"code": "T"},
    ],
    ids=str,
)
def test_taxes_that_no_law_could_say_are_refused(
    books: tuple[Any, Currency], tax: dict[str, Any]
) -> None:
    connection, _currency = books
    lines = [{"tax_code": "T", "taxes": [tax], "amount": "119.00"}]

    with (
        pytest.raises(psycopg.DatabaseError, match=r"accounting\.taxes_unreadable"),
        connection.transaction(),
    ):
        connection.execute("select accounting.tax_amounts_v1(%s, true)", [Jsonb(lines)])


def test_the_gate_knows_the_taxes_of_a_day(books: tuple[Any, Currency]) -> None:
    connection, _currency = books

    def differ(taxes: TaxPlan, day: str) -> Any:
        query = "select accounting.taxes_differ(%s, %s, %s)"
        return connection.execute(query, [taxes.code, Jsonb(taxes.as_json()), day]).fetchone()[0]

    today = TaxPlan("TVA19", (Tax("TVA19", Decimal("0.190")),))
    assert not differ(today, "2026-03-01")
    assert differ(today, "2016-12-31")
    assert differ(TaxPlan("TVA19", (Tax("TVA19", Decimal("0.2")),)), "2026-03-01")
    assert differ(TaxPlan("NONE", (Tax("NONE", Decimal(0)),)), "2026-03-01")
