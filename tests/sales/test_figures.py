"""Dates and duties: Python and PostgreSQL say the same."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import uuid7
from erp_desktop.core.money import CURRENCIES
from erp_desktop.server.packs import read_pack
from modules.parties.api import due_date
from modules.sales.errors import TaxRateMissingError
from modules.sales.figures import StampRules, payment_stamp, reckon_invoice, stamp_of
from tests.houses import House
from tests.sales.office import MARCH, Office, line

pytestmark = pytest.mark.database


def test_both_say_the_same_of_when_it_is_due(shared_house: House) -> None:
    cases = [
        (MARCH + timedelta(days=day * 7), days, end)
        for day in range(60)
        for days in (0, 1, 30, 60, 90)
        for end in (False, True)
    ]

    with shared_house.connect() as connection:
        rows = connection.execute(
            "select sales.due_date(c.day, c.days, c.month) from jsonb_to_recordset(%s)"
            " as c (day date, days integer, month boolean)",
            [Jsonb([{"day": d.isoformat(), "days": n, "month": end} for d, n, end in cases])],
        ).fetchall()

    expected = [due_date(day, days=days, end_of_month=end) for day, days, end in cases]
    assert [row[0] for row in rows] == expected


@pytest.mark.parametrize("borne_by", ["customer", "seller"])
@pytest.mark.parametrize("country", ["DZ", "MA", "TN"])
def test_both_say_the_same_of_stamp_duty(house: House, country: str, borne_by: str) -> None:
    pack = read_pack(country)
    currency = CURRENCIES[pack["currency"]]
    house.run("delete from accounting.law_values")
    with house.connect() as connection:
        connection.execute(
            "update core.company set country = %s, currency = %s", [country, currency.code]
        )
        connection.execute("select accounting.load_law(%s)", [Jsonb(pack["law_values"])])
        connection.execute(
            "update accounting.law_values set value = value || %s where kind = 'stamp'",
            [Jsonb({"borne_by": borne_by})],
        )
        rules: Any = connection.execute("select sales.stamps(%s)", [MARCH]).fetchone()
        stamps = StampRules(rules[0]["invoice"], rules[0]["cash"])
        chance = random.Random(country)  # noqa: S311 - the same numbers each time
        for _ in range(60):
            total = Decimal(chance.randint(0, 20_000_000)).scaleb(-currency.decimals)
            kind, method = (
                chance.choice(["invoice", "credit_note"]),
                chance.choice(["cash", "card"]),
            )
            signed = total if kind == "invoice" else -total
            row: Any = connection.execute(
                "select sales.stamp_of(%s, %s, %s, %s), sales.payment_stamp(%s, %s, %s)",
                [kind, method, signed, MARCH, method, signed, MARCH],
            ).fetchone()
            duty = stamp_of(kind, method, signed, stamps, currency)
            paid = payment_stamp(method, signed, stamps.cash, currency)
            assert tuple(row) == (duty, paid), (kind, method, signed)
    assert borne_by == "customer" or duty == 0


def test_a_tax_without_a_rate_is_said(office: Office) -> None:
    draft = office.draft(None, line(uuid7(), tax_code="TVA99"), dated_on=date(2026, 3, 1))

    with pytest.raises(TaxRateMissingError):
        reckon_invoice(draft, {}, StampRules())
