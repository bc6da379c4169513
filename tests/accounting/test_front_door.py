"""What other modules ask of accounting on a workstation: its replica answers, without a line."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.workstation.replica import Replica
from modules.accounting import api
from modules.accounting.api import Tax, TaxPlan
from modules.accounting.replica import LAW_VALUES, PARTY_BALANCES, TAX_RATES
from tests.accounting.conftest import Post
from tests.houses import ALGIERS, YEAR, Ask, Device, House

SETS = (TAX_RATES, LAW_VALUES, PARTY_BALANCES)
NEW_YEAR = date(2026, 1, 1)


def rate(code: str, value: str, **more: Any) -> dict[str, Any]:
    """Return a row of the feed."""
    name = {"tax_code": code, "name": code.title(), "name_ar": "رسم", "kind": "vat"}
    row = {**name, "base_taxes": "", "article": "", "valid_from": "2001-01-01", "valid_to": None}
    return {**row, "rate": value, **more}


ROWS = {
    TAX_RATES.id: [
        rate("TVA19", "0.17", valid_to="2025-12-31"),
        rate("TVA19", "0.19", valid_from="2026-01-01"),
        rate("FODEC", "0.01", valid_from="2020-01-01"),
        rate("TVA19F", "0.19", base_taxes="FODEC"),
    ],
    LAW_VALUES.id: [
        {
            "kind": "cash_rounding",
            "code": "till",
            "valid_from": "2020-01-01",
            "valid_to": "2026-06-30",
            "value": '{"unit": "5"}',
        }
    ],
    PARTY_BALANCES.id: [{"party_id": "p", "balance": "119.00"}],
}


class Journal:
    """What the till did and head office does not know yet: 30.00 were lent to `q`."""

    def pending(self, _set: str, key: str) -> Decimal:
        """Return what is on its way."""
        return Decimal(30 if key == "q" else 0)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Any]:
    """A workstation that is all replica."""
    replica = Replica(tmp_path / "replica.db", bytes(32), SETS)
    server = {"now": "2026-01-01T00:00:00+00:00"}
    replica.apply({"server": server, "position": 1, "more": False, "rows": ROWS})
    yield SimpleNamespace(replica=replica, journal=Journal())
    replica.close()


def test_the_till_knows_each_tax_at_its_date(desk: Any) -> None:
    assert api.plan_on(desk, "TVA19", NEW_YEAR) == TaxPlan(
        "TVA19", (Tax("TVA19", Decimal("0.19")),)
    )
    before = api.plan_on(desk, "TVA19", date(2025, 12, 31))
    assert before is not None
    assert before.taxes[0].rate == Decimal("0.17")
    assert api.plan_on(desk, "NONE", NEW_YEAR) is None


def test_a_tax_on_taxes_is_known_with_them_or_not_at_all(desk: Any) -> None:
    both = (Tax("FODEC", Decimal("0.01")), Tax("TVA19F", Decimal("0.19"), ("FODEC",)))

    assert api.plan_on(desk, "TVA19F", NEW_YEAR) == TaxPlan("TVA19F", both)
    assert api.plan_on(desk, "TVA19F", date(2019, 1, 1)) is None


def test_the_till_knows_the_law_what_taxes_are_called_and_who_owes(desk: Any) -> None:
    assert api.law_on(desk, "cash_rounding", "till", date(2026, 6, 30)) == {"unit": "5"}
    assert api.law_on(desk, "cash_rounding", "till", date(2026, 7, 1)) is None
    assert api.tax_name(desk, "FODEC", "fr") == "Fodec"
    assert api.tax_name(desk, "FODEC", "ar") == "رسم"
    assert api.tax_name(desk, "NONE", "fr") == "NONE"
    assert api.owed(desk, "p") == Decimal("119.00")  # type: ignore[arg-type]
    assert api.owed(desk, "q") == Decimal(30)  # type: ignore[arg-type]


@pytest.mark.database
def test_the_feed_brings_what_the_till_asks_for(
    house: House, device: Device, post: Post, ask: Ask, tmp_path: Path
) -> None:
    party = uuid7()
    amounts = {"total": "119.00", "net TVA19": "100.00", "tax TVA19": "19.00"}
    post("sales.invoice", amounts, party=party, branch=ALGIERS.id)

    replica = Replica(tmp_path / "fed.db", bytes(32), SETS)
    with house.connect(device.login) as connection:
        while True:
            asked = {"sets": [each.id for each in SETS], "position": replica.position}
            page = _pull(connection, asked)
            replica.apply(page)
            if not page["more"]:
                break
    fed: Any = SimpleNamespace(replica=replica, journal=Journal())

    day = date(YEAR, 3, 1)
    assert api.plan_on(fed, "TVA19", day) == ask(api.plans_at, day, as_user="salim")["TVA19"]
    law = ask(api.law_at, "cash_rounding", "till", day, as_user="salim")
    assert api.law_on(fed, "cash_rounding", "till", day) == law
    assert api.owed(fed, party) == Decimal("119.00")
    replica.close()


def _pull(connection: Any, asked: dict[str, Any]) -> dict[str, Any]:
    from psycopg.types.json import Jsonb  # noqa: PLC0415 - only here

    with connection.transaction():
        connection.execute("set local role core_app")
        row = connection.execute("select core.pull_v1(%s)", [Jsonb(asked)]).fetchone()
    page: dict[str, Any] = row[0]
    return page


@pytest.mark.database
def test_a_tax_that_is_called_otherwise_is_sent_again(house: House) -> None:
    seen = house.value("select pg_current_snapshot()::text")
    house.run("update accounting.taxes set base_taxes = '{TVA9}' where code = 'TVA19'")

    rows = house.value(
        "select jsonb_agg(content) from accounting.feed_tax_rates('0', null, null,"
        f" '{seen}'::pg_snapshot, 100)"
    )

    assert [(row["tax_code"], row["base_taxes"]) for row in rows] == [("TVA19", "TVA9")]
