"""The engine in Python and its twins in PostgreSQL say the same of random documents."""

import json
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from erp_desktop.core.money import DZD
from erp_desktop.server.packs import read_pack
from modules.accounting.stamps import stamp_duty
from modules.accounting.taxes import figures_of
from tests.accounting.documents import PLANS
from tests.houses import House

pytestmark = pytest.mark.database
CASES = 3000


def test_net_prices_and_taxes_are_the_same(shared_house: House) -> None:
    random = Random(1)  # noqa: S311 - a fixed choice of cases
    cases = [
        (
            random.choice(PLANS),
            Decimal(random.randint(-(10**7), 10**8)) / 100,
            random.random() < 0.5,
        )
        for _time in range(CASES)
    ]
    asked = [
        {"taxes": [t.as_json() for t in plan.taxes], "amount": str(amount), "incl": incl}
        for plan, amount, incl in cases
    ]

    answers = _answers(
        shared_house,
        "select accounting.plan_figures(c -> 'taxes', (c ->> 'amount')::numeric,"
        " (c ->> 'incl')::boolean) from jsonb_array_elements(%s::jsonb)"
        " with ordinality as x (c, n) order by n",
        asked,
    )

    for (plan, amount, incl), answer in zip(cases, answers, strict=True):
        figures = figures_of(plan, amount, DZD, includes_tax=incl)
        assert Decimal(answer["net"]) == figures.net, (plan, amount, incl)
        assert [(t["code"], Decimal(t["base"]), Decimal(t["amount"])) for t in answer["taxes"]] == [
            (t.code, t.base, t.amount) for t in figures.taxes
        ], (plan, amount, incl)


def test_stamp_duties_are_the_same(shared_house: House) -> None:
    random = Random(2)  # noqa: S311 - a fixed choice of cases
    brackets = next(v["value"] for v in read_pack("DZ")["law_values"] if v["kind"] == "stamp")
    rules = [brackets, {"type": "part", "rate": "0.0025"}, {"type": "amount", "amount": "1.00"}]
    cases = []
    for _time in range(CASES):
        whole = Decimal(random.randint(0, 20_000_000)) / 100
        cases.append((random.choice(rules), whole, whole * random.choice((0, 1)) + 0))
    asked = [{"rule": rule, "whole": str(w), "cash": str(c)} for rule, w, c in cases]

    answers = _answers(
        shared_house,
        "select accounting.stamp_v1(c -> 'rule', (c ->> 'whole')::numeric,"
        " (c ->> 'cash')::numeric) from jsonb_array_elements(%s::jsonb)"
        " with ordinality as x (c, n) order by n",
        asked,
    )

    for (rule, whole, cash), answer in zip(cases, answers, strict=True):
        assert stamp_duty(rule, whole=whole, cash=cash, currency=DZD) == answer, (rule, whole)


def test_each_tax_code_has_its_plan_of_the_day(shared_house: House) -> None:
    with shared_house.connect() as connection:
        rows = dict(
            connection.execute("select * from accounting.rates_at_v1('2026-05-01')").fetchall()
        )

    assert rows["TVA19"] == [{"code": "TVA19", "rate": "0.19", "after": []}]
    assert "TVA17" not in rows


def _answers(house: House, query: str, asked: list[Any]) -> list[Any]:
    with house.connect() as connection:
        return [row[0] for row in connection.execute(query, [json.dumps(asked)])]
